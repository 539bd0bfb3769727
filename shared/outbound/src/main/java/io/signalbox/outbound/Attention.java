/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.outbound;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What only a connection's owner can mend.
 *
 * @param message what is wrong, for people
 * @param action what to do
 */
public record Attention(Code code, String message, String action, Instant since) {

    /** What kind of thing. */
    public enum Code {
        GRANT_REVOKED,
        SCOPE_MISSING,
        APP_REFUSED,
        CHANNEL_ENDING;

        /** Whether nothing is to be sent to the vendor meanwhile. */
        public boolean blocks() {
            return this == GRANT_REVOKED || this == APP_REFUSED;
        }
    }

    public Attention {
        requireNonNull(code, "code is null");
        requireNonNull(message, "message is null");
        requireNonNull(action, "action is null");
        since = Instant.ofEpochMilli(since.toEpochMilli());
    }
}
