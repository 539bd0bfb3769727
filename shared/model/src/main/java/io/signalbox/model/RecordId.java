/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The id of a record: a whole number below 2^53, written in decimal. Its upper 41 bits are milliseconds since
 * 2020-01-01T00:00:00Z (enough until 2089), its lower 12 are random, so ids sort by the time of creation and survive
 * clients that read them as floating-point numbers. Two records made in one millisecond may draw the same id; the
 * conditional create notices and draws again.
 */
public record RecordId(long value) implements Comparable<RecordId> {

    static final long EPOCH_MILLIS = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
    private static final int RANDOM_BITS = 12;
    private static final long LIMIT = 1L << 53;

    public RecordId {
        if (value <= 0 || value >= LIMIT) {
            throw new IllegalArgumentException("record id out of range: " + value);
        }
    }

    public static RecordId create(Instant now, RandomGenerator random) {
        var millis = Math.max(1, now.toEpochMilli() - EPOCH_MILLIS);
        return new RecordId(millis << RANDOM_BITS | random.nextInt(1 << RANDOM_BITS));
    }

    /** The id these digits write, or nothing when they are not the canonical decimal form of one. */
    public static Optional<RecordId> parse(String digits) {
        if (digits == null || digits.length() > 16 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        if (digits.isEmpty() || digits.charAt(0) == '0') {
            return Optional.empty();
        }
        var value = Long.parseLong(digits);
        return value < LIMIT ? Optional.of(new RecordId(value)) : Optional.empty();
    }

    @Override
    public int compareTo(RecordId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
