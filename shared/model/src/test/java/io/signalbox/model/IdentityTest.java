/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

    private static CanonicalEvent event(String object, Map<String, Value> properties) {
        var connection = new ConnectionId("crm");
        return new CanonicalEvent(
                EventId.of("1"),
                object + ".updated",
                "updated",
                new VendorId("standard"),
                connection,
                new ObjectType(object),
                new Subject.External(new ExternalId(connection, "1")),
                Instant.EPOCH,
                properties,
                List.of(),
                Map.of());
    }

    private static List<ExternalId> claimed(String object, String field, String value) {
        return Identity.claiming(event(object, Map.of(field, Value.of(value)))).merged();
    }

    @Test
    void same_address_is_the_same_id_however_it_is_written_and_does_not_show_it() {
        var id = claimed("contact", "email", "Ada@Example.com");
        assertThat(id).hasSize(1).isEqualTo(claimed("contact", "email", " ada@example.COM "));
        assertThat(id.getFirst().toString()).startsWith("email:").doesNotContain("ada");
        assertThat(id).isNotEqualTo(claimed("contact", "email", "bob@example.com"));
        assertThat(Identity.isOwn(id.getFirst())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "contact, email, info@example.com",
        "contact, email, Sales@example.com",
        "contact, email, nobody",
        "contact, email, ''",
        "contact, domain, example.com",
        "deal, email, ada@example.com",
        "company, email, ada@example.com",
        "company, domain, gmail.com",
        "company, domain, localhost",
        "company, domain, https://example.com/"
    })
    void what_does_not_stand_for_one_person_or_company_claims_nothing(String object, String field, String value) {
        assertThat(claimed(object, field, value)).isEmpty();
    }

    @Test
    void companies_are_known_by_their_domain() {
        assertThat(claimed("company", "domain", "www.Example.com"))
                .hasSize(1)
                .isEqualTo(claimed("company", "domain", "example.com"));
    }

    @Test
    void claiming_twice_is_claiming_once_and_a_cleared_address_claims_nothing() {
        var once = Identity.claiming(event("contact", Map.of("email", Value.of("ada@example.com"))));
        assertThat(Identity.claiming(once)).isEqualTo(once);
        var cleared = event("contact", Map.of("email", Value.NULL));
        assertThat(Identity.claiming(cleared)).isSameAs(cleared);
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "domain", "apart"})
    void reserved_ids_are_no_connections(String id) {
        assertThat(Identity.isReserved(new ConnectionId(id))).isTrue();
        assertThat(Identity.isReserved(ConnectionId.API)).isFalse();
    }
}
