/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer. A header has one value: API Gateway's payload format 2.0 has no room for two, so a list is joined by
 * commas.
 *
 * @param headers by name as it is written out; {@code Content-Type} among them when there is a body
 */
record Response(int status, Map<String, String> headers, byte[] body) {

    private static final byte[] NOTHING = {};

    Response {
        var sorted = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        headers = Collections.unmodifiableMap(sorted);
        requireNonNull(body, "body is null");
    }

    static Response json(int status, Value body) {
        return new Response(status, Map.of("Content-Type", "application/json"), Json.bytes(body));
    }

    static Response empty(int status) {
        return new Response(status, Map.of(), NOTHING);
    }

    Response with(String header, String value) {
        var all = new TreeMap<>(headers);
        all.put(header, value);
        return new Response(status, all, body);
    }

    /** With the header, unless it has one of that name. */
    Response withDefault(String header, String value) {
        return headers.containsKey(header) ? this : with(header, value);
    }

    Response withoutBody() {
        return new Response(status, headers, NOTHING);
    }

    /** What the answer to {@code GET} would be if the caller did not have it already (RFC 9110 section 13.1.2). */
    Response unlessMatched(String ifNoneMatch) {
        var tag = headers.get("ETag");
        if (status != 200 || tag == null || ifNoneMatch == null || !EntityTags.anyWeakly(ifNoneMatch, tag)) {
            return this;
        }
        var kept = new TreeMap<>(headers);
        kept.remove("Content-Type");
        return new Response(304, kept, NOTHING);
    }
}
