/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.load;

import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Requests as the HTTP API of API Gateway hands them on, payload format 2.0. */
public final class HttpEvent {

    private HttpEvent() {}

    /**
     * @param authorizer what the authorizer found; empty for a route that has none
     * @param body null for none
     */
    public static byte[] of(
            String method,
            String routeKey,
            String path,
            Map<String, Value> headers,
            Map<String, Value> pathParameters,
            Map<String, Value> authorizer,
            String body,
            Instant now) {
        var http = new LinkedHashMap<String, Value>();
        http.put("method", Value.of(method));
        http.put("path", Value.of(path));
        http.put("protocol", Value.of("HTTP/1.1"));
        http.put("sourceIp", Value.of("54.174.57.11"));
        http.put("userAgent", Value.of("HubSpot Connect 2.0 (http://dev.hubspot.com/)"));
        var context = new LinkedHashMap<String, Value>();
        context.put("accountId", Value.of("000000000000"));
        context.put("apiId", Value.of("a1b2c3d4e5"));
        if (!authorizer.isEmpty()) {
            context.put("authorizer", Value.of(Map.of("lambda", Value.of(authorizer))));
        }
        context.put("domainName", Value.of("hub.example.com"));
        context.put("domainPrefix", Value.of("hub"));
        context.put("http", Value.of(http));
        context.put("requestId", Value.of("RkNqGj9AoAMEVbQ="));
        context.put("routeKey", Value.of(routeKey));
        context.put("stage", Value.of("$default"));
        context.put("time", Value.of("16/Jan/2024:00:05:55 +0000"));
        context.put("timeEpoch", Value.of(now.toEpochMilli()));
        var event = new LinkedHashMap<String, Value>();
        event.put("version", Value.of("2.0"));
        event.put("routeKey", Value.of(routeKey));
        event.put("rawPath", Value.of(path));
        event.put("rawQueryString", Value.of(""));
        event.put("headers", Value.of(headers));
        event.put("requestContext", Value.of(context));
        if (!pathParameters.isEmpty()) {
            event.put("pathParameters", Value.of(pathParameters));
        }
        if (body != null) {
            event.put("body", Value.of(body));
        }
        event.put("isBase64Encoded", Value.FALSE);
        return Json.bytes(Value.of(event));
    }
}
