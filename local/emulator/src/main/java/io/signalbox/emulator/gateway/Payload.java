/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.gateway;

import io.signalbox.emulator.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The events of an HTTP API, payload format 2.0: one for the route's function, one for its authorizer. Members as in
 * docs.aws.amazon.com, "Create AWS Lambda proxy integrations for HTTP APIs" and "Control access to HTTP APIs with AWS
 * Lambda authorizers".
 */
final class Payload {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Request request;
    private final Routes.Match match;
    private final String requestId;
    private final Instant now;

    Payload(Request request, Routes.Match match, String requestId, Instant now) {
        this.request = request;
        this.match = match;
        this.requestId = requestId;
        this.now = now;
    }

    /** @param authorizer the context that the authorizer gave, or null when there is none */
    byte[] forFunction(Map<?, ?> authorizer) {
        var event = common();
        var context = context();
        if (authorizer != null) {
            context.put("authorizer", Map.of("lambda", authorizer));
        }
        event.put("requestContext", context);
        if (request.body().length > 0) {
            var text = isText(request.headers().get("content-type")) ? utf8(request.body()) : null;
            event.put("body", text == null ? Base64.getEncoder().encodeToString(request.body()) : text);
            event.put("isBase64Encoded", text == null);
        } else {
            event.put("isBase64Encoded", false);
        }
        return Json.bytes(event);
    }

    /** @param identity names of the headers that identify the caller */
    byte[] forAuthorizer(List<String> identity) {
        var event = common();
        event.put("type", "REQUEST");
        event.put(
                "routeArn",
                "arn:aws:execute-api:us-east-1:000000000000:local/$default/" + request.method() + request.path());
        event.put("requestContext", context());
        if (!identity.isEmpty()) {
            var sources = new ArrayList<Object>();
            identity.forEach(name -> sources.add(request.headers().get(name)));
            event.put("identitySource", sources);
        }
        return Json.bytes(event);
    }

    private Map<String, Object> common() {
        var event = new LinkedHashMap<String, Object>();
        event.put("version", "2.0");
        event.put("routeKey", match.route().key());
        event.put("rawPath", request.path());
        event.put("rawQueryString", request.query());
        if (!request.cookies().isEmpty()) {
            event.put("cookies", request.cookies());
        }
        event.put("headers", request.headers());
        var query = request.queryParameters();
        if (!query.isEmpty()) {
            event.put("queryStringParameters", query);
        }
        if (!match.pathParameters().isEmpty()) {
            event.put("pathParameters", match.pathParameters());
        }
        return event;
    }

    private Map<String, Object> context() {
        var http = new LinkedHashMap<String, Object>();
        http.put("method", request.method());
        http.put("path", request.path());
        http.put("protocol", request.protocol());
        http.put("sourceIp", request.sourceIp());
        http.put("userAgent", request.headers().getOrDefault("user-agent", ""));
        var host = request.headers().getOrDefault("host", "localhost");
        var domain = host.indexOf(':') < 0 ? host : host.substring(0, host.indexOf(':'));
        var context = new LinkedHashMap<String, Object>();
        context.put("accountId", "000000000000");
        context.put("apiId", "local");
        context.put("domainName", domain);
        context.put("domainPrefix", domain.split("\\.", 2)[0]);
        context.put("http", http);
        context.put("requestId", requestId);
        context.put("routeKey", match.route().key());
        context.put("stage", "$default");
        context.put("time", TIME.format(now));
        context.put("timeEpoch", now.toEpochMilli());
        return context;
    }

    /** API Gateway hands on text as it is and everything else, forms too, in Base64. */
    static boolean isText(String contentType) {
        if (contentType == null) {
            return false;
        }
        var type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.startsWith("text/")
                || type.equals("application/json")
                || type.equals("application/javascript")
                || type.equals("application/xml")
                || type.endsWith("+json")
                || type.endsWith("+xml");
    }

    /** The text, or null when the bytes are none: then Base64 keeps them as they are. */
    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
