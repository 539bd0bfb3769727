/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A stretch of the journal: the events of one batch, and for each record among them the segment that holds the ones
 * before. Walking {@code previous} from a record's journal head gives its whole history, newest batch first.
 *
 * @param events in the order they were handled; each belongs to one record
 */
public record Segment(SegmentId id, List<Entry> events, Map<RecordKey, Optional<SegmentId>> previous) {

    public Segment {
        requireNonNull(id, "id is null");
        events = List.copyOf(events);
        previous = java.util.Collections.unmodifiableMap(new TreeMap<>(previous));
    }

    /** An event and the record it was folded into. */
    public record Entry(RecordKey record, CanonicalEvent event) {
        public Entry {
            requireNonNull(record, "record is null");
            requireNonNull(event, "event is null");
        }
    }
}
