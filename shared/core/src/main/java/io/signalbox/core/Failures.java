/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import io.signalbox.store.TooLarge;
import io.signalbox.store.Unavailable;

/** Reasons why an event could not be handled, as they stand in logs and beside dead letters. */
final class Failures {

    static final Outcome.Failed CONTENDED =
            new Outcome.Failed("the record changed in between " + Ports.ATTEMPTS + " times in a row", true);
    static final Outcome.Failed NOBODY = new Outcome.Failed("no record has the id that the event names", false);

    private static final Outcome.Failed UNAVAILABLE = new Outcome.Failed("the storage did not answer", true);
    private static final Outcome.Failed TOO_LARGE =
            new Outcome.Failed("the record is larger than the storage takes", false);

    private Failures() {}

    /** A failure's class names it; its message may quote what the event says, so it stays out. */
    static Outcome.Failed of(RuntimeException failure) {
        return switch (failure) {
            case Unavailable _ -> UNAVAILABLE;
            case TooLarge _ -> TOO_LARGE;
            default -> new Outcome.Failed("unexpected " + failure.getClass().getSimpleName(), true);
        };
    }
}
