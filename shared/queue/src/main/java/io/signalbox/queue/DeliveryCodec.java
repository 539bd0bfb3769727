/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.queue;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.Delivery;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.runtime.Json;
import io.signalbox.runtime.JsonLine;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * A delivery as the text of a queue message: one line of JSON that says what it is, then the body as it came.
 *
 * <pre>
 * {"v":1,"vendor":"hubspot","connection":"acme","at":1700000000000,"correlation_id":"1-65…","headers":{},"body":"utf8"}
 * [{"eventId":1,…
 * </pre>
 *
 * <p>A body that is UTF-8 of characters SQS takes travels as it is, so that people can read a dead letter; any other as
 * base64 ({@code "body":"base64"}). The bytes that come out are the bytes that went in, always. Costs one scan and one
 * copy of the body.
 *
 * <p>An event that an EventBridge rule put on the queue is told by its member {@code event}: the rule's input template
 * writes {@code {"v":1,"vendor":"salesforce","connection":"acme","event":{…}}}, and the event whole is the body.
 *
 * <p>SQS takes 1 MiB a message since 2025 (docs.aws.amazon.com, "Amazon SQS message quotas"); {@link #fits} says
 * whether a delivery is within it.
 */
public final class DeliveryCodec {

    /** What SQS takes, in bytes of UTF-8. */
    public static final int MAX_MESSAGE_BYTES = 1 << 20;

    /** The largest body that is accepted, in bytes: what SQS takes, less room for the header line. */
    public static final int MAX_BODY_BYTES = MAX_MESSAGE_BYTES - 4_096;

    /** So many characters, were each an escape of 6 bytes, still leave the header line below 4,096 bytes. */
    private static final int SMALL_HEADERS = 500;

    private static final long VERSION = 1;

    private DeliveryCodec() {}

    /** A message that this codec did not write; the text says why and holds nothing of the message. */
    public static final class Undecodable extends Exception {
        private static final long serialVersionUID = 1;

        Undecodable(String message) {
            super(message);
        }
    }

    /** Whether the encoded delivery is small enough for one message. Scans the body only when it is near the limit. */
    public static boolean fits(Delivery delivery) {
        var headerChars = 0;
        for (var header : delivery.headers().entrySet()) {
            headerChars += header.getKey().length() + header.getValue().length();
        }
        if (headerChars > SMALL_HEADERS) {
            return encode(delivery).getBytes(StandardCharsets.UTF_8).length <= MAX_MESSAGE_BYTES;
        }
        var bytes = delivery.body().length;
        return bytes <= MAX_BODY_BYTES / 4 * 3 || (bytes <= MAX_BODY_BYTES && SqsText.isText(delivery.body()));
    }

    public static String encode(Delivery delivery) {
        var body = delivery.body();
        var text = SqsText.isText(body);
        var header = header(delivery, text ? "utf8" : "base64");
        return text
                ? header.concat(new String(body, StandardCharsets.UTF_8))
                : header.concat(Base64.getEncoder().encodeToString(body));
    }

    private static String header(Delivery delivery, String form) {
        var line = new JsonLine(256)
                .with("v", VERSION)
                .withPlain("vendor", delivery.vendor().value())
                .withPlain("connection", delivery.connection().value())
                .with("at", delivery.receivedAt().toEpochMilli())
                .with("correlation_id", delivery.correlationId())
                .object("headers");
        for (var header : delivery.headers().entrySet()) {
            line.with(header.getKey(), header.getValue());
        }
        return line.end().withPlain("body", form).close().append('\n').toString();
    }

    public static Delivery decode(String message) throws Undecodable {
        var end = message.indexOf('\n');
        if (end < 0) {
            return event(message);
        }
        try {
            var header = Json.parse(message.substring(0, end));
            if (!header.at("v").equals(Value.of(VERSION))) {
                throw new Undecodable("the message's version is not " + VERSION);
            }
            var headers = new TreeMap<String, String>();
            if (header.at("headers") instanceof Value.Obj(var members)) {
                members.forEach((name, value) -> headers.put(name, value.asText()));
            }
            return new Delivery(
                    new VendorId(header.at("vendor").asText()),
                    new ConnectionId(header.at("connection").asText()),
                    Instant.ofEpochMilli(millis(header.at("at"))),
                    header.at("correlation_id").asText(),
                    headers,
                    body(header.at("body").asText(), message.substring(end + 1)));
        } catch (Json.Malformed e) {
            throw new Undecodable("the header line is not JSON: " + e.getMessage());
        } catch (IllegalArgumentException | NullPointerException | ArithmeticException e) {
            throw new Undecodable("the header line lacks a member or holds a wrong one");
        }
    }

    /** An event of an EventBridge rule, received when it says it was made. */
    private static Delivery event(String message) throws Undecodable {
        if (!message.startsWith("{")) {
            throw new Undecodable("the message has no header line");
        }
        try {
            var json = Json.parse(message);
            if (!json.at("v").equals(Value.of(VERSION)) || !(json.at("event") instanceof Value.Obj event)) {
                throw new Undecodable("the message has no header line and no event");
            }
            return new Delivery(
                    new VendorId(json.at("vendor").asText()),
                    new ConnectionId(json.at("connection").asText()),
                    OffsetDateTime.parse(event.get("time").asText()).toInstant(),
                    event.get("id").asText(),
                    Map.of(),
                    Json.bytes(event));
        } catch (Json.Malformed e) {
            throw new Undecodable("the message has no header line and is not JSON: " + e.getMessage());
        } catch (IllegalArgumentException | NullPointerException | DateTimeException e) {
            throw new Undecodable("the event lacks a member or holds a wrong one");
        }
    }

    private static long millis(Value at) throws Undecodable {
        if (at instanceof Value.Num(var number)) {
            return number.longValueExact();
        }
        throw new Undecodable("the header line's time is not a number");
    }

    private static byte[] body(String form, String text) throws Undecodable {
        return switch (form) {
            case "utf8" -> text.getBytes(StandardCharsets.UTF_8);
            case "base64" -> Base64.getDecoder().decode(text);
            default -> throw new Undecodable("the body's form is not known");
        };
    }
}
