/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.receiver;

import io.signalbox.runtime.JsonLine;
import java.nio.charset.StandardCharsets;

/**
 * What a request is answered.
 *
 * @param outcome one word for the log: {@code accepted}, {@code refused}, {@code unavailable}
 * @param reason why it is not accepted, in capitals; null when it is
 * @param header one more header's name: {@code allow}, {@code retry-after}; null for none
 */
record Answer(int status, String outcome, String reason, String mediaType, String body, String header, String value) {

    /** What {@link #event} writes of an accepted request around its id, which stands in it twice. */
    private static final String[] ACCEPTED =
            new String(accepted(" ").written(" "), StandardCharsets.UTF_8).split(" ", -1);

    static Answer accepted(String correlationId) {
        var body = new JsonLine(96)
                .with("status", "accepted")
                .with("correlation_id", correlationId)
                .close()
                .toString();
        return new Answer(200, "accepted", null, "application/json", body, null, null);
    }

    /**
     * The answer in payload format 2.0.
     *
     * @param correlationId of characters that need no escape
     */
    byte[] event(String correlationId) {
        if (status != 200) {
            return written(correlationId);
        }
        return String.join(correlationId, ACCEPTED).getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] written(String correlationId) {
        var line = new JsonLine(384)
                .with("statusCode", status)
                .object("headers")
                .with("content-type", mediaType)
                .with("cache-control", "no-store")
                .with("x-correlation-id", correlationId);
        if (header != null) {
            line.with(header, value);
        }
        return line.end()
                .with("body", body)
                .with("isBase64Encoded", false)
                .close()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
