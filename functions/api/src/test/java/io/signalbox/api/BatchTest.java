/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchTest {

    private static final String CONTACTS = "/api/v4/contacts";

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
    }

    private TestApi.Answer batch(String what, String... inputs) throws Exception {
        return api.post(CONTACTS + "/batch/" + what, "{\"inputs\":[" + String.join(",", inputs) + "]}")
                .go();
    }

    private static String person(String email) {
        return "{\"client_ref\":\"" + email + "\",\"record\":{\"email\":\"" + email + "\"}}";
    }

    private static List<Integer> statuses(JsonNode json) {
        return json.path("results")
                .valueStream()
                .map(result -> result.path("status").asInt())
                .toList();
    }

    private static String id(TestApi.Answer answer, int index) {
        return answer.json().path("results").path(index).path("id").asText();
    }

    @Test
    void a_hundred_records_are_made_in_one_call_each_under_its_callers_name() throws Exception {
        var inputs = IntStream.range(0, 100)
                .mapToObj(i -> person("p" + i + "@example.com"))
                .toArray(String[]::new);
        var answer = batch("create", inputs);
        answer.is(201);
        for (var i = 0; i < 100; i++) {
            var result = answer.json().path("results").path(i);
            assertThat(result.path("status").asInt()).isEqualTo(201);
            assertThat(result.path("client_ref").asText()).isEqualTo("p" + i + "@example.com");
            assertThat(result.path("record").path("email").asText()).isEqualTo("p" + i + "@example.com");
            assertThat(result.path("record").path("score").path("value").isNumber())
                    .isTrue();
            assertThat(result.path("etag").asText()).isEqualTo("\"v1\"");
        }
        batch(
                        "create",
                        IntStream.range(0, 101)
                                .mapToObj(i -> person(i + "@example.com"))
                                .toArray(String[]::new))
                .isProblem(413, "BATCH_TOO_LARGE");
    }

    @Test
    void a_batch_of_which_some_fail_is_207_and_each_says_why() throws Exception {
        var first = batch("create", person("a@example.com")).is(201);
        var answer = batch(
                        "create",
                        person("b@example.com"),
                        person("A@example.com"),
                        "{\"record\":{\"emial\":1}}",
                        "{\"record\":7}",
                        "{\"name\":1,\"record\":{}}",
                        person("b@example.com"))
                .is(207);
        assertThat(statuses(answer.json())).containsExactly(201, 409, 422, 422, 422, 409);
        var error = answer.json().path("results").path(1).path("error");
        assertThat(error.path("error_code").asText()).isEqualTo("DUPLICATE_RECORD");
        assertThat(error.path("details").path(0).path("existing_id").asText()).isEqualTo(id(first, 0));
        assertThat(error.path("correlation_id").asText()).isEqualTo(answer.header("x-correlation-id"));
        assertThat(answer.json()
                        .path("results")
                        .path(2)
                        .path("error")
                        .path("details")
                        .path(0)
                        .path("pointer")
                        .asText())
                .isEqualTo("/emial");
    }

    @Test
    void records_are_changed_and_archived_on_the_versions_they_are_believed_to_have() throws Exception {
        var made = batch("create", person("a@example.com"), person("b@example.com"));
        var update = "{\"id\":\"%s\",\"if_match\":\"\\\"v%d\\\"\",\"record\":{\"city\":\"Graz\",\"email\":null}}";
        var changed = batch(
                        "update",
                        update.formatted(id(made, 0), 1),
                        update.formatted(id(made, 1), 5),
                        update.formatted("1", 1),
                        "{\"record\":{}}")
                .is(207);
        assertThat(statuses(changed.json())).containsExactly(200, 412, 404, 422);
        assertThat(changed.json()
                        .path("results")
                        .path(0)
                        .path("record")
                        .path("city")
                        .asText())
                .isEqualTo("Graz");
        var archived = batch("archive", "{\"id\":\"" + id(made, 0) + "\"}", "{\"id\":\"" + id(made, 1) + "\"}")
                .is(200);
        assertThat(statuses(archived.json())).containsExactly(204, 204);
        api.get(CONTACTS + "/" + id(made, 1)).go().is(410);
    }

    @Test
    void two_changes_of_one_record_in_a_batch_are_made_one_after_the_other() throws Exception {
        var made = batch("create", person("a@example.com"));
        var update = "{\"id\":\"" + id(made, 0) + "\",\"record\":{\"%s\":\"x\"}}";
        var changed = batch("update", update.formatted("city"), update.formatted("state"))
                .is(200);
        assertThat(changed.json().path("results").path(1).path("etag").asText()).isEqualTo("\"v3\"");
        assertThat(changed.json()
                        .path("results")
                        .path(1)
                        .path("record")
                        .path("city")
                        .asText())
                .isEqualTo("x");
    }

    @Test
    void records_are_upserted_by_any_of_their_keys() throws Exception {
        batch("create", person("a@example.com")).is(201);
        var upsert = "{\"key\":\"%s\",\"value\":\"%s\",\"record\":{\"city\":\"Graz\"}}";
        var answer = batch(
                        "upsert",
                        upsert.formatted("email", "a@example.com"),
                        upsert.formatted("email", "b@example.com"),
                        upsert.formatted("external_id", "erp:7"),
                        upsert.formatted("city", "Graz"))
                .is(207);
        assertThat(statuses(answer.json())).containsExactly(200, 201, 201, 404);
    }

    @Test
    void records_are_read_by_id_or_key_in_the_order_asked_for() throws Exception {
        var made = batch("create", person("a@example.com"), person("b@example.com"));
        batch("archive", "{\"id\":\"" + id(made, 1) + "\"}").is(200);
        var answer = api.post(
                        CONTACTS + "/batch/read?fields=email",
                        "{\"inputs\":[{\"id\":\"" + id(made, 1)
                                + "\",\"client_ref\":\"x\"},{\"key\":\"email\",\"value\":\"A@example.com\"},{\"id\":\""
                                + id(made, 0) + "\"},{\"id\":\"nine\"}]}")
                .go()
                .is(207);
        assertThat(statuses(answer.json())).containsExactly(410, 200, 200, 404);
        assertThat(answer.json().path("results").path(0).path("client_ref").asText())
                .isEqualTo("x");
        assertThat(answer.json().path("results").path(1).path("record").has("city"))
                .isFalse();
        assertThat(id(answer, 1)).isEqualTo(id(made, 0));
    }

    @Test
    void an_atomic_batch_is_done_as_a_whole_or_not_at_all() throws Exception {
        var path = CONTACTS + "/batch/create?atomic=true";
        var good = "{\"inputs\":[" + person("a@example.com") + "," + person("b@example.com") + "]}";
        api.post(path, good).go().is(201);
        var bad = "{\"inputs\":[" + person("c@example.com") + "," + person("b@example.com") + "]}";
        var refused = api.post(path, bad).go().isProblem(409, "BATCH_ABORTED");
        assertThat(refused.details()).containsExactly("/inputs/1 DUPLICATE_RECORD");
        assertThat(statuses(refused.json())).containsExactly(409, 409);
        var wrong = "{\"inputs\":[" + person("c@example.com") + ",{\"record\":{\"employees\":\"x\"}}]}";
        assertThat(api.post(path, wrong).go().isProblem(409, "BATCH_ABORTED").details())
                .containsExactly("/inputs/1 VALIDATION_FAILED");
        api.get(CONTACTS + "/by/email/c@example.com").go().is(404);
        var many =
                IntStream.range(0, 26).mapToObj(i -> person(i + "@example.com")).collect(Collectors.joining(","));
        api.post(path, "{\"inputs\":[" + many + "]}").go().isProblem(413, "BATCH_TOO_LARGE");
        api.post(CONTACTS + "/batch/create?atomic=maybe", good).go().isProblem(400, "MALFORMED_REQUEST");
    }

    @Test
    void an_atomic_batch_names_each_record_once() throws Exception {
        var made = batch("create", person("a@example.com"));
        var update = "{\"id\":\"" + id(made, 0) + "\",\"record\":{\"city\":\"x\"}}";
        api.post(CONTACTS + "/batch/update?atomic=true", "{\"inputs\":[" + update + "," + update + "]}")
                .go()
                .isProblem(409, "BATCH_ABORTED");
    }

    @Test
    void what_is_no_batch_is_refused_as_a_whole() throws Exception {
        for (var bad :
                List.of("{}", "{\"inputs\":[]}", "{\"inputs\":{}}", "{\"inputs\":[1]}", "{\"inputs\":[{}],\"x\":1}")) {
            api.post(CONTACTS + "/batch/create", bad).go().isProblem(422, "VALIDATION_FAILED");
        }
    }
}
