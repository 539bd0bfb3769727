/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.receiver;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.signalbox.vendors.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * What the receiver needs of an HTTP API event, payload format 2.0 (docs.aws.amazon.com, "Create AWS Lambda proxy
 * integrations for HTTP APIs"). {@link EventScanner} reads the usual event; any other is parsed here, in one pass
 * without a tree.
 */
final class HookRequest {

    static final byte[] NO_BODY = {};

    private static final int USUAL_HEADERS = 24;

    /** Without the checks of {@code Json.FACTORY}: API Gateway wrote this text, and they cost as much as the parsing. */
    private static final JsonFactory FACTORY = new JsonFactory();

    final Headers headers;
    String method = "";
    String vendor = "";
    String connection = "";
    String rawQuery = "";
    String sourceIp = "";
    String requestId = "";
    String domainName;
    byte[] body = NO_BODY;
    private String text;
    private boolean isBase64;

    /** An empty one, for a reader of this package to fill. */
    HookRequest(Headers headers) {
        this.headers = headers;
    }

    /**
     * @throws IOException when it is not an event
     * @throws IllegalArgumentException when its body is not the base64 it says
     */
    static HookRequest read(InputStream event) throws IOException {
        // One more than there is, so that the first read already finds the end.
        var bytes = new byte[event.available() + 1 + EventScanner.PADDING];
        var length = 0;
        var read = 0;
        while (read >= 0) {
            length += read;
            if (length == bytes.length - EventScanner.PADDING) {
                bytes = Arrays.copyOf(bytes, 2 * bytes.length);
            }
            read = event.read(bytes, length, bytes.length - EventScanner.PADDING - length);
        }
        var request = EventScanner.read(bytes);
        return request != null ? request : parse(bytes, length);
    }

    /** Reads what the scanner leaves; the two agree on whatever both read. */
    static HookRequest parse(byte[] event, int length) throws IOException {
        var request = new HookRequest(new Headers(USUAL_HEADERS));
        try (var parser = FACTORY.createParser(event, 0, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the event is not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                request.member(parser.currentName(), parser);
            }
        }
        if (request.text != null) {
            request.body = request.isBase64
                    ? Base64.getDecoder().decode(request.text)
                    : request.text.getBytes(StandardCharsets.UTF_8);
            request.text = null;
        }
        return request;
    }

    private void member(String name, JsonParser parser) throws IOException {
        var token = parser.nextToken();
        switch (name) {
            case "headers" -> headers(parser, token);
            case "pathParameters" -> pathParameters(parser, token);
            case "requestContext" -> context(parser, token);
            case "rawQueryString" -> rawQuery = string(parser);
            case "body" -> text = parser.getValueAsString();
            case "isBase64Encoded" -> isBase64 = token == JsonToken.VALUE_TRUE;
            default -> parser.skipChildren();
        }
    }

    private void headers(JsonParser parser, JsonToken start) throws IOException {
        if (start == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                headers.add(name, string(parser));
            }
        }
    }

    private void pathParameters(JsonParser parser, JsonToken start) throws IOException {
        if (start == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "vendor" -> vendor = string(parser);
                    case "connection" -> connection = string(parser);
                    default -> parser.skipChildren();
                }
            }
        }
    }

    private void context(JsonParser parser, JsonToken start) throws IOException {
        if (start == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                var token = parser.nextToken();
                switch (name) {
                    case "http" -> context(parser, token);
                    case "method" -> method = string(parser);
                    case "sourceIp" -> sourceIp = string(parser);
                    case "requestId" -> requestId = string(parser);
                    case "domainName" -> domainName = string(parser);
                    default -> parser.skipChildren();
                }
            }
        }
    }

    private static String string(JsonParser parser) throws IOException {
        var text = parser.getValueAsString();
        if (text == null) {
            parser.skipChildren();
            return "";
        }
        return text;
    }

    String method() {
        return method;
    }

    String vendor() {
        return vendor;
    }

    String connection() {
        return connection;
    }

    String rawQuery() {
        return rawQuery;
    }

    String sourceIp() {
        return sourceIp;
    }

    /** The domain the request came to; null when the event does not say. */
    String domainName() {
        return domainName;
    }

    Headers headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    /**
     * The id that this request's log lines and answer share: the sender's {@code X-Correlation-Id} where it is one,
     * else the root of the trace, else API Gateway's request id.
     */
    String correlationId() {
        var given = headers.first("x-correlation-id");
        if (isId(given)) {
            return given;
        }
        var trace = headers.first("x-amzn-trace-id");
        var root = trace == null ? -1 : trace.indexOf("Root=");
        if (root >= 0) {
            var end = trace.indexOf(';', root);
            var id = trace.substring(root + 5, end < 0 ? trace.length() : end);
            if (isId(id)) {
                return id;
            }
        }
        return isId(requestId) ? requestId : "unknown-request";
    }

    /** 8 to 128 of letters, digits, dot, underscore and hyphen. */
    private static boolean isId(String text) {
        if (text == null || text.length() < 8 || text.length() > 128) {
            return false;
        }
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            var fits = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '-'
                    || c == '.'
                    || c == '_';
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
