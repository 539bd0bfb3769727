/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Scope;
import io.signalbox.model.Value;
import io.signalbox.parameters.Parameters;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.parameters.SsmParameters;
import io.signalbox.runtime.AwsJsonCall;
import io.signalbox.runtime.Env;
import io.signalbox.runtime.Json;
import io.signalbox.runtime.Log;
import io.signalbox.runtime.MemoryHttp;
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.ControlStore;
import io.signalbox.store.ControlStore.ApiClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What runs before a snapshot is taken, in two parts. The first is a client's first minute, writes included, on a
 * handler of its own: through the real stores and the real SDK down to tables in memory. The second goes through the
 * function's own handler and only reads, so that its clients are made and connected. Neither changes anything.
 */
final class Rehearsal {

    private static final String SECRET = "rehearsal";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";
    private static final String NOBODY = "/by/email/nobody@rehearsal.invalid";
    private static final Env NOWHERE = new Env(Map.of(
            "AWS_ENDPOINT_URL", "http://localhost:9",
            "AWS_REGION", "us-east-1",
            "PUBLIC_URL", "https://rehearsal.invalid"));

    private final ApiHandler handler;
    private final Clock clock;

    Rehearsal(ApiHandler handler, Clock clock) {
        this.handler = requireNonNull(handler, "handler is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** The second part; what is not answered as it should be does not keep the rest from running. */
    void readThrough() throws IOException {
        var failed = new ArrayList<String>();
        attempt(failed, event("GET", "/health", "", ""), 200, 503);
        attempt(failed, event("GET", "/api/v4/contacts" + NOBODY, "", ""), 404);
        attempt(failed, event("GET", "/api/v4/contacts", "", ""), 200);
        attempt(failed, event("GET", "/api/v4/rules", "", ""), 200);
        attempt(failed, token("nobody"), 401);
        if (!failed.isEmpty()) {
            throw new IllegalStateException(String.join("; ", failed));
        }
    }

    private void attempt(List<String> failed, Value event, int... expected) throws IOException {
        try {
            play(handler, event, expected);
        } catch (IllegalStateException e) {
            failed.add(e.getMessage());
        }
    }

    /** The first part. */
    void inMemory() throws IOException, ParametersUnavailable {
        var http = new MemoryHttp(new RehearsalStack());
        var dynamo = DynamoDbClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
                .httpClient(http)
                .build();
        var units = new ConsumedUnits();
        var parameters = new SsmParameters(new AwsJsonCall(NOWHERE, http, "ssm", "AmazonSSM"), "/rehearsal");
        var stores = Stores.dynamo(() -> dynamo, () -> "records", () -> "control", () -> parameters, clock, units);
        fill(stores.control().get(), parameters);
        var random = new RandomText(SecureRandom::new);
        Supplier<Outside> outside = () -> {
            throw new IllegalStateException("nobody calls a vendor in a rehearsal");
        };
        var services = new Services(clock, random, units, stores, outside, new Settings(false, true, Optional.empty()));
        var silence = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var actor = ApiHandler.unprimed(NOWHERE, clock, services, new Log("api", clock, silence));

        play(actor, event("GET", "/health", "", ""), 200);
        play(actor, token("rehearsal"), 200);
        play(actor, event("POST", "/api/v4/contacts", JSON, "{\"email\":7}"), 422);
        var contact = "{\"email\":\"anyone@rehearsal.invalid\",\"job_title\":\"CEO\",\"phone\":\"1\"}";
        var id = play(actor, event("POST", "/api/v4/contacts", JSON, contact), 201)
                .at("id")
                .asText();
        play(actor, event("GET", "/api/v4/contacts/" + id, "", ""), 200);
        play(actor, event("GET", "/api/v4/contacts", "", ""), 200);
    }

    /** What a stack holds that its first client finds: the client, and the key that its token is signed with. */
    private void fill(ControlStore control, Parameters parameters) throws ParametersUnavailable {
        var scopes = List.of(Scope.CONTACTS_READ.toString(), Scope.CONTACTS_WRITE.toString());
        control.putClient(new ApiClient("rehearsal", "Rehearsal", ClientCheck.sha256(SECRET), scopes, clock.instant()));
        var number = new byte[32];
        new SecureRandom().nextBytes(number);
        // Any number below the curve's order is a key: with the first byte 1, it is below and not zero.
        number[0] = 1;
        var key = Map.of(
                "kty", Value.of("EC"),
                "crv", Value.of("P-256"),
                "kid", Value.of("rehearsal"),
                "d", Value.of(Base64.getUrlEncoder().withoutPadding().encodeToString(number)));
        parameters.put(TokenIssuer.PARAMETER, Json.text(Value.of(key)));
    }

    private static Value play(ApiHandler handler, Value event, int... expected) throws IOException {
        var out = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(Json.bytes(event)), out, null);
        try {
            var answer = Json.parse(out.toByteArray());
            var status = answer.at("statusCode").asText();
            for (var code : expected) {
                if (Integer.toString(code).equals(status)) {
                    return Json.parse(answer.at("body").asText());
                }
            }
            throw new IllegalStateException(event.at("rawPath").asText() + " was answered " + status);
        } catch (Json.Malformed e) {
            throw new IllegalStateException("an answer is not JSON: " + out.size() + " bytes", e);
        }
    }

    private static Value token(String client) {
        var form = "grant_type=client_credentials&client_id=" + client + "&client_secret=" + SECRET;
        return event("POST", "/oauth/token", FORM, form);
    }

    private static Value event(String method, String path, String contentType, String body) {
        var headers = new LinkedHashMap<String, Value>();
        headers.put("accept", Value.of(JSON));
        if (!contentType.isEmpty()) {
            headers.put("content-type", Value.of(contentType));
        }
        var access = Map.of(
                "decision", Value.of("allow"),
                "client_id", Value.of("rehearsal"),
                "scopes", Value.of(Scope.CONTACTS_READ + " " + Scope.CONTACTS_WRITE + " " + Scope.RULES_READ));
        return Value.of(Map.of(
                "version", Value.of("2.0"),
                "routeKey", Value.of("$default"),
                "rawPath", Value.of(path),
                "rawQueryString", Value.of(""),
                "headers", Value.of(headers),
                "body", Value.of(body),
                "isBase64Encoded", Value.FALSE,
                "requestContext",
                        Value.of(Map.of(
                                "domainName", Value.of("rehearsal.invalid"),
                                "stage", Value.of("$default"),
                                "http", Value.of(Map.of("method", Value.of(method), "path", Value.of(path))),
                                "authorizer", Value.of(Map.of("lambda", Value.of(access)))))));
    }
}
