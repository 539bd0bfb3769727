/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.RecordKey;
import io.signalbox.model.Segment;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Segments with less in them. */
final class Segments {

    private Segments() {}

    /** Without the events of these records; the way to what was before stays. */
    static Segment scrubbed(Segment segment, Set<RecordKey> gone) {
        return new Segment(segment.id(), eventsBut(segment, gone), segment.previous());
    }

    /** Without any trace of these records. */
    static Segment retracted(Segment segment, Set<RecordKey> gone) {
        var previous = new TreeMap<>(segment.previous());
        previous.keySet().removeAll(gone);
        return new Segment(segment.id(), eventsBut(segment, gone), previous);
    }

    private static List<Segment.Entry> eventsBut(Segment segment, Set<RecordKey> gone) {
        return segment.events().stream()
                .filter(entry -> !gone.contains(entry.record()))
                .toList();
    }
}
