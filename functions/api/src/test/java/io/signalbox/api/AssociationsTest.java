/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Scope;
import java.util.HashSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AssociationsTest {

    private TestApi api;
    private String ann;
    private String acme;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
        ann = made("contacts", "{\"first_name\":\"Ann\"}");
        acme = made("companies", "{\"name\":\"Acme\"}");
    }

    private String made(String kind, String body) throws Exception {
        var location = api.post("/api/v4/" + kind, body).go().is(201).header("location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private TestApi.Answer link(String id, String query) throws Exception {
        return api.send("PUT", "/api/v4/contacts/" + ann + "/associations/companies/" + id + query, "")
                .go();
    }

    private TestApi.Answer linked(String path) throws Exception {
        return api.get("/api/v4/" + path).go().is(200);
    }

    @Test
    void a_link_is_made_once_and_seen_from_both_sides() throws Exception {
        assertThat(link(acme, "?label=employer").is(201).json().path("label").asText())
                .isEqualTo("employer");
        link(acme, "?label=employer").is(200);
        var there = linked("contacts/" + ann + "/associations/companies").json().path("results");
        assertThat(there).hasSize(1);
        assertThat(there.path(0).path("id").asText()).isEqualTo(acme);
        var back = linked("companies/" + acme + "/associations/contacts").json().path("results");
        assertThat(back.path(0).path("id").asText()).isEqualTo(ann);
        assertThat(linked("contacts/" + ann + "/associations/deals").json().path("results"))
                .isEmpty();
    }

    @Test
    void unlinking_and_linking_again_leaves_what_was_said_last() throws Exception {
        var path = "/api/v4/contacts/" + ann + "/associations/companies/" + acme;
        link(acme, "").is(201);
        api.bare("DELETE", path).by("client-1").go().is(204);
        api.bare("DELETE", path).by("client-1").go().is(204);
        assertThat(linked("contacts/" + ann + "/associations/companies").json().path("results"))
                .isEmpty();
        link(acme, "").is(201);
        assertThat(linked("contacts/" + ann + "/associations/companies").json().path("results"))
                .hasSize(1);
    }

    @Test
    void links_are_listed_in_pages() throws Exception {
        var all = new HashSet<String>();
        for (var i = 0; i < 5; i++) {
            var id = made("companies", "{\"name\":\"c" + i + "\"}");
            link(id, "").is(201);
            all.add(id);
        }
        var path = "contacts/" + ann + "/associations/companies?limit=2";
        var seen = new HashSet<String>();
        for (var pages = 0; path != null; pages++) {
            assertThat(pages).isLessThan(4);
            var page = linked(path).json();
            page.path("results").forEach(one -> seen.add(one.path("id").asText()));
            var next = page.path("paging").path("next").path("link").asText("");
            path = next.isEmpty() ? null : next.substring((TestApi.BASE + "/api/v4/").length());
        }
        assertThat(seen).isEqualTo(all);
    }

    @Test
    void only_what_is_there_is_linked() throws Exception {
        link("1", "").isProblem(404, "NOT_FOUND");
        link(acme, "?label=Not+A+Label").isProblem(400, "MALFORMED_REQUEST");
        var self = "/api/v4/contacts/" + ann + "/associations/contacts/" + ann;
        api.send("PUT", self, "").go().isProblem(422, "VALIDATION_FAILED");
        var near = api.send("PUT", "/api/v4/contacts/" + ann + "/associations/companys/1", "")
                .go();
        assertThat(near.isProblem(404, "NOT_FOUND").text()).contains("companies");
    }

    @Test
    void the_other_side_takes_its_own_scope() throws Exception {
        link(acme, "").is(201);
        var path = "/api/v4/contacts/" + ann;
        for (var hidden : new String[] {path + "/associations/companies", path + "?expand=companies"}) {
            var refused = api.bare("GET", hidden).allowed(Scope.CONTACTS_READ).go();
            assertThat(refused.isProblem(403, "INSUFFICIENT_SCOPE").text()).contains("companies.read");
            api.bare("GET", hidden)
                    .allowed(Scope.CONTACTS_READ, Scope.COMPANIES_READ)
                    .go()
                    .is(200);
        }
    }

    @Test
    void linked_records_are_shown_with_a_record_as_many_as_asked_for() throws Exception {
        for (var i = 0; i < 4; i++) {
            link(made("companies", "{\"name\":\"c" + i + "\"}"), "").is(201);
        }
        var record = linked("contacts/" + ann + "?expand=companies(limit:2),deals&fields=first_name")
                .json();
        assertThat(record.path("expanded").path("companies")).hasSize(2);
        assertThat(record.path("expanded")
                        .path("companies")
                        .path(0)
                        .path("name")
                        .asText())
                .startsWith("c");
        assertThat(record.path("expanded").path("deals")).isEmpty();
        var listed = linked("contacts?expand=company").json().path("results").path(0);
        assertThat(listed.path("expanded").path("companies")).hasSize(3);
        for (var bad : new String[] {"houses", "companies(limit:0)", "companies(limit:11)", "companies(limit:2"}) {
            api.get("/api/v4/contacts?expand=" + bad).go().isProblem(400, "MALFORMED_REQUEST");
        }
    }
}
