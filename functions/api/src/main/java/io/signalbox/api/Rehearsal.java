/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.signalbox.model.Scope;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What runs before a snapshot is taken: requests that read through every layer down to the real tables and parameters,
 * and refused writes, which load all of a write but the write. None changes anything.
 */
final class Rehearsal {

    private static final String NOBODY = "/by/email/nobody@rehearsal.invalid";

    private final ApiHandler handler;

    Rehearsal(ApiHandler handler) {
        this.handler = requireNonNull(handler, "handler is null");
    }

    void run() throws IOException {
        var failed = new ArrayList<String>();
        play(failed, event("GET", "/health", "", ""), 200, 503);
        play(failed, event("GET", "/api/v4/contacts" + NOBODY, "", ""), 404);
        play(failed, event("GET", "/api/v4/contacts", "", ""), 200);
        play(failed, event("GET", "/api/v4/rules", "", ""), 200);
        play(failed, event("POST", "/api/v4/contacts", "application/json", "{\"email\":7}"), 422);
        play(
                failed,
                event(
                        "POST",
                        "/oauth/token",
                        "application/x-www-form-urlencoded",
                        "grant_type=client_credentials&client_id=rehearsal&client_secret=rehearsal"),
                401);
        if (!failed.isEmpty()) {
            throw new IllegalStateException("unexpected answers: " + String.join(", ", failed));
        }
    }

    private void play(List<String> failed, Value event, int... expected) throws IOException {
        var out = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(Json.bytes(event)), out, null);
        try {
            var status = Json.parse(out.toByteArray()).at("statusCode").asText();
            for (var code : expected) {
                if (Integer.toString(code).equals(status)) {
                    return;
                }
            }
            failed.add(event.at("rawPath").asText() + " " + status);
        } catch (Json.Malformed e) {
            throw new IllegalStateException(
                    "an answer is not JSON: " + out.toString(UTF_8).length() + " bytes", e);
        }
    }

    private static Value event(String method, String path, String contentType, String body) {
        var headers = new LinkedHashMap<String, Value>();
        headers.put("accept", Value.of("application/json"));
        if (!contentType.isEmpty()) {
            headers.put("content-type", Value.of(contentType));
        }
        var access = Map.of(
                "decision", Value.of("allow"),
                "client_id", Value.of("rehearsal"),
                "scopes", Value.of(Scope.CONTACTS_READ + " " + Scope.CONTACTS_WRITE + " " + Scope.RULES_READ));
        return Value.of(Map.of(
                "version", Value.of("2.0"),
                "routeKey", Value.of("$default"),
                "rawPath", Value.of(path),
                "rawQueryString", Value.of(""),
                "headers", Value.of(headers),
                "body", Value.of(body),
                "isBase64Encoded", Value.FALSE,
                "requestContext",
                        Value.of(Map.of(
                                "domainName", Value.of("rehearsal.invalid"),
                                "stage", Value.of("$default"),
                                "http", Value.of(Map.of("method", Value.of(method), "path", Value.of(path))),
                                "authorizer", Value.of(Map.of("lambda", Value.of(access)))))));
    }
}
