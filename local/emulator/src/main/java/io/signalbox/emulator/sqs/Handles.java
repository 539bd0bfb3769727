/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.sqs;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Receipt handles: which message of which queue, and which receive of it. Opaque to callers. */
final class Handles {

    private static final int PARTS = 3;

    private Handles() {}

    record Handle(String queue, long number, int receive) {}

    static String encode(String queue, long number, int receive) {
        var text = queue + ":" + number + ":" + receive;
        return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static Handle decode(String queue, String handle) throws SqsException {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(handle), StandardCharsets.UTF_8).split(":");
            if (parts.length == PARTS && parts[0].equals(queue)) {
                return new Handle(queue, Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
            }
        } catch (IllegalArgumentException e) {
            throw new SqsException(SqsError.RECEIPT_HANDLE_IS_INVALID, "The input receipt handle is invalid.", e);
        }
        throw new SqsException(SqsError.RECEIPT_HANDLE_IS_INVALID, "The input receipt handle is invalid.");
    }
}
