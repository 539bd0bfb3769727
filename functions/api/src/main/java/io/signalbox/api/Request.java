/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.runtime.PublicUrl;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came through API Gateway.
 *
 * @param method in capitals
 * @param path as it was sent, not decoded
 * @param rawQuery what stood after the {@code ?}; empty when nothing did
 * @param headers names in lower case; values of a repeated header joined by commas
 * @param body its bytes; do not change the array
 * @param access what the authorizer said
 * @param url where this API is
 * @param correlationId the id that the answer and the log line carry
 */
record Request(
        String method,
        String path,
        String rawQuery,
        Map<String, String> headers,
        byte[] body,
        Access access,
        PublicUrl url,
        String correlationId) {

    Request {
        requireNonNull(method, "method is null");
        requireNonNull(path, "path is null");
        requireNonNull(rawQuery, "rawQuery is null");
        headers = Map.copyOf(headers);
        requireNonNull(body, "body is null");
        requireNonNull(access, "access is null");
        requireNonNull(url, "url is null");
        requireNonNull(correlationId, "correlationId is null");
    }

    /** @param name in lower case */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The query or a form, decoded, in the order it was written; what cannot be decoded stays as it is. */
    static List<Map.Entry<String, String>> form(String text) {
        var pairs = new ArrayList<Map.Entry<String, String>>();
        for (var pair : text.split("&")) {
            if (!pair.isEmpty()) {
                var equals = pair.indexOf('=');
                var name = equals < 0 ? pair : pair.substring(0, equals);
                pairs.add(Map.entry(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1))));
            }
        }
        return pairs;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    @Override
    public String toString() {
        return "Request[" + method + ", " + body.length + " bytes, " + correlationId + "]";
    }
}
