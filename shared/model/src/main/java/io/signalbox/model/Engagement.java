/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often, and when, events met one engagement rule: counts by hour of event time, and no points. Whole numbers in
 * named hours add up to the same whatever the order of arrival; points, half-lives and limits are applied when a score
 * is read, so changing them needs no replay.
 *
 * @param hours hours since 1970-01-01T00Z (floor) to the number of events in that hour, each at least 1
 */
public record Engagement(SortedMap<Integer, Integer> hours) {

    public static final long HOUR_MILLIS = 3_600_000;

    public static final Engagement EMPTY = new Engagement(Collections.emptySortedMap());

    public Engagement {
        hours = Collections.unmodifiableSortedMap(new TreeMap<>(hours));
    }

    public static int hourOf(long millis) {
        return Math.toIntExact(Math.floorDiv(millis, HOUR_MILLIS));
    }

    public Engagement plus(int hour, int count) {
        var sum = new TreeMap<>(hours);
        sum.merge(hour, count, Integer::sum);
        return new Engagement(sum);
    }

    public int total() {
        return hours.values().stream().mapToInt(Integer::intValue).sum();
    }
}
