/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.outbound;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a vendor in trouble is spared: after five failures in a row nothing is sent for 30 seconds, then one request
 * tries; if it fails, twice as long nothing, up to 15 minutes.
 */
public sealed interface Breaker {

    int FAILURES = 5;
    Duration FIRST = Duration.ofSeconds(30);
    Duration LONGEST = Duration.ofMinutes(15);

    /** How long a probe has the way to itself; longer than any call takes. */
    Duration PROBE = Duration.ofMinutes(1);

    /** All is sent. */
    record Closed(int failures) implements Breaker {

        /** Of a vendor that is well. */
        public static final Closed WELL = new Closed(0);
    }

    /** Nothing is sent until then. */
    record Open(Instant until, int trips) implements Breaker {
        public Open {
            requireNonNull(until, "until is null");
        }
    }

    /** One request is under way, until then at most; the others wait. */
    record HalfOpen(Instant until, int trips) implements Breaker {
        public HalfOpen {
            requireNonNull(until, "until is null");
        }
    }

    /** When to come again; null when it may be sent now. */
    default Instant waitUntil(Instant now) {
        return switch (this) {
            case Closed _ -> null;
            case Open open -> now.isBefore(open.until()) ? open.until() : null;
            case HalfOpen half -> now.isBefore(half.until()) ? half.until() : null;
        };
    }

    /** The state for whoever now sends, {@link #waitUntil} having let it. */
    default Breaker trying(Instant now) {
        return switch (this) {
            case Closed closed -> closed;
            case Open open -> new HalfOpen(now.plus(PROBE), open.trips());
            case HalfOpen half -> new HalfOpen(now.plus(PROBE), half.trips());
        };
    }

    default Breaker failed(Instant now) {
        return switch (this) {
            case Closed closed when closed.failures() + 1 < FAILURES -> new Closed(closed.failures() + 1);
            case Closed _ -> new Open(now.plus(FIRST), 1);
            case Open open -> open;
            case HalfOpen half -> new Open(now.plus(pause(half.trips())), half.trips() + 1);
        };
    }

    private static Duration pause(int trips) {
        var pause = FIRST.multipliedBy(1L << Math.min(trips, 10));
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}
