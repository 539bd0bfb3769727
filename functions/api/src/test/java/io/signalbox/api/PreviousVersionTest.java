/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.store.FeedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** v3 differs from v4 in what is written down, and in nothing else. Every answer is held against v3's contract as well. */
class PreviousVersionTest {

    private static final String V3 = "/api/v3/leads";
    private static final String V4 = "/api/v4/leads";

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
    }

    private TestApi.Answer lead(String body) throws Exception {
        return api.post(V3, body).go().is(201);
    }

    @Test
    void the_lead_score_has_two_names_and_v4_has_it_under_one() throws Exception {
        var made = lead("{\"email\":\"ann@example.com\",\"job_title\":\"CEO\",\"employees\":250}");
        var id = made.json().path("id").asText();
        assertThat(made.header("location")).isEqualTo(TestApi.BASE + V3 + "/" + id);
        assertThat(made.json().path("lead_score").isNumber()).isTrue();
        assertThat(made.json().path("lead_score")).isEqualTo(made.json().path("lead_health_score"));
        assertThat(made.json().has("lead_health_band")).isFalse();

        var now = api.get(V4 + "/" + id).go().is(200).json();
        assertThat(now.has("lead_score")).isFalse();
        assertThat(now.path("lead_health_score")).isEqualTo(now.path("score").path("value"));
        assertThat(now.path("lead_health_band")).isEqualTo(now.path("score").path("label"));
        api.send("PATCH", V4 + "/" + id, "{\"lead_health_score\":1}").go().isProblem(422, "VALIDATION_FAILED");
    }

    @TestFactory
    Stream<DynamicTest> either_name_writes_it_and_both_read_it() {
        return Stream.of(
                        "{\"lead_score\":71.5}",
                        "{\"lead_health_score\":71.5}",
                        "{\"lead_score\":71.5,\"lead_health_score\":71.50}")
                .map(body -> DynamicTest.dynamicTest(body, () -> {
                    start();
                    var made = lead(body).json();
                    assertThat(made.path("lead_score").asDouble()).isEqualTo(71.5);
                    assertThat(made.path("lead_health_score").asDouble()).isEqualTo(71.5);
                    assertThat(made.path("custom")).isEmpty();
                    var id = made.path("id").asText();
                    var now = api.get(V4 + "/" + id).go().is(200).json();
                    assertThat(now.path("custom")
                                    .path("lead_health_score_given")
                                    .asDouble())
                            .isEqualTo(71.5);
                    assertThat(now.path("score").path("value").asDouble()).isZero();

                    api.send("PATCH", V3 + "/" + id, "{\"lead_health_score\":null}")
                            .go()
                            .is(200);
                    var cleared = api.get(V3 + "/" + id).go().json();
                    assertThat(cleared.path("lead_score").asDouble()).isZero();
                }));
    }

    @Test
    void two_names_that_disagree_and_what_is_no_score_are_refused() throws Exception {
        var answer = api.post(V3, "{\"lead_score\":1,\"lead_health_score\":2}")
                .go()
                .isProblem(422, "CONFLICTING_DEPRECATED_FIELD");
        assertThat(answer.details()).containsExactly("/lead_score CONFLICTS");
        for (var bad : new String[] {"\"7\"", "101", "-1", "true", "{}"}) {
            api.post(V3, "{\"lead_score\":" + bad + "}").go().isProblem(422, "VALIDATION_FAILED");
        }
        assertThat(api.get(V3).go().json().path("results")).isEmpty();
    }

    @Test
    void an_unknown_field_is_ignored_with_a_warning_where_v4_refuses_it() throws Exception {
        api.post(V4, "{\"city\":\"Graz\",\"emial\":\"x\"}").go().isProblem(422, "VALIDATION_FAILED");
        var made = lead("{\"city\":\"Graz\",\"emial\":\"x\",\"a \\\"quoted\\\" \u00e4\":1}");
        assertThat(made.json().has("emial")).isFalse();
        assertThat(made.header("api-warnings"))
                .contains("unknown-field;name=\"emial\"", "unknown-field;name=\"a \\\"quoted\\\" ?\"");
        var batch = api.post(
                        V3 + "/batch/create?warnings=body",
                        "{\"inputs\":[{\"record\":{\"city\":\"Graz\",\"emial\":1}}]}")
                .go()
                .is(201);
        assertThat(batch.json().path("warnings").path(0).path("name").asText()).isEqualTo("emial");
    }

    @Test
    void a_batch_is_that_of_v4_but_never_atomic() throws Exception {
        var inputs = "{\"inputs\":[{\"client_ref\":\"a\",\"record\":{\"email\":\"a@example.com\",\"lead_score\":5}},"
                + "{\"client_ref\":\"b\",\"record\":{\"email\":\"a@example.com\"}}]}";
        var answer = api.post(V3 + "/batch/create", inputs).go().is(207).json().path("results");
        assertThat(answer.path(0).path("record").path("lead_score").asInt()).isEqualTo(5);
        assertThat(answer.path(1).path("error").path("error_code").asText()).isEqualTo("DUPLICATE_RECORD");
        api.post(V3 + "/batch/create?atomic=true", inputs).go().isProblem(400, "MALFORMED_REQUEST");
        assertThat(api.post(
                                V3 + "/batch/read?fields=lead_score",
                                "{\"inputs\":[{\"key\":\"email\",\"value\":\"a@example.com\"}]}")
                        .go()
                        .is(200)
                        .json()
                        .path("results")
                        .path(0)
                        .path("record")
                        .path("lead_score")
                        .asInt())
                .isEqualTo(5);
    }

    @Test
    void the_id_of_a_merged_record_answers_with_the_survivor() throws Exception {
        var a = lead("{\"email\":\"a@example.com\"}").json().path("id").asText();
        var b = lead("{\"email\":\"b@example.com\"}").json().path("id").asText();
        api.post(V3 + "/merge", "{\"primary_id\":\"" + a + "\",\"duplicate_ids\":[\"" + b + "\"]}")
                .go()
                .is(200);
        api.get(V4 + "/" + b).go().is(301);

        var answer = api.get(V3 + "/" + b).go().is(200);
        assertThat(answer.json().path("id").asText()).isEqualTo(a);
        assertThat(answer.header("content-location")).isEqualTo(TestApi.BASE + V3 + "/" + a);
        api.get(V3 + "/" + b)
                .header("if-none-match", answer.header("etag"))
                .go()
                .is(304);
        var refused =
                api.send("PATCH", V3 + "/" + b, "{\"city\":\"Graz\"}").go().isProblem(409, "RECORD_MERGED");
        assertThat(refused.header("location")).isEqualTo(TestApi.BASE + V3 + "/" + a);
    }

    @Test
    void what_is_gone_is_listed_newest_first_but_for_what_came_back() throws Exception {
        var ids = new String[5];
        for (var i = 0; i < ids.length; i++) {
            ids[i] = lead("{\"email\":\"p" + i + "@example.com\"}")
                    .json()
                    .path("id")
                    .asText();
        }
        for (var i = 0; i < 4; i++) {
            api.clock.advance(Duration.ofSeconds(10));
            api.send("DELETE", V3 + "/" + ids[i], "").go().is(204);
            change(ids[i], 2, FeedStore.Kind.DELETED);
        }
        api.post(V3 + "/" + ids[2] + "/restore", "").go().is(200);
        change(ids[2], 3, FeedStore.Kind.RESTORED);
        change(ids[4], 2, FeedStore.Kind.UPDATED);

        var seen = new ArrayList<String>();
        for (var path = V3 + "/deleted?limit=1"; path != null; ) {
            var page = api.get(path).go().is(200).json();
            page.path("results")
                    .forEach(one -> seen.add(
                            one.path("id").asText() + " " + one.path("reason").asText()));
            var next = page.path("paging").path("next").path("link").asText("");
            path = next.isEmpty() ? null : next.substring(TestApi.BASE.length());
        }
        assertThat(seen).containsExactly(ids[3] + " deleted", ids[1] + " deleted", ids[0] + " deleted");
        var since = TestApi.NOW.plusSeconds(15);
        assertThat(api.get(V3 + "/deleted?deleted_after=" + since)
                        .go()
                        .is(200)
                        .json()
                        .path("results"))
                .hasSize(2);
        api.get(V3 + "/deleted?deleted_after=yesterday").go().isProblem(400, "MALFORMED_REQUEST");
        assertThat(api.get("/api/v3/deals/deleted").go().is(200).json().path("results"))
                .isEmpty();
    }

    private void change(String id, long version, FeedStore.Kind kind) {
        var key = new RecordKey(ObjectType.LEAD, RecordId.parse(id).orElseThrow());
        api.feed.append(List.of(new FeedStore.Change(key, version, kind, api.clock.instant(), List.of())));
    }

    @Test
    void search_and_filters_of_v4_take_the_names_of_v3() throws Exception {
        lead("{\"email\":\"ann@example.com\"}");
        var body =
                "{\"filter\":{\"field\":\"lead_score\",\"op\":\"gte\",\"value\":0},\"sort\":\"-lead_score\",\"fields\":[\"email\",\"lead_score\"]}";
        var answer = api.post(V3 + "/search", body).go().is(200);
        assertThat(answer.header("api-warnings")).contains("name=\"lead_score\"");
        api.get(V3 + "?filter[lead_health_score][gte]=0&sort=-lead_health_score")
                .go()
                .is(200);
        api.get(V3 + "?updated_after=2026-01-01T00:00:00Z").go().is(200);
    }

    @Test
    void money_is_a_text_that_loses_nothing() throws Exception {
        var exact = "12345678901234567890.10";
        var made = api.post("/api/v3/deals", "{\"name\":\"big\",\"amount\":\"" + exact + "\"}")
                .go()
                .is(201)
                .json();
        assertThat(made.path("amount").isTextual()).isTrue();
        var id = made.path("id").asText();
        assertThat(api.get("/api/v4/deals/" + id).go().text())
                .containsPattern("\"amount\":12345678901234567890\\.10?[,}]");
        assertThat(api.get("/api/v3/deals/" + id + "/history")
                        .go()
                        .json()
                        .path("results")
                        .path(0)
                        .path("properties")
                        .path("amount")
                        .isTextual())
                .isTrue();
        api.send("PATCH", "/api/v3/deals/" + id, "{\"amount\":5}").go().is(200);
        assertThat(api.get("/api/v3/deals/" + id).go().json().path("amount").asText())
                .isEqualTo("5");
        api.send("PATCH", "/api/v3/deals/" + id, "{\"amount\":\"much\"}").go().isProblem(422, "VALIDATION_FAILED");
    }

    @Test
    void a_listing_leads_on_in_v3_with_what_was_asked_for() throws Exception {
        for (var i = 0; i < 3; i++) {
            lead("{\"email\":\"p" + i + "@example.com\",\"lead_score\":" + i + "}");
        }
        var path = V3 + "?fields=lead_score&limit=1&warnings=body";
        var seen = 0;
        while (path != null) {
            var page = api.get(path).go().is(200);
            var record = page.json().path("results").path(0);
            assertThat(record.path("lead_score").asInt(-1)).isEqualTo(seen++);
            assertThat(record.has("lead_health_score")).isFalse();
            assertThat(record.path("_links").path("self").path("href").asText()).startsWith(TestApi.BASE + V3);
            assertThat(page.json().path("warnings")).isNotEmpty();
            var next = page.json().path("paging").path("next").path("link").asText("");
            assertThat(page.header("link")).contains(next);
            path = next.isEmpty() ? null : next.substring(TestApi.BASE.length());
        }
        assertThat(seen).isEqualTo(3);
        assertThat(api.get(V3 + "?fields=email")
                        .go()
                        .json()
                        .path("results")
                        .path(0)
                        .has("lead_score"))
                .isFalse();
    }

    @Test
    void a_repeated_request_is_answered_as_the_first_time() throws Exception {
        var first = api.post(V3, "{\"email\":\"a@example.com\"}")
                .header("idempotency-key", "key-12345")
                .go()
                .is(201);
        var again = api.post(V3, "{\"email\":\"a@example.com\"}")
                .header("idempotency-key", "key-12345")
                .go()
                .is(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("idempotency-replayed")).isEqualTo("true");
        api.post(V4, "{\"email\":\"a@example.com\"}")
                .header("idempotency-key", "key-12345")
                .go()
                .isProblem(422, "IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void v3_says_where_to_start_and_has_its_own_contract() throws Exception {
        var start = api.bare("GET", "/api/v3").go().is(200).json();
        assertThat(start.path("version").asText()).isEqualTo("v3");
        assertThat(start.path("_links").path("leads").path("href").asText()).isEqualTo(TestApi.BASE + V3);
        assertThat(start.path("_links").has("rules")).isFalse();
        var contract = api.bare("GET", "/api/v3/openapi.json").go().is(200).json();
        assertThat(contract.path("paths").has(V3)).isTrue();
        assertThat(contract.path("paths").has("/api/v3/rules")).isFalse();
        api.get("/api/v3/rules").go().isProblem(404, "ROUTE_NOT_FOUND");
    }
}
