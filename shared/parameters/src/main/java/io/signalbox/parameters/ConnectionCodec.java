/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.parameters;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.runtime.Json;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A connection with its secrets as JSON: the value of its parameter. */
final class ConnectionCodec {

    private static final long VERSION = 1;

    private ConnectionCodec() {}

    static String encode(Connection connection) {
        var json = new LinkedHashMap<String, Value>();
        json.put("v", Value.of(VERSION));
        json.put("id", Value.of(connection.id().value()));
        json.put("vendor", Value.of(connection.vendor().value()));
        json.put("public_url", Value.of(connection.publicUrl().toString()));
        json.put("created_at", Value.of(connection.createdAt().toString()));
        json.put("options", Value.of(connection.options()));
        var secrets = new ArrayList<Value>();
        for (var secret : connection.secrets()) {
            var member = new LinkedHashMap<String, Value>();
            member.put("id", Value.of(secret.id()));
            member.put("value", Value.of(secret.value()));
            member.put("created_at", Value.of(secret.createdAt().toString()));
            if (secret.expiresAt().isPresent()) {
                member.put("expires_at", Value.of(secret.expiresAt().get().toString()));
            }
            secrets.add(Value.of(member));
        }
        json.put("secrets", Value.of(secrets));
        return Json.text(Value.of(json));
    }

    /** The connection, or nothing when the text is not one: somebody edited it by hand. */
    static Optional<Connection> decode(String text) {
        try {
            var json = Json.parse(text);
            if (!json.at("v").equals(Value.of(VERSION))) {
                return Optional.empty();
            }
            return Optional.of(new Connection(
                    new ConnectionId(json.at("id").asText()),
                    new VendorId(json.at("vendor").asText()),
                    URI.create(json.at("public_url").asText()),
                    secrets(json.at("secrets")),
                    json.at("options") instanceof Value.Obj(var options) ? options : Map.of(),
                    Instant.parse(json.at("created_at").asText())));
        } catch (Json.Malformed | IllegalArgumentException | NullPointerException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static List<Connection.Secret> secrets(Value json) {
        var secrets = new ArrayList<Connection.Secret>();
        if (json instanceof Value.Arr(var items)) {
            for (var item : items) {
                var expires = item.at("expires_at").asText();
                secrets.add(new Connection.Secret(
                        item.at("id").asText(),
                        item.at("value").asText(),
                        Instant.parse(item.at("created_at").asText()),
                        expires == null ? Optional.empty() : Optional.of(Instant.parse(expires))));
            }
        }
        return secrets;
    }
}
