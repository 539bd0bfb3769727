/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.outbound;

import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.client.App;
import io.signalbox.vendors.client.App.Flow;
import io.signalbox.vendors.client.Tokens;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A grant as JSON: the value of its parameter. */
final class GrantCodec {

    private static final Value VERSION = Value.of(1);

    private GrantCodec() {}

    static String encode(Grant grant) {
        var json = new LinkedHashMap<String, Value>();
        json.put("v", VERSION);
        json.put("serial", Value.of(grant.serial()));
        json.put("app", app(grant.app()));
        grant.next().ifPresent(next -> json.put("next", app(next)));
        grant.tokens().ifPresent(tokens -> json.put("tokens", tokens(tokens)));
        return Json.text(Value.of(json));
    }

    private static Value app(App app) {
        var settings = new LinkedHashMap<String, Value>();
        app.settings().forEach((name, value) -> settings.put(name, Value.of(value)));
        return Value.of(Map.of(
                "flow", Value.of(app.flow().name()),
                "client_id", Value.of(app.clientId()),
                "client_secret", Value.of(app.clientSecret()),
                "scopes", ReachCodec.texts(app.scopes()),
                "settings", Value.of(settings)));
    }

    private static Value tokens(Tokens tokens) {
        var json = new LinkedHashMap<String, Value>();
        json.put("access", Value.of(tokens.access()));
        tokens.refresh().ifPresent(refresh -> json.put("refresh", Value.of(refresh)));
        json.put("expires_at", Value.of(tokens.expiresAt().toString()));
        json.put("api", Value.of(tokens.api().toString()));
        json.put("scopes", ReachCodec.texts(tokens.scopes()));
        return Value.of(json);
    }

    /** The grant, or nothing when the text is not one. */
    static Optional<Grant> decode(String text) {
        try {
            var json = Json.parse(text);
            if (!json.at("v").equals(VERSION) || !(json.at("serial") instanceof Value.Num(var serial))) {
                return Optional.empty();
            }
            return Optional.of(new Grant(
                    app(json.at("app")),
                    json.at("tokens").isNull() ? Optional.empty() : Optional.of(tokens(json.at("tokens"))),
                    serial.longValueExact(),
                    json.at("next").isNull() ? Optional.empty() : Optional.of(app(json.at("next")))));
        } catch (Json.Malformed
                | IllegalArgumentException
                | NullPointerException
                | ArithmeticException
                | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static App app(Value json) {
        var settings = new TreeMap<String, String>();
        if (json.at("settings") instanceof Value.Obj(var members)) {
            members.forEach((name, value) -> settings.put(name, value.asText()));
        }
        return new App(
                Flow.valueOf(json.at("flow").asText()),
                json.at("client_id").asText(),
                json.at("client_secret").asText(),
                ReachCodec.list(json.at("scopes")),
                settings);
    }

    private static Tokens tokens(Value json) {
        return new Tokens(
                json.at("access").asText(),
                Optional.ofNullable(json.at("refresh").asText()),
                Instant.parse(json.at("expires_at").asText()),
                URI.create(json.at("api").asText()),
                ReachCodec.list(json.at("scopes")));
    }
}
