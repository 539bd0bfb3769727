/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.signalbox.api.openapi.Contract;
import io.signalbox.model.Scope;
import io.signalbox.outbound.JdkVendorHttp;
import io.signalbox.parameters.MemoryParameters;
import io.signalbox.queue.MemoryFetchQueue;
import io.signalbox.runtime.Env;
import io.signalbox.runtime.Log;
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.ControlStore;
import io.signalbox.store.ControlStore.ApiClient;
import io.signalbox.store.DocumentStore;
import io.signalbox.store.JobStore;
import io.signalbox.store.LinkStore;
import io.signalbox.store.MemoryControlStore;
import io.signalbox.store.MemoryDocumentStore;
import io.signalbox.store.MemoryFeedStore;
import io.signalbox.store.MemoryIndexStore;
import io.signalbox.store.MemoryJobStore;
import io.signalbox.store.MemoryLinkStore;
import io.signalbox.store.MemoryStateStore;
import io.signalbox.store.MemoryUsageStore;
import io.signalbox.store.SchemaCache;
import io.signalbox.store.UsageStore;
import io.signalbox.testkit.SettableClock;
import io.signalbox.testkit.fakes.FakeApi;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The API with stores in memory, called as API Gateway calls it: an event in, a response out, both as JSON. */
final class TestApi {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String BASE = "https://crm.example.com";
    static final String SECRET = "a-secret-of-256-bits-or-so";

    private static final ObjectMapper JSON = new ObjectMapper();

    final SettableClock clock = new SettableClock(NOW);
    final MemoryParameters parameters = new MemoryParameters();
    final MemoryIndexStore index = new MemoryIndexStore();
    final MemoryFeedStore feed = new MemoryFeedStore(clock);
    final DocumentStore documents = new MemoryDocumentStore();
    final SchemaCache schemas = new SchemaCache(documents, clock);
    final RelayedRecords records = new RelayedRecords(index, feed, schemas);
    final ControlStore control = new MemoryControlStore(clock);
    final MemoryStateStore states = new MemoryStateStore(clock);
    final MemoryFetchQueue fetches = new MemoryFetchQueue();
    final FakeApi vendors = new FakeApi();
    private final Outside outside =
            new Outside(states, new JdkVendorHttp(Optional.of(vendors.url()), Duration.ofSeconds(5)), fetches);
    final ForgetfulIdempotencyStore idempotency = new ForgetfulIdempotencyStore(clock);
    final JobStore jobs = new MemoryJobStore(clock);
    final LinkStore links = new MemoryLinkStore();
    final UsageStore usage = new MemoryUsageStore(clock);
    final ECKey key;
    private final Settings settings;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final ApiHandler handler;

    TestApi() throws Exception {
        this(Map.of("PUBLIC_URL", BASE));
    }

    TestApi(Map<String, String> env) throws Exception {
        settings = Settings.of(new Env(env));
        var seeded = new Random(7);
        var services = services(new RandomText(() -> seeded));
        handler =
                new ApiHandler(new Env(env), clock, services, new Log("api", clock, new PrintStream(log, true, UTF_8)));
        key = new ECKeyGenerator(Curve.P_256).keyID("key-1").generate();
        parameters.put("oauth/signing-key", key.toJSONString());
        parameters.put("oauth/jwks", new JWKSet(key).toPublicJWKSet().toString());
        control.putClient(new ApiClient(
                "admin", "Admin", sha256(SECRET), List.of("contacts.read", "contacts.write", "rules.read"), NOW));
    }

    Services services(RandomText random) {
        var stores = new Stores(
                () -> records,
                () -> control,
                () -> idempotency,
                () -> jobs,
                () -> links,
                () -> index,
                () -> feed,
                () -> documents,
                () -> schemas,
                () -> usage,
                () -> parameters);
        return new Services(clock, random, new ConsumedUnits(), stores, () -> outside, settings);
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    }

    /** A request to another handler than the one with stores in memory. */
    static Call call(ApiHandler handler, String method, String path) {
        return new Call(handler, method, path);
    }

    /** A GET with every scope. */
    Call get(String path) {
        return bare("GET", path).allowed(Scope.values());
    }

    Call post(String path, String json) {
        return send("POST", path, json);
    }

