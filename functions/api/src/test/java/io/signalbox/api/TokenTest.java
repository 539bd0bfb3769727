/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.signalbox.api.TestApi.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TokenTest {

    private static final String POST = "client_id=admin&client_secret=" + TestApi.SECRET;
    private static final String GRANT = "grant_type=client_credentials";

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
    }

    @Test
    void client_credentials_are_answered_with_a_token_by_rfc_9068() throws Exception {
        var answer = ask(GRANT + "&" + POST).is(200);

        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.json().path("token_type").asText()).isEqualTo("Bearer");
        assertThat(answer.json().path("expires_in").asInt()).isEqualTo(900);
        assertThat(answer.json().path("scope").asText()).isEqualTo("contacts.read contacts.write rules.read");

        var token = SignedJWT.parse(answer.json().path("access_token").asText());
        assertThat(token.verify(new ECDSAVerifier(api.key.toPublicJWK()))).isTrue();
        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
        assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");
        assertThat(token.getHeader().getKeyID()).isEqualTo("key-1");
        var claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(TestApi.BASE);
        assertThat(claims.getAudience()).containsExactly(TestApi.BASE + "/api");
        assertThat(claims.getSubject()).isEqualTo("admin");
        assertThat(claims.getStringClaim("client_id")).isEqualTo("admin");
        assertThat(claims.getIssueTime()).isEqualTo(Date.from(TestApi.NOW));
        assertThat(claims.getExpirationTime()).isEqualTo(Date.from(TestApi.NOW.plusSeconds(900)));
        assertThat(claims.getJWTID()).hasSize(22);
        assertThat(claims.getStringClaim("scope")).isEqualTo("contacts.read contacts.write rules.read");
    }

    @Test
    void no_two_tokens_have_one_id() throws Exception {
        var one = SignedJWT.parse(
                ask(GRANT + "&" + POST).json().path("access_token").asText());
        var two = SignedJWT.parse(
                ask(GRANT + "&" + POST).json().path("access_token").asText());

        assertThat(one.getJWTClaimsSet().getJWTID())
                .isNotEqualTo(two.getJWTClaimsSet().getJWTID());
    }

    @Test
    void basic_authentication_is_form_encoded_inside() throws Exception {
        var secret = TestApi.SECRET.replace("-", "%2D");

        basic("admin:" + secret, GRANT).is(200);
        basic("admin:" + TestApi.SECRET, GRANT + "&client_id=admin").is(200);
    }

    @Test
    void a_part_of_the_scopes_may_be_asked_for_and_nothing_beyond() throws Exception {
        var part = ask(GRANT + "&" + POST + "&scope=contacts.read+rules.read+contacts.read")
                .is(200);
        assertThat(part.json().path("scope").asText()).isEqualTo("contacts.read rules.read");

        for (var beyond : List.of("rules.write", "contacts.read rules.write", "nonsense", "CONTACTS.READ")) {
            isError(ask(GRANT + "&" + POST + "&scope=" + beyond.replace(' ', '+')), 400, "invalid_scope");
        }
    }

    @TestFactory
    Stream<DynamicTest> what_is_wrong_with_a_token_request_is_said_by_rfc_6749() {
        var cases = new ArrayList<DynamicTest>();
        cases.add(wrong("no body", "", 401, "invalid_client"));
        cases.add(wrong("no client", GRANT, 401, "invalid_client"));
        cases.add(wrong("no secret", GRANT + "&client_id=admin", 401, "invalid_client"));
        cases.add(wrong("an empty secret", GRANT + "&client_id=admin&client_secret=", 401, "invalid_client"));
        cases.add(wrong("a wrong secret", GRANT + "&client_id=admin&client_secret=x", 401, "invalid_client"));
        cases.add(wrong(
                "an unknown client", GRANT + "&client_id=x&client_secret=" + TestApi.SECRET, 401, "invalid_client"));
        cases.add(wrong(
                "an endless client", GRANT + "&client_secret=x&client_id=" + "x".repeat(9_000), 401, "invalid_client"));
        cases.add(wrong("no grant type", POST, 400, "unsupported_grant_type"));
        cases.add(wrong("an empty grant type", POST + "&grant_type=", 400, "unsupported_grant_type"));
        cases.add(wrong("another grant type", POST + "&grant_type=password", 400, "unsupported_grant_type"));
        cases.add(wrong("a repeated parameter", GRANT + "&" + POST + "&" + GRANT, 400, "invalid_request"));
        cases.add(wrong("a repeated unknown one", GRANT + "&" + POST + "&a=1&a=2", 400, "invalid_request"));
        cases.add(wrong("an assertion", GRANT + "&client_assertion=x", 400, "invalid_request"));
        return cases.stream();
    }

    private DynamicTest wrong(String name, String form, int status, String error) {
        return DynamicTest.dynamicTest(name, () -> isError(ask(form), status, error));
    }

    private static void isError(Answer answer, int status, String error) {
        answer.is(status);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        var json = answer.json();
        assertThat(json.path("error").asText()).isEqualTo(error);
        assertThat(json.path("error_description").asText()).isNotBlank();
        assertThat(json.path("error_code").asText()).isNotBlank();
        assertThat(json.path("message")).isEqualTo(json.path("error_description"));
        assertThat(json.path("error_uri")).isEqualTo(json.path("documentation_url"));
        assertThat(json.path("correlation_id").asText()).isEqualTo(answer.header("x-correlation-id"));
    }

    @Test
    void unknown_parameters_and_empty_ones_are_ignored() throws Exception {
        ask(GRANT + "&" + POST + "&audience=x&scope=&a=&a=&&").is(200);
    }

    @Test
    void credentials_in_the_query_do_not_count() throws Exception {
        isError(form("/oauth/token?" + GRANT + "&" + POST, GRANT).go(), 401, "invalid_client");
    }

    @Test
    void two_ways_of_authenticating_at_once_are_one_too_many() throws Exception {
        isError(basic("admin:" + TestApi.SECRET, GRANT + "&" + POST), 400, "invalid_request");
        isError(basic("admin:" + TestApi.SECRET, GRANT + "&client_id=other"), 400, "invalid_request");
    }

    @Test
    void failed_basic_authentication_asks_for_basic() throws Exception {
        for (var pair : List.of("admin:wrong", "admin", "", ":", "admin:%zz", "nobody:" + TestApi.SECRET)) {
            var answer = basic(pair, GRANT);
            isError(answer, 401, "invalid_client");
            assertThat(answer.header("www-authenticate")).startsWith("Basic ");
        }
        var garbage =
                form("/oauth/token", GRANT).header("authorization", "Basic !!!").go();
        isError(garbage, 401, "invalid_client");
        isError(form("/oauth/token", GRANT).header("authorization", "Bearer x").go(), 401, "invalid_client");
    }

    @Test
    void a_form_is_expected_in_its_own_media_type() throws Exception {
        var json = api.bare("POST", "/oauth/token")
                .header("content-type", "application/json")
                .body("{\"grant_type\":\"client_credentials\"}")
                .go();
        isError(json, 400, "invalid_request");
        isError(api.bare("POST", "/oauth/token").body(GRANT + "&" + POST).go(), 400, "invalid_request");

        var base64 = Base64.getEncoder().encodeToString((GRANT + "&" + POST).getBytes(UTF_8));
        api.bare("POST", "/oauth/token")
                .header("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
                .base64(base64)
                .go()
                .is(200);
    }

    @Test
    void without_a_signing_key_there_are_no_tokens_but_an_honest_503() throws Exception {
        api.parameters.delete("oauth/signing-key");
        api.parameters.delete("oauth/jwks");

        ask(GRANT + "&" + POST).isProblem(503, "UNAVAILABLE");
        api.bare("GET", "/.well-known/jwks.json").go().isProblem(503, "UNAVAILABLE");
    }

    @Test
    void while_the_parameters_are_away_the_answer_is_503_and_a_key_in_hand_serves_on() throws Exception {
        ask(GRANT + "&" + POST).is(200);
        api.parameters.setAway(true);
        ask(GRANT + "&" + POST).is(200);

        api.clock.advance(Duration.ofMinutes(5));
        assertThat(ask(GRANT + "&" + POST).isProblem(503, "UNAVAILABLE").header("retry-after"))
                .isEqualTo("2");
    }

    @Test
    void the_metadata_names_the_issuer_as_tokens_do() throws Exception {
        var json = api.bare("GET", "/.well-known/oauth-authorization-server")
                .go()
                .is(200)
                .json();

        assertThat(json.path("issuer").asText()).isEqualTo(TestApi.BASE);
        assertThat(json.path("token_endpoint").asText()).isEqualTo(TestApi.BASE + "/oauth/token");
        assertThat(json.path("jwks_uri").asText()).isEqualTo(TestApi.BASE + "/.well-known/jwks.json");
        assertThat(json.path("grant_types_supported").path(0).asText()).isEqualTo("client_credentials");
        assertThat(json.path("scopes_supported")).hasSize(io.signalbox.model.Scope.values().length);
    }

    @Test
    void the_published_keys_are_public() throws Exception {
        var keys = api.bare("GET", "/.well-known/jwks.json").go().is(200).json().path("keys");

        assertThat(keys).hasSize(1);
        assertThat(keys.path(0).path("kid").asText()).isEqualTo("key-1");
        assertThat(keys.path(0).has("d")).isFalse();
    }

    @Test
    void no_secret_and_no_token_is_logged() throws Exception {
        var token = ask(GRANT + "&" + POST).json().path("access_token").asText();
        basic("admin:" + TestApi.SECRET, GRANT);

        assertThat(api.log()).doesNotContain(TestApi.SECRET, token);
    }

    private Answer ask(String form) throws Exception {
        return form("/oauth/token", form).go();
    }

    private Answer basic(String pair, String form) throws Exception {
        var value = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
        return form("/oauth/token", form).header("authorization", value).go();
    }

    private TestApi.Call form(String path, String form) {
        return api.bare("POST", path)
                .header("content-type", "application/x-www-form-urlencoded")
                .body(form);
    }
}
