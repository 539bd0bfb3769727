/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Rejection;
import io.signalbox.model.Value;
import io.signalbox.parameters.ConnectionParameters;
import io.signalbox.store.FeedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ConnectionsTest {

    private static final String SECRET = "0f6c2a5e-app-secret-7b1d";
    private static final String HUBSPOT =
            "{\"vendor\":\"hubspot\",\"id\":\"hs\",\"secrets\":[\"" + SECRET + "\"],\"options\":{\"allow_v1\":true}}";
    private static final String PATH = "/api/v4/connections";

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
    }

    @Test
    void a_new_connection_answers_the_url_to_paste_and_what_to_do_there() throws Exception {
        var answer = api.post(PATH, HUBSPOT).go().is(201);

        var json = answer.json();
        assertThat(answer.header("location")).isEqualTo(TestApi.BASE + PATH + "/hs");
        assertThat(json.path("public_url").asText()).isEqualTo(TestApi.BASE + "/hooks/v1/hubspot/hs");
        assertThat(json.path("options").path("allow_v1").asBoolean()).isTrue();
        assertThat(json.path("setup").path("steps")).isNotEmpty();
        assertThat(json.path("setup").path("steps").toString())
                .contains(TestApi.BASE + "/hooks/v1/hubspot/hs")
                .doesNotContain("{url}");
        assertThat(json.path("secrets").path(0).path("last_four").asText()).isEqualTo("7b1d");
        assertThat(json.path("counters").path("received").asInt()).isZero();
        assertThat(json.has("secret")).isFalse();
        assertThat(answer.text()).doesNotContain(SECRET);
        assertThat(stored("hs").secrets().getFirst().value()).isEqualTo(SECRET);
    }

    @Test
    void a_secret_we_made_is_shown_once_and_never_again() throws Exception {
        var answer = api.post(PATH, "{\"vendor\":\"standard\"}").go().is(201);

        var value = answer.json().path("secret").path("value").asText();
        var id = answer.json().path("id").asText();
        assertThat(value).startsWith("whsec_");
        assertThat(id).matches("c-[a-z2-7]{10}");
        assertThat(stored(id).secrets().getFirst().value()).isEqualTo(value);
        assertThat(api.get(PATH + "/" + id).go().is(200).text()).doesNotContain(value);
        assertThat(api.get(PATH).go().is(200).text()).doesNotContain(value);
        assertThat(api.log()).doesNotContain(value);
    }

    @Test
    void the_public_url_may_be_another_where_a_proxy_stands_before_us() throws Exception {
        var body = "{\"vendor\":\"standard\",\"id\":\"p\",\"public_url\":\"https://hooks.example.org/in\"}";

        assertThat(api.post(PATH, body).go().is(201).json().path("public_url").asText())
                .isEqualTo("https://hooks.example.org/in");
    }

    @TestFactory
    Stream<DynamicTest> what_is_wrong_with_a_connection_is_422_with_a_pointer() {
        return Map.ofEntries(
                        Map.entry("{}", "/vendor UNKNOWN_VENDOR"),
                        Map.entry("{\"vendor\":\"nobody\"}", "/vendor UNKNOWN_VENDOR"),
                        Map.entry("{\"vendor\":\"hubspot\"}", "/secrets REQUIRED"),
                        Map.entry("{\"vendor\":\"hubspot\",\"secrets\":[]}", "/secrets REQUIRED"),
                        Map.entry("{\"vendor\":\"hubspot\",\"secrets\":\"x\"}", "/secrets INVALID_TYPE"),
                        Map.entry("{\"vendor\":\"hubspot\",\"secrets\":[\"short\"]}", "/secrets/0 INVALID_SECRET"),
                        Map.entry("{\"vendor\":\"hubspot\",\"secrets\":[\"shortish\"]}", "/secrets/0 INVALID"),
                        Map.entry("{\"vendor\":\"standard\",\"id\":\"UPPER\"}", "/id INVALID_ID"),
                        Map.entry("{\"vendor\":\"standard\",\"id\":7}", "/id INVALID_TYPE"),
                        Map.entry("{\"vendor\":\"standard\",\"id\":\"api\"}", "/id RESERVED"),
                        Map.entry(
                                "{\"vendor\":\"standard\",\"public_url\":\"http://x.example\"}",
                                "/public_url INVALID_URL"),
                        Map.entry("{\"vendor\":\"standard\",\"public_url\":\"::\"}", "/public_url INVALID_URL"),
                        Map.entry("{\"vendor\":\"standard\",\"options\":[]}", "/options INVALID_TYPE"),
                        Map.entry("{\"vendor\":\"standard\",\"options\":{\"x\":1}}", "/options/x UNKNOWN_OPTION"),
                        Map.entry("{\"vendor\":\"standard\",\"secret\":\"x\"}", "/secret UNKNOWN_FIELD"))
                .entrySet()
                .stream()
                .map(wrong -> DynamicTest.dynamicTest(wrong.getKey(), () -> {
                    var answer = api.post(PATH, wrong.getKey()).go().isProblem(422, "VALIDATION_FAILED");
                    assertThat(answer.details()).containsExactly(wrong.getValue());
                    assertThat(api.get(PATH).go().json().path("results")).isEmpty();
                }));
    }

    @Test
    void an_id_that_is_taken_is_409_and_nothing_of_the_first_changes() throws Exception {
        api.post(PATH, HUBSPOT).go().is(201);
        var before = stored("hs");

        var again = HUBSPOT.replace("app-secret", "other-secret");
        assertThat(api.post(PATH, again).go().isProblem(409, "DUPLICATE_RECORD").details())
                .containsExactly("/id NOT_UNIQUE");
        assertThat(stored("hs")).isEqualTo(before);
    }

    @Test
    void a_creation_that_died_half_way_accepts_nothing_and_can_be_repeated() throws Exception {
        api.parameters.setAway(true);
        api.post(PATH, HUBSPOT).go().isProblem(503, "UNAVAILABLE");
        api.parameters.setAway(false);
        assertThat(find("hs")).isEmpty();

        api.post(PATH, HUBSPOT).go().is(201);
        assertThat(stored("hs").secrets()).hasSize(1);
        api.post(PATH, HUBSPOT).go().isProblem(409, "DUPLICATE_RECORD");
    }

    @Test
    void a_deletion_revokes_first_and_can_be_repeated() throws Exception {
        api.post(PATH, HUBSPOT).go().is(201);
        api.parameters.delete("connections/hs");
        api.send("PATCH", PATH + "/hs", "{}").go().isProblem(404, "NOT_FOUND");

        assertThat(api.send("DELETE", PATH + "/hs", "").go().is(204).text()).isEmpty();
        api.send("DELETE", PATH + "/hs", "").go().isProblem(404, "NOT_FOUND");
        api.get(PATH + "/hs").go().isProblem(404, "NOT_FOUND");

        api.post(PATH, HUBSPOT).go().is(201);
        api.parameters.setAway(true);
        api.send("DELETE", PATH + "/hs", "").go().isProblem(503, "UNAVAILABLE");
        assertThat(api.get(PATH + "/hs").go().status()).isEqualTo(200);
    }

    @Test
    void a_patch_changes_how_events_are_read_and_null_goes_back() throws Exception {
        api.post(PATH, HUBSPOT).go().is(201);
        var patch = "{\"mappings\":{\"contact\":{\"firstname\":\"nickname\",\"Title\":\"job_title\",\"salary\":null},"
                + "\"deal\":{\"x\":\"y\"}},\"default_country\":\"DE\",\"join_records\":false}";
        var patched = api.send("PATCH", PATH + "/hs", patch).go().is(200).json();
        assertThat(patched.path("mappings").toString())
                .isEqualTo("{\"contact\":{\"Title\":\"job_title\",\"firstname\":\"nickname\",\"salary\":null},"
                        + "\"deal\":{\"x\":\"y\"}}");
        assertThat(patched.path("default_country").asText()).isEqualTo("DE");
        assertThat(patched.path("join_records").asBoolean(true)).isFalse();

        api.send(
                        "PATCH",
                        PATH + "/hs",
                        "{\"mappings\":{\"contact\":{\"a\":\"b\"},\"deal\":null},\"join_records\":null}")
                .go()
                .is(200);
        var shown = api.get(PATH + "/hs").go().is(200).json();
        assertThat(shown.path("mappings").toString()).isEqualTo("{\"contact\":{\"a\":\"b\"}}");
        assertThat(shown.path("default_country").asText()).isEqualTo("DE");
        assertThat(shown.path("join_records").isNull()).isTrue();
    }

    @Test
    void a_patch_says_what_the_vendors_other_objects_are() throws Exception {
        api.post(PATH, HUBSPOT).go().is(201);
        var patch = "{\"objects\":{\"product\":\"product\",\"object_2_1\":\"contact\"}}";
        assertThat(api.send("PATCH", PATH + "/hs", patch)
                        .go()
                        .is(200)
                        .json()
                        .path("objects")
                        .toString())
                .isEqualTo("{\"object_2_1\":\"contact\",\"product\":\"product\"}");
        api.send("PATCH", PATH + "/hs", "{\"objects\":{\"product\":null}}").go().is(200);
        assertThat(api.get(PATH + "/hs").go().json().path("objects").toString())
                .isEqualTo("{\"object_2_1\":\"contact\"}");
        assertThat(api.send("PATCH", PATH + "/hs", "{\"objects\":null}")
                        .go()
                        .is(200)
                        .json()
                        .path("objects"))
                .isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> what_cannot_be_mapped_is_422_and_changes_nothing() {
        return Stream.concat(wrongObjects().entrySet().stream(), wrongMappings().entrySet().stream())
                .map(wrong -> DynamicTest.dynamicTest(wrong.getValue(), () -> {
                    api.post(PATH, HUBSPOT).go();
                    assertThat(api.send("PATCH", PATH + "/hs", wrong.getKey())
                                    .go()
                                    .isProblem(422, "VALIDATION_FAILED")
                                    .details())
                            .containsExactly(wrong.getValue());
                    assertThat(api.get(PATH + "/hs").go().json().path("mappings"))
                            .isEmpty();
                }));
    }

    private static Map<String, String> wrongObjects() {
        return Map.of(
                "{\"objects\":[]}", "/objects INVALID_TYPE",
                "{\"objects\":{\"Invoice__c\":\"invoice\"}}", "/objects/Invoice__c INVALID_NAME",
                "{\"objects\":{\"contact\":\"lead\"}}", "/objects/contact INVALID_NAME",
                "{\"objects\":{\"product\":\"raw_event\"}}", "/objects/product UNKNOWN_OBJECT",
                "{\"objects\":{\"product\":7}}", "/objects/product UNKNOWN_OBJECT");
    }

    private static Map<String, String> wrongMappings() {
        return Map.of(
                "{\"mappings\":[]}", "/mappings INVALID_TYPE",
                "{\"mappings\":{\"person\":{}}}", "/mappings/person UNKNOWN_OBJECT",
                "{\"mappings\":{\"raw_event\":{}}}", "/mappings/raw_event UNKNOWN_OBJECT",
                "{\"mappings\":{\"contact\":[]}}", "/mappings/contact INVALID_TYPE",
                "{\"mappings\":{\"contact\":{\"a/b\":7}}}", "/mappings/contact/a~1b INVALID_NAME",
                "{\"mappings\":{\"contact\":{\"a\":\"Shoe Size\"}}}", "/mappings/contact/a INVALID_NAME",
                "{\"mappings\":{\"contact\":{\"a\":\"score\"}}}", "/mappings/contact/a INVALID_NAME",
                "{\"default_country\":\"Germany\"}", "/default_country UNKNOWN_COUNTRY",
                "{\"join_records\":\"no\"}", "/join_records INVALID_TYPE");
    }

    @Test
    void a_patch_merges_options_and_changes_the_url() throws Exception {
        api.post(PATH, HUBSPOT).go().is(201);

        var patched = api.send("PATCH", PATH + "/hs", "{\"options\":{\"allow_v1\":null,\"allow_v2\":true}}")
                .header("content-type", "application/merge-patch+json")
                .go()
                .is(200);
        assertThat(patched.json().path("options").toString()).isEqualTo("{\"allow_v2\":true}");
        assertThat(stored("hs").options()).isEqualTo(Map.of("allow_v2", Value.TRUE));
        assertThat(stored("hs").secrets()).hasSize(1);

        api.send("PATCH", PATH + "/hs", "{\"public_url\":\"https://x.example/h\"}")
                .go()
                .is(200);
        assertThat(api.get(PATH + "/hs").go().json().path("public_url").asText())
                .isEqualTo("https://x.example/h");
        assertThat(api.send("PATCH", PATH + "/hs", "{\"options\":null}")
                        .go()
                        .is(200)
                        .json()
                        .path("options"))
                .isEmpty();

        assertThat(api.send("PATCH", PATH + "/hs", "{\"vendor\":\"standard\"}")
                        .go()
                        .is(422)
                        .details())
                .containsExactly("/vendor UNKNOWN_FIELD");
        assertThat(api.send("PATCH", PATH + "/hs", "{\"options\":{\"allow_v9\":true}}")
                        .go()
                        .is(422)
                        .details())
                .containsExactly("/options/allow_v9 UNKNOWN_OPTION");
    }

    @Test
    void secrets_rotate_without_a_gap() throws Exception {
        api.post(PATH, HUBSPOT).go().is(201);
        var first = stored("hs").secrets().getFirst().id();

        var added = api.post(
                        PATH + "/hs/secrets",
                        "{\"value\":\"another-app-secret-0001\",\"previous_expire_at\":\"2026-03-02T12:00:00Z\"}")
                .go()
                .is(201);
        var second = added.json().path("id").asText();
        assertThat(added.header("location")).isEqualTo(TestApi.BASE + PATH + "/hs/secrets/" + second);
        assertThat(added.json().path("last_four").asText()).isEqualTo("0001");
        assertThat(added.json().has("value")).isFalse();
        var live = stored("hs").secrets();
        assertThat(live).allMatch(secret -> secret.isLive(TestApi.NOW));
        assertThat(live.getFirst().expiresAt()).contains(TestApi.NOW.plus(Duration.ofDays(1)));

        api.send("DELETE", PATH + "/hs/secrets/" + first, "").go().is(204);
        api.send("DELETE", PATH + "/hs/secrets/" + first, "").go().isProblem(404, "NOT_FOUND");
        var last = api.send("DELETE", PATH + "/hs/secrets/" + second, "").go().isProblem(409, "CONFLICT");
        assertThat(last.json().path("retryable").asBoolean()).isFalse();
        assertThat(stored("hs").secrets()).hasSize(1);
        assertThat(secrets("hs")).containsExactly("0001");
    }

    @Test
    void the_last_secret_that_counts_cannot_go_even_if_an_expired_one_is_left() throws Exception {
        api.post(PATH, HUBSPOT).go().is(201);
        var added = api.post(
                        PATH + "/hs/secrets",
                        "{\"value\":\"another-app-secret-0001\",\"previous_expire_at\":\"2026-03-02T12:00:00Z\"}")
                .go()
                .json();
        api.clock.advance(Duration.ofDays(2));

        api.send("DELETE", PATH + "/hs/secrets/" + added.path("id").asText(), "")
                .go()
                .isProblem(409, "CONFLICT");
    }

    @Test
    void an_added_secret_is_checked_as_the_first_was() throws Exception {
        api.post(PATH, HUBSPOT).go().is(201);
        for (var wrong : Map.of(
                        "{}",
                        "/value REQUIRED",
                        "{\"value\":\"short\"}",
                        "/value INVALID_SECRET",
                        "{\"value\":\"shortish\"}",
                        "/value INVALID",
                        "{\"value\":\"" + SECRET + "\"}",
                        "/value NOT_UNIQUE",
                        "{\"value\":7}",
                        "/value INVALID_TYPE",
                        "{\"value\":\"another-app-secret-0001\",\"previous_expire_at\":\"2026-02-01T00:00:00Z\"}",
                        "/previous_expire_at INVALID_DATETIME")
                .entrySet()) {
            assertThat(api.post(PATH + "/hs/secrets", wrong.getKey())
                            .go()
                            .is(422)
                            .details())
                    .as(wrong.getKey())
                    .containsExactly(wrong.getValue());
        }
        api.post(PATH + "/none/secrets", "{\"value\":\"another-app-secret-0001\"}")
                .go()
                .isProblem(404, "NOT_FOUND");

        for (var i = 1; i < 10; i++) {
            api.post(PATH + "/hs/secrets", "{\"value\":\"another-app-secret-000" + i + "\"}")
                    .go()
                    .is(201);
        }
        assertThat(api.post(PATH + "/hs/secrets", "{\"value\":\"another-app-secret-0010\"}")
                        .go()
                        .is(422)
                        .details())
                .containsExactly("/value TOO_MANY");
    }

    @Test
    void a_secret_that_is_not_given_is_made_where_the_vendor_lets_us_choose() throws Exception {
        api.post(PATH, "{\"vendor\":\"standard\",\"id\":\"s\"}").go().is(201);

        var added = api.post(PATH + "/s/secrets", "{}").go().is(201).json();
        assertThat(added.path("value").asText()).startsWith("whsec_");
        assertThat(stored("s").secrets()).hasSize(2);
        assertThat(secrets("s")).hasSize(2).contains(added.path("last_four").asText());
    }

    @Test
    void a_connection_shows_its_counters_and_its_refused_requests_newest_first() throws Exception {
        api.post(PATH, HUBSPOT).go().is(201);
        var id = new ConnectionId("hs");
        api.control.countRejected(id, 2);
        api.feed.append(List.of(), List.of(new FeedStore.Counted(1, id, 3, TestApi.NOW)));
        for (var i = 0; i < 3; i++) {
            api.control.addRejections(
                    id,
                    List.of(new Rejection(
                            id,
                            TestApi.NOW.plusSeconds(i),
                            "SIGNATURE_MISMATCH",
                            "Check the secret.",
                            401,
                            "POST",
                            "203.0.113.9",
                            Map.of("user-agent", "curl"),
                            17,
                            "correlation-" + i)));
        }

        var counters = api.get(PATH + "/hs").go().is(200).json().path("counters");
        assertThat(counters.path("received").asInt()).isEqualTo(5);
        assertThat(counters.path("accepted").asInt()).isEqualTo(3);
        assertThat(counters.path("rejected").asInt()).isEqualTo(2);
        assertThat(counters.path("last_event_at").asText()).isEqualTo("2026-03-01T12:00:00Z");

        var shown = api.get(PATH + "/hs/rejections?limit=2").go().is(200).json().path("results");
        assertThat(shown.valueStream().map(each -> each.path("correlation_id").asText()))
                .containsExactly("correlation-2", "correlation-1");
        assertThat(shown.path(0).path("reason").asText()).isEqualTo("SIGNATURE_MISMATCH");
        assertThat(shown.path(0).path("body_bytes").asInt()).isEqualTo(17);
        api.get(PATH + "/none/rejections").go().isProblem(404, "NOT_FOUND");
        api.get(PATH + "/NOT-AN-ID").go().isProblem(404, "NOT_FOUND");
    }

    @Test
    void connections_are_listed_by_id_page_by_page() throws Exception {
        for (var id : List.of("c", "a", "b")) {
            api.post(PATH, "{\"vendor\":\"standard\",\"id\":\"" + id + "\"}")
                    .go()
                    .is(201);
        }
        var seen = new ArrayList<String>();
        var first = api.get(PATH + "?limit=2").go().is(200).json();
        first.path("results").forEach(each -> seen.add(each.path("id").asText()));
        var next = first.path("paging").path("next").path("link").asText().substring(TestApi.BASE.length());
        api.get(next)
                .go()
                .is(200)
                .json()
                .path("results")
                .forEach(each -> seen.add(each.path("id").asText()));

        assertThat(seen).containsExactly("a", "b", "c");
    }

    private List<String> secrets(String id) throws Exception {
        return api.get(PATH + "/" + id)
                .go()
                .json()
                .path("secrets")
                .valueStream()
                .map((JsonNode secret) -> secret.path("last_four").asText())
                .toList();
    }

    private Connection stored(String id) throws Exception {
        return find(id).orElseThrow();
    }

    private Optional<Connection> find(String id) throws Exception {
        return new ConnectionParameters(api.parameters, api.clock).loadFresh(new ConnectionId(id));
    }
}
