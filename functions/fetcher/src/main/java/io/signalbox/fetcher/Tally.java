/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.fetcher;

import io.signalbox.runtime.Log;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a batch came to, for its log line and its metrics. */
final class Tally {

    /** The names are the fields of the log line, in lower case, and of the metrics. */
    enum Count {
        JOBS,
        READ,
        WRITTEN,
        POSTPONED,
        DROPPED,
        DEAD_LETTERS
    }

    private final Map<Count, Long> counts = new EnumMap<>(Count.class);

    void add(Count count, long number) {
        counts.merge(count, number, Long::sum);
    }

    /** All counts that are not zero. */
    Map<String, Long> counts() {
        var named = new LinkedHashMap<String, Long>();
        counts.forEach((count, number) -> named.put(count.name().toLowerCase(Locale.ROOT), number));
        return named;
    }

    Log.Line line() {
        var line = Log.line();
        counts().forEach(line::with);
        return line;
    }
}
