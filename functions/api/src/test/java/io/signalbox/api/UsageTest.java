/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.model.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits, and reports of who calls what. */
class UsageTest {

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        start("20", "0");
    }

    private void start(String burst, String daily) throws Exception {
        api = new TestApi(Map.of("PUBLIC_URL", TestApi.BASE, "RATE_BURST", burst, "RATE_DAILY", daily));
    }

    private JsonNode report(String path) throws Exception {
        // What was counted is handed in a minute later.
        api.clock.advance(Duration.ofSeconds(61));
        api.get("/api/v4/limits").by("auditor").go().is(200);
        api.get("/api/v4/limits").by("auditor").go().is(200);
        api.get("/api/v4/limits").by("auditor").go().is(200);
        return api.get(path).by("auditor").go().is(200).json();
    }

    @Test
    void every_answer_says_what_is_allowed_and_left_and_429_how_long_to_wait_and_for_what() throws Exception {
        var first = api.get("/api/v4/leads").go().is(200);
        assertThat(first.header("ratelimit-policy")).isEqualTo("\"burst\";q=20;w=10");
        assertThat(first.header("ratelimit")).isEqualTo("\"burst\";r=19;t=1");
        var search = api.post("/api/v4/leads/search", "{}").go().is(200);
        assertThat(search.header("ratelimit")).isEqualTo("\"burst\";r=18;t=1");
        assertThat(api.get("/api/v4/leads/1").go().is(404).header("ratelimit")).isEqualTo("\"burst\";r=17;t=2");
        for (var i = 0; i < 17; i++) {
            api.get("/api/v4/leads").go().is(200);
        }
        var over = api.get("/api/v4/leads").go().is(429);
        assertThat(over.json().path("error_code").asText()).isEqualTo("RATE_LIMITED");
        assertThat(over.json().path("type").asText())
                .isEqualTo("https://iana.org/assignments/http-problem-types#quota-exceeded");
        assertThat(over.json().path("violated_policies").path(0).asText()).isEqualTo("burst");
        assertThat(over.json().path("documentation_url").asText()).endsWith("/docs/errors/RATE_LIMITED");
        assertThat(over.header("retry-after")).isEqualTo("1");
        assertThat(over.header("ratelimit")).isEqualTo("\"burst\";r=0;t=1");
        api.get("/api/v4/leads").by("other").go().is(200);
        api.clock.advance(Duration.ofSeconds(1));
        api.get("/api/v4/leads").go().is(200);
    }

    @Test
    void what_is_refused_for_want_of_a_token_or_a_scope_costs_nobody_anything() throws Exception {
        for (var i = 0; i < 30; i++) {
            api.bare("GET", "/api/v4/leads").go().isProblem(401, "UNAUTHENTICATED");
            api.get("/api/v4/leads").allowed(Scope.DEALS_READ).go().isProblem(403, "INSUFFICIENT_SCOPE");
            api.bare("GET", "/health").go();
        }
        assertThat(api.get("/api/v4/leads").go().is(200).header("ratelimit")).isEqualTo("\"burst\";r=19;t=1");
    }

    @Test
    void a_client_reads_its_own_limits() throws Exception {
        start("20", "1000");
        api.get("/api/v4/leads").go().is(200);
        var limits = api.get("/api/v4/limits").go().is(200).json();
        assertThat(limits.path("client").asText()).isEqualTo("client-1");
        assertThat(limits.path("policies").path(0).path("remaining").asInt()).isEqualTo(18);
        assertThat(limits.path("policies").path(1).path("remaining").asInt()).isEqualTo(998);
        assertThat(limits.path("policies").path(1).path("window_seconds").asInt())
                .isEqualTo(86_400);
    }

    @Test
    void usage_is_told_by_client_endpoint_and_version() throws Exception {
        for (var i = 0; i < 3; i++) {
            api.get("/api/v4/leads").by("a").go().is(200);
        }
        api.get("/api/v3/leads").by("b").go().is(200);
        var clients = report("/api/v4/usage").path("results");
        assertThat(clients.findValuesAsText("client")).contains("a", "b");
        assertThat(count(clients, "client", "a")).isEqualTo(3);
        var endpoints = api.get("/api/v4/usage?group_by=endpoint&days=1")
                .by("auditor")
                .go()
                .is(200)
                .json()
                .path("results");
        assertThat(count(endpoints, "endpoint", "listLeads")).isEqualTo(3);
        assertThat(count(endpoints, "endpoint", "listLeadsV3")).isEqualTo(1);
        var versions = api.get("/api/v4/usage?group_by=version")
                .by("auditor")
                .go()
                .is(200)
                .json()
                .path("results");
        assertThat(count(versions, "version", "v3")).isEqualTo(1);
        for (var bad : new String[] {"group_by=day", "days=0", "days=31", "days=x", "day=1"}) {
            api.get("/api/v4/usage?" + bad).by("auditor").go().isProblem(400, "MALFORMED_REQUEST");
        }
    }

    private static int count(JsonNode rows, String by, String name) {
        return rows.valueStream()
                .filter(row -> row.path(by).asText().equals(name))
                .mapToInt(row -> row.path("calls").asInt())
                .sum();
    }

    @Test
    void drift_tells_who_names_what_is_going_from_who_is_only_shown_it() throws Exception {
        api.post("/api/v3/leads", "{\"lead_score\":7}").by("guilty").go().is(201);
        api.get("/api/v3/leads?fields=email").by("innocent").go().is(200);
        api.get("/api/v3/leads").by("innocent").go().is(200);
        api.get("/api/v4/leads").by("modern").go().is(200);

        var clients = report("/api/v4/usage/version_drift").path("clients");
        assertThat(drift(clients, "guilty", "lead_score")
                        .path("used_in_request")
                        .asInt())
                .isEqualTo(1);
        assertThat(drift(clients, "guilty", "lead_score").path("last_seen").asText())
                .isEqualTo(TestApi.NOW.toString());
        assertThat(drift(clients, "guilty", "v3").path("used_in_request").asInt())
                .isEqualTo(1);
        var shown = drift(clients, "innocent", "lead_score");
        assertThat(shown.path("used_in_request").asInt()).isZero();
        assertThat(shown.path("returned_by_default").asInt()).isEqualTo(1);
        assertThat(shown.path("severity").asText()).isEqualTo("info");
        assertThat(drift(clients, "modern", "v3").isMissingNode()).isTrue();
    }

    private static JsonNode drift(JsonNode clients, String client, String name) {
        return clients.valueStream()
                .filter(one -> one.path("client").asText().equals(client))
                .flatMap(one -> one.path("deprecated").valueStream())
                .filter(one -> one.path("name").asText().equals(name))
                .findFirst()
                .orElse(com.fasterxml.jackson.databind.node.MissingNode.getInstance());
    }

    @Test
    void severity_rises_as_the_sunset_comes_near() throws Exception {
        for (var one : Map.of(
                        "2027-09-01T00:00:00Z", "info",
                        "2027-11-15T00:00:00Z", "notice",
                        "2027-12-06T00:00:00Z", "warning",
                        "2027-12-27T00:00:00Z", "critical")
                .entrySet()) {
            start();
            api.clock.set(Instant.parse(one.getKey()));
            api.post("/api/v3/leads", "{\"lead_score\":7}").by("guilty").go().is(201);
            var drift = drift(report("/api/v4/usage/version_drift?days=1").path("clients"), "guilty", "lead_score");
            assertThat(drift.path("severity").asText()).as(one.getKey()).isEqualTo(one.getValue());
        }
    }

    @Test
    void where_nothing_is_set_nothing_is_limited_and_nothing_counted() throws Exception {
        api = new TestApi();
        for (var i = 0; i < 50; i++) {
            assertThat(api.get("/api/v4/leads").go().is(200).headers()).doesNotContainKey("ratelimit");
        }
        assertThat(api.get("/api/v4/limits").go().is(200).json().path("policies"))
                .isEmpty();
        assertThat(api.get("/api/v4/usage").go().is(200).json().path("results")).isEmpty();
    }
}
