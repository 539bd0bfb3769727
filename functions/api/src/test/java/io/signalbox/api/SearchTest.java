/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Scope;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Listings with filters and sorts, and searches: one grammar, by parameters and by a body. */
class SearchTest {

    private static final String DEALS = "/api/v4/deals";

    private TestApi api;
    private final List<String> ids = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
        deal("Alpine", 10_000, "new", "2026-04-01");
        deal("Bergbahn", 75_000, "won", "2026-02-01");
        deal("Chalet", 50_000, "won", "2026-03-01");
        deal("Damm", 250_000, "lost", "2026-01-01");
    }

    private void deal(String name, int amount, String stage, String close) throws IOException {
        ids.add(made(
                DEALS,
                "{\"name\":\"%s\",\"amount\":%d,\"stage\":\"%s\",\"close_date\":\"%sT00:00:00Z\"}"
                        .formatted(name, amount, stage, close)));
        api.clock.advance(Duration.ofSeconds(1));
    }

    private String made(String path, String body) throws IOException {
        return api.post(path, body).go().is(201).json().path("id").asText();
    }

    private static List<String> names(TestApi.Answer answer) {
        return answer.is(200)
                .json()
                .path("results")
                .valueStream()
                .map(one -> one.path("name").asText())
                .toList();
    }

    private TestApi.Answer list(String query) throws IOException {
        return api.get(DEALS + "?" + query).go();
    }

    private TestApi.Answer search(String body) throws IOException {
        return api.post(DEALS + "/search", body).go();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "filter[stage]=won | {\"field\":\"stage\",\"value\":\"won\"} | Bergbahn Chalet",
                "filter[stage][neq]=won | {\"field\":\"stage\",\"op\":\"neq\",\"value\":\"won\"} | Alpine Damm",
                "filter[amount][gt]=50000 | {\"field\":\"amount\",\"op\":\"gt\",\"value\":50000} | Bergbahn Damm",
                "filter[amount][gte]=50000 | {\"field\":\"amount\",\"op\":\"gte\",\"value\":50000} | Bergbahn Chalet"
                        + " Damm",
                "filter[amount][lt]=50000 | {\"field\":\"amount\",\"op\":\"lt\",\"value\":50000} | Alpine",
                "filter[amount][lte]=50000 | {\"field\":\"amount\",\"op\":\"lte\",\"value\":50000} | Alpine Chalet",
                "filter[amount][between]=20000,80000 |"
                        + " {\"field\":\"amount\",\"op\":\"BETWEEN\",\"values\":[20000,80000]} | Bergbahn Chalet",
                "filter[name][in]=Damm,alpine | {\"field\":\"name\",\"op\":\"in\",\"values\":[\"Damm\",\"alpine\"]} |"
                        + " Alpine Damm",
                "filter[name][not_in]=Damm,Alpine |"
                        + " {\"field\":\"name\",\"op\":\"not_in\",\"values\":[\"Damm\",\"Alpine\"]} | Bergbahn Chalet",
                "filter[name][starts_with]=ber | {\"field\":\"name\",\"op\":\"starts_with\",\"value\":\"ber\"} |"
                        + " Bergbahn",
                "filter[name][contains]=CHA* | {\"field\":\"name\",\"op\":\"CONTAINS_TOKEN\",\"value\":\"CHA*\"} |"
                        + " Chalet",
                "filter[name][not_contains]=chalet | {\"field\":\"name\",\"op\":\"not_contains\",\"value\":\"chalet\"}"
                        + " | Alpine Bergbahn Damm",
                "filter[close_date][exists]= | {\"field\":\"close_date\",\"op\":\"HAS_PROPERTY\"} | Alpine Bergbahn"
                        + " Chalet Damm",
                "filter[owner_id][not_exists]=&filter[stage]=lost |"
                        + " [{\"field\":\"owner_id\",\"op\":\"not_exists\"},{\"field\":\"stage\",\"value\":\"lost\"}] |"
                        + " Damm",
            })
    void an_operator_means_the_same_in_a_query_and_in_a_body(String query, String filter, String expected)
            throws IOException {
        var wanted = expected.split(" ");
        assertThat(names(list(query))).containsExactlyInAnyOrder(wanted);
        assertThat(names(search("{\"filter\":" + filter + "}"))).containsExactlyInAnyOrder(wanted);
    }

    @Test
    void groups_nest() throws IOException {
        var filter =
                "{\"or\":[{\"and\":[{\"field\":\"stage\",\"value\":\"won\"},{\"field\":\"amount\",\"op\":\"gt\",\"value\":60000}]},"
                        + "{\"field\":\"stage\",\"value\":\"lost\"}]}";
        assertThat(names(search("{\"filter\":" + filter + ",\"sort\":\"-amount\"}")))
                .containsExactly("Damm", "Bergbahn");
    }

    @Test
    void records_come_in_the_order_asked_for() throws IOException {
        assertThat(names(list("sort=amount"))).containsExactly("Alpine", "Chalet", "Bergbahn", "Damm");
        assertThat(names(list("sort=-close_date&filter[amount][gte]=50000")))
                .containsExactly("Chalet", "Bergbahn", "Damm");
        assertThat(names(list("sort=id"))).containsExactly("Alpine", "Bergbahn", "Chalet", "Damm");
        assertThat(names(list("sort=-created_at"))).containsExactly("Damm", "Chalet", "Bergbahn", "Alpine");
    }

    @Test
    void what_changed_last_comes_first_and_the_answer_says_how_far_that_goes_back() throws IOException {
        api.send("PATCH", DEALS + "/" + ids.getFirst(), "{\"amount\":11000}")
                .go()
                .is(200);
        var answer = list("sort=-updated_at&limit=2");
        assertThat(names(answer)).containsExactly("Alpine", "Damm");
        assertThat(answer.json().path("changes_since").asText()).startsWith("2026-01-30T");
        assertThat(list("").json().has("changes_since")).isFalse();
    }

    @Test
    void a_field_without_an_index_is_refused_and_the_fix_is_said() throws IOException {
        for (var answer : List.of(
                list("filter[description]=x"),
                list("sort=description"),
                search("{\"filter\":{\"field\":\"description\",\"value\":\"x\"}}"),
                search("{\"sort\":\"description\"}"),
                list("filter[company.phone]=1"))) {
            var detail = answer.isProblem(400, "FIELD_NOT_FILTERABLE")
                    .json()
                    .path("details")
                    .path(0);
            assertThat(detail.path("code").asText()).isEqualTo("FIELD_NOT_FILTERABLE");
            assertThat(detail.path("message").asText()).contains("Filter by one of", "/api/v4/schemas/");
        }
        assertThat(list("filter[description]=x").details()).containsExactly("filter[description] FIELD_NOT_FILTERABLE");
        assertThat(search("{\"filter\":[{\"field\":\"description\",\"value\":\"x\"}]}")
                        .details())
                .containsExactly("/filter/0 FIELD_NOT_FILTERABLE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "filter=won",
                "filter[amount][gte]=much",
                "filter[amount][near]=1",
                "filter[amount][between]=1",
                "filter[]=1",
                "sort=-id",
                "sort=id&filter[stage]=won",
                "sort=amount&include_deleted=true"
            })
    void what_is_no_filter_is_refused(String query) throws IOException {
        var details = list(query).isProblem(400, "INVALID_FILTER").json().path("details");
        assertThat(details.path(0).path("message").asText()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"updated_after=yesterday", "include_deleted=yes", "filtr[stage]=won", "limit=0"})
    void a_parameter_that_is_wrong_is_never_ignored(String query) throws IOException {
        list(query).isProblem(400, "MALFORMED_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"filters\":[]}",
                "{\"limit\":101}",
                "{\"limit\":1.5}",
                "{\"limit\":\"1\"}",
                "{\"fields\":\"name\"}",
                "{\"include_deleted\":\"true\"}",
                "{\"updated_after\":\"yesterday\"}",
                "{\"sort\":[\"name\"]}",
                "{\"after\":7}"
            })
    void a_member_of_a_search_that_is_wrong_is_never_ignored(String body) throws IOException {
        search(body).isProblem(422, "VALIDATION_FAILED");
    }

    @Test
    void too_many_alternatives_are_refused() throws IOException {
        var group = "{\"or\":[{\"field\":\"stage\",\"value\":\"a\"},{\"field\":\"stage\",\"value\":\"b\"}]}";
        var filter = "[" + String.join(",", java.util.Collections.nCopies(6, group)) + "]";
        search("{\"filter\":" + filter + "}").isProblem(400, "INVALID_FILTER");
    }

    @Test
    void deleted_ones_are_shown_to_who_asks_for_them() throws IOException {
        var id = ids.get(1);
        api.bare("DELETE", DEALS + "/" + id).by("client-1").go().is(204);
        assertThat(names(list(""))).containsExactly("Alpine", "Chalet", "Damm");
        var all = list("include_deleted=true&fields=name").is(200).json().path("results");
        assertThat(all).hasSize(4);
        assertThat(all.path(1).path("id").asText()).isEqualTo(id);
        assertThat(all.path(1).path("deleted_at").asText()).startsWith("2026-03-01T12:00");
        assertThat(all.path(1).path("erased").asBoolean(true)).isFalse();
        assertThat(all.path(0).has("deleted_at")).isFalse();
        assertThat(search("{\"include_deleted\":true}").json().path("results")).hasSize(4);
    }

    @Test
    void only_what_changed_after_a_time_is_listed() throws IOException {
        assertThat(names(list("updated_after=2026-03-01T12:00:01Z"))).containsExactlyInAnyOrder("Chalet", "Damm");
        assertThat(names(list("updated_after=2026-03-01T12:00:01Z&filter[stage]=won")))
                .containsExactly("Chalet");
    }

    @Test
    void a_search_goes_on_to_its_end_by_the_cursor_and_the_same_body() throws IOException {
        var seen = new ArrayList<String>();
        var after = "";
        for (var pages = 0; pages == 0 || !after.isEmpty(); pages++) {
            assertThat(pages).isLessThan(5);
            // The order of members and the size of a page do not matter.
            var body = pages == 0
                    ? "{\"sort\":\"-amount\",\"filter\":{\"field\":\"amount\",\"op\":\"gt\",\"value\":0},\"limit\":1}"
                    : "{\"limit\":2,\"after\":\"" + after
                            + "\",\"filter\":{\"value\":0,\"op\":\"gt\",\"field\":\"amount\"},\"sort\":\"-amount\"}";
            var page = search(body);
            seen.addAll(names(page));
            after = page.json().path("paging").path("next").path("after").asText("");
        }
        assertThat(seen).containsExactly("Damm", "Bergbahn", "Chalet", "Alpine");
    }

    @Test
    void the_cursor_of_another_client_or_search_is_refused() throws IOException {
        var after = search("{\"limit\":1}")
                .json()
                .path("paging")
                .path("next")
                .path("after")
                .asText();
        var body = "{\"limit\":1,\"after\":\"" + after + "\"";
        search(body + "}").is(200);
        search(body + ",\"sort\":\"amount\"}").isProblem(400, "CURSOR_INVALID");
        search(body + ",\"filter\":{\"field\":\"stage\",\"value\":\"won\"}}").isProblem(400, "CURSOR_INVALID");
        api.post(DEALS + "/search", body + "}").by("client-2").go().isProblem(400, "CURSOR_INVALID");
        api.post("/api/v4/tickets/search", body + "}").go().isProblem(400, "CURSOR_INVALID");
        list("after=" + after).isProblem(400, "CURSOR_INVALID");
        search("{\"after\":\"x\"}").isProblem(400, "CURSOR_INVALID");

        var listed = list("filter[stage]=won&limit=1")
                .json()
                .path("paging")
                .path("next")
                .path("after")
                .asText();
        list("limit=1&filter[stage]=won&after=" + listed).is(200);
        list("limit=1&filter[stage]=lost&after=" + listed).isProblem(400, "CURSOR_INVALID");
    }

    @Test
    void the_link_to_the_next_page_keeps_the_filter() throws IOException {
        var page = list("filter[stage][in]=won,lost&sort=amount&limit=1").is(200);
        var next = page.json().path("_links").path("next").path("href").asText();
        assertThat(page.header("link")).contains("<" + next + ">; rel=\"next\"", "rel=\"first\"");
        assertThat(names(api.get(next.substring(TestApi.BASE.length())).go())).containsExactly("Bergbahn");
    }

    @Test
    void unique_keys_are_looked_up_strongly_even_while_the_index_lags() throws IOException {
        api.records.fallBehind();
        var id = made("/api/v4/contacts", "{\"email\":\"ann@example.com\",\"country\":\"AT\"}");
        var byEmail = api.get("/api/v4/contacts?filter[email]=ANN@example.com")
                .go()
                .is(200)
                .json();
        assertThat(byEmail.path("consistency").asText()).isEqualTo("strong");
        assertThat(byEmail.path("results").path(0).path("id").asText()).isEqualTo(id);
        var byId = api.post("/api/v4/contacts/search", "{\"filter\":{\"field\":\"id\",\"value\":" + id + "}}")
                .go()
                .json();
        assertThat(byId.path("consistency").asText()).isEqualTo("strong");
        assertThat(byId.path("results")).hasSize(1);
        var lagging =
                api.get("/api/v4/contacts?filter[country]=AT").go().is(200).json();
        assertThat(lagging.path("consistency").asText()).isEqualTo("eventual");
        assertThat(lagging.path("results"))
                .as("the index has not heard of it yet")
                .isEmpty();
    }

    @Test
    void a_field_of_linked_records_takes_the_scope_to_read_those() throws IOException {
        var company = made("/api/v4/companies", "{\"name\":\"Acme\",\"country\":\"AT\"}");
        api.send("PUT", DEALS + "/" + ids.get(2) + "/associations/companies/" + company, "")
                .go()
                .is(201);
        var query = "?filter[company.country]=at&filter[stage]=won";
        assertThat(names(api.get(DEALS + query).go())).containsExactly("Chalet");
        var refused = api.bare("GET", DEALS + query).allowed(Scope.DEALS_READ).go();
        assertThat(refused.isProblem(403, "INSUFFICIENT_SCOPE").text()).contains("companies.read");
        api.bare("GET", DEALS + query)
                .allowed(Scope.DEALS_READ, Scope.COMPANIES_READ)
                .go()
                .is(200);
    }

    @Test
    void fields_and_linked_records_are_shown_as_asked_for() throws IOException {
        var company = made("/api/v4/companies", "{\"name\":\"Acme\"}");
        api.send("PUT", DEALS + "/" + ids.getFirst() + "/associations/companies/" + company, "")
                .go()
                .is(201);
        var one = search(
                        "{\"filter\":{\"field\":\"name\",\"value\":\"alpine\"},\"fields\":[\"amount\"],\"expand\":[\"companies(limit:1)\"]}")
                .is(200)
                .json()
                .path("results")
                .path(0);
        assertThat(one.has("name")).isFalse();
        assertThat(one.path("amount").asInt()).isEqualTo(10_000);
        assertThat(one.path("expanded").path("companies").path(0).path("name").asText())
                .isEqualTo("Acme");
    }
}
