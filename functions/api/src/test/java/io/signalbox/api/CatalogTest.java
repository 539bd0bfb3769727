/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.core.Pipeline;
import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.EventId;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipelines and their stages, what they hold deals to, and owners. */
class CatalogTest {

    private static final String PIPELINES = "/api/v4/deals/pipelines";
    private static final String RENEWAL =
            "{\"label\":\"Renewal\",\"stages\":[{\"label\":\"Due\",\"probability\":0.5},{\"id\":\"won\",\"label\":\"Won\",\"probability\":1,\"closed\":true}]}";

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
    }

    private TestApi.Answer send(String method, String path, String body) throws IOException {
        api.clock.advance(Duration.ofSeconds(1));
        return api.send(method, path, body).go();
    }

    private JsonNode read(String path) throws IOException {
        return api.get(path).go().is(200).json();
    }

    private static List<String> ids(JsonNode list) {
        return list.valueStream().map(one -> one.path("id").asText()).toList();
    }

    private String deal(String body) throws IOException {
        return "/api/v4/deals/"
                + send("POST", "/api/v4/deals", body).is(201).json().path("id").asText();
    }

    @Test
    void there_is_one_pipeline_with_the_usual_stages_until_somebody_changes_it() throws IOException {
        var all = read(PIPELINES).path("results");
        assertThat(ids(all)).containsExactly("default");
        assertThat(ids(all.path(0).path("stages")))
                .startsWith("new", "qualified")
                .endsWith("won", "lost");
        assertThat(ids(read("/api/v4/tickets/pipelines").path("results").path(0).path("stages")))
                .contains("waiting_on_us");
    }

    @Test
    void a_pipeline_is_made_read_changed_and_removed() throws IOException {
        var made = send("POST", PIPELINES, RENEWAL).is(201);
        assertThat(made.header("location")).isEqualTo(TestApi.BASE + PIPELINES + "/renewal");
        assertThat(ids(made.json().path("stages"))).containsExactly("due", "won");
        assertThat(ids(read(PIPELINES).path("results"))).containsExactly("default", "renewal");

        var path = PIPELINES + "/renewal";
        var changed =
                send("PATCH", path, "{\"label\":\"Renewals\",\"position\":0}").is(200);
        assertThat(changed.json().path("label").asText()).isEqualTo("Renewals");
        assertThat(ids(read(PIPELINES).path("results"))).containsExactly("renewal", "default");
        assertThat(ids(read(path).path("stages"))).as("what is not named stays").containsExactly("due", "won");

        send("DELETE", path, "").is(204);
        api.get(path).go().isProblem(404, "NOT_FOUND");
        send("DELETE", PIPELINES + "/default", "").isProblem(409, "IN_USE");
    }

    @Test
    void stages_are_added_changed_ordered_and_removed() throws IOException {
        send("POST", PIPELINES, RENEWAL).is(201);
        var stages = PIPELINES + "/renewal/stages";
        send("POST", stages, "{\"label\":\"In talks\",\"probability\":0.7,\"position\":1}")
                .is(201);
        assertThat(ids(read(PIPELINES + "/renewal").path("stages"))).containsExactly("due", "in_talks", "won");
        var changed =
                send("PATCH", stages + "/in_talks", "{\"position\":0,\"probability\":0.75,\"label\":\"Talking\"}");
        assertThat(ids(changed.is(200).json().path("stages"))).containsExactly("in_talks", "due", "won");
        assertThat(changed.json().path("stages").path(0).path("probability").decimalValue())
                .isEqualByComparingTo("0.75");
        send("DELETE", stages + "/due", "").is(204);
        send("DELETE", stages + "/due", "").isProblem(404, "NOT_FOUND");
        send("DELETE", stages + "/won", "").is(204);
        send("DELETE", stages + "/in_talks", "").isProblem(409, "IN_USE");
    }

    @Test
    void a_stage_or_a_pipeline_in_use_cannot_go() throws IOException {
        send("POST", PIPELINES, RENEWAL).is(201);
        var renewing = deal("{\"name\":\"a\",\"pipeline\":\"renewal\",\"stage\":\"due\"}");
        var plain = deal("{\"name\":\"b\",\"stage\":\"meeting\"}");

        for (var gone : List.of(PIPELINES + "/renewal/stages/due", PIPELINES + "/renewal")) {
            var refused = send("DELETE", gone, "").isProblem(409, "IN_USE").json();
            assertThat(renewing)
                    .endsWith(
                            refused.path("details").path(0).path("existing_id").asText("?"));
        }
        send("PATCH", PIPELINES + "/renewal", "{\"stages\":[{\"id\":\"won\",\"label\":\"Won\"}]}")
                .isProblem(409, "IN_USE");
        send("DELETE", PIPELINES + "/default/stages/meeting", "").isProblem(409, "IN_USE");
        send("DELETE", PIPELINES + "/default", "").isProblem(409, "IN_USE");
        send("DELETE", PIPELINES + "/default/stages/proposal", "").is(204);

        send("PATCH", renewing, "{\"stage\":\"won\"}").is(200);
        send("DELETE", PIPELINES + "/renewal/stages/due", "").is(204);
        send("DELETE", plain, "").is(204);
        send("DELETE", PIPELINES + "/default/stages/meeting", "").is(204);
    }

    @Test
    void a_deal_is_in_a_stage_of_its_pipeline() throws IOException {
        send("POST", PIPELINES, RENEWAL).is(201);
        var refused = send("POST", "/api/v4/deals", "{\"name\":\"a\",\"stage\":\"due\"}")
                .isProblem(422, "VALIDATION_FAILED");
        assertThat(refused.details()).containsExactly("/stage UNKNOWN_STAGE");
        assertThat(refused.text()).contains("negotiation");
        assertThat(send("POST", "/api/v4/deals", "{\"name\":\"a\",\"pipeline\":\"nowhere\"}")
                        .isProblem(422, "VALIDATION_FAILED")
                        .details())
                .containsExactly("/pipeline UNKNOWN_PIPELINE");

        var deal = deal("{\"name\":\"a\",\"stage\":\"new\"}");
        assertThat(send("PATCH", deal, "{\"pipeline\":\"renewal\"}")
                        .isProblem(422, "VALIDATION_FAILED")
                        .details())
                .as("the stage it has is none of that pipeline's")
                .containsExactly("/stage UNKNOWN_STAGE");
        send("PATCH", deal, "{\"pipeline\":\"renewal\",\"stage\":\"due\"}").is(200);
        send("PATCH", deal, "{\"stage\":\"new\"}").isProblem(422, "VALIDATION_FAILED");
        send("PATCH", deal, "{\"stage\":null}").is(200);

        var batch = send(
                        "POST",
                        "/api/v4/deals/batch/create",
                        "{\"inputs\":[{\"record\":{\"stage\":\"due\"}},{\"record\":{\"stage\":\"new\"}}]}")
                .is(207)
                .json()
                .path("results");
        assertThat(batch.path(0).path("error").path("error_code").asText()).isEqualTo("VALIDATION_FAILED");
        assertThat(batch.path(1).path("status").asInt()).isEqualTo(201);
        send("PUT", "/api/v4/deals/by/external_id/erp:1", "{\"stage\":\"due\"}").isProblem(422, "VALIDATION_FAILED");
    }

    @Test
    void what_a_vendor_says_is_kept_and_does_not_stand_in_the_way_of_other_changes() throws IOException {
        var time = api.clock.instant();
        new Pipeline(api.records, api.control, api.clock, new Random(3))
                .apply(List.of(new CanonicalEvent(
                        EventId.of("hubspot-eu", "deal.creation", "5"),
                        "deal.created",
                        "deal.creation",
                        new VendorId("hubspot"),
                        new ConnectionId("hubspot-eu"),
                        ObjectType.DEAL,
                        new Subject.External(new ExternalId(new ConnectionId("hubspot-eu"), "5")),
                        time,
                        Map.of("stage", Value.of("9187314"), "pipeline", Value.of("8811")),
                        List.of(),
                        Map.of())));
        var found = read("/api/v4/deals/by/external_id/hubspot-eu:5");
        assertThat(found.path("stage").asText()).isEqualTo("9187314");
        var deal = "/api/v4/deals/" + found.path("id").asText();
        send("PATCH", deal, "{\"name\":\"Acme\",\"stage\":\"9187314\",\"pipeline\":\"8811\"}")
                .is(200);
        send("PATCH", deal, "{\"stage\":\"9187315\"}").is(200);
        assertThat(send("PATCH", deal, "{\"pipeline\":\"default\"}")
                        .isProblem(422, "VALIDATION_FAILED")
                        .details())
                .containsExactly("/stage UNKNOWN_STAGE");
    }

    @Test
    void pipelines_are_changed_on_the_version_they_were_read_at() throws IOException {
        var first = api.get(PIPELINES).go().is(200).header("etag");
        api.send("POST", PIPELINES, RENEWAL).header("if-match", first).go().is(201);
        api.send("PATCH", PIPELINES + "/renewal", "{\"label\":\"x\"}")
                .header("if-match", first)
                .go()
                .isProblem(412, "PRECONDITION_FAILED");
        api.get(PIPELINES)
                .header("if-none-match", api.get(PIPELINES).go().header("etag"))
                .go()
                .is(304);
        send("POST", PIPELINES, RENEWAL).isProblem(422, "VALIDATION_FAILED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"label\":\"x\"}",
                "{\"label\":\"x\",\"stages\":[]}",
                "{\"label\":\"x\",\"stages\":[7]}",
                "{\"label\":\"x\",\"stages\":[{\"label\":\"a\"},{\"label\":\"A\"}]}",
                "{\"label\":\" x\",\"stages\":[{\"label\":\"a\"}]}",
                "{\"label\":\"x\",\"stages\":[{\"label\":\"a\",\"probability\":2}]}",
                "{\"label\":\"x\",\"stages\":[{\"label\":\"a\",\"closed\":1}]}",
                "{\"label\":\"x\",\"stages\":[{\"label\":\"a\"}],\"colour\":1}"
            })
    void a_pipeline_that_is_none_is_refused_with_what_is_wrong(String body) throws IOException {
        assertThat(send("POST", PIPELINES, body)
                        .isProblem(422, "VALIDATION_FAILED")
                        .details())
                .isNotEmpty();
        assertThat(ids(read(PIPELINES).path("results"))).containsExactly("default");
    }

    @Test
    void an_owner_is_made_read_changed_and_removed() throws IOException {
        var made = send("POST", "/api/v4/owners", "{\"id\":\"77\",\"name\":\"Ada\",\"email\":\"ada@example.com\"}")
                .is(201);
        assertThat(made.header("location")).isEqualTo(TestApi.BASE + "/api/v4/owners/77");
        send("POST", "/api/v4/owners", "{\"id\":\"77\",\"name\":\"Eve\",\"email\":\"ada@example.com\"}")
                .isProblem(422, "VALIDATION_FAILED");
        send("POST", "/api/v4/owners", "{\"name\":\"Bob\",\"email\":\"bob\"}").isProblem(422, "VALIDATION_FAILED");
        var other = send("POST", "/api/v4/owners", "{\"name\":\"Bob\",\"email\":\"bob@example.com\"}")
                .is(201)
                .json();
        assertThat(ids(read("/api/v4/owners").path("results")))
                .containsExactlyInAnyOrder("77", other.path("id").asText());

        var path = "/api/v4/owners/77";
        var changed = send("PATCH", path, "{\"active\":false}").is(200);
        assertThat(changed.json().path("name").asText()).isEqualTo("Ada");
        assertThat(changed.json().path("active").asBoolean(true)).isFalse();
        api.send("PATCH", path, "{\"name\":\"x\"}")
                .header("if-match", made.header("etag"))
                .go()
                .isProblem(412, "PRECONDITION_FAILED");
        send("DELETE", path, "").is(204);
        api.get(path).go().isProblem(404, "NOT_FOUND");
    }
}
