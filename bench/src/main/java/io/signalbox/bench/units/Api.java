/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.units;

import static java.util.Objects.requireNonNull;

import io.signalbox.api.ApiHandler;
import io.signalbox.bench.load.Invocation;
import io.signalbox.emulator.aws.Usage;
import io.signalbox.model.Operations;
import io.signalbox.model.Scope;
import io.signalbox.model.Value;
import io.signalbox.parameters.SsmParameters;
import io.signalbox.relay.RelayHandler;
import io.signalbox.runtime.Json;
import io.signalbox.testkit.LocalAws;
import io.signalbox.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The API and the relay as they are deployed, on counted tables; one call at a time. */
final class Api implements AutoCloseable {

    /** Ahead of the machine's clock, by which DynamoDB Local removes what has expired. */
    private static final Instant START = Instant.parse("2036-01-05T09:00:00Z");

    /** What a call was answered, and what it cost. */
    record Answer(Value body, Map<String, String> headers, double writes, double reads) {
        String id() {
            return requireNonNull(body.at("id").asText(), "no id");
        }
    }

    final SettableClock clock = new SettableClock(START);
    private final LocalAws cloud = LocalAws.dedicated(clock);
    private final ApiHandler api = new ApiHandler(cloud.env(), clock);
    private final RelayHandler relay = new RelayHandler(cloud.env(), clock);
    private final Changes changes = Changes.of(cloud);
    private final Set<String> called = new TreeSet<>();

    Api() throws Exception {
        SsmParameters.of(cloud.env()).put("api/cursor-key", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE");
    }

    LocalAws cloud() {
        return cloud;
    }

    /** The ids of the operations that were called. */
    Set<String> called() {
        return called;
    }

    Answer get(String path) throws Exception {
        return call("GET", path, "", Map.of());
    }

    Answer call(String method, String path, String body) throws Exception {
        return call(method, path, body, Map.of());
    }

    Answer call(String method, String path, String body, Map<String, String> headers) throws Exception {
        clock.advance(Duration.ofSeconds(1));
        var query = path.indexOf('?');
        var rawPath = query < 0 ? path : path.substring(0, query);
        if (Operations.match(method, rawPath) instanceof Operations.Match.Found found) {
            called.add(found.operation().id());
        }
        var event = event(method, rawPath, query < 0 ? "" : path.substring(query + 1), body, headers);
        var out = new ByteArrayOutputStream();
        var before = cloud.usage();
        api.handleRequest(new ByteArrayInputStream(event), out, new Invocation());
        var used = cloud.usage().minus(before);
        var answer = Json.parse(out.toByteArray());
        var text = answer.at("body").asText();
        if (Integer.parseInt(answer.at("statusCode").asText()) >= 300) {
            throw new IllegalStateException(method + " " + path + " was answered " + text);
        }
        var told = new LinkedHashMap<String, String>();
        if (answer.at("headers") instanceof Value.Obj(var all)) {
            all.forEach((name, value) -> told.put(name.toLowerCase(Locale.ROOT), value.asText()));
        }
        var isJson = text != null && text.startsWith("{");
        return new Answer(isJson ? Json.parse(text) : Value.NULL, told, used.writeUnits(), used.readUnits());
    }

    private static byte[] event(String method, String path, String query, String body, Map<String, String> headers) {
        var sent = new LinkedHashMap<String, Value>();
        sent.put("accept", Value.of("application/json"));
        sent.put("content-type", Value.of("application/json"));
        headers.forEach((name, value) -> sent.put(name, Value.of(value)));
        var scopes = Stream.of(Scope.values()).map(Scope::toString).collect(Collectors.joining(" "));
        var access = Map.of("decision", Value.of("allow"), "client_id", Value.of("bench"), "scopes", Value.of(scopes));
        var http = Map.of("method", Value.of(method), "path", Value.of(path));
        return Json.bytes(Value.of(Map.of(
                "version", Value.of("2.0"),
                "routeKey", Value.of("$default"),
                "rawPath", Value.of(path),
                "rawQueryString", Value.of(query),
                "headers", Value.of(sent),
                "body", Value.of(body),
                "isBase64Encoded", Value.FALSE,
                "requestContext",
                        Value.of(Map.of(
                                "domainName", Value.of("hub.example.com"),
                                "stage", Value.of("$default"),
                                "http", Value.of(http),
                                "authorizer", Value.of(Map.of("lambda", Value.of(access))))))));
    }

    /** Hands every change since the last time to the relay, as one batch; returns what it cost. */
    Usage relay() throws Exception {
        var batch = changes.read();
        var before = cloud.usage();
        if (!batch.getRecords().isEmpty()) {
            var response = relay.handleRequest(batch, new Invocation());
            if (response != null && !response.getBatchItemFailures().isEmpty()) {
                throw new IllegalStateException("the relay failed");
            }
        }
        return cloud.usage().minus(before);
    }

    /** JSON that is written with apostrophes. */
    static String json(String text) {
        return text.replace('\'', '"');
    }

    @Override
    public void close() throws Exception {
        changes.close();
        cloud.close();
    }
}
