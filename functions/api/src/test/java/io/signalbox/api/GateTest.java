/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Operations;
import io.signalbox.model.Scope;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What holds for every request, whatever it is for: who gets in, what is said outside, what every answer carries. */
class GateTest {

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
    }

    @Test
    void every_operation_of_the_table_is_answered_by_an_endpoint() {
        var families = new Families(api.services(new RandomText(() -> new Random(1))));

        for (var operation : Operations.ALL) {
            assertThat(families.endpoint(operation)).as(operation.id()).isNotNull();
        }
    }

    @TestFactory
    Stream<DynamicTest> whatever_is_not_an_explicit_grant_with_the_scope_stays_outside() {
        return Operations.ALL.stream()
                .filter(operation -> !operation.isPublic())
                .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> {
                    var method = operation.method();
                    var path = operation.template().replaceAll("\\{[^}]*}", "7");
                    var scope = operation.scope().orElseThrow();
                    var others = Stream.of(Scope.values())
                            .filter(other -> other != scope)
                            .toArray(Scope[]::new);

                    api.bare(method, path).go().isProblem(401, "UNAUTHENTICATED");
                    for (var context : List.of(
                            Map.<String, String>of(),
                            Map.of("decision", "ALLOW", "client_id", "c", "scopes", scope.toString()),
                            Map.of("decision", "allow", "scopes", scope.toString()),
                            Map.of("client_id", "c", "scopes", scope.toString()))) {
                        api.bare(method, path).authorizer(context).go().isProblem(401, "UNAUTHENTICATED");
                    }
                    var refused = api.bare(method, path).allowed(others).go().isProblem(403, "INSUFFICIENT_SCOPE");
                    assertThat(refused.json().path("required_scopes").path(0).asText())
                            .isEqualTo(scope.toString());
                    assertThat(refused.header("www-authenticate"))
                            .contains("error=\"insufficient_scope\"", "scope=\"" + scope + "\"");
                }));
    }

    @Test
    void the_authorizers_reason_decides_what_the_refusal_says() throws Exception {
        var none = denied("UNAUTHENTICATED", "no_credentials").isProblem(401, "UNAUTHENTICATED");
        assertThat(none.header("www-authenticate")).isEqualTo("Bearer realm=\"signalbox\"");

        var bad = denied("UNAUTHENTICATED", "signature").isProblem(401, "UNAUTHENTICATED");
        assertThat(bad.header("www-authenticate")).contains("error=\"invalid_token\"");

        var old = denied("TOKEN_EXPIRED", "exp").isProblem(401, "TOKEN_EXPIRED");
        assertThat(old.header("www-authenticate")).contains("error=\"invalid_token\"", "expired");

        denied("INSUFFICIENT_SCOPE", "scope").isProblem(403, "INSUFFICIENT_SCOPE");
        denied("NONSENSE", "x").isProblem(401, "UNAUTHENTICATED");
        var away = denied("UNAVAILABLE", "keys_unavailable").isProblem(503, "UNAVAILABLE");
        assertThat(away.header("retry-after")).isEqualTo("2");
    }

    private TestApi.Answer denied(String code, String reason) throws Exception {
        return api.bare("GET", "/api/v4/contacts")
                .authorizer(Map.of("decision", "deny", "error_code", code, "reason", reason, "client_id", ""))
                .go();
    }

    @Test
    void an_unknown_path_is_404_with_the_nearest_one() throws Exception {
        var answer = api.get("/api/v4/contcts").go().isProblem(404, "ROUTE_NOT_FOUND");

        assertThat(answer.json().path("nearest_route").asText()).isEqualTo("/api/v4/contacts");
        api.bare("GET", "/helth").go().isProblem(404, "ROUTE_NOT_FOUND");
        api.bare("GET", "/x".repeat(3_000)).go().isProblem(404, "ROUTE_NOT_FOUND");
        api.bare("GET", "/api/v4/contcts").go().isProblem(401, "UNAUTHENTICATED");
    }

    @Test
    void a_known_path_with_another_method_is_405_with_those_it_answers() throws Exception {
        var answer = api.send("DELETE", "/api/v4/contacts", "").go().isProblem(405, "METHOD_NOT_ALLOWED");
        assertThat(answer.header("allow")).isEqualTo("GET, HEAD, POST, OPTIONS");

        api.bare("GET", "/oauth/token").go().isProblem(405, "METHOD_NOT_ALLOWED");
        api.bare("DELETE", "/api/v4/contacts").go().isProblem(401, "UNAUTHENTICATED");
    }

    @Test
    void options_lists_the_methods_and_head_is_get_without_a_body() throws Exception {
        var options = api.bare("OPTIONS", "/api/v4/rules").go().is(204);
        assertThat(options.header("allow")).isEqualTo("GET, HEAD, PUT, OPTIONS");
        assertThat(options.text()).isEmpty();

        var head = api.send("HEAD", "/api/v4/rules", "").go().is(200);
        assertThat(head.text()).isEmpty();
        assertThat(head.header("etag")).isEqualTo("\"v0\"");
    }

    @Test
    void what_cannot_be_given_in_an_accepted_type_is_406() throws Exception {
        for (var accept : List.of("text/html", "application/xml", "application/json;q=0", "*/*;q=0.0")) {
            api.get("/api/v4/contacts").header("accept", accept).go().isProblem(406, "NOT_ACCEPTABLE");
        }
        for (var accept :
                List.of("*/*", "application/*", "text/html, application/json;q=0.1", "Application/JSON", "")) {
            api.get("/api/v4/contacts").header("accept", accept).go().is(200);
        }
    }

    @Test
    void errors_are_plain_json_for_those_who_take_nothing_else() throws Exception {
        var answer = api.get("/api/v4/contacts/7")
                .header("accept", "application/json")
                .go()
                .is(404);

        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.json().path("error_code").asText()).isEqualTo("NOT_FOUND");
    }

    @Test
    void every_answer_has_the_security_headers_and_a_correlation_id() throws Exception {
        for (var answer : List.of(
                api.get("/api/v4").go(),
                api.get("/nowhere").go(),
                api.bare("OPTIONS", "/health").go())) {
            assertThat(answer.headers())
                    .containsEntry("strict-transport-security", "max-age=31536000; includeSubDomains")
                    .containsEntry("x-content-type-options", "nosniff")
                    .containsEntry("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
                    .containsEntry("referrer-policy", "no-referrer")
                    .containsKey("cache-control")
                    .containsKey("vary");
            assertThat(answer.header("x-correlation-id")).matches("[0-9a-f]{32}");
        }
    }

    @Test
    void the_callers_correlation_id_is_kept_if_it_is_one() throws Exception {
        for (var good : List.of("abcd1234", "A.b_c-1234", "x".repeat(128))) {
            assertThat(correlation("x-correlation-id", good)).isEqualTo(good);
        }
        for (var bad : List.of("short", "x".repeat(129), "with space", "a,b,c,d,e,f", "umlaut-ä-abc", "", "<script>")) {
            assertThat(correlation("x-correlation-id", bad)).matches("[0-9a-f]{32}");
        }
        assertThat(correlation("x-amzn-trace-id", "Self=1-1-2;Root=1-67891233-abcdef012345678912345678;Sampled=1"))
                .isEqualTo("67891233abcdef012345678912345678");
    }

    private String correlation(String header, String value) throws Exception {
        return api.get("/api/v4").header(header, value).go().header("x-correlation-id");
    }

    @Test
    void odd_queries_and_headers_never_break_anything() throws Exception {
        for (var query : List.of("?=", "?&&", "?%", "?%zz=%", "?limit", "?a=b=c", "?limit=1&limit=2", "?limit=%00")) {
            var answer = api.get("/api/v4/contacts" + query).go();
            assertThat(answer.status()).as(query).isIn(200, 400);
            assertThat(answer.json().isObject()).isTrue();
        }
        api.get("/api/v4/contacts")
                .header("content-type", "application/json; charset=nonsense")
                .go()
                .is(200);
        api.get("/api/v4/contacts")
                .header("cookie", "=;=")
                .header("date", ";;")
                .go()
                .is(200);
        api.get("/api/v4/contacts").header("content-length", "many").go().is(200);
    }

    @Test
    void a_query_parameter_nobody_knows_is_refused_but_a_token_there_is_ignored() throws Exception {
        var answer = api.get("/api/v4/contacts?limt=5").go().isProblem(400, "MALFORMED_REQUEST");
        assertThat(answer.details()).containsExactly("limt UNKNOWN_PARAMETER");
        assertThat(answer.json().path("message").asText()).contains("Did you mean limit?");

        api.get("/api/v4/contacts?access_token=abc").go().is(200);
        api.bare("GET", "/api/v4/contacts?access_token=abc").go().isProblem(401, "UNAUTHENTICATED");
    }

    @Test
    void an_event_that_is_no_request_is_answered_all_the_same() throws Exception {
        for (var event : List.of("{}", "{\"requestContext\":{}}", "nonsense", "[]")) {
            var out = new ByteArrayOutputStream();
            api.handler().handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), out, null);

            assertThat(out.toString(UTF_8)).contains("\"statusCode\":400").contains("MALFORMED_REQUEST");
        }
    }

    @Test
    void the_log_has_one_line_a_request_and_nothing_personal() throws Exception {
        api.get("/api/v4/contacts/by/email/ann@example.com?limit=x&access_token=tkn")
                .go();
        api.post("/api/v4/contacts", "{\"email\":\"bob@example.com\",\"last_name\":\"Miller\"}")
                .go();

        var lines = api.log().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst())
                .contains("\"operation\":\"getContactByKey\"", "\"client\":\"client-1\"")
                .contains(
                        "\"status\":400",
                        "\"read_units\":0",
                        "\"write_units\":0",
                        "\"ms\":0",
                        "\"error_code\":\"MALFORMED_REQUEST\"");
        assertThat(lines.getLast()).contains("\"operation\":\"createContact\"", "\"status\":201");
        assertThat(api.log()).doesNotContain("ann", "bob", "Miller", "tkn", "203.0.113.7");
    }

    @Test
    void without_a_public_url_links_go_to_the_domain_that_was_called() throws Exception {
        var bare = new TestApi(Map.of());

        var links = bare.get("/api/v4").go().is(200).json().path("_links");
        assertThat(links.path("contacts").path("href").asText()).isEqualTo("https://abc.example.com/api/v4/contacts");
    }

    @Test
    void discovery_links_to_every_path_that_is_complete() throws Exception {
        var links = api.bare("GET", "/api/v4").go().is(200).json().path("_links");

        assertThat(links.properties().stream().map(Map.Entry::getKey))
                .contains("self", "token", "health", "contacts", "leads", "connections", "rules", "jwks.json");
    }

    @Test
    void the_rehearsal_before_a_snapshot_gets_the_answers_it_expects_and_changes_nothing() throws Exception {
        var rehearsal = new Rehearsal(api.handler(), api.clock);
        rehearsal.inMemory();
        rehearsal.readThrough();

        assertThat(api.get("/api/v4/contacts").go().json().path("results")).isEmpty();
    }
}
