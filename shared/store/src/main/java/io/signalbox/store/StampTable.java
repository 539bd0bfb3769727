/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.Stamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * All stamps of a record, newest first, each once, whatever points at it. Times are differences to the next newer one:
 * about 4 bytes for events days apart, and 6 for the tag.
 */
record StampTable(List<Stamp> newestFirst) {

    static final int TAG_BYTES = 6;

    static StampTable of(Collection<Stamp> stamps) {
        return new StampTable(List.copyOf(new TreeSet<>(stamps).descendingSet()));
    }

    /** The time that others are told from: the newest stamp's, 0 when there is none. */
    long base() {
        return newestFirst.isEmpty() ? 0 : newestFirst.getFirst().millis();
    }

    Map<Stamp, Integer> places() {
        var places = new HashMap<Stamp, Integer>();
        for (var stamp : newestFirst) {
            places.put(stamp, places.size());
        }
        return places;
    }

    void write(PackWriter out) {
        out.number(newestFirst.size());
        var millis = 0L;
        for (var i = 0; i < newestFirst.size(); i++) {
            var stamp = newestFirst.get(i);
            if (i == 0) {
                out.signed(stamp.millis());
            } else {
                out.number(millis - stamp.millis());
            }
            millis = stamp.millis();
            out.raw(stamp.tag(), TAG_BYTES);
        }
    }

    static StampTable read(PackReader in) {
        var count = in.count();
        var stamps = new ArrayList<Stamp>(count);
        var millis = 0L;
        for (var i = 0; i < count; i++) {
            millis = i == 0 ? in.signed() : millis - in.number();
            stamps.add(new Stamp(millis, in.raw(TAG_BYTES)));
        }
        return new StampTable(Collections.unmodifiableList(stamps));
    }

    /** Which of the table's stamps are among these: a bit each. */
    void writeSubset(PackWriter out, Collection<Stamp> subset) {
        for (var from = 0; from < newestFirst.size(); from += 8) {
            var bits = 0;
            for (var i = from; i < Math.min(from + 8, newestFirst.size()); i++) {
                bits |= subset.contains(newestFirst.get(i)) ? 1 << (i - from) : 0;
            }
            out.raw(bits, 1);
        }
    }

    TreeSet<Stamp> readSubset(PackReader in) {
        var subset = new TreeSet<Stamp>();
        for (var from = 0; from < newestFirst.size(); from += 8) {
            var bits = in.raw(1);
            for (var i = from; i < Math.min(from + 8, newestFirst.size()); i++) {
                if (((bits >> (i - from)) & 1) == 1) {
                    subset.add(newestFirst.get(i));
                }
            }
        }
        return subset;
    }
}
