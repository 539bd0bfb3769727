/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What users of CRM APIs suffer from, each by its name, and that it is gone here. */
class PainsTest {

    private static final String CONTACTS = "/api/v4/contacts";
    private static final String ANN = "{\"email\":\"ann@example.com\",\"employees\":250}";

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
    }

    private JsonNode made(String body) throws Exception {
        return api.post(CONTACTS, body).go().is(201).json();
    }

    @Test
    void pain_1_search_lags_writes_so_that_search_then_create_makes_duplicates() throws Exception {
        for (var i = 0; i < 20; i++) {
            var email = "p" + i + "@example.com";
            var id = made("{\"email\":\"" + email + "\"}").path("id");
            assertThat(api.get(CONTACTS + "/by/email/" + email)
                            .go()
                            .is(200)
                            .json()
                            .path("id"))
                    .as("found the moment it is there")
                    .isEqualTo(id);
            api.post(CONTACTS, "{\"email\":\"" + email + "\"}").go().is(409);
        }
    }

    @Test
    void pain_1_a_search_for_a_unique_key_knows_what_was_written_a_moment_ago() throws Exception {
        api.records.fallBehind();
        var id = made(ANN).path("id");
        for (var answer : List.of(
                api.get(CONTACTS + "?filter[email]=ann@example.com").go(),
                api.post(CONTACTS + "/search", "{\"filter\":{\"field\":\"email\",\"value\":\"ann@example.com\"}}")
                        .go())) {
            assertThat(answer.is(200).json().path("results").path(0).path("id")).isEqualTo(id);
            assertThat(answer.json().path("consistency").asText()).isEqualTo("strong");
        }
    }

    @Test
    void pain_2_the_id_of_the_existing_record_stands_in_a_message_only() throws Exception {
        var id = made(ANN).path("id").asText();
        var answer = api.post(CONTACTS, ANN).go().isProblem(409, "DUPLICATE_RECORD");
        assertThat(answer.json().path("details").path(0).path("existing_id").asText())
                .isEqualTo(id);
        assertThat(answer.header("location")).isEqualTo(TestApi.BASE + CONTACTS + "/" + id);
        assertThat(answer.header("x-should-retry")).isEqualTo("false");
    }

    @Test
    void pain_3_there_is_no_upsert_of_one_record() throws Exception {
        var path = CONTACTS + "/by/email/ann@example.com";
        var first = api.send("PUT", path, "{\"city\":\"Graz\"}").go().is(201).json();
        var second = api.send("PUT", path, "{\"city\":\"Linz\"}").go().is(200).json();
        assertThat(second.path("id")).isEqualTo(first.path("id"));
        assertThat(second.path("city").asText()).isEqualTo("Linz");
    }

    private static TestApi limited() throws Exception {
        return new TestApi(Map.of("PUBLIC_URL", TestApi.BASE, "RATE_BURST", "20", "RATE_DAILY", "60"));
    }

    @Test
    void pain_4_a_client_over_its_limit_is_not_told_how_long_to_wait() throws Exception {
        api = limited();
        for (var i = 0; i < 20; i++) {
            var answer = api.post(CONTACTS + "/search", "{}").go().is(200);
            assertThat(answer.header("ratelimit")).as("searches say it too").contains("\"burst\";r=" + (19 - i) + ";");
        }
        var wait = Integer.parseInt(api.get(CONTACTS).go().is(429).header("retry-after"));
        api.clock.advance(Duration.ofSeconds(wait));
        api.get(CONTACTS).go().is(200);
    }

    @Test
    void pain_5_what_is_said_of_limits_is_not_of_the_one_that_was_hit() throws Exception {
        api = limited();
        var violated = new ArrayList<String>();
        for (var i = 0; i < 70; i++) {
            var answer = api.get(CONTACTS).go();
            if (answer.status() == 429) {
                var name = answer.json().path("violated_policies").path(0).asText();
                assertThat(answer.header("ratelimit")).startsWith("\"" + name + "\";r=0;");
                assertThat(answer.header("ratelimit-policy")).contains("\"" + name + "\";q=");
                violated.add(name);
                api.clock.advance(Duration.ofSeconds(10));
            }
        }
        assertThat(violated).contains("burst", "daily");
    }

    @Test
    void pain_6_one_program_uses_up_what_all_have_and_the_others_get_403() throws Exception {
        api = limited();
        while (api.get(CONTACTS).by("greedy").go().status() == 200) {
            assertThat(api.get(CONTACTS).by("greedy").go().status()).isIn(200, 429);
        }
        api.get(CONTACTS).by("modest").go().is(200);
        assertThat(api.get(CONTACTS)
                        .by("greedy")
                        .go()
                        .is(429)
                        .json()
                        .path("category")
                        .asText())
                .isEqualTo("RATE_LIMITS");
    }

    @Test
    void pain_8_versions_are_retired_by_an_email_that_nobody_reads() throws Exception {
        api = limited();
        var answer = api.get("/api/v3/contacts").go().is(200);
        assertThat(answer.headers()).containsKeys("deprecation", "sunset", "link", "api-warnings");
        var drift = api.get("/api/v4/usage/version_drift")
                .go()
                .is(200)
                .json()
                .path("clients")
                .path(0);
        assertThat(drift.path("calls").path("v3").asInt())
                .as("who calls it is known")
                .isEqualTo(1);
        api.bare("GET", "/changelog.atom").go().is(200);
    }

    @Test
    void pain_7_a_ceiling_of_rows_loses_data_silently() throws Exception {
        for (var batch = 0; batch < 3; batch++) {
            var inputs = new StringBuilder();
            for (var i = 0; i < 100; i++) {
                inputs.append(i == 0 ? "" : ",").append("{\"record\":{\"city\":\"x\"}}");
            }
            api.post(CONTACTS + "/batch/create", "{\"inputs\":[" + inputs + "]}")
                    .go()
                    .is(201);
        }
        var seen = new HashSet<String>();
        var path = CONTACTS + "?limit=7";
        while (path != null) {
            var page = api.get(path).go().is(200).json();
            page.path("results").forEach(one -> seen.add(one.path("id").asText()));
            var next = page.path("paging").path("next").path("link").asText("");
            path = next.isEmpty() ? null : next.substring(TestApi.BASE.length());
        }
        assertThat(seen).as("every page leads on, however many").hasSize(300);
    }

    @Test
    void pain_7_a_search_ends_at_ten_thousand_rows() throws Exception {
        for (var i = 0; i < 10_050; i++) {
            api.records.put(ObjectType.DEAL, i + 1, Map.of("name", Value.of("d" + i), "stage", Value.of("won")));
        }
        var seen = new HashSet<String>();
        var after = "";
        do {
            var body = "{\"filter\":{\"field\":\"stage\",\"value\":\"won\"},\"fields\":[\"id\"],\"limit\":100"
                    + (after.isEmpty() ? "" : ",\"after\":\"" + after + "\"") + "}";
            var page = api.post("/api/v4/deals/search", body).go().is(200).json();
            page.path("results").forEach(one -> seen.add(one.path("id").asText()));
            after = page.path("paging").path("next").path("after").asText("");
        } while (!after.isEmpty());
        assertThat(seen).hasSize(10_050);
    }

    @Test
    void pain_7_a_sync_by_time_loses_rows_at_equal_times_and_never_hears_of_deletes() throws Exception {
        var token = api.get(CONTACTS + "/changes?sync=initial").go().is(200).json();
        // All at one moment of the clock, more than a page.
        var made = new HashSet<String>();
        for (var i = 0; i < 30; i++) {
            made.add(made("{\"city\":\"x\"}").path("id").asText());
        }
        var gone = made.iterator().next();
        api.send("DELETE", CONTACTS + "/" + gone, "").go().is(204);
        var seen = new HashSet<String>();
        var deleted = new HashSet<String>();
        var page = token;
        do {
            var since = page.path("next_sync_token").asText();
            page = api.get(CONTACTS + "/changes?limit=7&since=" + since)
                    .go()
                    .is(200)
                    .json();
            for (var change : page.path("changes")) {
                seen.add(change.path("id").asText());
                if (change.path("change_type").asText().equals("deleted")) {
                    deleted.add(change.path("id").asText());
                }
            }
        } while (page.path("has_more").asBoolean());
        assertThat(seen).isEqualTo(made);
        assertThat(deleted).containsExactly(gone);
    }

    @Test
    void pain_10_results_cannot_be_matched_to_what_was_sent() throws Exception {
        made(ANN);
        var answer = api.post(
                        CONTACTS + "/batch/create",
                        "{\"inputs\":[{\"client_ref\":\"row 1\",\"record\":" + ANN
                                + "},{\"client_ref\":\"row 2\",\"record\":{\"city\":\"Graz\"}}]}")
                .go()
                .is(207)
                .json()
                .path("results");
        assertThat(answer.path(0).path("client_ref").asText()).isEqualTo("row 1");
        assertThat(answer.path(0).path("error").path("error_code").asText()).isEqualTo("DUPLICATE_RECORD");
        assertThat(answer.path(1).path("client_ref").asText()).isEqualTo("row 2");
        assertThat(answer.path(1).path("status").asInt()).isEqualTo(201);
    }

    @Test
    void pain_11_relations_come_too_heavy_or_not_at_all() throws Exception {
        var ann = made(ANN).path("id").asText();
        for (var i = 0; i < 5; i++) {
            var deal = api.post("/api/v4/deals", "{\"name\":\"d" + i + "\"}")
                    .go()
                    .is(201)
                    .json()
                    .path("id")
                    .asText();
            api.send("PUT", CONTACTS + "/" + ann + "/associations/deals/" + deal, "")
                    .go()
                    .is(201);
        }
        var plain = api.get(CONTACTS + "/" + ann).go().json();
        assertThat(plain.has("expanded")).as("nothing unless asked for").isFalse();
        var asked =
                api.get(CONTACTS + "/" + ann + "?expand=deals(limit:2)").go().json();
        assertThat(asked.path("expanded").path("deals"))
                .as("as many as asked for")
                .hasSize(2);
        assertThat(asked.path("expanded").path("deals").path(0).has("expanded"))
                .as("one step, no further")
                .isFalse();
    }

    @Test
    void pain_12_records_cannot_be_filtered_by_a_linked_records_field() throws Exception {
        var ann = made(ANN).path("id").asText();
        made("{\"email\":\"bob@example.com\"}");
        var acme = api.post("/api/v4/companies", "{\"name\":\"Acme\",\"industry\":\"Steel\"}")
                .go()
                .is(201)
                .json();
        api.send(
                        "PUT",
                        CONTACTS + "/" + ann + "/associations/companies/"
                                + acme.path("id").asText(),
                        "")
                .go()
                .is(201);
        var found = api.get(CONTACTS + "?filter[company.industry]=steel")
                .go()
                .is(200)
                .json();
        assertThat(found.path("results")).hasSize(1);
        assertThat(found.path("results").path(0).path("id").asText()).isEqualTo(ann);
    }

    @Test
    void beside_the_fifteen_a_filter_is_silently_ignored() throws Exception {
        made(ANN);
        api.get(CONTACTS + "?filter[city]=Graz").go().isProblem(400, "FIELD_NOT_FILTERABLE");
        api.get(CONTACTS + "?filter[emial]=ann@example.com").go().isProblem(400, "FIELD_NOT_FILTERABLE");
        api.get(CONTACTS + "?email=ann@example.com").go().isProblem(400, "MALFORMED_REQUEST");
        api.get(CONTACTS + "?sort=city").go().isProblem(400, "FIELD_NOT_FILTERABLE");
    }

    @Test
    void pain_15_everything_is_a_text_and_all_fields_cannot_be_asked_for() throws Exception {
        var id = made(ANN).path("id").asText();
        var all = api.get(CONTACTS + "/" + id + "?fields=*").go().is(200).json();
        assertThat(all.path("employees").isInt()).isTrue();
        assertThat(all.path("version").isInt()).isTrue();
        assertThat(all.path("score").path("value").isNumber()).isTrue();
        assertThat(all.has("last_name"))
                .as("what is not known is null, not left out")
                .isTrue();
        api.post(CONTACTS, "{\"employees\":\"250\"}").go().isProblem(422, "VALIDATION_FAILED");
    }
}
