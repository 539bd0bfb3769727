/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request to a connection that was refused, as its owner may see it: no body, no secret, no signature.
 *
 * @param reason one of the verifier's reasons, in capitals: {@code SIGNATURE_MISMATCH}
 * @param hint what to check, in a sentence
 * @param status what was answered
 * @param headers names in lower case; values redacted to their length but for a short allow-list
 * @param bodyBytes the body's size
 */
public record Rejection(
        ConnectionId connection,
        Instant at,
        String reason,
        String hint,
        int status,
        String method,
        String sourceIp,
        Map<String, String> headers,
        int bodyBytes,
        String correlationId) {

    public Rejection {
        requireNonNull(connection, "connection is null");
        requireNonNull(at, "at is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(hint, "hint is null");
        requireNonNull(method, "method is null");
        requireNonNull(sourceIp, "sourceIp is null");
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
        requireNonNull(correlationId, "correlationId is null");
    }
}
