/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.processor;

import io.signalbox.core.Outcome;
import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.EventType;
import io.signalbox.runtime.Log;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a batch came to, for its log line and its metrics. */
final class Tally {

    /** The names are the fields of the log line, in lower case, and of the metrics. */
    enum Count {
        MESSAGES,
        EVENTS,
        APPLIED,
        DUPLICATES,
        IGNORED,
        FAILED,
        RAW,
        REJECTIONS,
        DEAD_LETTERS,
        RETRIES;

        String field() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Count, Long> counts = new EnumMap<>(Count.class);

    void add(Count count, long number) {
        counts.merge(count, number, Long::sum);
    }

    void add(CanonicalEvent event, Outcome outcome) {
        add(Count.EVENTS, 1);
        if (event.type().equals(EventType.VENDOR_RAW)) {
            add(Count.RAW, 1);
        }
        add(
                switch (outcome) {
                    case Outcome.Applied _ -> Count.APPLIED;
                    case Outcome.Duplicate _ -> Count.DUPLICATES;
                    case Outcome.Ignored _ -> Count.IGNORED;
                    case Outcome.Failed _ -> Count.FAILED;
                },
                1);
    }

    long get(Count count) {
        return counts.getOrDefault(count, 0L);
    }

    /** All counts that are not zero. */
    Map<String, Long> counts() {
        var named = new LinkedHashMap<String, Long>();
        counts.forEach((count, number) -> named.put(count.field(), number));
        return named;
    }

    Log.Line line() {
        var line = Log.line();
        counts().forEach(line::with);
        return line;
    }
}