    /** A request with a JSON body and every scope. */
    Call send(String method, String path, String json) {
        return bare(method, path)
                .allowed(Scope.values())
                .header("content-type", "application/json")
                .body(json);
    }

    /** A request that no authorizer has seen. */
    Call bare(String method, String path) {
        return new Call(handler, method, path);
    }

    ApiHandler handler() {
        return handler;
    }

    String log() {
        return log.toString(UTF_8);
    }

    /** What API Gateway gets to see. */
    record Answer(int status, Map<String, String> headers, String text) {

        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new AssertionError("not JSON: " + text, e);
            }
        }

        String header(String name) {
            return headers.get(name);
        }

        Answer is(int expected) {
            assertThat(status).as(text).isEqualTo(expected);
            return this;
        }

        /** One of our errors, whole. */
        Answer isProblem(int expected, String code) {
            is(expected);
            assertThat(header("content-type")).isEqualTo("application/problem+json");
            assertThat(json().path("error_code").asText()).isEqualTo(code);
            assertThat(json().path("status").asInt()).isEqualTo(expected);
            assertThat(json().path("message").asText()).isNotBlank();
            assertThat(json().path("type")).isEqualTo(json().path("documentation_url"));
            assertThat(json().path("correlation_id").asText()).isEqualTo(header("x-correlation-id"));
            return this;
        }

        /** The pointers of the details, each with its code: {@code /email INVALID_EMAIL}. */
        List<String> details() {
            return json().path("details")
                    .valueStream()
                    .map(detail -> detail.path("pointer").asText() + " "
                            + detail.path("code").asText())
                    .toList();
        }
    }

    /** A request being put together. */
    static final class Call {
        private final ApiHandler handler;
        private final ObjectNode event = JSON.createObjectNode();
        private final ObjectNode headers = event.putObject("headers");
        private final ObjectNode context = event.putObject("requestContext");

        private Call(ApiHandler handler, String method, String path) {
            this.handler = handler;
            var query = path.indexOf('?');
            event.put("version", "2.0");
            event.put("routeKey", "ANY /api/{proxy+}");
            event.put("rawPath", query < 0 ? path : path.substring(0, query));
            event.put("rawQueryString", query < 0 ? "" : path.substring(query + 1));
            event.put("isBase64Encoded", false);
            context.put("domainName", "abc.example.com")
                    .put("stage", "$default")
                    .put("requestId", "r-1");
            context.putObject("http").put("method", method).put("path", path).put("sourceIp", "203.0.113.7");
        }

        Call header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        Call body(String text) {
            event.put("body", text);
            return this;
        }

        Call base64(String text) {
            event.put("isBase64Encoded", true);
            return body(text);
        }

        Call allowed(Scope... scopes) {
            return allowed("client-1", scopes);
        }

        /** Another client's. */
        Call by(String client) {
            return allowed(client, Scope.values());
        }

        Call allowed(String client, Scope... scopes) {
            var words = Arrays.stream(scopes).map(Scope::toString).collect(Collectors.joining(" "));
            return authorizer(Map.of("decision", "allow", "client_id", client, "scopes", words));
        }

        Call authorizer(Map<String, String> lambda) {
            var node = JSON.createObjectNode();
            lambda.forEach(node::put);
            context.putObject("authorizer").set("lambda", node);
            return this;
        }

        private String method() {
            return context.path("http").path("method").asText();
        }

        /** The event as API Gateway would send it. */
        String event() {
            return event.toString();
        }

        Answer go() throws IOException {
            var out = new ByteArrayOutputStream();
            handler.handleRequest(new ByteArrayInputStream(event().getBytes(UTF_8)), out, null);
            var answer = JSON.readTree(out.toByteArray());
            assertThat(answer.path("isBase64Encoded").asBoolean()).isFalse();
            var names = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            answer.path("headers")
                    .properties()
                    .forEach(header ->
                            names.put(header.getKey(), header.getValue().asText()));
            var given = new Answer(
                    answer.path("statusCode").asInt(),
                    names,
                    answer.path("body").asText(""));
            Contract.check(
                    method(),
                    event.path("rawPath").asText(),
                    given.status(),
                    given.header("content-type"),
                    given.text());
            return given;
        }
    }
}
