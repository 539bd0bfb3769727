/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.receiver;

import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.samples.VendorSamples.Signed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** HTTP API events, payload format 2.0, as API Gateway makes them. */
record HttpEvents(
        String method,
        String vendor,
        String connection,
        String query,
        Map<String, String> headers,
        byte[] body,
        boolean base64) {

    static HttpEvents post(String vendor, String connection, Map<String, String> headers, byte[] body) {
        return of(vendor, connection, Signed.post(headers, body));
    }

    static HttpEvents of(String vendor, String connection, Signed signed) {
        return new HttpEvents(
                signed.method(), vendor, connection, signed.query(), signed.headers(), signed.body(), false);
    }

    HttpEvents withQuery(String other) {
        return new HttpEvents(method, vendor, connection, other, headers, body, base64);
    }

    HttpEvents with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpEvents(method, vendor, connection, query, more, body, base64);
    }

    HttpEvents withMethod(String other) {
        return new HttpEvents(other, vendor, connection, query, headers, body, base64);
    }

    HttpEvents withBody(byte[] other) {
        return new HttpEvents(method, vendor, connection, query, headers, other, base64);
    }

    HttpEvents inBase64() {
        return new HttpEvents(method, vendor, connection, query, headers, body, true);
    }

    HttpEvents to(String otherVendor, String otherConnection) {
        return new HttpEvents(method, otherVendor, otherConnection, query, headers, body, base64);
    }

    byte[] json() {
        var http = new LinkedHashMap<String, Value>();
        http.put("method", Value.of(method));
        http.put("path", Value.of("/hooks/v1/" + vendor + "/" + connection));
        http.put("protocol", Value.of("HTTP/1.1"));
        http.put("sourceIp", Value.of("203.0.113.9"));
        http.put("userAgent", Value.of("test"));
        var context = new LinkedHashMap<String, Value>();
        context.put("accountId", Value.of("123456789012"));
        context.put("domainName", Value.of("abc.execute-api.us-east-1.amazonaws.com"));
        context.put("authentication", Value.NULL);
        context.put("http", Value.of(http));
        context.put("requestId", Value.of("JKJaXmPLvHcESHA="));
        context.put("stage", Value.of("$default"));
        context.put("timeEpoch", Value.of(1_583_348_638_390L));
        var sent = new LinkedHashMap<String, Value>();
        headers.forEach((name, value) -> sent.put(name, Value.of(value)));
        var event = new LinkedHashMap<String, Value>();
        event.put("version", Value.of("2.0"));
        event.put("routeKey", Value.of("ANY /hooks/v1/{vendor}/{connection}"));
        event.put("rawPath", Value.of("/hooks/v1/" + vendor + "/" + connection));
        event.put("rawQueryString", Value.of(query));
        event.put("cookies", Value.of(java.util.List.of(Value.of("a=b"))));
        event.put("headers", Value.of(sent));
        event.put("requestContext", Value.of(context));
        event.put("pathParameters", Value.of(Map.of("vendor", Value.of(vendor), "connection", Value.of(connection))));
        event.put(
                "body",
                Value.of(base64 ? Base64.getEncoder().encodeToString(body) : new String(body, StandardCharsets.UTF_8)));
        event.put("isBase64Encoded", Value.of(base64));
        return Json.bytes(Value.of(event));
    }

    /** What the handler answers to it. */
    Reply to(ReceiverHandler handler) throws IOException {
        var out = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(json()), out, null);
        return Reply.of(out.toByteArray());
    }

    record Reply(int status, Value headers, Value body) {
        static Reply of(byte[] json) {
            try {
                var reply = Json.parse(json);
                var text = reply.at("body").asText();
                var isJson = reply.at("headers").at("content-type").asText().contains("json");
                return new Reply(
                        Integer.parseInt(reply.at("statusCode").asText()),
                        reply.at("headers"),
                        isJson ? Json.parse(text) : Value.of(text));
            } catch (Json.Malformed e) {
                throw new AssertionError("the answer is not JSON", e);
            }
        }

        String header(String name) {
            return headers.at(name).asText();
        }

        String code() {
            return body.at("error_code").asText();
        }
    }
}
