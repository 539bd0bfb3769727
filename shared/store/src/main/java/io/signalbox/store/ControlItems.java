/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Rejection;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.store.ControlStore.ApiClient;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Control items as packs: small things that are read and written whole. */
final class ControlItems {

    private ControlItems() {}

    static byte[] encode(Connection connection) {
        var out = new PackWriter();
        out.text(connection.id().value());
        out.symbol(connection.vendor().value());
        out.text(connection.publicUrl().toString());
        writeTime(out, connection.createdAt());
        out.number(connection.secrets().size());
        for (var secret : connection.secrets()) {
            out.text(secret.id());
            out.text(secret.value());
            writeTime(out, secret.createdAt());
            out.number(secret.expiresAt().isPresent() ? 1 : 0);
            secret.expiresAt().ifPresent(at -> writeTime(out, at));
        }
        ValueCodec.writeMap(out, connection.options());
        return out.finish();
    }

    static Connection connection(byte[] bytes) {
        var in = new PackReader(bytes);
        var id = new ConnectionId(in.text());
        var vendor = new VendorId(in.symbol());
        var publicUrl = URI.create(in.text());
        var createdAt = readTime(in);
        var secrets = new ArrayList<Connection.Secret>();
        for (var i = in.count(); i > 0; i--) {
            secrets.add(new Connection.Secret(
                    in.text(),
                    in.text(),
                    readTime(in),
                    in.small() == 1 ? Optional.of(readTime(in)) : Optional.empty()));
        }
        var options = ValueCodec.readMap(in);
        in.end();
        return new Connection(id, vendor, publicUrl, secrets, options, createdAt);
    }

    static byte[] encode(Rejection rejection) {
        var out = new PackWriter();
        out.text(rejection.connection().value());
        writeTime(out, rejection.at());
        out.text(rejection.reason());
        out.text(rejection.hint());
        out.signed(rejection.status());
        out.text(rejection.method());
        out.text(rejection.sourceIp());
        out.number(rejection.headers().size());
        rejection.headers().forEach((name, value) -> {
            out.text(name);
            out.text(value);
        });
        out.signed(rejection.bodyBytes());
        out.text(rejection.correlationId());
        return out.finish();
    }

    static Rejection rejection(byte[] bytes) {
        var in = new PackReader(bytes);
        var connection = new ConnectionId(in.text());
        var at = readTime(in);
        var reason = in.text();
        var hint = in.text();
        var status = Math.toIntExact(in.signed());
        var method = in.text();
        var sourceIp = in.text();
        Map<String, String> headers = new TreeMap<>();
        for (var i = in.small(); i > 0; i--) {
            headers.put(in.text(), in.text());
        }
        var bodyBytes = Math.toIntExact(in.signed());
        var correlationId = in.text();
        in.end();
        return new Rejection(connection, at, reason, hint, status, method, sourceIp, headers, bodyBytes, correlationId);
    }

    static byte[] encode(ApiClient client) {
        var out = new PackWriter();
        out.text(client.id());
        out.text(client.name());
        out.text(client.secretHash());
        writeTime(out, client.createdAt());
        out.number(client.scopes().size());
        client.scopes().forEach(out::symbol);
        return out.finish();
    }

    static ApiClient client(byte[] bytes) {
        var in = new PackReader(bytes);
        var id = in.text();
        var name = in.text();
        var secretHash = in.text();
        var createdAt = readTime(in);
        List<String> scopes = new ArrayList<>();
        for (var i = in.count(); i > 0; i--) {
            scopes.add(in.symbol());
        }
        in.end();
        return new ApiClient(id, name, secretHash, scopes, createdAt);
    }

    static byte[] encode(Value value) {
        var out = new PackWriter();
        ValueCodec.writeMap(out, Map.of("", value));
        return out.finish();
    }

    static Value value(byte[] bytes) {
        var in = new PackReader(bytes);
        var value = ValueCodec.readMap(in).get("");
        in.end();
        return value;
    }

    private static void writeTime(PackWriter out, Instant time) {
        out.signed(time.getEpochSecond());
        out.number(time.getNano());
    }

    private static Instant readTime(PackReader in) {
        return Instant.ofEpochSecond(in.signed(), in.number());
    }
}
