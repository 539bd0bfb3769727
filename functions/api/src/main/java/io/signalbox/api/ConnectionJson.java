/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.api.ConnectionService.Counters;
import io.signalbox.model.Connection;
import io.signalbox.model.Rejection;
import io.signalbox.model.Value;
import io.signalbox.vendors.Vendor;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Connections, secrets and refused requests as JSON. A secret is shown by its last four characters. */
final class ConnectionJson {

    private ConnectionJson() {}

    static Map<String, Value> connection(Connection connection, Counters counters, String self) {
        var json = new LinkedHashMap<String, Value>();
        json.put("id", Value.of(connection.id().value()));
        json.put("object", Value.of("connection"));
        json.put("vendor", Value.of(connection.vendor().value()));
        json.put("public_url", Value.of(connection.publicUrl().toString()));
        json.put("created_at", Value.of(connection.createdAt().toString()));
        json.put(
                "secrets",
                Value.of(connection.secrets().stream()
                        .map(ConnectionJson::secret)
                        .toList()));
        json.put("options", Value.of(connection.options()));
        var counts = new LinkedHashMap<String, Value>();
        counts.put("received", Value.of(counters.received()));
        counts.put("accepted", Value.of(counters.accepted()));
        counts.put("rejected", Value.of(counters.rejected()));
        counts.put("last_event_at", time(counters.lastEventAt()));
        json.put("counters", Value.of(counts));
        json.put(
                "_links",
                Value.of(Map.of(
                        "self", RecordJson.link(self),
                        "secrets", RecordJson.link(self + "/secrets"),
                        "rejections", RecordJson.link(self + "/rejections"))));
        return json;
    }

    /** What to do at the vendor, and how sure we are of its wire. */
    static Map<String, Value> setup(Vendor vendor, Connection connection) {
        var url = connection.publicUrl().toString();
        var steps = vendor.setupSteps().stream()
                .map(step -> Value.of(step.replace("{url}", url)))
                .toList();
        var json = new LinkedHashMap<>(VendorJson.confidence(vendor));
        json.put(
                "setup",
                Value.of(Map.of(
                        "vendor", Value.of(vendor.displayName()),
                        "documentation", Value.of(vendor.documentation().toString()),
                        "steps", Value.of(steps))));
        return json;
    }

    static Value secret(Connection.Secret secret) {
        return Value.of(members(secret));
    }

    /** With its value: once, in the answer to the request that had it made. */
    static Value revealed(Connection.Secret secret) {
        var json = members(secret);
        json.put("value", Value.of(secret.value()));
        return Value.of(json);
    }

    private static Map<String, Value> members(Connection.Secret secret) {
        var json = new LinkedHashMap<String, Value>();
        json.put("id", Value.of(secret.id()));
        json.put("last_four", Value.of(secret.lastFour()));
        json.put("created_at", Value.of(secret.createdAt().toString()));
        json.put("expires_at", time(secret.expiresAt()));
        return json;
    }

    static Value rejection(Rejection rejection) {
        var headers = new LinkedHashMap<String, Value>();
        rejection.headers().forEach((name, value) -> headers.put(name, Value.of(value)));
        var json = new LinkedHashMap<String, Value>();
        json.put("at", Value.of(rejection.at().toString()));
        json.put("reason", Value.of(rejection.reason()));
        json.put("hint", Value.of(rejection.hint()));
        json.put("status", Value.of(rejection.status()));
        json.put("method", Value.of(rejection.method()));
        json.put("source_ip", Value.of(rejection.sourceIp()));
        json.put("headers", Value.of(headers));
        json.put("body_bytes", Value.of(rejection.bodyBytes()));
        json.put("correlation_id", Value.of(rejection.correlationId()));
        return Value.of(json);
    }

    private static Value time(Optional<Instant> time) {
        return time.map(instant -> Value.of(instant.toString())).orElse(Value.NULL);
    }
}
