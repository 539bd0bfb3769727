/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import io.signalbox.model.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Reads moments as vendors write them. What cannot be one, or lies before 1970 or past 9999, is none: a wrong time would
 * win over every true one.
 */
public final class Times {

    private static final int LONGEST = 40;

    private Times() {}

    /** ISO 8601 with an offset: {@code 2026-03-01T10:00:00Z}, with or without seconds and a fraction. */
    public static Optional<Instant> iso(Value value) {
        if (!(value instanceof Value.Text(var text)) || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Ids.moment(OffsetDateTime.parse(text.strip()).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** {@code 2026-03-01 10:00:00}, which is in UTC. */
    public static Optional<Instant> spacedUtc(String text) {
        if (text.length() != 19 || text.charAt(10) != ' ') {
            return Optional.empty();
        }
        try {
            var local = LocalDateTime.parse(text.substring(0, 10) + "T" + text.substring(11));
            return Ids.moment(local.toInstant(ZoneOffset.UTC).toEpochMilli());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whole seconds since 1970. */
    public static Optional<Instant> seconds(Value value) {
        return Ids.text(value)
                .filter(digits -> digits.length() <= 12 && digits.chars().allMatch(c -> c >= '0' && c <= '9'))
                .flatMap(digits -> Ids.moment(Long.parseLong(digits) * 1_000));
    }
}
