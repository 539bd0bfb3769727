/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.queue;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.Rejection;
import io.signalbox.model.Value;
import io.signalbox.queue.DeliveryCodec.Undecodable;
import io.signalbox.runtime.Json;
import io.signalbox.runtime.JsonLine;
import java.time.Instant;
import java.util.TreeMap;

/** A refused request as the text of a queue message: one JSON object. */
public final class RejectionCodec {

    private static final long VERSION = 1;

    private RejectionCodec() {}

    public static String encode(Rejection rejection) {
        var line = new JsonLine(512)
                .with("v", VERSION)
                .with("connection", rejection.connection().value())
                .with("at", rejection.at().toEpochMilli())
                .with("reason", rejection.reason())
                .with("hint", rejection.hint())
                .with("status", rejection.status())
                .with("method", rejection.method())
                .with("source_ip", rejection.sourceIp())
                .with("body_bytes", rejection.bodyBytes())
                .with("correlation_id", rejection.correlationId())
                .object("headers");
        for (var header : rejection.headers().entrySet()) {
            line.with(header.getKey(), header.getValue());
        }
        return line.end().close().toString();
    }

    public static Rejection decode(String message) throws Undecodable {
        try {
            var json = Json.parse(message);
            if (!json.at("v").equals(Value.of(VERSION))) {
                throw new Undecodable("the message's version is not " + VERSION);
            }
            var headers = new TreeMap<String, String>();
            if (json.at("headers") instanceof Value.Obj(var members)) {
                members.forEach((name, value) -> headers.put(name, value.asText()));
            }
            return new Rejection(
                    new ConnectionId(json.at("connection").asText()),
                    Instant.ofEpochMilli(whole(json.at("at"))),
                    json.at("reason").asText(),
                    json.at("hint").asText(),
                    Math.toIntExact(whole(json.at("status"))),
                    json.at("method").asText(),
                    json.at("source_ip").asText(),
                    headers,
                    Math.toIntExact(whole(json.at("body_bytes"))),
                    json.at("correlation_id").asText());
        } catch (Json.Malformed e) {
            throw new Undecodable("the message is not JSON: " + e.getMessage());
        } catch (IllegalArgumentException | NullPointerException | ArithmeticException e) {
            throw new Undecodable("the message lacks a member or holds a wrong one");
        }
    }

    private static long whole(Value value) throws Undecodable {
        if (value instanceof Value.Num(var number)) {
            return number.longValueExact();
        }
        throw new Undecodable("a number is missing");
    }
}
