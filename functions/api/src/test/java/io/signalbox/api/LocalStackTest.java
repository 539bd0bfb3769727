/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.signalbox.model.Scope;
import io.signalbox.parameters.SsmParameters;
import io.signalbox.runtime.Log;
import io.signalbox.testkit.LocalAws;
import io.signalbox.testkit.SettableClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The handler as Lambda builds it, over the SDK's clients, against the emulated services. */
class LocalStackTest {

    @Test
    void a_records_life_goes_through_dynamodb_and_parameter_store() throws Exception {
        try (var aws = LocalAws.fresh()) {
            var clock = SettableClock.at("2036-03-01T12:00:00Z");
            var log = new ByteArrayOutputStream();
            var handler = new ApiHandler(
                    aws.env(),
                    clock,
                    ApiHandler.services(aws.env(), clock),
                    new Log("api", clock, new PrintStream(log, true, UTF_8)));
            TestApi.call(handler, "GET", "/health").go().isProblem(503, "UNAVAILABLE");

            var key = new ECKeyGenerator(Curve.P_256).keyID("key-1").generate();
            var parameters = SsmParameters.of(aws.env());
            parameters.put("oauth/signing-key", key.toJSONString());
            parameters.put("oauth/jwks", new JWKSet(key).toPublicJWKSet().toString());
            clock.advance(Duration.ofSeconds(6));
            TestApi.call(handler, "GET", "/health").go().is(200);

            var ann = post(handler, "/api/v4/contacts", "{\"email\":\"ann@acme.example\",\"job_title\":\"CEO\"}")
                    .is(201);
            assertThat(ann.json().path("score").path("value").decimalValue()).isPositive();
            var id = ann.json().path("id").asText();
            assertThat(get(handler, "/api/v4/contacts/" + id).is(200).json()).isEqualTo(ann.json());
            get(handler, "/api/v4/contacts/by/email/ANN@acme.example").is(200);
            post(handler, "/api/v4/contacts", "{\"email\":\"ann@acme.example\"}")
                    .isProblem(409, "DUPLICATE_RECORD");
            assertThat(get(handler, "/api/v4/contacts?limit=1").is(200).json().path("results"))
                    .hasSize(1);
            assertThat(get(handler, "/api/v4/contacts/" + id + "/history")
                            .is(200)
                            .json()
                            .path("results"))
                    .hasSize(1);

            assertThat(log.toString(UTF_8)).containsPattern("\"createContact\".*\"write_units\":[1-9]");

            post(handler, "/api/v4/connections", "{\"vendor\":\"standard\",\"id\":\"s\"}")
                    .is(201);
            assertThat(get(handler, "/api/v4/connections").is(200).json().path("results"))
                    .hasSize(1);
            var rules = get(handler, "/api/v4/rules").is(200);
            TestApi.call(handler, "PUT", "/api/v4/rules")
                    .allowed(Scope.values())
                    .header("content-type", "application/json")
                    .header("if-match", rules.header("etag"))
                    .body(rules.text())
                    .go()
                    .is(200);
            assertThat(get(handler, "/api/v4/rules").header("etag")).isEqualTo("\"v1\"");

            new Rehearsal(handler, clock).readThrough();
        }
    }

    private static TestApi.Answer get(ApiHandler handler, String path) throws Exception {
        return TestApi.call(handler, "GET", path).allowed(Scope.values()).go();
    }

    private static TestApi.Answer post(ApiHandler handler, String path, String json) throws Exception {
        return TestApi.call(handler, "POST", path)
                .allowed(Scope.values())
                .header("content-type", "application/json")
                .body(json)
                .go();
    }
}
