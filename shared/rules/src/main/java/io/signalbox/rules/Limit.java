/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.Engagement;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many events of a period a rule counts. Periods are those of the event's own time in UTC, so a late event changes
 * no other period; a week starts on Monday.
 *
 * @param keepFirst whether the oldest of a period count rather than the newest
 */
record Limit(int count, Period per, boolean keepFirst) {

    enum Period {
        HOUR,
        DAY,
        WEEK,
        EVER;

        /** 1970-01-01 was a Thursday. */
        private static final int HOURS_FROM_MONDAY = 3 * 24;

        long of(int hour) {
            return switch (this) {
                case HOUR -> hour;
                case DAY -> Math.floorDiv(hour, 24);
                case WEEK -> Math.floorDiv((long) hour + HOURS_FROM_MONDAY, 7 * 24);
                case EVER -> 0;
            };
        }
    }

    /** The events that count, by hour. */
    SortedMap<Integer, Integer> counted(Engagement engagement) {
        NavigableMap<Integer, Integer> hours = new TreeMap<>(engagement.hours());
        var counted = new TreeMap<Integer, Integer>();
        var left = 0;
        var period = Long.MIN_VALUE;
        for (var hour : (keepFirst ? hours : hours.descendingMap()).entrySet()) {
            var here = per.of(hour.getKey());
            left = here == period ? left : count;
            period = here;
            var taken = Math.min(left, hour.getValue());
            if (taken > 0) {
                counted.put(hour.getKey(), taken);
                left -= taken;
            }
        }
        return counted;
    }
}
