/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.model.Scope;
import io.signalbox.store.FeedStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The change feed: from the first record to the last change, with nothing lost on the way. */
class ChangesTest {

    private static final String CONTACTS = "/api/v4/contacts";
    private static final String ALL = "/api/v4/changes?objects=contacts,deals";

    private TestApi api;
    private boolean ticks = true;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
    }

    private String made(String path, String body) throws IOException {
        if (ticks) {
            api.clock.advance(Duration.ofSeconds(1));
        }
        return api.post(path, body).go().is(201).json().path("id").asText();
    }

    private JsonNode get(String path) throws IOException {
        return api.get(path).go().is(200).json();
    }

    private String token(String path) throws IOException {
        var page = get(path + (path.contains("?") ? "&" : "?") + "sync=initial");
        while (page.path("has_more").asBoolean()) {
            page = get(page.path("_links").path("next").path("href").asText().substring(TestApi.BASE.length()));
        }
        return page.path("next_sync_token").asText();
    }

    private List<JsonNode> since(String path, String token) throws IOException {
        var all = new ArrayList<JsonNode>();
        var page = get(path + (path.contains("?") ? "&" : "?") + "since=" + token);
        page.path("changes").forEach(all::add);
        while (page.path("has_more").asBoolean()) {
            page = get(page.path("_links").path("next").path("href").asText().substring(TestApi.BASE.length()));
            page.path("changes").forEach(all::add);
        }
        return all;
    }

    private static List<String> types(List<JsonNode> changes) {
        return changes.stream()
                .map(change -> change.path("change_type").asText())
                .toList();
    }

    @Test
    void everything_that_befalls_a_record_is_told_of() throws IOException {
        var token = token(ALL);
        var ann = made(CONTACTS, "{\"email\":\"ann@example.com\"}");
        var path = CONTACTS + "/" + ann;
        api.clock.advance(Duration.ofSeconds(1));
        api.send("PATCH", path, "{\"city\":\"Graz\"}").go().is(200);
        api.clock.advance(Duration.ofSeconds(1));
        api.send("DELETE", path, "").go().is(204);
        api.clock.advance(Duration.ofSeconds(1));
        api.send("POST", path + "/restore", "").go().is(200);
        var twin = made(CONTACTS, "{\"email\":\"twin@example.com\"}");
        api.clock.advance(Duration.ofSeconds(1));
        api.post(CONTACTS + "/merge", "{\"primary_id\":\"" + ann + "\",\"duplicate_ids\":[\"" + twin + "\"]}")
                .go()
                .is(200);
        api.clock.advance(Duration.ofSeconds(1));
        api.send("POST", path + "/erase", "").go().is(202);

        var changes = since(ALL, token);
        var ofAnn = changes.stream()
                .filter(change -> change.path("id").asText().equals(ann))
                .toList();
        assertThat(types(ofAnn))
                .startsWith("created", "updated", "deleted", "restored")
                .endsWith("erased");
        assertThat(ofAnn.get(1)
                        .path("changed_fields")
                        .valueStream()
                        .map(JsonNode::asText)
                        .toList())
                .contains("city");
        var ofTwin = changes.stream()
                .filter(change -> change.path("id").asText().equals(twin))
                .toList();
        assertThat(types(ofTwin)).startsWith("created", "merged");
        assertThat(ofTwin.get(1).path("merged_into").asText()).isEqualTo(ann);
        assertThat(since(ALL, token).stream()
                        .map(change -> change.path("seq").asText())
                        .distinct())
                .hasSize(changes.size());
    }

    @Test
    void who_starts_gets_all_records_and_then_what_changed_meanwhile() throws IOException {
        var known = new TreeMap<String, Long>();
        for (var i = 0; i < 5; i++) {
            made(CONTACTS, "{\"city\":\"c" + i + "\"}");
            made("/api/v4/deals", "{\"name\":\"d" + i + "\"}");
        }
        var page = get(ALL + "&sync=initial&limit=2");
        made(CONTACTS, "{\"city\":\"late\"}");
        var pages = 0;
        while (true) {
            assertThat(pages++).isLessThan(12);
            page.path("changes")
                    .forEach(change -> known.merge(
                            change.path("id").asText(), change.path("version").asLong(), Math::max));
            assertThat(page.path("changes").path(0).path("change_type").asText("created"))
                    .isEqualTo("created");
            if (!page.path("has_more").asBoolean()) {
                break;
            }
            page = get(page.path("_links").path("next").path("href").asText().substring(TestApi.BASE.length()));
        }
        assertThat(known).hasSize(11);
    }

    @Test
    void changes_at_one_moment_do_not_hide_each_other_whatever_the_size_of_a_page() throws IOException {
        ticks = false;
        var token = token(CONTACTS + "/changes");
        var made = new HashSet<String>();
        for (var i = 0; i < 30; i++) {
            made.add(made(CONTACTS, "{\"city\":\"c" + i + "\"}"));
        }
        for (var limit : new int[] {1, 7, 100}) {
            var seen = new ArrayList<String>();
            since(CONTACTS + "/changes?limit=" + limit, token)
                    .forEach(change -> seen.add(change.path("id").asText()));
            assertThat(seen)
                    .as("each once, by pages of " + limit)
                    .hasSize(30)
                    .containsExactlyInAnyOrderElementsOf(made);
        }
    }

    @Test
    void other_types_are_passed_over() throws IOException {
        var token = token("/api/v4/deals/changes");
        for (var i = 0; i < 25; i++) {
            made(CONTACTS, "{\"city\":\"c" + i + "\"}");
        }
        var deal = made("/api/v4/deals", "{\"name\":\"d\"}");
        var changes = since("/api/v4/deals/changes?limit=1", token);
        assertThat(changes).hasSize(1);
        assertThat(changes.getFirst().path("id").asText()).isEqualTo(deal);
    }

    @Test
    void records_come_along_where_they_are_asked_for() throws IOException {
        var token = token(ALL);
        var ann = made(CONTACTS, "{\"city\":\"Graz\"}");
        var bob = made(CONTACTS, "{\"city\":\"Wien\"}");
        api.clock.advance(Duration.ofSeconds(1));
        api.send("DELETE", CONTACTS + "/" + bob, "").go().is(204);
        assertThat(since(ALL, token)).noneMatch(change -> change.has("record"));
        var whole = since(ALL + "&include_records=true", token);
        assertThat(whole.getFirst().path("id").asText()).isEqualTo(ann);
        assertThat(whole.getFirst().path("record").path("city").asText()).isEqualTo("Graz");
        assertThat(whole.get(1).has("record")).as("it is not there any more").isFalse();
        var first =
                get(ALL + "&include_records=true&sync=initial").path("changes").path(0);
        assertThat(first.path("record").path("id")).isEqualTo(first.path("id"));
    }

    @Test
    void a_token_that_is_older_than_the_feed_is_told_so() throws IOException {
        var token = token(ALL);
        api.clock.advance(FeedStore.KEPT.minus(Duration.ofMinutes(1)));
        get(ALL + "&since=" + token);
        api.clock.advance(Duration.ofMinutes(2));
        api.get(ALL + "&since=" + token).go().isProblem(410, "SYNC_TOKEN_EXPIRED");
        get(ALL + "&sync=initial");
    }

    @Test
    void a_token_is_good_for_its_client_and_its_types() throws IOException {
        var token = token(ALL);
        get("/api/v4/changes?objects=deal,contact&since=" + token);
        for (var other :
                List.of("/api/v4/changes?objects=contacts", "/api/v4/changes?limit=9", CONTACTS + "/changes?limit=9")) {
            api.get(other + "&since=" + token).go().isProblem(400, "CURSOR_INVALID");
        }
        api.get(ALL + "&since=" + token).by("client-2").go().isProblem(400, "CURSOR_INVALID");
        assertThat(api.get(ALL + "&since=x")
                        .go()
                        .isProblem(400, "CURSOR_INVALID")
                        .details())
                .containsExactly("since INVALID_TOKEN");
    }

    @Test
    void every_type_takes_its_own_scope() throws IOException {
        var refused = api.bare("GET", ALL + "&sync=initial")
                .allowed(Scope.CHANGES_READ, Scope.DEALS_READ)
                .go();
        assertThat(refused.isProblem(403, "INSUFFICIENT_SCOPE").text()).contains("contacts.read");
        api.bare("GET", ALL + "&sync=initial")
                .allowed(Scope.CHANGES_READ, Scope.DEALS_READ, Scope.CONTACTS_READ)
                .go()
                .is(200);
        api.bare("GET", "/api/v4/changes?sync=initial")
                .allowed(Scope.CHANGES_READ, Scope.DEALS_READ)
                .go()
                .is(403);
    }

    @Test
    void what_is_missing_or_wrong_is_said() throws IOException {
        for (var query : List.of(
                "",
                "&sync=full",
                "&sync=initial&since=x",
                "&sync=initial&limit=101",
                "&sync=initial&include_records=1",
                "&sync=initial&fields=x")) {
            api.get(ALL + query).go().isProblem(400, "MALFORMED_REQUEST");
        }
        api.get("/api/v4/changes?objects=houses&sync=initial").go().isProblem(400, "MALFORMED_REQUEST");
    }
}
