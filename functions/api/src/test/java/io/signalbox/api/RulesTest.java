/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RulesTest {

    private static final String PATH = "/api/v4/rules";

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
    }

    @Test
    void until_others_are_stored_the_built_in_rules_are_shown_as_version_0() throws Exception {
        var answer = api.get(PATH).go().is(200);

        assertThat(answer.header("etag")).isEqualTo("\"v0\"");
        assertThat(answer.json().path("kind").asText()).isEqualTo("ScoreModel");
        assertThat(answer.json().path("spec").path("rules")).isNotEmpty();
    }

    @Test
    void what_was_read_can_be_edited_and_put_back() throws Exception {
        var edited = api.get(PATH).go().text().replace("\"points\":25", "\"points\":31");

        var put = put(edited, "\"v0\"").is(200);
        assertThat(put.header("etag")).isEqualTo("\"v1\"");
        assertThat(put.json().path("version").asInt()).isEqualTo(1);
        assertThat(put.json().path("model").asText()).startsWith("lead-default@");
        assertThat(put.json().path("warnings").isArray()).isTrue();

        var read = api.get(PATH).go().is(200);
        assertThat(read.header("etag")).isEqualTo("\"v1\"");
        assertThat(read.text()).isEqualTo(edited);
        api.get(PATH).header("if-none-match", "\"v1\"").go().is(304);
    }

    @Test
    void new_rules_score_within_a_minute() throws Exception {
        var ann = api.post("/api/v4/contacts", "{\"email\":\"ann@acme.example\",\"job_title\":\"CEO\"}")
                .go()
                .json();
        var path = "/api/v4/contacts/" + ann.path("id").asText();
        var before = ann.path("score").path("value").decimalValue();
        put(api.get(PATH).go().text().replace("\"points\":25", "\"points\":31"), "\"v0\"")
                .is(200);

        api.clock.advance(Duration.ofMinutes(1));
        assertThat(api.get(path)
                        .go()
                        .json()
                        .path("score")
                        .path("value")
                        .decimalValue()
                        .subtract(before))
                .isEqualByComparingTo("6");
    }

    @Test
    void an_action_is_kept_and_one_for_a_connection_that_is_not_there_is_pointed_out() throws Exception {
        var rules = api.get(PATH)
                .go()
                .text()
                .replace(
                        "\"actions\":[]",
                        "\"actions\":[{\"id\":\"hot\",\"when\":{\"score\":{\"value\":[{\"numeric\":"
                                + "[\">=\",60]}]}},\"push\":{\"connection\":\"crm\",\"set\":{\"lead_grade\":{\"from\":\"score.label\"}}}}]");
        assertThat(put(rules, "\"v0\"").is(200).json().path("warnings").toString())
                .contains("/spec/actions", "there is no connection crm");
        assertThat(api.get(PATH).go().text()).isEqualTo(rules);
        var wrong = put(rules.replace("score.label", "score.best"), "\"v1\"").isProblem(422, "VALIDATION_FAILED");
        assertThat(wrong.details()).containsExactly("/spec/actions/0/push/set/lead_grade/from INVALID_RULE");
    }

    @Test
    void nobodys_change_is_overwritten_unseen() throws Exception {
        var rules = api.get(PATH).go().text();

        put(rules, null).isProblem(428, "PRECONDITION_REQUIRED");
        put(rules, "\"v0\"").is(200);
        var other = rules.replace("\"points\":25", "\"points\":31");
        var late = put(other, "\"v0\"").isProblem(412, "PRECONDITION_FAILED");
        assertThat(late.header("etag")).isEqualTo("\"v1\"");
        for (var tag :
                List.of("v1", "W/\"v1\"", "\"1\"", "\"v\"", "\"v-1\"", "\"v99999999999999999999\"", "\"v1\", \"v2\"")) {
            put(other, tag).isProblem(412, "PRECONDITION_FAILED");
        }
        assertThat(put(other, "*").is(200).header("etag")).isEqualTo("\"v2\"");
    }

    @Test
    void everything_that_is_wrong_with_the_rules_is_said_at_once_with_pointers() throws Exception {
        var broken =
                "{\"apiVersion\":\"signalbox/v1\",\"kind\":\"ScoreModel\",\"metadata\":{\"name\":\"x\",\"version\":1},"
                        + "\"spec\":{\"subject\":[\"contact\"],\"groups\":[{\"id\":\"g\",\"type\":\"fit\",\"max\":10}],"
                        + "\"rules\":[{\"id\":\"a\",\"group\":\"none\",\"points\":\"many\",\"when\":{\"data\":{\"x\":[]}}}]}}";

        var answer = put(broken, "\"v0\"").isProblem(422, "VALIDATION_FAILED");
        assertThat(answer.json().path("details").size()).isGreaterThan(1);
        assertThat(answer.details()).allMatch(detail -> detail.startsWith("/spec") && detail.endsWith("INVALID_RULE"));
        assertThat(api.get(PATH).go().header("etag")).isEqualTo("\"v0\"");

        put("{}", "\"v0\"").isProblem(422, "VALIDATION_FAILED");
        put("[]", "\"v0\"").isProblem(422, "VALIDATION_FAILED");
        put("{", "\"v0\"").isProblem(400, "MALFORMED_REQUEST");
    }

    private TestApi.Answer put(String rules, String tag) throws Exception {
        var call = api.send("PUT", PATH, rules);
        return (tag == null ? call : call.header("if-match", tag)).go();
    }
}
