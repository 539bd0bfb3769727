/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import java.time.Instant;
import java.util.Comparator;

/**
 * When and by which event something was set: the order that decides who wins. Later time wins; at the same millisecond
 * the greater {@link EventId#tag() tag} does, so the winner is the same in whatever order the events arrive.
 *
 * @param millis the event's time, in milliseconds since 1970-01-01T00:00:00Z; may be negative
 * @param tag the first 48 bits of the event's id
 */
public record Stamp(long millis, long tag) implements Comparable<Stamp> {

    /** Before every event: what nobody set. */
    public static final Stamp NONE = new Stamp(Long.MIN_VALUE, 0);

    private static final Comparator<Stamp> ORDER =
            Comparator.comparingLong(Stamp::millis).thenComparingLong(Stamp::tag);

    public static Stamp of(CanonicalEvent event) {
        return new Stamp(event.time().toEpochMilli(), event.id().tag());
    }

    public Instant time() {
        return Instant.ofEpochMilli(millis);
    }

    public boolean isAfter(Stamp other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Stamp other) {
        return ORDER.compare(this, other);
    }
}
