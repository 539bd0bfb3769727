/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static io.signalbox.vendors.Connections.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Subject;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.vendors.Vendor.Unreadable;
import io.signalbox.vendors.samples.VendorSamples;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every vendor. */
class VendorsTest {

    static List<Vendor> all() {
        return Vendors.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void life_of_the_samples_is_genuine_one_contact_and_in_order(Vendor vendor) throws Unreadable {
        var samples = vendor.samples();
        for (var seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var connection = Connections.of(
                    vendor.id().value(), "https://a.example/hooks", samples.options(), samples.newSecret(random));
            assertThat(vendor.check(connection)).isEmpty();
            var life = samples.life(random, NOW);
            var events = new ArrayList<CanonicalEvent>();
            for (var body : life.bodies()) {
                var signed = samples.sign(body, connection, NOW);
                assertThat(vendor.verify(inbound(signed), connection, NOW)).isInstanceOf(Verdict.Genuine.class);
                assertThat(vendor.verify(inbound(samples.tampered(signed)), connection, NOW))
                        .isInstanceOf(Verdict.Refused.class);
                assertThat(vendor.methods()).contains(signed.method());
                assertThat(vendor.mediaTypes()).contains(signed.headers().get("content-type"));
                var kept = vendor.kept(inbound(signed), connection);
                var made = vendor.normalize(
                        new Delivery(vendor.id(), connection.id(), NOW, "1-test-test", kept, signed.body()));
                assertThat(made).hasSize(samples.eventsIn(body));
                events.addAll(made);
            }

            assertThat(events).hasSize(life.events());
            var subject = life.externalId() == null
                    ? UniqueKey.email(life.object(), life.email())
                            .map(Subject.Keyed::new)
                            .orElseThrow()
                    : new Subject.External(new ExternalId(connection.id(), life.externalId()));
            // A call or a meeting is a record of its own beside the person's.
            assertThat(events.stream().filter(event -> !event.object().equals(ObjectType.ACTIVITY)))
                    .isNotEmpty()
                    .allMatch(event -> event.object().equals(life.object()))
                    .extracting(CanonicalEvent::subject)
                    .containsOnly(subject);
            assertThat(events).extracting(CanonicalEvent::time).isSorted().allMatch(time -> time.isBefore(NOW));
            assertThat(new HashSet<>(events.stream().map(CanonicalEvent::id).toList()))
                    .hasSameSizeAs(events);
            if (life.email() != null) {
                assertThat(events)
                        .flatExtracting(event -> event.properties().values())
                        .contains(Value.of(life.email()));
            }
        }
    }

    @Test
    void same_event_in_another_attempt_has_the_same_id_and_time() throws Unreadable {
        var vendor = Vendors.find("hubspot").orElseThrow();
        for (var type : List.of("contact.propertyChange", "contact.unheard", "object.creation")) {
            var body = "[{\"eventId\":1,\"portalId\":2,\"subscriptionId\":3,\"objectId\":4,\"occurredAt\":5,"
                    + "\"attemptNumber\":0,\"propertyName\":\"a\",\"propertyValue\":\"b\",\"subscriptionType\":\""
                    + type + "\"}]";
            var again = body.replace("\"attemptNumber\":0", "\"attemptNumber\":3");
            assertThat(vendor.normalize(delivery(vendor, again))).isEqualTo(vendor.normalize(delivery(vendor, body)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "eventId, 9",
        "portalId, 9",
        "subscriptionId, 9",
        "objectId, 9",
        "occurredAt, 9",
        "propertyName, '\"z\"'"
    })
    void event_that_differs_in_its_identity_is_another_event(String member, String value) throws Unreadable {
        var vendor = Vendors.find("hubspot").orElseThrow();
        var body = "[{\"eventId\":1,\"portalId\":2,\"subscriptionId\":3,\"objectId\":4,\"occurredAt\":5,"
                + "\"subscriptionType\":\"contact.propertyChange\",\"propertyName\":\"a\",\"propertyValue\":\"b\"}]";
        var other = body.replaceAll("\"" + member + "\":[^,}]+", "\"" + member + "\":" + value);

        assertThat(vendor.normalize(delivery(vendor, other)).getFirst().id())
                .isNotEqualTo(
                        vendor.normalize(delivery(vendor, body)).getFirst().id());
    }

    @ParameterizedTest
    @CsvSource({
        "hubspot, short, INVALID",
        "hubspot, ' 0f6a1c1e-5e0b-4a53-9f0e-1b7b0b0d9c11', INVALID",
        "hubspot, yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy, PUBLIC_SECRET",
        "standard, whsec_!!!, INVALID",
        "standard, whsec_AAAA, INVALID",
        "standard, whpk_AAAA, INVALID",
        "standard, whsk_AAAA, PRIVATE_KEY",
        "standard, MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, PUBLIC_SECRET"
    })
    void secret_that_cannot_work_or_is_no_secret_is_refused(String vendor, String secret, String code) {
        var connection = Connections.of(vendor, "https://a.example/", Map.of(), secret);

        assertThat(Vendors.find(vendor).orElseThrow().check(connection))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.code()).isEqualTo(code);
                    assertThat(error.pointer()).isEqualTo("/secrets/0");
                    assertThat(error.message()).doesNotContain(secret);
                });
    }

    @ParameterizedTest
    @MethodSource("all")
    void no_secret_and_an_unknown_option_are_two_errors(Vendor vendor) {
        var connection = Connections.of(vendor.id().value(), "https://a.example/", Map.of("allow_all", Value.TRUE));

        assertThat(vendor.check(connection))
                .extracting(Vendor.ConfigurationError::pointer)
                .contains("/secrets", "/options/allow_all");
    }

    @Test
    void vendors_are_found_by_id_and_shown_one_a_row() {
        assertThat(Vendors.find(new VendorId("hubspot"))).isPresent();
        assertThat(Vendors.find("HUBSPOT")).isEmpty();
        assertThat(Vendors.find("")).isEmpty();
        assertThat(Vendors.markdownTable().lines()).hasSize(2 + Vendors.all().size());
    }

    private static InboundRequest inbound(VendorSamples.Signed signed) {
        var headers = new Headers(4);
        signed.headers().forEach(headers::add);
        return new InboundRequest(signed.method(), signed.query(), headers, signed.body());
    }

    private static Delivery delivery(Vendor vendor, String body) {
        return new Delivery(
                vendor.id(),
                Connections.of("hubspot", "https://a.example/", Map.of()).id(),
                NOW,
                "1-test-test",
                Map.of(),
                body.getBytes(UTF_8));
    }
}
