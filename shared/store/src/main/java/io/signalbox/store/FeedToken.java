/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * A place in the change feed.
 *
 * @param number of the last page that is done with
 * @param part how many changes of the next page are done with as well; on the way back, how many of this one are left
 * @param issuedAt when it was given out, to the second
 */
public record FeedToken(long number, int part, Instant issuedAt) {

    public FeedToken {
        requireNonNull(issuedAt, "issuedAt is null");
        issuedAt = Instant.ofEpochSecond(issuedAt.getEpochSecond());
    }

    /** In base 36, to be signed by whoever hands it out. */
    public String text() {
        return Long.toString(issuedAt.getEpochSecond(), 36) + "." + Long.toString(number, 36) + "-"
                + Integer.toString(part, 36);
    }

    /** The token so written, if it is one. */
    public static Optional<FeedToken> parse(String text) {
        var parts = text.split("[.-]", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            var token = new FeedToken(
                    Long.parseLong(parts[1], 36),
                    Integer.parseInt(parts[2], 36),
                    Instant.ofEpochSecond(Long.parseLong(parts[0], 36)));
            return token.text().equals(text) ? Optional.of(token) : Optional.empty();
        } catch (NumberFormatException | DateTimeException _) {
            return Optional.empty();
        }
    }
}
