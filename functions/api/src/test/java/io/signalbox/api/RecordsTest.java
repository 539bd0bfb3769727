/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RecordsTest {

    private static final String ANN =
            "{\"email\":\"Ann@Example.com\",\"first_name\":\"Ann\",\"job_title\":\"VP Engineering\",\"employees\":250,"
                    + "\"custom\":{\"shoe_size\":38}}";

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
    }

    @Test
    void a_contact_is_created_with_its_score_in_the_answer() throws Exception {
        var answer = api.post("/api/v4/contacts", ANN).go().is(201);

        var json = answer.json();
        assertThat(answer.header("location")).isEqualTo(TestApi.BASE + "/api/v4/contacts/" + id(json));
        assertThat(answer.header("etag")).isEqualTo("\"v1\"");
        assertThat(json.path("object").asText()).isEqualTo("contact");
        assertThat(json.path("version").asInt()).isEqualTo(1);
        assertThat(json.path("created_at").asText()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(json.path("email").asText()).isEqualTo("Ann@Example.com");
        assertThat(json.path("first_name").asText()).isEqualTo("Ann");
        assertThat(json.path("employees").asInt()).isEqualTo(250);
        assertThat(json.path("last_name").isNull()).isTrue();
        assertThat(json.path("custom").path("shoe_size").asInt()).isEqualTo(38);
        assertThat(json.path("external_ids")).isEmpty();
        assertThat(json.path("_links").path("history").path("href").asText())
                .isEqualTo(TestApi.BASE + "/api/v4/contacts/" + id(json) + "/history");

        var score = json.path("score");
        assertThat(score.path("value").decimalValue()).isPositive();
        assertThat(score.path("label").asText()).matches("[A-D][1-4]");
        assertThat(score.path("model").asText()).startsWith("lead-default@");
        var sum = score.path("reasons")
                .valueStream()
                .map(reason -> reason.path("points").decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum).isEqualByComparingTo(score.path("value").decimalValue());
        assertThat(score.path("reasons").path(0).path("text").asText()).isNotBlank();
    }

    @Test
    void what_was_created_is_read_back_the_same() throws Exception {
        var created = api.post("/api/v4/leads", ANN).go().is(201).json();

        assertThat(api.get("/api/v4/leads/" + id(created)).go().is(200).json()).isEqualTo(created);
        assertThat(api.get("/api/v4/leads/by/email/ann%40EXAMPLE.com")
                        .go()
                        .is(200)
                        .json())
                .isEqualTo(created);
        assertThat(created.path("object").asText()).isEqualTo("lead");
    }

    @Test
    void a_lead_and_a_contact_may_have_one_address() throws Exception {
        api.post("/api/v4/leads", ANN).go().is(201);
        api.post("/api/v4/contacts", ANN).go().is(201);
    }

    @Test
    void a_second_record_with_the_address_is_409_and_names_the_first() throws Exception {
        var first = id(api.post("/api/v4/contacts", ANN).go().json());

        var answer = api.post("/api/v4/contacts", "{\"email\":\" ann@example.COM \"}")
                .go()
                .isProblem(409, "DUPLICATE_RECORD");
        assertThat(answer.details()).containsExactly("/email NOT_UNIQUE");
        assertThat(answer.json().path("details").path(0).path("existing_id").asText())
                .isEqualTo(first);
        assertThat(answer.header("location")).isEqualTo(TestApi.BASE + "/api/v4/contacts/" + first);
        assertThat(answer.text()).doesNotContain("ann@example");
    }

    @Test
    void the_entity_tag_spares_the_body_of_what_the_caller_has() throws Exception {
        var path =
                "/api/v4/contacts/" + id(api.post("/api/v4/contacts", ANN).go().json());

        for (var match : List.of("\"v1\"", "W/\"v1\"", "\"x\", \"v1\"", "*")) {
            var answer = api.get(path).header("if-none-match", match).go().is(304);
            assertThat(answer.text()).isEmpty();
            assertThat(answer.header("etag")).isEqualTo("\"v1\"");
            assertThat(answer.header("content-type")).isNull();
        }
        api.get(path).header("if-none-match", "\"v2\"").go().is(200);
        api.get(path).header("if-none-match", "v1").go().is(200);
    }

    @Test
    void the_score_fades_without_a_write() throws Exception {
        happen("contact.created", Map.of("email", Value.of("ann@example.com")));
        happen("email.replied", Map.of());
        var path = "/api/v4/contacts/by/external_id/hubspot:101";
        var before = api.get(path).go().is(200);

        api.clock.advance(Duration.ofDays(60));
        var after = api.get(path).go().is(200);
        assertThat(after.header("etag")).isEqualTo(before.header("etag"));
        assertThat(engagement(before)).isPositive();
        assertThat(engagement(after)).isLessThan(engagement(before));
    }

    private static BigDecimal engagement(TestApi.Answer answer) {
        return answer.json().path("score").path("engagement").decimalValue();
    }

    @Test
    void vendors_values_are_shown_in_the_fields_form() throws Exception {
        happen(
                "contact.created",
                Map.of(
                        "first_name", Value.of("Ann"),
                        "employees", Value.of("250"),
                        "email_opt_out", Value.of("true"),
                        "became_customer_at", Value.of("1767225600000"),
                        "birth_date", Value.of("not known"),
                        "hs_analytics_source", Value.of("ORGANIC")));

        var json = api.get("/api/v4/contacts/by/external_id/hubspot:101")
                .go()
                .is(200)
                .json();
        assertThat(json.path("first_name").asText()).isEqualTo("Ann");
        assertThat(json.path("employees").isInt()).isTrue();
        assertThat(json.path("email_opt_out").isBoolean()).isTrue();
        assertThat(json.path("became_customer_at").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(json.path("birth_date").isNull()).isTrue();
        assertThat(json.path("custom").path("birth_date").asText()).isEqualTo("not known");
        assertThat(json.path("custom").path("hs_analytics_source").asText()).isEqualTo("ORGANIC");
        assertThat(json.path("custom")).hasSize(2);
        assertThat(json.path("external_ids").path(0).path("connection").asText())
                .isEqualTo("hubspot");
        assertThat(json.path("external_ids").path(0).path("id").asText()).isEqualTo("101");
    }

    @Test
    void what_was_deleted_is_410_and_no_longer_listed() throws Exception {
        happen("contact.created", Map.of("email", Value.of("ann@example.com")));
        var path = "/api/v4/contacts/"
                + id(api.get("/api/v4/contacts/by/external_id/hubspot:101").go().json());
        api.clock.advance(Duration.ofSeconds(1));
        happen("contact.deleted", Map.of());

        api.get(path).go().isProblem(410, "RECORD_DELETED");
        api.get("/api/v4/contacts/by/external_id/hubspot:101").go().isProblem(410, "RECORD_DELETED");
        api.get("/api/v4/contacts/by/email/ann@example.com").go().isProblem(404, "NOT_FOUND");
        assertThat(api.get("/api/v4/contacts").go().json().path("results")).isEmpty();
    }

    @Test
    void what_was_merged_is_301_to_the_survivor() throws Exception {
        happen("101", "contact.created", Map.of("first_name", Value.of("Ann")), List.of());
        happen("102", "contact.created", Map.of("first_name", Value.of("Anne")), List.of());
        var loser =
                id(api.get("/api/v4/contacts/by/external_id/hubspot:102").go().json());
        api.clock.advance(Duration.ofSeconds(1));
        happen("101", "contact.merged", Map.of(), List.of(new ExternalId(new ConnectionId("hubspot"), "102")));
        var survivor =
                id(api.get("/api/v4/contacts/by/external_id/hubspot:101").go().json());

        var answer = api.get("/api/v4/contacts/" + loser).go().is(301);
        assertThat(answer.header("location")).isEqualTo(TestApi.BASE + "/api/v4/contacts/" + survivor);
        assertThat(answer.json().path("merged_into").asText()).isEqualTo(survivor);
        assertThat(id(api.get("/api/v4/contacts/by/external_id/hubspot:102")
                        .go()
                        .json()))
                .isEqualTo(survivor);
    }

    @Test
    void what_is_not_there_is_404() throws Exception {
        for (var path : List.of("7", "007", "-1", "abc", "9007199254740992", "99999999999999999999", "%00")) {
            api.get("/api/v4/contacts/" + path).go().isProblem(404, "NOT_FOUND");
        }
        var contact = id(api.post("/api/v4/contacts", ANN).go().json());
        api.get("/api/v4/leads/" + contact).go().isProblem(404, "NOT_FOUND");
        api.get("/api/v4/contacts/by/email/none@example.com").go().isProblem(404, "NOT_FOUND");
        api.get("/api/v4/contacts/by/email/noaddress").go().isProblem(404, "NOT_FOUND");
        for (var id : List.of("hubspot:7", "hubspot", "hubspot:", ":7", "UPPER:7", "hubspot:" + "7".repeat(300))) {
            api.get("/api/v4/deals/by/external_id/" + id).go().isProblem(404, "NOT_FOUND");
        }
        api.get("/api/v4/contacts/7/history").go().isProblem(404, "NOT_FOUND");
    }

    @Test
    void other_kinds_are_read_too_and_have_no_score() throws Exception {
        happen(ObjectType.DEAL, "9", "deal.created", Map.of("name", Value.of("Big"), "amount", Value.of(7)), List.of());

        var json =
                api.get("/api/v4/deals/by/external_id/hubspot:9").go().is(200).json();
        assertThat(json.path("name").asText()).isEqualTo("Big");
        assertThat(json.path("amount").asInt()).isEqualTo(7);
        assertThat(json.has("score")).isFalse();
        assertThat(api.get("/api/v4/raw_events").go().is(200).json().path("results"))
                .isEmpty();
    }

    @Test
    void a_listing_is_walked_page_by_page_until_it_ends() throws Exception {
        var made = new ArrayList<String>();
        for (var i = 0; i < 7; i++) {
            made.add(id(api.post("/api/v4/contacts", "{\"first_name\":\"n" + i + "\"}")
                    .go()
                    .is(201)
                    .json()));
            api.clock.advance(Duration.ofMillis(1));
        }
        var seen = new ArrayList<String>();
        var path = "/api/v4/contacts?limit=3";
        for (var pages = 0; !path.isEmpty(); pages++) {
            assertThat(pages).isLessThan(3);
            var answer = api.get(path).go().is(200);
            answer.json().path("results").forEach(record -> seen.add(id(record)));
            var next = answer.json().path("paging").path("next").path("link").asText("");
            path = next.isEmpty() ? "" : next.substring(TestApi.BASE.length());
            if (!path.isEmpty()) {
                assertThat(answer.header("link"))
                        .isEqualTo("<" + next + ">; rel=\"next\", <" + TestApi.BASE
                                + "/api/v4/contacts?limit=3>; rel=\"first\"");
            }
        }
        assertThat(seen).containsExactlyElementsOf(made);
    }

    @Test
    void a_cursor_is_good_for_its_own_listing_for_a_day_and_cannot_be_made_up() throws Exception {
        for (var i = 0; i < 3; i++) {
            api.post("/api/v4/contacts", "{\"first_name\":\"n\"}").go().is(201);
            api.clock.advance(Duration.ofMillis(1));
        }
        var cursor = api.get("/api/v4/contacts?limit=1")
                .go()
                .json()
                .path("paging")
                .path("next")
                .path("after")
                .asText();

        api.get("/api/v4/contacts?limit=2&after=" + cursor).go().is(200);
        api.get("/api/v4/leads?after=" + cursor).go().isProblem(400, "CURSOR_INVALID");
        var flipped = Base64.getUrlDecoder().decode(cursor);
        flipped[flipped.length - 1] ^= 1;
        var forged = Base64.getUrlEncoder().withoutPadding().encodeToString(flipped);
        for (var bad : List.of(forged, "", "x", "!!!", cursor.substring(4), cursor + "AAAA")) {
            api.get("/api/v4/contacts?after=" + bad).go().isProblem(400, "CURSOR_INVALID");
        }
        api.clock.advance(Duration.ofHours(25));
        api.get("/api/v4/contacts?after=" + cursor).go().isProblem(400, "CURSOR_INVALID");
    }

    @Test
    void a_limit_is_1_to_100() throws Exception {
        for (var bad : List.of("0", "101", "-1", "1.5", "", "many", "99999999999", "%D9%A3")) {
            var answer = api.get("/api/v4/contacts?limit=" + bad).go().isProblem(400, "MALFORMED_REQUEST");
            assertThat(answer.details()).containsExactly("limit OUT_OF_RANGE");
        }
        api.get("/api/v4/contacts?limit=100").go().is(200);
    }

    @Test
    void the_history_is_the_events_newest_first() throws Exception {
        happen("contact.created", Map.of("first_name", Value.of("Ann")));
        for (var i = 0; i < 4; i++) {
            api.clock.advance(Duration.ofMinutes(1));
            happen("contact.updated", Map.of("job_title", Value.of("title " + i)));
        }
        var id = id(api.get("/api/v4/contacts/by/external_id/hubspot:101").go().json());

        var first = api.get("/api/v4/contacts/" + id + "/history?limit=3")
                .go()
                .is(200)
                .json();
        assertThat(first.path("results")
                        .valueStream()
                        .map(event -> event.path("properties").path("job_title").asText()))
                .containsExactly("title 3", "title 2", "title 1");
        assertThat(first.path("results").path(0).path("vendor").asText()).isEqualTo("hubspot");
        assertThat(first.path("results").path(0).path("time").asText()).isEqualTo("2026-03-01T12:04:00Z");

        var next = first.path("paging").path("next").path("link").asText().substring(TestApi.BASE.length());
        var second = api.get(next).go().is(200).json();
        assertThat(second.path("results")
                        .valueStream()
                        .map(event -> event.path("type").asText()))
                .containsExactly("contact.updated", "contact.created");
        assertThat(second.has("paging")).isFalse();
    }

    @TestFactory
    Stream<DynamicTest> what_is_wrong_with_a_record_is_422_with_a_pointer() {
        return Map.ofEntries(
                        Map.entry("{}", " EMPTY"),
                        Map.entry("{\"email\":null}", " EMPTY"),
                        Map.entry("{\"email\":7}", "/email INVALID_EMAIL"),
                        Map.entry("{\"email\":\"nobody\"}", "/email INVALID_EMAIL"),
                        Map.entry("{\"email\":\"a@b@c\"}", "/email INVALID_EMAIL"),
                        Map.entry("{\"email\":\"a b@c.d\"}", "/email INVALID_EMAIL"),
                        Map.entry("{\"email\":\"\"}", "/email INVALID_EMAIL"),
                        Map.entry("{\"first_name\":{}}", "/first_name INVALID_STRING"),
                        Map.entry("{\"first_name\":\"" + "x".repeat(8_193) + "\"}", "/first_name INVALID_STRING"),
                        Map.entry("{\"employees\":\"250\"}", "/employees INVALID_INTEGER"),
                        Map.entry("{\"employees\":2.5}", "/employees INVALID_INTEGER"),
                        Map.entry("{\"annual_revenue\":\"much\"}", "/annual_revenue INVALID_NUMBER"),
                        Map.entry("{\"email_opt_out\":\"true\"}", "/email_opt_out INVALID_BOOLEAN"),
                        Map.entry("{\"birth_date\":\"1970-02-30\"}", "/birth_date INVALID_DATE"),
                        Map.entry("{\"last_contacted_at\":\"2026-03-01\"}", "/last_contacted_at INVALID_DATETIME"),
                        Map.entry("{\"website\":\"javascript:alert(1)\"}", "/website INVALID_URL"),
                        Map.entry("{\"firstname\":\"Ann\"}", "/firstname UNKNOWN_FIELD"),
                        Map.entry("{\"a/b~c\":1}", "/a~1b~0c UNKNOWN_FIELD"),
                        Map.entry("{\"id\":\"7\"}", "/id READ_ONLY"),
                        Map.entry("{\"score\":{\"value\":100}}", "/score READ_ONLY"),
                        Map.entry("{\"custom\":[]}", "/custom INVALID_TYPE"),
                        Map.entry("{\"custom\":{\"first_name\":\"Ann\"}}", "/custom/first_name STANDARD_FIELD"),
                        Map.entry("{\"custom\":{\"Shoe Size\":1}}", "/custom/Shoe Size INVALID_NAME"),
                        Map.entry("{\"custom\":{\"a\":{}}}", "/custom/a INVALID_TYPE"),
                        Map.entry("[]", " INVALID_TYPE"),
                        Map.entry("\"text\"", " INVALID_TYPE"))
                .entrySet()
                .stream()
                .map(wrong -> DynamicTest.dynamicTest(
                        wrong.getValue() + " " + wrong.getKey().length(), () -> {
                            var answer =
                                    api.post("/api/v4/contacts", wrong.getKey()).go();
                            assertThat(answer.isProblem(422, "VALIDATION_FAILED")
                                            .details())
                                    .containsExactly(wrong.getValue());
                        }));
    }

    @Test
    void everything_that_is_wrong_is_said_at_once_and_the_nearest_field_is_named() throws Exception {
        var answer = api.post("/api/v4/contacts", "{\"emial\":\"x\",\"employees\":\"x\",\"version\":1}")
                .go();

        assertThat(answer.isProblem(422, "VALIDATION_FAILED").details())
                .containsExactly("/emial UNKNOWN_FIELD", "/employees INVALID_INTEGER", "/version READ_ONLY");
        assertThat(answer.json().path("details").path(0).path("message").asText())
                .contains("email");
        assertThat(api.get("/api/v4/contacts").go().json().path("results")).isEmpty();
    }

    @Test
    void extreme_but_right_values_come_back_as_they_went_in() throws Exception {
        var body = "{\"annual_revenue\":9007199254740993.01,\"employees\":123456789012345678901234567890,"
                + "\"birth_date\":\"1970-01-01\",\"last_contacted_at\":\"9999-12-31T23:59:59Z\","
                + "\"last_name\":\"\\u0000 \\ud83d\\ude00 \u202e\",\"website\":\"https://x.example/\","
                + "\"custom\":{\"big\":9007199254740993,\"flag\":false}}";

        var answer = api.post("/api/v4/contacts", body).go().is(201);
        assertThat(answer.json().path("last_name").asText()).isEqualTo("\u0000 😀 \u202e");
        assertThat(answer.text())
                .contains("9007199254740993.01", "123456789012345678901234567890", "\"birth_date\":\"1970-01-01\"")
                .contains("9999-12-31T23:59:59Z", "\"big\":9007199254740993,", "\"flag\":false");
    }

    @Test
    void a_body_that_cannot_be_read_is_refused_before_anything_happens() throws Exception {
        for (var bad : List.of(
                "",
                "{",
                "{\"email\":}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":\"\\ud800\"}",
                "{}x",
                "NaN",
                "{'a':1}",
                "[".repeat(100) + "]".repeat(100))) {
            var answer = api.post("/api/v4/contacts", bad).go().isProblem(400, "MALFORMED_REQUEST");
            assertThat(answer.json().path("message").asText()).doesNotContain("\\ud800");
        }
        assertThat(api.post("/api/v4/contacts", "{\n\"email\":}")
                        .go()
                        .json()
                        .path("message")
                        .asText())
                .contains("line 2");
        api.post("/api/v4/contacts", "{\"a\":\"" + "x".repeat(256 << 10) + "\"}")
                .go()
                .isProblem(413, "PAYLOAD_TOO_LARGE");
        for (var type : List.of("text/plain", "application/xml", "application/merge-patch+json", "", "json")) {
            api.post("/api/v4/contacts", ANN)
                    .header("content-type", type)
                    .go()
                    .isProblem(415, "UNSUPPORTED_MEDIA_TYPE");
        }
        api.post("/api/v4/contacts", "").base64("!!!").go().is(400);
        api.post("/api/v4/contacts", "")
                .base64(Base64.getEncoder().encodeToString(ANN.getBytes(UTF_8)))
                .header("content-type", "Application/JSON; charset=utf-8")
                .go()
                .is(201);
        assertThat(api.get("/api/v4/contacts").go().json().path("results")).hasSize(1);
    }

    private void happen(String type, Map<String, Value> properties) {
        happen("101", type, properties, List.of());
    }

    private void happen(String id, String type, Map<String, Value> properties, List<ExternalId> merged) {
        happen(ObjectType.CONTACT, id, type, properties, merged);
    }

    private void happen(
            ObjectType object, String id, String type, Map<String, Value> properties, List<ExternalId> merged) {
        var connection = new ConnectionId("hubspot");
        var time = api.clock.instant();
        var event = new CanonicalEvent(
                EventId.of(id, type, time.toString()),
                type,
                type,
                new VendorId("hubspot"),
                connection,
                object,
                new Subject.External(new ExternalId(connection, id)),
                time,
                properties,
                merged,
                Map.of());
        var outcomes = new Pipeline(
                        api.records, api.control, api.clock, new Random(time.toEpochMilli() + id.hashCode()))
                .apply(List.of(event));
        assertThat(outcomes.getFirst()).isInstanceOf(io.signalbox.core.Outcome.Applied.class);
    }

    private static String id(JsonNode record) {
        return record.path("id").asText();
    }
}
