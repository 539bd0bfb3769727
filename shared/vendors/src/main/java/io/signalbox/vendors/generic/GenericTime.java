/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.generic;

import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.Times;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** A time in whichever way a sender of one's own writes it. */
public final class GenericTime {

    /** Seconds since 1970 up to the year 2286, milliseconds from 1973 on: ten digits and fewer are seconds. */
    private static final BigDecimal FIRST_MILLIS = BigDecimal.valueOf(100_000_000_000L);

    private GenericTime() {}

    /** ISO 8601 with an offset, or a number of seconds or milliseconds; between 1970 and 9999. */
    public static Optional<Instant> of(Value value) {
        return switch (value) {
            case Value.Text _ -> Times.iso(value);
            case Value.Num(var number) -> {
                if (number.signum() < 0 || number.precision() - number.scale() > 15) {
                    yield Optional.empty();
                }
                var millis = number.compareTo(FIRST_MILLIS) < 0 ? number.movePointRight(3) : number;
                yield Ids.moment(millis.longValue());
            }
            case Value.Bool _, Value.Null _, Value.Arr _, Value.Obj _ -> Optional.empty();
        };
    }
}
