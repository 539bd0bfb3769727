/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.openapi.Contract;
import io.signalbox.model.Operation;
import io.signalbox.model.Operations;
import io.signalbox.model.Schemas;
import io.signalbox.model.Scope;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Two clients, and every operation: what one may, and what is the other's. */
class PrincipalsTest {

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
    }

    private static Stream<Operation> guarded() {
        return Operations.ALL.stream().filter(operation -> !operation.isPublic());
    }

    private static String path(Operation operation) {
        return operation.template().replaceAll("\\{[^}]*}", "7");
    }

    private TestApi.Call call(Operation operation) {
        return api.send(operation.method(), path(operation), "{}");
    }

    @TestFactory
    Stream<DynamicTest> every_operation_refuses_all_scopes_but_its_own() {
        return guarded()
                .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> {
                    var scope = operation.scope().orElseThrow();
                    var others = EnumSet.complementOf(EnumSet.of(scope));
                    var refused = call(operation)
                            .allowed(others.toArray(Scope[]::new))
                            .go()
                            .isProblem(403, "INSUFFICIENT_SCOPE");
                    assertThat(refused.json().path("required_scopes").path(0).asText())
                            .isEqualTo(scope.toString());
                    assertThat(refused.header("www-authenticate")).contains(scope.toString());
                    call(operation).allowed().go().isProblem(403, "INSUFFICIENT_SCOPE");
                }));
    }

    @TestFactory
    Stream<DynamicTest> every_operation_is_answered_with_its_own_scope_alone() {
        return guarded()
                .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> {
                    var status = call(operation)
                            .allowed(operation.scope().orElseThrow())
                            .go()
                            .status();
                    assertThat(status).isNotIn(401, 403).isLessThan(500);
                }));
    }

    @Test
    void every_scope_opens_something() {
        var used = EnumSet.noneOf(Scope.class);
        guarded().forEach(operation -> used.add(operation.scope().orElseThrow()));
        assertThat(used).containsExactlyInAnyOrder(Scope.values());
    }

    @Test
    void what_deletes_asks_for_more_than_writing() {
        guarded()
                .filter(operation ->
                        operation.template().matches("/api/v4/(contacts|leads|companies|deals|activities|tickets)/.*"))
                .filter(operation -> operation.method().equals("DELETE")
                                && operation.template().endsWith("/{id}")
                        || operation.template().endsWith("/batch/archive"))
                .forEach(operation -> assertThat(operation.scope().orElseThrow().toString())
                        .as(operation.id())
                        .endsWith(".delete"));
    }

    @Test
    void the_cursor_of_another_client_listing_or_query_is_refused() throws Exception {
        for (var i = 0; i < 3; i++) {
            api.post("/api/v4/contacts", "{\"city\":\"Graz\"}").go().is(201);
            api.post("/api/v4/leads", "{\"city\":\"Graz\"}").go().is(201);
        }
        var page = api.get("/api/v4/contacts?limit=1&fields=city").go().is(200);
        var cursor = page.json().path("paging").path("next").path("after").asText();

        api.get("/api/v4/contacts?fields=city&limit=2&after=" + cursor).go().is(200);
        api.get("/api/v4/contacts?fields=city&after=" + cursor)
                .by("client-2")
                .go()
                .isProblem(400, "CURSOR_INVALID");
        for (var other : Arrays.asList("contacts?after=", "contacts?fields=state&after=", "leads?fields=city&after=")) {
            api.get("/api/v4/" + other + cursor).go().isProblem(400, "CURSOR_INVALID");
        }
        var next = page.json().path("paging").path("next").path("link").asText();
        assertThat(next).startsWith(TestApi.BASE + "/api/v4/contacts?fields=city&limit=1&after=");
        assertThat(page.header("link")).contains("<" + next + ">; rel=\"next\"");
        api.get(next.substring(TestApi.BASE.length())).go().is(200);
    }

    @Test
    void the_idempotency_key_of_another_client_gives_nothing_away() throws Exception {
        var first = api.post("/api/v4/contacts", "{\"email\":\"a@example.com\"}")
                .header("idempotency-key", "the-same-key")
                .go()
                .is(201);
        var second = api.post("/api/v4/contacts", "{\"email\":\"a@example.com\"}")
                .header("idempotency-key", "the-same-key")
                .by("client-2")
                .go();
        second.isProblem(409, "DUPLICATE_RECORD");
        assertThat(second.text()).isNotEqualTo(first.text());
    }

    /** Two of each, with a history of two events and with two links: ids by the object's path. */
    private Map<String, String> filled() throws Exception {
        var ids = new TreeMap<String, String>();
        for (var object : Schemas.STANDARD) {
            for (var i = 0; i < 2 && !object.path().equals("raw_events"); i++) {
                var made = api.post("/api/v4/" + object.path(), "{\"custom\":{\"n\":" + i + "}}")
                        .go()
                        .is(201);
                var id = made.json().path("id").asText();
                api.send("PATCH", "/api/v4/" + object.path() + "/" + id, "{\"custom\":{\"n\":9}}")
                        .header("if-match", "*")
                        .go()
                        .is(200);
                var other = ids.put(object.path(), id);
                if (other != null && object.path().equals("deals")) {
                    var links = "/api/v4/companies/" + ids.get("companies") + "/associations/deals/";
                    api.send("PUT", links + id, "").go().is(201);
                    api.send("PUT", links + other, "").go().is(201);
                }
            }
        }
        for (var name : List.of("one", "two")) {
            api.post("/api/v4/connections", "{\"id\":\"" + name + "\",\"vendor\":\"standard\"}")
                    .go()
                    .is(201);
        }
        ids.put("connections", "one");
        return ids;
    }

    private static String path(Operation operation, Map<String, String> ids) {
        var object = operation.template().split("/")[3];
        return operation
                .template()
                .replace("{to}", object.equals("companies") ? "deals" : "companies")
                .replaceAll("\\{(id|connection_id)}", ids.getOrDefault(object, "7"))
                .replaceAll("\\{[^}]*}", "7");
    }

    @Test
    void no_listing_of_the_contract_takes_the_cursor_of_another_client() throws Exception {
        var ids = filled();
        var listings = guarded().filter(Contract::isPaged).toList();
        assertThat(listings).hasSizeGreaterThan(20);
        var led = new TreeSet<String>();
        var cursor = "";
        for (var listing : listings) {
            var path = path(listing, ids) + "?limit=1&after=";
            var first = api.get(path(listing, ids) + "?limit=1").go();
            var own = first.json().path("paging").path("next").path("after").asText("");
            if (!own.isEmpty()) {
                cursor = own;
                led.add(listing.id());
                assertThat(api.get(path + own).go().status()).as(listing.id()).isEqualTo(200);
            }
            var others = api.get(path + cursor).by("client-2").go();
            if (first.status() == 200) {
                others.isProblem(400, "CURSOR_INVALID");
            } else {
                assertThat(others.status()).as(listing.id()).isIn(400, 404);
            }
        }
        assertThat(led)
                .contains("listContacts", "listLeads", "listCompanies", "listDeals", "listActivities", "listTickets")
                .contains("listConnections", "getContactHistory", "listCompanyAssociations");
    }

    @Test
    void no_write_of_the_contract_answers_one_client_with_what_another_did_by_that_key() throws Exception {
        var ids = filled();
        var replayed = 0;
        for (var write : guarded().toList()) {
            if (write.method().equals("GET")) {
                continue;
            }
            for (var client : List.of("client-1", "client-2", "client-1")) {
                var answer = api.send(write.method(), path(write, ids), Contract.example(write))
                        .header("idempotency-key", "key-of-" + write.id())
                        .by(client)
                        .go();
                var isReplayed = answer.header("idempotency-replayed") != null;
                replayed += isReplayed ? 1 : 0;
                assertThat(isReplayed && client.equals("client-2"))
                        .as(write.id())
                        .isFalse();
                assertThat(answer.text()).as(write.id()).doesNotContain("\"IDEMPOTENCY_");
            }
        }
        assertThat(replayed).as("those that are repeated by who did them").isGreaterThan(20);
    }
}
