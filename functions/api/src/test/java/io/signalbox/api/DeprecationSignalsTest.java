/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is deprecated says so with every answer, is away in brown-outs, and gone after its day. */
class DeprecationSignalsTest {

    private static final String LEADS = "/api/v3/leads";
    private static final Instant BROWNOUT_OF_FIELD = Instant.parse("2027-11-09T10:30:00Z");
    private static final Instant AFTER_FIELD = Instant.parse("2028-01-01T00:00:00Z");
    private static final Instant BROWNOUT_OF_VERSION = Instant.parse("2028-10-31T10:00:00Z");
    private static final Instant AFTER_VERSION = Instant.parse("2029-01-01T00:00:00Z");

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
    }

    private String lead() throws Exception {
        return api.post(LEADS, "{\"city\":\"Graz\"}")
                .go()
                .is(201)
                .json()
                .path("id")
                .asText();
    }

    @Test
    void an_answer_with_the_old_name_says_since_when_until_when_and_what_instead() throws Exception {
        var id = lead();
        var answer = api.get(LEADS + "/" + id).go().is(200);
        assertThat(answer.header("deprecation")).isEqualTo("@1796083200");
        assertThat(answer.header("sunset")).isEqualTo("Fri, 31 Dec 2027 23:59:59 GMT");
        assertThat(answer.header("link"))
                .isEqualTo("<" + TestApi.BASE
                        + "/docs/deprecations/lead_score>; rel=\"deprecation\"; type=\"text/html\", <"
                        + TestApi.BASE + "/docs/deprecations/v3>; rel=\"deprecation\"; type=\"text/html\", <"
                        + TestApi.BASE
                        + "/api/v4/leads/" + id + ">; rel=\"successor-version\"");
        assertThat(answer.header("api-warnings"))
                .isEqualTo("deprecated-field;name=\"lead_score\";replacement=\"lead_health_score\","
                        + " deprecated-version;name=\"v3\";replacement=\"v4\"");
        assertThat(answer.json().has("warnings")).isFalse();

        var told =
                api.get(LEADS + "/" + id + "?warnings=body").go().is(200).json().path("warnings");
        assertThat(told.path(0).path("replacement").asText()).isEqualTo("lead_health_score");
        api.get(LEADS + "/" + id + "?warnings=header").go().isProblem(400, "MALFORMED_REQUEST");
    }

    @Test
    void an_answer_without_it_is_about_the_version_alone_and_v4_is_silent() throws Exception {
        var id = lead();
        for (var path : new String[] {LEADS + "/" + id + "?fields=lead_health_score", "/api/v3/companies"}) {
            var answer = api.get(path).go().is(200);
            assertThat(answer.header("sunset")).isEqualTo("Sun, 31 Dec 2028 23:59:59 GMT");
            assertThat(answer.header("api-warnings")).isEqualTo("deprecated-version;name=\"v3\";replacement=\"v4\"");
        }
        var error = api.get(LEADS + "/1").go().isProblem(404, "NOT_FOUND");
        assertThat(error.header("deprecation")).isEqualTo("@1796083200");
        var now = api.get("/api/v4/leads/" + id).go().is(200);
        assertThat(now.headers()).doesNotContainKeys("deprecation", "sunset", "link", "api-warnings");
    }

    @Test
    void while_the_field_is_away_who_names_it_is_refused_and_who_does_not_gets_no_such_field() throws Exception {
        var id = lead();
        for (var time : new Instant[] {BROWNOUT_OF_FIELD, AFTER_FIELD}) {
            api.clock.set(time);
            var refused = api.send("PATCH", LEADS + "/" + id, "{\"lead_score\":1}")
                    .go()
                    .isProblem(410, "API_VERSION_SUNSET");
            assertThat(refused.json().path("replacement").asText()).isEqualTo("lead_health_score");
            assertThat(refused.json().path("brownout_until").asText(""))
                    .isEqualTo(time.equals(BROWNOUT_OF_FIELD) ? "2027-11-09T11:00:00Z" : "");
            assertThat(refused.headers()).doesNotContainKey("retry-after");
            assertThat(refused.header("link")).contains("/docs/deprecations/lead_score");
            api.get(LEADS + "?fields=lead_score").go().isProblem(410, "API_VERSION_SUNSET");
            var read = api.get(LEADS + "/" + id).go().is(200).json();
            assertThat(read.has("lead_score")).isFalse();
            assertThat(read.has("lead_health_score")).isTrue();
        }
        api.clock.set(Instant.parse("2027-11-09T11:00:00Z"));
        api.send("PATCH", LEADS + "/" + id, "{\"lead_score\":1}").go().is(200);
    }

    @Test
    void while_the_version_is_away_all_of_it_is_410_and_v4_goes_on() throws Exception {
        var id = lead();
        for (var time : new Instant[] {BROWNOUT_OF_VERSION, AFTER_VERSION}) {
            api.clock.set(time);
            var refused = api.get(LEADS + "/" + id).go().isProblem(410, "API_VERSION_SUNSET");
            assertThat(refused.json().path("replacement").asText()).isEqualTo("v4");
            assertThat(refused.header("link")).contains("/api/v4/leads/" + id + ">; rel=\"successor-version\"");
            api.post(LEADS, "{}").go().isProblem(410, "API_VERSION_SUNSET");
            api.get("/api/v4/leads/" + id).go().is(200);
        }
    }

    @Test
    void whoever_runs_it_may_keep_what_was_withdrawn() throws Exception {
        api = new TestApi(Map.of("PUBLIC_URL", TestApi.BASE, "ENFORCE_SUNSETS", "false"));
        api.clock.set(AFTER_VERSION);
        var answer = api.post(LEADS, "{\"lead_score\":3}").go().is(201);
        assertThat(answer.json().path("lead_score").asInt()).isEqualTo(3);
        assertThat(answer.header("sunset")).isEqualTo("Fri, 31 Dec 2027 23:59:59 GMT");
    }

    @Test
    void each_has_a_page() throws Exception {
        var page = api.bare("GET", "/docs/deprecations/lead_score").go().is(200).text();
        assertThat(page)
                .contains(
                        "<code>lead_score</code>",
                        "2027-12-31T23:59:59Z",
                        "<code>lead_health_score</code>",
                        "2027-11-09T10:00:00Z");
        api.bare("GET", "/docs/deprecations/v3").go().is(200);
        api.bare("GET", "/docs/deprecations/v2").go().isProblem(404, "NOT_FOUND");
    }
}
