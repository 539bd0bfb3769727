/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.fetcher;

import io.signalbox.model.ObjectType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records to read in one call.
 *
 * @param wants their ids, and what is known of each
 */
record Chunk(ObjectType type, String object, Map<String, Want> wants) {

    /**
     * @param asOf time of the newest event that asks for it, in milliseconds
     * @param attempt how often it was tried before
     * @param since when it was first asked for
     */
    record Want(long asOf, int attempt, Instant since) {

        /** Both in one: read once for the newer event. */
        Want or(Want other) {
            return new Want(
                    Math.max(asOf, other.asOf),
                    Math.min(attempt, other.attempt),
                    since.isBefore(other.since) ? since : other.since);
        }
    }

    int attempt() {
        return wants.values().stream().mapToInt(Want::attempt).max().orElse(0);
    }

    /** The same in chunks of at most so many. */
    List<Chunk> split(int most) {
        var all = new ArrayList<Chunk>();
        var next = new LinkedHashMap<String, Want>();
        for (var want : wants.entrySet()) {
            next.put(want.getKey(), want.getValue());
            if (next.size() == most) {
                all.add(new Chunk(type, object, next));
                next = new LinkedHashMap<>();
            }
        }
        if (!next.isEmpty()) {
            all.add(new Chunk(type, object, next));
        }
        return all;
    }

    Map<String, Long> asOf() {
        var times = new LinkedHashMap<String, Long>();
        wants.forEach((id, want) -> times.put(id, want.asOf()));
        return times;
    }

    Chunk only(Iterable<String> ids) {
        var some = new LinkedHashMap<String, Want>();
        ids.forEach(id -> some.put(id, wants.get(id)));
        return new Chunk(type, object, some);
    }
}
