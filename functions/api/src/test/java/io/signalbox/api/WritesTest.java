/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WritesTest {

    private static final String ANN = "{\"email\":\"ann@example.com\",\"first_name\":\"Ann\",\"custom\":{\"size\":38}}";
    private static final String CONTACTS = "/api/v4/contacts";
    private static final String BY_EMAIL = CONTACTS + "/by/email/";

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
    }

    private String made(String body) throws Exception {
        return CONTACTS + "/" + id(api.post(CONTACTS, body).go().is(201).json());
    }

    private TestApi.Call patch(String path, String body) {
        return api.send("PATCH", path, body).header("content-type", "application/merge-patch+json");
    }

    private static String id(JsonNode record) {
        return record.path("id").asText();
    }

    @Test
    void a_record_of_every_kind_is_made_changed_deleted_and_restored() throws Exception {
        for (var kind : Map.of(
                        "contacts", "first_name",
                        "leads", "first_name",
                        "companies", "name",
                        "deals", "name",
                        "activities", "subject",
                        "tickets", "subject")
                .entrySet()) {
            var base = "/api/v4/" + kind.getKey();
            var made =
                    api.post(base, "{\"" + kind.getValue() + "\":\"x\"}").go().is(201);
            var path = made.header("location").substring(TestApi.BASE.length());
            assertThat(patch(path, "{\"" + kind.getValue() + "\":\"y\"}")
                            .go()
                            .is(200)
                            .json()
                            .path(kind.getValue())
                            .asText())
                    .isEqualTo("y");
            api.bare("DELETE", path).by("client-1").go().is(204);
            api.get(path).go().isProblem(410, "RECORD_DELETED");
            assertThat(api.send("POST", path + "/restore", "").go().is(200).header("etag"))
                    .isEqualTo("\"v4\"");
            api.get(path).go().is(200);
        }
    }

    @Test
    void a_merge_patch_sets_clears_with_null_and_keeps_what_it_does_not_name() throws Exception {
        var path = made(ANN);
        var answer = patch(path, "{\"first_name\":null,\"last_name\":\"Lee\",\"custom\":{\"size\":null,\"hat\":7}}")
                .go()
                .is(200);
        assertThat(answer.header("etag")).isEqualTo("\"v2\"");
        var json = answer.json();
        assertThat(json.path("first_name").isNull()).isTrue();
        assertThat(json.path("last_name").asText()).isEqualTo("Lee");
        assertThat(json.path("email").asText()).isEqualTo("ann@example.com");
        assertThat(json.path("custom").toString()).isEqualTo("{\"hat\":7}");
        assertThat(json.path("score").path("value").isNumber()).isTrue();
        assertThat(api.get(path).go().json()).isEqualTo(json);
    }

    @Test
    void an_empty_patch_changes_nothing() throws Exception {
        var path = made(ANN);
        assertThat(patch(path, "{}").go().is(200).header("etag")).isEqualTo("\"v1\"");
    }

    @Test
    void a_patch_says_every_mistake_and_changes_nothing() throws Exception {
        var path = made(ANN);
        var answer = patch(path, "{\"employees\":\"x\",\"id\":\"1\",\"shoe\":1,\"custom\":null}")
                .go();
        assertThat(answer.isProblem(422, "VALIDATION_FAILED").details())
                .containsExactly(
                        "/employees INVALID_INTEGER", "/id READ_ONLY", "/shoe UNKNOWN_FIELD", "/custom INVALID_TYPE");
        assertThat(patch(path, "[]").go().isProblem(422, "VALIDATION_FAILED").details())
                .containsExactly(" INVALID_TYPE");
        var wrong = patch(path, "{}").header("content-type", "text/plain").go();
        assertThat(wrong.isProblem(415, "UNSUPPORTED_MEDIA_TYPE").header("accept-patch"))
                .contains("application/merge-patch+json");
        api.get(path).header("if-none-match", "\"v1\"").go().is(304);
    }

    @Test
    void a_change_on_an_old_version_is_412_and_says_the_new_one() throws Exception {
        var path = made(ANN);
        patch(path, "{\"city\":\"Graz\"}").header("if-match", "\"v1\"").go().is(200);
        for (var tag : List.of("\"v1\"", "W/\"v2\"", "v2", "\"x\"")) {
            var answer =
                    patch(path, "{\"city\":\"Linz\"}").header("if-match", tag).go();
            assertThat(answer.isProblem(412, "PRECONDITION_FAILED").header("etag"))
                    .isEqualTo("\"v2\"");
            api.bare("DELETE", path).by("client-1").header("if-match", tag).go().isProblem(412, "PRECONDITION_FAILED");
        }
        assertThat(api.get(path).go().json().path("city").asText()).isEqualTo("Graz");
        patch(path, "{\"city\":\"Linz\"}")
                .header("if-match", "\"v9\", \"v2\"")
                .go()
                .is(200);
        patch(path, "{\"city\":\"Wels\"}").header("if-match", "*").go().is(200);
    }

    @Test
    void where_it_is_demanded_a_change_without_if_match_is_428() throws Exception {
        api = new TestApi(Map.of("PUBLIC_URL", TestApi.BASE, "REQUIRE_IF_MATCH", "true"));
        var path = made(ANN);
        patch(path, "{\"city\":\"Graz\"}").go().isProblem(428, "PRECONDITION_REQUIRED");
        api.bare("DELETE", path).by("client-1").go().isProblem(428, "PRECONDITION_REQUIRED");
        patch(path, "{\"city\":\"Graz\"}").header("if-match", "\"v1\"").go().is(200);
        var results = api.post(CONTACTS + "/batch/archive", "{\"inputs\":[{\"id\":\"" + path.substring(17) + "\"}]}")
                .go()
                .is(207)
                .json()
                .path("results");
        assertThat(results.path(0).path("status").asInt()).isEqualTo(428);
    }

    @Test
    void of_many_changes_of_one_version_at_once_one_is_made() throws Exception {
        var path = made(ANN);
        var calls = new ArrayList<Callable<Integer>>();
        for (var i = 0; i < 12; i++) {
            var call = patch(path, "{\"city\":\"city " + i + "\"}").header("if-match", "\"v1\"");
            calls.add(() -> call.go().status());
        }
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var future : threads.invokeAll(calls)) {
                statuses.add(future.get());
            }
        }
        assertThat(statuses).containsOnly(200, 412).containsOnlyOnce(200);
        assertThat(api.get(path).go().header("etag")).isEqualTo("\"v2\"");
    }

    @Test
    void a_put_by_a_unique_key_makes_the_record_once_and_then_changes_it() throws Exception {
        var first = api.send("PUT", BY_EMAIL + "ann%40example.com", "{\"first_name\":\"Ann\"}")
                .go()
                .is(201);
        assertThat(first.json().path("email").asText()).isEqualTo("ann@example.com");
        assertThat(first.header("location")).endsWith(id(first.json()));
        var second = api.send(
                        "PUT", BY_EMAIL + "ANN%40example.com", "{\"city\":\"Graz\",\"email\":\"Ann@Example.com\"}")
                .go()
                .is(200);
        assertThat(id(second.json())).isEqualTo(id(first.json()));
        assertThat(second.json().path("first_name").asText()).isEqualTo("Ann");
        var byId = api.send("PUT", "/api/v4/deals/by/external_id/erp:77", "{\"name\":\"Big\"}")
                .go()
                .is(201);
        assertThat(byId.json().path("external_ids").path(0).path("connection").asText())
                .isEqualTo("erp");
        assertThat(byId.json().path("external_ids").path(0).path("id").asText()).isEqualTo("77");
        assertThat(api.get("/api/v4/deals/by/external_id/erp:77").go().is(200).json())
                .isEqualTo(byId.json());
    }

    @Test
    void a_put_may_be_told_to_make_only_or_to_change_only() throws Exception {
        var put = "{\"city\":\"Graz\"}";
        api.send("PUT", BY_EMAIL + "ann@example.com", put)
                .header("if-match", "*")
                .go()
                .isProblem(412, "PRECONDITION_FAILED");
        api.send("PUT", BY_EMAIL + "ann@example.com", put)
                .header("if-none-match", "*")
                .go()
                .is(201);
        var refused = api.send("PUT", BY_EMAIL + "ann@example.com", put)
                .header("if-none-match", "*")
                .go()
                .isProblem(412, "PRECONDITION_FAILED");
        assertThat(refused.header("location")).contains(CONTACTS);
        api.send("PUT", BY_EMAIL + "ann@example.com", put)
                .header("if-match", "*")
                .go()
                .is(200);
        api.send("PUT", BY_EMAIL + "ann@example.com", put)
                .header("if-match", "\"v1\"")
                .go()
                .isProblem(412, "PRECONDITION_FAILED");
    }

    @Test
    void a_put_by_what_is_no_key_or_contradicts_itself_is_refused() throws Exception {
        api.send("PUT", CONTACTS + "/by/city/Graz", "{}").go().isProblem(404, "NOT_FOUND");
        api.send("PUT", "/api/v4/deals/by/email/x@example.com", "{}").go().isProblem(404, "NOT_FOUND");
        api.send("PUT", BY_EMAIL + "nobody", "{}").go().isProblem(422, "VALIDATION_FAILED");
        assertThat(api.send("PUT", BY_EMAIL + "a@example.com", "{\"email\":\"b@example.com\"}")
                        .go()
                        .isProblem(422, "VALIDATION_FAILED")
                        .details())
                .containsExactly("/email CONFLICTING_KEY");
        assertThat(api.get(CONTACTS).go().json().path("results")).isEmpty();
    }

    @Test
    void deleting_twice_is_deleting_once_and_the_tombstone_says_when() throws Exception {
        var path = made(ANN);
        api.bare("DELETE", path).by("client-1").go().is(204);
        api.bare("DELETE", path).by("client-1").go().is(204);
        var gone = api.get(path).go().isProblem(410, "RECORD_DELETED").json();
        assertThat(gone.path("deleted_at").asText()).isEqualTo("2026-03-01T12:00:00.001Z");
        assertThat(gone.path("restorable").asBoolean()).isTrue();
        patch(path, "{\"city\":\"Graz\"}").go().isProblem(410, "RECORD_DELETED");
        api.bare("DELETE", CONTACTS + "/1").by("client-1").go().isProblem(404, "NOT_FOUND");
        patch(CONTACTS + "/1", "{}").go().isProblem(404, "NOT_FOUND");
        assertThat(api.get(CONTACTS).go().json().path("results")).isEmpty();
    }

    @Test
    void a_record_whose_address_went_to_another_is_not_restored() throws Exception {
        var path = made(ANN);
        api.bare("DELETE", path).by("client-1").go().is(204);
        var heir = made(ANN);
        var refused = api.send("POST", path + "/restore", "").go().isProblem(409, "DUPLICATE_RECORD");
        assertThat(refused.header("location")).isEqualTo(TestApi.BASE + heir);
    }

    @Test
    void an_address_of_somebody_else_is_409_with_the_id_in_the_body_and_in_location() throws Exception {
        var ann = made(ANN);
        var bob = made("{\"email\":\"bob@example.com\"}");
        var refused = patch(bob, "{\"email\":\"ANN@example.com\"}").go().isProblem(409, "DUPLICATE_RECORD");
        assertThat(refused.header("location")).isEqualTo(TestApi.BASE + ann);
        assertThat(CONTACTS + "/"
                        + refused.json()
                                .path("details")
                                .path(0)
                                .path("existing_id")
                                .asText())
                .isEqualTo(ann);
    }

    @Test
    void only_the_fields_asked_for_are_shown() throws Exception {
        var path = made(ANN);
        var json = api.get(path + "?fields=email,custom.size,custom.hat")
                .go()
                .is(200)
                .json();
        assertThat(json.propertyStream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("id", "object", "version", "email", "custom", "_links");
        assertThat(json.path("custom").toString()).isEqualTo("{\"size\":38,\"hat\":null}");
        assertThat(api.get(path + "?fields=*").go().json())
                .isEqualTo(api.get(path).go().json());
        var refused = api.get(path + "?fields=emial").go().isProblem(400, "MALFORMED_REQUEST");
        assertThat(refused.text()).contains("Did you mean email?");
        var listed =
                api.get(CONTACTS + "?fields=city").go().json().path("results").path(0);
        assertThat(listed.has("city")).isTrue();
        assertThat(listed.has("email")).isFalse();
    }

    @Test
    void history_names_who_changed_what() throws Exception {
        var path = made(ANN);
        patch(path, "{\"city\":\"Graz\"}").by("client-2").go().is(200);
        var newest = api.get(path + "/history").go().json().path("results").path(0);
        assertThat(newest.path("vendor").asText()).isEqualTo("api");
        assertThat(newest.path("raw_type").asText()).isEqualTo("updateContact");
        assertThat(newest.path("data").path("client").asText()).isEqualTo("client-2");
        assertThat(newest.path("properties").path("city").asText()).isEqualTo("Graz");
    }
}
