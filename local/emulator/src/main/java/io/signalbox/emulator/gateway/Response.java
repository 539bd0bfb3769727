/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.gateway;

import io.signalbox.emulator.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What goes back to the client, made from what a function answered in format 2.0. */
record Response(int status, Map<String, String> headers, List<String> cookies, byte[] body) {

    /** @throws Refusal when the answer is none that API Gateway would take */
    static Response of(byte[] payload) throws Refusal {
        Map<String, Object> answer;
        try {
            answer = Json.object(payload);
        } catch (IOException e) {
            return plain(payload);
        }
        if (!answer.containsKey("statusCode")) {
            return plain(payload);
        }
        try {
            var status = ((Number) answer.get("statusCode")).intValue();
            var headers = new TreeMap<String, String>();
            if (answer.get("headers") instanceof Map<?, ?> given) {
                given.forEach(
                        (name, value) -> headers.put(name.toString().toLowerCase(Locale.ROOT), String.valueOf(value)));
            }
            headers.putIfAbsent("content-type", "text/plain;charset=UTF-8");
            var cookies = answer.get("cookies") instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.<String>of();
            var text = answer.get("body") instanceof String string ? string : "";
            var body = Boolean.TRUE.equals(answer.get("isBase64Encoded"))
                    ? Base64.getDecoder().decode(text)
                    : text.getBytes(StandardCharsets.UTF_8);
            return new Response(status, headers, cookies, body);
        } catch (ClassCastException | IllegalArgumentException e) {
            throw Refusal.internalError();
        }
    }

    /** An answer without a status is a body, of JSON. */
    private static Response plain(byte[] payload) {
        return new Response(200, Map.of("content-type", "application/json"), List.of(), payload);
    }

    static Response of(Refusal refusal) {
        return new Response(
                refusal.status(),
                Map.of("content-type", "application/json"),
                List.of(),
                Json.bytes(Map.of("message", refusal.getMessage())));
    }
}
