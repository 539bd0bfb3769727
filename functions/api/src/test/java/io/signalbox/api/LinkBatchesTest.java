/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.model.Scope;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Links of many records at once, what their labels are called, and records that may be the same. */
class LinkBatchesTest {

    private static final String BATCH = "/api/v4/associations/contacts/companies/batch/";
    private static final String LABELS = "/api/v4/associations/contacts/companies/labels";

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
    }

    private String made(String path, String body) throws IOException {
        return send("POST", "/api/v4/" + path, body).is(201).json().path("id").asText();
    }

    private TestApi.Answer send(String method, String path, String body) throws IOException {
        api.clock.advance(Duration.ofSeconds(1));
        return api.send(method, path, body).go();
    }

    private static String pair(String from, String to, String label) {
        return "{\"client_ref\":\"" + to + "\",\"from_id\":\"" + from + "\",\"to_id\":\"" + to + "\",\"label\":\""
                + label + "\"}";
    }

    private static String inputs(String... inputs) {
        return "{\"inputs\":[" + String.join(",", inputs) + "]}";
    }

    private static JsonNode results(TestApi.Answer answer) {
        return answer.json().path("results");
    }

    @Test
    void many_are_linked_read_from_either_side_and_unlinked() throws IOException {
        var ann = made("contacts", "{\"first_name\":\"Ann\"}");
        var acme = made("companies", "{\"name\":\"Acme\"}");
        var bolt = made("companies", "{\"name\":\"Bolt\"}");
        var both = inputs(pair(ann, acme, "employer"), pair(ann, bolt, "customer"));

        var linked = results(send("POST", BATCH + "create", both).is(201));
        assertThat(linked.path(0).path("status").asInt()).isEqualTo(201);
        assertThat(linked.path(1).path("client_ref").asText()).isEqualTo(bolt);
        assertThat(linked.path(1).path("association").path("label").asText()).isEqualTo("customer");
        assertThat(results(send("POST", BATCH + "create", both).is(201))
                        .path(0)
                        .path("status")
                        .asInt())
                .isEqualTo(200);

        var there = results(send("POST", BATCH + "read", inputs("{\"id\":\"" + ann + "\"}"))
                        .is(200))
                .path(0);
        assertThat(there.path("associations")
                        .valueStream()
                        .map(one -> one.path("id").asText()))
                .containsExactlyInAnyOrder(acme, bolt);
        assertThat(there.path("has_more").asBoolean(true)).isFalse();
        var back = results(send(
                        "POST",
                        "/api/v4/associations/companies/contacts/batch/read",
                        inputs("{\"id\":\"" + acme + "\"}", "{\"id\":\"" + bolt + "\"}"))
                .is(200));
        assertThat(back.path(0).path("associations").path(0).path("id").asText())
                .isEqualTo(ann);
        assertThat(back.path(1).path("associations").path(0).path("label").asText())
                .isEqualTo("customer");

        assertThat(results(send("POST", BATCH + "archive", inputs(pair(ann, acme, "employer")))
                                .is(200))
                        .path(0)
                        .path("status")
                        .asInt())
                .isEqualTo(204);
        send("POST", BATCH + "archive", inputs(pair(ann, acme, "employer"))).is(200);
        assertThat(results(api.get("/api/v4/contacts/" + ann + "/associations/companies")
                        .go()
                        .is(200)))
                .hasSize(1);
    }

    @Test
    void results_are_the_inputs_in_their_order_and_mixed_where_one_fails() throws IOException {
        var ann = made("contacts", "{\"first_name\":\"Ann\"}");
        var acme = made("companies", "{\"name\":\"Acme\"}");
        var gone = made("companies", "{\"name\":\"Gone\"}");
        send("DELETE", "/api/v4/companies/" + gone, "").is(204);
        var answer = results(send(
                        "POST",
                        BATCH + "create",
                        inputs(
                                pair(ann, "1", "employer"),
                                pair(ann, acme, "employer"),
                                pair(ann, acme, "No!"),
                                pair(ann, gone, "a"),
                                "{\"from_id\":\"" + ann + "\"}",
                                "{\"from\":1}"))
                .is(207));
        assertThat(answer.valueStream().map(one -> one.path("status").asInt()).toList())
                .containsExactly(404, 201, 422, 410, 422, 422);
        assertThat(answer.path(0).path("error").path("error_code").asText()).isEqualTo("NOT_FOUND");
    }

    @Test
    void a_batch_has_a_limit_and_two_types() throws IOException {
        var many = inputs(java.util.Collections.nCopies(101, "{\"id\":\"1\"}").toArray(String[]::new));
        send("POST", BATCH + "read", many).isProblem(413, "BATCH_TOO_LARGE");
        send("POST", "/api/v4/associations/houses/companies/batch/read", inputs("{\"id\":\"1\"}"))
                .isProblem(404, "NOT_FOUND");
        send("POST", "/api/v4/associations/raw_events/companies/batch/create", inputs("{\"id\":\"1\"}"))
                .isProblem(404, "NOT_FOUND");
    }

    @Test
    void links_take_the_scopes_of_both_types() throws IOException {
        var body = inputs("{\"id\":\"1\"}");
        for (var scopes : List.of(
                new Scope[] {Scope.ASSOCIATIONS_READ, Scope.CONTACTS_READ},
                new Scope[] {Scope.ASSOCIATIONS_READ, Scope.COMPANIES_READ})) {
            api.post(BATCH + "read", body).allowed(scopes).go().isProblem(403, "INSUFFICIENT_SCOPE");
            api.get(LABELS).allowed(scopes).go().isProblem(403, "INSUFFICIENT_SCOPE");
        }
        api.post(BATCH + "create", body)
                .allowed(Scope.ASSOCIATIONS_WRITE, Scope.CONTACTS_READ, Scope.COMPANIES_READ)
                .go()
                .isProblem(403, "INSUFFICIENT_SCOPE");
        api.post(BATCH + "archive", body)
                .allowed(Scope.ASSOCIATIONS_WRITE, Scope.CONTACTS_READ, Scope.COMPANIES_READ)
                .go()
                .isProblem(403, "INSUFFICIENT_SCOPE");
        api.post(BATCH + "read", body)
                .allowed(Scope.ASSOCIATIONS_READ, Scope.CONTACTS_READ, Scope.COMPANIES_READ)
                .go()
                .is(207);
    }

    @Test
    void a_label_is_called_something_from_either_side() throws IOException {
        var made = send("POST", LABELS, "{\"name\":\"employer\",\"label\":\"Employer\",\"inverse_label\":\"Employee\"}")
                .is(201);
        assertThat(made.header("location")).isEqualTo(TestApi.BASE + LABELS + "/employer");
        var back = results(api.get("/api/v4/associations/companies/contacts/labels")
                        .go()
                        .is(200))
                .path(0);
        assertThat(back.path("label").asText()).isEqualTo("Employee");
        assertThat(back.path("inverse_label").asText()).isEqualTo("Employer");
        send("POST", "/api/v4/associations/companies/contacts/labels", "{\"name\":\"employer\",\"label\":\"x\"}")
                .isProblem(422, "VALIDATION_FAILED");

        send("PATCH", "/api/v4/associations/companies/contacts/labels/employer", "{\"label\":\"Member of staff\"}")
                .is(200);
        var there = results(api.get(LABELS).go()).path(0);
        assertThat(there.path("label").asText()).isEqualTo("Employer");
        assertThat(there.path("inverse_label").asText()).isEqualTo("Member of staff");

        send("DELETE", LABELS + "/employer", "").is(204);
        send("DELETE", LABELS + "/employer", "").isProblem(404, "NOT_FOUND");
        assertThat(results(api.get(LABELS).go())).isEmpty();
        for (var body : List.of(
                "{}",
                "{\"name\":\"Not One\",\"label\":\"x\"}",
                "{\"name\":\"a\",\"label\":\"\"}",
                "{\"name\":\"a\",\"label\":\"b\",\"c\":1}")) {
            send("POST", LABELS, body).isProblem(422, "VALIDATION_FAILED");
        }
    }

    @Test
    void records_that_may_be_the_same_are_found_the_likeliest_first() throws IOException {
        var acme = made("companies", "{\"name\":\"Acme\",\"domain\":\"acme.example\"}");
        var named = made("companies", "{\"name\":\"ACME\",\"domain\":\"acme-group.example\"}");
        var twin = made("companies", "{\"name\":\"acme\",\"domain\":\"acme.example\"}");
        made("companies", "{\"name\":\"Bolt\",\"domain\":\"bolt.example\"}");
        var found = results(send("POST", "/api/v4/companies/duplicates/search", "{\"id\":\"" + acme + "\"}")
                .is(200));
        assertThat(found.valueStream()
                        .map(one -> one.path("record").path("id").asText())
                        .toList())
                .containsExactly(twin, named);
        assertThat(found.path(0)
                        .path("matched_on")
                        .valueStream()
                        .map(JsonNode::asText)
                        .toList())
                .containsExactly("domain", "name");
    }

    @Test
    void whether_a_record_is_there_already_is_told_before_it_is_made_even_while_the_index_lags() throws IOException {
        api.records.fallBehind();
        var ann = made("contacts", "{\"email\":\"ann@example.com\"}");
        var found = results(send(
                        "POST",
                        "/api/v4/contacts/duplicates/search",
                        "{\"record\":{\"email\":\"ANN@example.com\",\"phone\":\"+442079460018\"}}")
                .is(200));
        assertThat(found.path(0).path("record").path("id").asText()).isEqualTo(ann);
        assertThat(found.path(0).path("matched_on").path(0).asText()).isEqualTo("email");
    }

    @Test
    void duplicates_of_nothing_are_refused() throws IOException {
        var path = "/api/v4/deals/duplicates/search";
        for (var body :
                List.of("{}", "{\"record\":{}}", "{\"record\":7}", "{\"id\":\"1\",\"record\":{}}", "{\"x\":1}")) {
            send("POST", path, body).isProblem(422, "VALIDATION_FAILED");
        }
        send("POST", path, "{\"id\":\"1\"}").isProblem(404, "NOT_FOUND");
    }
}
