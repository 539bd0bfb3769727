/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import io.signalbox.model.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads ids and times as vendors write them. */
public final class Ids {

    private static final int LONGEST = 200;

    /** The last millisecond of the year 9999: a later time is a mistake, and would win over every true one. */
    private static final long LATEST_MILLIS = 253_402_300_799_999L;

    private Ids() {}

    /** An id as text: a string as it is, a whole number in all its digits, never through a {@code double}. */
    public static Optional<String> text(Value value) {
        var text = switch (value) {
            case Value.Text(var string) -> string.strip();
            case Value.Num(var number) ->
                number.signum() == 0 || number.stripTrailingZeros().scale() <= 0
                        ? number.toBigInteger().toString()
                        : "";
            case Value.Bool _, Value.Null _, Value.Arr _, Value.Obj _ -> "";
        };
        return text.isEmpty() || text.length() > LONGEST ? Optional.empty() : Optional.of(text);
    }

    /** Milliseconds since 1970 as a moment, when they are whole and between 1970 and 9999. */
    public static Optional<Instant> millis(Value value) {
        return text(value).flatMap(Ids::millis);
    }

    private static Optional<Instant> millis(String digits) {
        var isNumber = digits.length() <= 15 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? moment(Long.parseLong(digits)) : Optional.empty();
    }

    /** That many milliseconds since 1970 as a moment, when it is between 1970 and 9999. */
    public static Optional<Instant> moment(long millis) {
        return millis >= 0 && millis <= LATEST_MILLIS ? Optional.of(Instant.ofEpochMilli(millis)) : Optional.empty();
    }

    /** A moment as ISO 8601 writes it, with its offset, when it is between 1970 and 9999. */
    public static Optional<Instant> iso(Value value) {
        if (!(value instanceof Value.Text(var text)) || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return moment(OffsetDateTime.parse(text.strip()).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
