/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.core.Pipeline;
import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.EventId;
import io.signalbox.model.ExternalId;
import io.signalbox.model.Identity;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records that were joined by an address, and taken apart again. */
class SplitTest {

    private static final String BY_ID = "/api/v4/contacts/by/external_id/";

    private final SplittableRandom random = new SplittableRandom(1);
    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
        happen("crm", "contact.created", "first_name", "Ada");
        happen("crm", "contact.updated", "email", "ada@example.com");
        happen("shop", "contact.created", "city", "Graz");
        happen("shop", "contact.updated", "email", "ADA@example.com");
    }

    private void happen(String connection, String type, String field, String value) {
        var id = new ExternalId(new ConnectionId(connection), "1");
        new Pipeline(api.records, api.control, api.clock, random)
                .apply(List.of(Identity.claiming(new CanonicalEvent(
                        EventId.of(connection, type, field, value),
                        type,
                        type,
                        new VendorId("standard"),
                        id.connection(),
                        ObjectType.CONTACT,
                        new Subject.External(id),
                        api.clock.instant(),
                        Map.of(field, Value.of(value)),
                        List.of(),
                        Map.of()))));
    }

    @Test
    void one_person_of_two_vendors_is_one_record_that_shows_both_ids_and_no_other() throws Exception {
        var json = api.get(BY_ID + "crm:1").go().is(200).json();
        assertThat(json.path("id"))
                .isEqualTo(api.get(BY_ID + "shop:1").go().json().path("id"));
        assertThat(json.path("first_name").asText()).isEqualTo("Ada");
        assertThat(json.path("city").asText()).isEqualTo("Graz");
        assertThat(json.path("external_ids").toString()).contains("crm", "shop").doesNotContain("email");
    }

    @Test
    void a_split_makes_two_of_it_and_they_stay_two() throws Exception {
        var id = api.get(BY_ID + "crm:1").go().json().path("id").asText();
        var answer = api.post("/api/v4/contacts/" + id + "/split", "{\"external_ids\":[\"shop:1\"]}")
                .go()
                .is(201);
        var parted = answer.json().path("split_off");
        assertThat(answer.header("location"))
                .isEqualTo(
                        TestApi.BASE + "/api/v4/contacts/" + parted.path("id").asText());
        assertThat(answer.json().path("record").path("id").asText()).isEqualTo(id);
        assertThat(answer.json().path("record").path("city").isNull()).isTrue();
        assertThat(parted.path("city").asText()).isEqualTo("Graz");
        assertThat(parted.path("first_name").isNull()).isTrue();

        happen("shop", "contact.updated", "email", "ada@example.com");
        assertThat(api.get(BY_ID + "shop:1").go().json().path("id")).isEqualTo(parted.path("id"));
        assertThat(api.get("/api/v4/contacts/" + id + "/history").go().is(200).text())
                .contains("split_off");
    }

    @Test
    void what_cannot_be_split_is_refused() throws Exception {
        var path = "/api/v4/contacts/"
                + api.get(BY_ID + "crm:1").go().json().path("id").asText() + "/split";
        for (var wrong : Map.of(
                        "{}", "/external_ids REQUIRED",
                        "{\"external_ids\":[7]}", "/external_ids/0 INVALID_ID",
                        "{\"external_ids\":\"shop:1\"}", "/external_ids INVALID_TYPE",
                        "{\"ids\":[]}", "/ids UNKNOWN_FIELD",
                        "{\"external_ids\":[\"desk:1\"]}", "/external_ids NOTHING_TO_SPLIT",
                        "{\"connections\":[\"crm\",\"shop\"]}", "/external_ids NOTHING_TO_SPLIT")
                .entrySet()) {
            assertThat(api.post(path, wrong.getKey())
                            .go()
                            .isProblem(422, "VALIDATION_FAILED")
                            .details())
                    .contains(wrong.getValue());
        }
        api.post("/api/v4/contacts/7/split", "{\"connections\":[\"shop\"]}")
                .go()
                .isProblem(404, "NOT_FOUND");
    }
}
