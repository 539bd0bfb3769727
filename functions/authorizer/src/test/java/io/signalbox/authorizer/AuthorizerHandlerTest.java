/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.authorizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.signalbox.model.Operations;
import io.signalbox.model.Scope;
import io.signalbox.model.Value;
import io.signalbox.parameters.MemoryParameters;
import io.signalbox.runtime.Env;
import io.signalbox.runtime.Json;
import io.signalbox.runtime.Log;
import io.signalbox.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tokens here are made by nimbus-jose-jwt, so that a mistake of ours cannot agree with itself. */
class AuthorizerHandlerTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ISSUER = "https://crm.example.com";

    private final SettableClock clock = new SettableClock(NOW);
    private final MemoryParameters parameters = new MemoryParameters();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private AuthorizerHandler handler;
    private ECKey key;

    @BeforeEach
    void start() throws Exception {
        key = key("key-1");
        publish(key);
        handler = new AuthorizerHandler(
                new Env(Map.of("PUBLIC_URL", ISSUER + "/")),
                clock,
                parameters,
                new Log("authorizer", clock, new PrintStream(log, true, UTF_8)));
    }

    @Test
    void a_genuine_token_with_the_scope_is_allowed() throws Exception {
        var context = ask("GET", "/api/v4/contacts/7", "Bearer " + token());

        assertThat(context)
                .containsEntry("decision", "allow")
                .containsEntry("client_id", "client-1")
                .containsEntry("scopes", "contacts.read contacts.write");
    }

    @Test
    void the_scheme_is_known_in_any_letters_and_an_audience_among_several_will_do() throws Exception {
        var several = token(claims -> claims.audience(List.of("https://other.example", ISSUER + "/api")));

        assertThat(ask("GET", "/api/v4/contacts", "bEARER " + several)).containsEntry("decision", "allow");
    }

    @TestFactory
    Stream<DynamicTest> a_token_counts_for_an_operation_exactly_if_it_holds_its_scope() {
        return Operations.ALL.stream()
                .filter(operation -> !operation.isPublic())
                .map(operation -> {
                    var path = operation.template().replaceAll("\\{[^}]*}", "7");
                    var scope = operation.scope().orElseThrow();
                    var others = Stream.of(Scope.values())
                            .filter(other -> other != scope)
                            .map(Scope::toString)
                            .collect(Collectors.joining(" "));
                    return DynamicTest.dynamicTest(operation.id(), () -> {
                        assertThat(ask(operation.method(), path, bearer(scope.toString())))
                                .containsEntry("decision", "allow");
                        assertThat(ask(operation.method(), path, bearer(others)))
                                .containsEntry("decision", "deny")
                                .containsEntry("error_code", "INSUFFICIENT_SCOPE")
                                .containsEntry("client_id", "client-1");
                    });
                });
    }

    @Test
    void a_token_without_scope_opens_nothing() throws Exception {
        var token = token(claims -> claims.claim("scope", null));

        assertThat(ask("GET", "/api/v4/contacts", "Bearer " + token)).containsEntry("error_code", "INSUFFICIENT_SCOPE");
    }

    @TestFactory
    Stream<DynamicTest> what_is_no_token_of_ours_is_denied_with_its_reason() throws Exception {
        var good = token();
        var parts = good.split("\\.");
        var other = key("key-1");
        var cases = new ArrayList<DynamicTest>();

        cases.add(denied("no header", (String) null, "no_credentials"));
        cases.add(denied("an empty header", "  ", "no_credentials"));
        cases.add(denied("Basic instead of Bearer", "Basic YWRtaW46c2VjcmV0", "not_bearer"));
        cases.add(denied("Bearer without a token", "Bearer ", "malformed"));
        cases.add(denied("the token without a scheme", good, "not_bearer"));
        cases.add(denied("two tokens", "Bearer " + good + ", Bearer " + good, "malformed"));
        cases.add(denied("not a token", "Bearer nonsense", "malformed"));
        cases.add(denied("two parts", "Bearer " + parts[0] + "." + parts[1], "malformed"));
        cases.add(denied("four parts", "Bearer " + good + ".AA", "malformed"));
        cases.add(denied("endless", "Bearer " + "a".repeat(9_000), "malformed"));
        cases.add(denied("an empty signature", "Bearer " + parts[0] + "." + parts[1] + ".", "malformed"));
        cases.add(denied("a padded signature", "Bearer " + good + "==", "malformed"));
        cases.add(denied("a space inside", "Bearer " + good.substring(0, 40) + " " + good.substring(40), "malformed"));
        cases.add(denied(
                "illegal characters", "Bearer " + parts[0] + "." + parts[1] + "." + parts[2] + "*", "malformed"));
        cases.add(denied("stray low bits", "Bearer " + withStrayBits(good), "malformed"));
        cases.add(denied("plain base64", "Bearer " + good.replace('-', '+').replace('_', '/') + "+", "malformed"));
        cases.add(denied("alg none", "Bearer " + new PlainJWT(claims().build()).serialize() + "AA", "alg"));
        cases.add(denied("HS256 with the public key", "Bearer " + hmacWithPublicKey(), "alg"));
        cases.add(denied("another type", "Bearer " + typed("JWT"), "typ"));
        cases.add(denied("no type", "Bearer " + typed(null), "typ"));
        cases.add(denied("an id token's type", "Bearer " + typed("id_token+jwt"), "typ"));
        cases.add(denied("a critical extension", "Bearer " + critical(), "crit"));
        cases.add(denied("an unknown key", "Bearer " + sign(key("key-9"), claims(), "at+jwt"), "kid"));
        cases.add(denied("another key of the same id", "Bearer " + sign(other, claims(), "at+jwt"), "signature"));
        cases.add(denied(
                "a payload changed", "Bearer " + parts[0] + "." + tampered(parts[1]) + "." + parts[2], "signature"));
        cases.add(denied(
                "a signature of zeros", "Bearer " + parts[0] + "." + parts[1] + "." + "A".repeat(86), "signature"));
        cases.add(denied("a short signature", "Bearer " + parts[0] + "." + parts[1] + ".AAAA", "signature"));
        cases.add(denied("another issuer", claims -> claims.issuer("https://evil.example"), "iss"));
        cases.add(denied("the issuer with a slash", claims -> claims.issuer(ISSUER + "/"), "iss"));
        cases.add(denied("another audience", claims -> claims.audience("https://other.example"), "aud"));
        cases.add(denied("no audience", claims -> claims.audience((String) null), "aud"));
        cases.add(denied("no subject", claims -> claims.subject(null), "sub"));
        cases.add(denied("no client", claims -> claims.claim("client_id", null), "client_id"));
        cases.add(denied("a client that is a number", claims -> claims.claim("client_id", 7), "client_id"));
        cases.add(denied("no token id", claims -> claims.jwtID(null), "jti"));
        cases.add(denied("no time of issue", claims -> claims.issueTime(null), "iat"));
        cases.add(denied("issued in the future", claims -> claims.issueTime(at(61)), "iat"));
        cases.add(denied("not yet valid", claims -> claims.notBeforeTime(at(61)), "nbf"));
        cases.add(denied("no expiry", claims -> claims.expirationTime(null), "exp"));
        cases.add(denied("an expiry that is text", claims -> claims.claim("exp", "never"), "exp"));
        return cases.stream();
    }

    @Test
    void an_expired_token_is_told_apart_and_the_clock_may_be_a_minute_off() throws Exception {
        var token = token(claims -> claims.expirationTime(at(0)));

        clock.advance(Duration.ofSeconds(59));
        assertThat(ask("GET", "/api/v4/contacts", "Bearer " + token)).containsEntry("decision", "allow");
        clock.advance(Duration.ofSeconds(1));
        assertThat(ask("GET", "/api/v4/contacts", "Bearer " + token))
                .containsEntry("decision", "deny")
                .containsEntry("error_code", "TOKEN_EXPIRED");
    }

    @Test
    void an_expired_token_with_a_wrong_signature_is_not_called_expired() throws Exception {
        var expired = claims().expirationTime(at(-3600));

        assertThat(ask("GET", "/api/v4/contacts", "Bearer " + sign(key("key-1"), expired, "at+jwt")))
                .containsEntry("error_code", "UNAUTHENTICATED")
                .containsEntry("client_id", "");
    }

    @Test
    void a_token_in_the_query_is_ignored() throws Exception {
        var event = event("GET", "/api/v4/contacts", Map.of());
        event.put("rawQueryString", Value.of("access_token=" + token()));

        assertThat(ask(event)).containsEntry("reason", "no_credentials");
    }

    @Test
    void two_headers_in_different_letters_are_two_tokens() throws Exception {
        var event = event(
                "GET",
                "/api/v4/contacts",
                Map.of("authorization", "Bearer " + token(), "Authorization", "Bearer " + token()));

        assertThat(ask(event)).containsEntry("decision", "deny").containsEntry("reason", "malformed");
    }

    @Test
    void a_new_key_is_found_at_once_but_made_up_ids_are_looked_up_once_a_minute() throws Exception {
        ask("GET", "/api/v4/contacts", "Bearer " + token());
        var next = key("key-2");
        publish(key, next);
        clock.advance(Duration.ofSeconds(61));
        assertThat(ask("GET", "/api/v4/contacts", "Bearer " + sign(next, claims(), "at+jwt")))
                .containsEntry("decision", "allow");

        var before = parameters.reads();
        for (var i = 0; i < 10; i++) {
            ask("GET", "/api/v4/contacts", "Bearer " + sign(key("made-up-" + i), claims(), "at+jwt"));
        }
        assertThat(parameters.reads() - before).isZero();
    }

    @Test
    void a_key_that_was_withdrawn_stops_counting_after_five_minutes() throws Exception {
        ask("GET", "/api/v4/contacts", "Bearer " + token());
        publish(key("key-2"));
        clock.advance(Duration.ofMinutes(5));

        assertThat(ask("GET", "/api/v4/contacts", "Bearer " + token())).containsEntry("reason", "kid");
    }

    @Test
    void known_keys_outlive_an_outage_by_an_hour() throws Exception {
        ask("GET", "/api/v4/contacts", "Bearer " + token());
        parameters.setAway(true);

        clock.advance(Duration.ofMinutes(59));
        assertThat(ask("GET", "/api/v4/contacts", "Bearer " + token())).containsEntry("decision", "allow");
        clock.advance(Duration.ofMinutes(1));
        assertThat(ask("GET", "/api/v4/contacts", "Bearer " + token()))
                .containsEntry("decision", "deny")
                .containsEntry("error_code", "UNAVAILABLE");
    }

    @Test
    void without_a_key_set_nobody_is_let_in() throws Exception {
        parameters.delete("oauth/jwks");

        assertThat(ask("GET", "/api/v4/contacts", "Bearer " + token())).containsEntry("reason", "kid");
    }

    @Test
    void a_broken_key_set_or_event_denies_and_never_fails() throws Exception {
        parameters.put("oauth/jwks", "{\"keys\":[{\"kid\":\"key-1\",\"kty\":\"RSA\"}]}");
        assertThat(ask("GET", "/api/v4/contacts", "Bearer " + token())).containsEntry("error_code", "INTERNAL");

        for (var event : List.of("", "null", "[]", "{}", "{\"headers\":7}", "not json")) {
            var answer = Json.parse(handler.answer(event.getBytes(UTF_8)));
            assertThat(answer.at("context").at("decision")).as(event).isEqualTo(Value.of("deny"));
        }
    }

    @Test
    void a_route_nobody_knows_is_left_to_the_api_once_the_token_is_genuine() throws Exception {
        assertThat(ask("GET", "/api/v4/nothing", "Bearer " + token())).containsEntry("decision", "allow");
        assertThat(ask("GET", "/api/v4/nothing", null)).containsEntry("decision", "deny");
    }

    @Test
    void without_a_public_url_the_domain_name_is_the_issuer() throws Exception {
        var bare = new AuthorizerHandler(
                new Env(Map.of()), clock, parameters, new Log("authorizer", clock, new PrintStream(log, true, UTF_8)));
        var token = token(claims -> claims.issuer("https://abc.example.com").audience("https://abc.example.com/api"));
        var event = event("GET", "/api/v4/contacts", Map.of("authorization", "Bearer " + token));

        assertThat(context(bare, event)).containsEntry("decision", "allow");
    }

    @Test
    void the_log_holds_one_line_a_request_and_no_token() throws Exception {
        var token = token();
        ask("GET", "/api/v4/contacts/by/email/ann@example.com", "Bearer " + token);

        var lines = log.toString(UTF_8).lines().toList();
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst())
                .contains("\"operation\":\"getContactByKey\"", "\"client_id\":\"client-1\"")
                .doesNotContain(token, token.split("\\.")[2], "ann");
    }

    @Test
    void the_rehearsal_before_a_snapshot_runs_through() throws Exception {
        new Rehearsal(handler, clock).run();

        assertThat(log.toString(UTF_8)).contains("\"decision\":\"deny\"", "\"reason\":\"kid\"");
    }

    private DynamicTest denied(String name, UnaryOperator<JWTClaimsSet.Builder> change, String reason)
            throws Exception {
        return denied(name, "Bearer " + token(change), reason);
    }

    private DynamicTest denied(String name, String authorization, String reason) {
        return DynamicTest.dynamicTest(
                name,
                () -> assertThat(ask("GET", "/api/v4/contacts", authorization))
                        .containsEntry("decision", "deny")
                        .containsEntry("error_code", "UNAUTHENTICATED")
                        .containsEntry("reason", reason)
                        .containsEntry("client_id", ""));
    }

    private Map<String, String> ask(String method, String path, String authorization) throws Exception {
        return ask(event(method, path, authorization == null ? Map.of() : Map.of("authorization", authorization)));
    }

    private Map<String, String> ask(Map<String, Value> event) throws Exception {
        return context(handler, event);
    }

    private static Map<String, String> context(AuthorizerHandler handler, Map<String, Value> event) throws Exception {
        var out = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(Json.bytes(Value.of(event))), out, null);
        var answer = Json.parse(out.toByteArray());
        assertThat(answer.at("isAuthorized")).isEqualTo(Value.TRUE);
        var context = new HashMap<String, String>();
        ((Value.Obj) answer.at("context")).members().forEach((name, value) -> context.put(name, value.asText()));
        return context;
    }

    private static Map<String, Value> event(String method, String path, Map<String, String> headers) {
        var event = new HashMap<String, Value>();
        event.put("version", Value.of("2.0"));
        event.put("type", Value.of("REQUEST"));
        event.put("rawPath", Value.of(path));
        event.put(
                "headers",
                Value.of(headers.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, header -> Value.of(header.getValue())))));
        event.put(
                "requestContext",
                Value.of(Map.of(
                        "domainName", Value.of("abc.example.com"),
                        "requestId", Value.of("r-1"),
                        "http", Value.of(Map.of("method", Value.of(method))))));
        return event;
    }

    private String bearer(String scopes) throws Exception {
        return "Bearer " + token(claims -> claims.claim("scope", scopes));
    }

    private String token() throws Exception {
        return token(claims -> claims);
    }

    private String token(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        return sign(key, change.apply(claims()), "at+jwt");
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(ISSUER + "/api")
                .subject("client-1")
                .claim("client_id", "client-1")
                .jwtID("jti-1")
                .issueTime(Date.from(NOW))
                .expirationTime(at(86_400))
                .claim("scope", "contacts.read contacts.write");
    }

    private static Date at(int seconds) {
        return Date.from(NOW.plusSeconds(seconds));
    }

    private String typed(String type) throws Exception {
        return sign(key, claims(), type);
    }

    private static String sign(ECKey key, JWTClaimsSet.Builder claims, String type) throws Exception {
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(key.getKeyID())
                .type(type == null ? null : new JOSEObjectType(type));
        var token = new SignedJWT(header.build(), claims.build());
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    private String critical() throws Exception {
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID("key-1")
                .type(new JOSEObjectType("at+jwt"))
                .criticalParams(Set.of("b64"))
                .base64URLEncodePayload(true)
                .build();
        var token = new SignedJWT(header, claims().build());
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    private String hmacWithPublicKey() throws Exception {
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .keyID("key-1")
                .type(new JOSEObjectType("at+jwt"))
                .build();
        var token = new SignedJWT(header, claims().build());
        token.sign(new MACSigner(key.toECPublicKey().getEncoded()));
        return token.serialize();
    }

    /** The same bytes behind the last character, in other bits that a lenient decoder drops. */
    private static String withStrayBits(String token) {
        var letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var last = letters.indexOf(token.charAt(token.length() - 1));
        return token.substring(0, token.length() - 1) + letters.charAt(last ^ 1);
    }

    private static String tampered(String payload) {
        var json = new String(java.util.Base64.getUrlDecoder().decode(payload), UTF_8)
                .replace("contacts.read", "rules.write");
        return java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }

    private static ECKey key(String id) throws Exception {
        return new ECKeyGenerator(Curve.P_256)
                .keyID(id)
                .algorithm(JWSAlgorithm.ES256)
                .generate();
    }

    private void publish(ECKey... keys) throws Exception {
        parameters.put("oauth/jwks", new JWKSet(List.of(keys)).toPublicJWKSet().toString());
    }
}
