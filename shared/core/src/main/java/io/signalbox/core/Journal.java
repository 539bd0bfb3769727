/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.EventId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import io.signalbox.store.RecordStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The journal as seen from a record: its segments newest first, through merges into the histories of the records that
 * were merged. One read per segment; the last few are kept, for the records of a batch tend to share theirs. Not
 * thread-safe: one per batch.
 */
final class Journal {

    /** How far a vendor's clock may be ahead: an event was handled at most this long before its own time. */
    static final Duration SKEW = Duration.ofDays(1);

    private static final int KEPT = 64;

    private final RecordStore records;
    private final Map<SegmentId, Optional<Segment>> kept = new LinkedHashMap<>(KEPT, 0.75f, true);

    Journal(RecordStore records) {
        this.records = requireNonNull(records, "records is null");
    }

    /** A segment and the record whose events in it are meant. */
    record Position(SegmentId segment, RecordKey record) {}

    /** A segment that was reached, and the record's events in it in the order they were handled. */
    record Step(Position position, Segment segment) {
        List<Segment.Entry> entries() {
            return segment.events().stream()
                    .filter(entry -> entry.record().equals(position.record()))
                    .toList();
        }
    }

    static Walk start(CrmRecord record) {
        return new Walk(record.journalHead()
                .map(head -> List.of(new Position(head, record.key())))
                .orElse(List.of()));
    }

    /** A place in a history: the segments that come next on each of its branches. */
    static final class Walk {
        private static final Comparator<Position> NEWEST_FIRST =
                Comparator.comparing(Position::segment).reversed().thenComparing(Position::record);

        private final PriorityQueue<Position> next = new PriorityQueue<>(NEWEST_FIRST);

        Walk(Collection<Position> from) {
            next.addAll(from);
        }

        List<Position> positions() {
            return next.stream().sorted(NEWEST_FIRST).toList();
        }
    }

    /** The next segment, or nothing at the end. A segment that is no longer kept ends its branch. */
    Optional<Step> next(Walk walk) {
        while (!walk.next.isEmpty()) {
            var position = walk.next.poll();
            var segment = read(position.segment());
            if (segment.isPresent()) {
                follow(walk, position.record(), segment.get());
                return Optional.of(new Step(position, segment.get()));
            }
        }
        return Optional.empty();
    }

    private static void follow(Walk walk, RecordKey record, Segment segment) {
        var merges = segment.events().stream()
                .anyMatch(entry ->
                        entry.record().equals(record) && !entry.event().merged().isEmpty());
        // Records that became part of this one have no events of their own in the segment; others have.
        var others = segment.events().stream().map(Segment.Entry::record).collect(Collectors.toSet());
        segment.previous().forEach((key, previous) -> {
            if (key.equals(record) || (merges && !others.contains(key))) {
                previous.ifPresent(id -> walk.next.add(new Position(id, key)));
            }
        });
    }

    private Optional<Segment> read(SegmentId id) {
        var segment = kept.get(id);
        if (segment == null) {
            segment = records.segment(id);
            kept.put(id, segment);
            if (kept.size() > KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        return segment;
    }

    /**
     * Those of the events that the record's history holds. Reads back to the day before the oldest of them, and no
     * further than it takes to find them all.
     */
    Set<EventId> known(CrmRecord record, Collection<CanonicalEvent> events) {
        if (events.isEmpty()) {
            return Set.of();
        }
        var sought = events.stream().map(CanonicalEvent::id).collect(Collectors.toSet());
        var horizon = events.stream()
                .map(CanonicalEvent::time)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MIN)
                .minus(SKEW);
        var found = new HashSet<EventId>();
        var walk = start(record);
        var step = next(walk);
        while (step.isPresent()
                && found.size() < sought.size()
                && !step.get().segment().id().time().isBefore(horizon)) {
            for (var entry : step.get().entries()) {
                if (sought.contains(entry.event().id())) {
                    found.add(entry.event().id());
                }
            }
            step = next(walk);
        }
        return found;
    }

    /**
     * Takes everything the record's history says out of it, oldest first: if it is cut short, the way to what is left
     * is still there.
     */
    void scrub(CrmRecord record) {
        var way = new LinkedHashMap<SegmentId, Set<RecordKey>>();
        var walk = start(record);
        for (var step = next(walk); step.isPresent(); step = next(walk)) {
            var position = step.get().position();
            way.computeIfAbsent(position.segment(), _ -> new HashSet<>()).add(position.record());
        }
        way.reversed().forEach((segment, keys) -> {
            records.scrub(segment, keys);
            kept.remove(segment);
        });
    }
}
