/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.receiver;

import io.signalbox.runtime.JsonLine;
import io.signalbox.vendors.Reply;
import java.nio.charset.StandardCharsets;

/**
 * What a request is answered.
 *
 * @param outcome one word for the log: {@code accepted}, {@code greeted}, {@code refused}, {@code unavailable}
 * @param reason why it is not accepted, in capitals; null when it is
 * @param header one more header's name: {@code allow}, {@code retry-after}; null for none
 */
record Answer(int status, String outcome, String reason, String mediaType, String body, String header, String value) {

    /** The usual answer; its body is known from the correlation id alone. */
    static final Answer ACCEPTED = new Answer(200, "accepted", null, null, null, null, null);

    /** What {@link #event} writes of it around the id, which stands in it twice. */
    private static final String[] USUAL = new String(usual(" ").written(" "), StandardCharsets.UTF_8).split(" ", -1);

    private static Answer usual(String correlationId) {
        var body = new JsonLine(96)
                .with("status", "accepted")
                .with("correlation_id", correlationId)
                .close()
                .toString();
        return new Answer(200, "accepted", null, "application/json", body, null, null);
    }

    /** What a vendor has to be told in its own words. */
    static Answer of(String outcome, Reply reply) {
        return new Answer(reply.status(), outcome, null, reply.mediaType(), reply.body(), null, null);
    }

    /**
     * The answer in payload format 2.0.
     *
     * @param correlationId of characters that need no escape
     */
    byte[] event(String correlationId) {
        return body == null
                ? String.join(correlationId, USUAL).getBytes(StandardCharsets.ISO_8859_1)
                : written(correlationId);
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
