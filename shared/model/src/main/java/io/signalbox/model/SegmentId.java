/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import java.time.Instant;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The id of a journal segment: 12 hex digits of milliseconds since 1970, then 8 random ones. Sorts by the time the
 * segment was written.
 */
public record SegmentId(String value) implements Comparable<SegmentId> {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{20}");

    public SegmentId {
        if (value == null || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("segment id is not 20 hex digits");
        }
    }

    public static SegmentId create(Instant now, RandomGenerator random) {
        var hex = HexFormat.of();
        return new SegmentId(hex.toHexDigits(now.toEpochMilli(), 12) + hex.toHexDigits(random.nextInt()));
    }

    public Instant time() {
        return Instant.ofEpochMilli(HexFormat.fromHexDigitsToLong(value, 0, 12));
    }

    @Override
    public int compareTo(SegmentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
