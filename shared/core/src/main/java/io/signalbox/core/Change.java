/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.EventId;
import io.signalbox.model.EventType;
import io.signalbox.model.Life;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Segment;
import io.signalbox.model.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a group of events makes of their one record, before anything is written.
 *
 * @param before the record as it was read; empty when it is to be made
 * @param after with all new events folded in; not scored yet
 * @param fresh the events that count
 * @param settled outcomes that hold whatever becomes of the write
 */
record Change(
        RecordKey key,
        Optional<CrmRecord> before,
        CrmRecord after,
        List<CanonicalEvent> fresh,
        Map<EventId, Outcome> settled) {

    static Change of(
            RecordKey key, Optional<CrmRecord> before, List<CanonicalEvent> events, Scoring scoring, Journal journal) {
        var base = before.orElseGet(() -> CrmRecord.empty(key));
        var settled = new HashMap<EventId, Outcome>();
        var fresh = new ArrayList<CanonicalEvent>();
        var after = base;
        var known = known(base, events, journal);
        for (var event : events) {
            if (known.contains(event.id())) {
                settled.put(event.id(), new Outcome.Duplicate(key));
            } else {
                after = Fold.apply(after, event, scoring.engagementRules(event));
                fresh.add(event);
            }
        }
        if (isErased(base) && after.equals(base)) {
            fresh.forEach(event -> settled.put(event.id(), new Outcome.Ignored(key)));
            fresh.clear();
        }
        return new Change(key, before, after, List.copyOf(fresh), settled);
    }

    /** Those of the events that the record holds. At most one walk through its journal, and mostly none. */
    static Set<EventId> known(CrmRecord base, List<CanonicalEvent> events, Journal journal) {
        var known = new HashSet<EventId>();
        var unsure = new ArrayList<CanonicalEvent>();
        for (var event : events) {
            switch (Fold.knows(base, event)) {
                case YES -> known.add(event.id());
                case UNSURE -> unsure.add(event);
                case NO -> {}
            }
        }
        known.addAll(journal.known(base, unsure));
        return known;
    }

    static boolean isErased(CrmRecord record) {
        return record.life().state() == Life.State.ERASED;
    }

    boolean isEmpty() {
        return fresh.isEmpty();
    }

    /** Whether this change is the one that erases the person. */
    boolean erases() {
        return isErased(after) && !before.map(Change::isErased).orElse(false);
    }

    /** What goes into the journal; of an erased person that it was erased, and nothing else. */
    List<Segment.Entry> entries() {
        if (!isErased(after)) {
            return fresh.stream().map(event -> new Segment.Entry(key, event)).toList();
        }
        return erases()
                ? fresh.stream()
                        .filter(Change::isErasure)
                        .map(event -> new Segment.Entry(key, bare(event)))
                        .toList()
                : List.of();
    }

    Outcome applied(CanonicalEvent event, long version) {
        return isErased(after) && !isErasure(event) ? new Outcome.Ignored(key) : new Outcome.Applied(key, version);
    }

    private static boolean isErasure(CanonicalEvent event) {
        return event.type().equals(EventType.PRIVACY_DELETED);
    }

    private CanonicalEvent bare(CanonicalEvent event) {
        return new CanonicalEvent(
                event.id(),
                event.type(),
                event.rawType(),
                event.vendor(),
                event.connection(),
                event.object(),
                new Subject.Own(key.id()),
                event.time(),
                Map.of(),
                List.of(),
                Map.of());
    }
}
