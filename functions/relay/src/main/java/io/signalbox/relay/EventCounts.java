/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.relay;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import io.signalbox.store.RecordStore;
import io.signalbox.store.Unavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts the events of each connection, once each, from the journal segments as they are written: one small write per
 * connection and stream batch, however many events. Events that were taken out of a segment again, because their record
 * could not be saved with it, are taken off; they are counted with the segment that they went into instead.
 */
final class EventCounts implements ChangeConsumer {

    /** Where the sums go. */
    @FunctionalInterface
    interface Counters {
        /** @throws Unavailable when it may not have been counted */
        void count(ConnectionId connection, long accepted, Instant lastEventAt);
    }

    private final Counters counters;
    private final RecordStore records;
    private final List<Change> changes = new ArrayList<>();
    private final TreeMap<ConnectionId, Count> counts = new TreeMap<>();

    EventCounts(Counters counters, RecordStore records) {
        this.counters = requireNonNull(counters, "counters is null");
        this.records = requireNonNull(records, "records is null");
    }

    /**
     * Events of a connection.
     *
     * @param first place among the changes of the first that counts
     * @param last when the newest of them arrived
     */
    private record Count(int first, long number, Instant last) {}

    @Override
    public void accept(Change change) {
        changes.add(change);
        var id = change.segmentId();
        if (id.isEmpty() || change.after().isEmpty()) {
            return;
        }
        if (change.before().isEmpty()) {
            written(id.get(), change)
                    .events()
                    .forEach(
                            entry -> add(entry.event().connection(), 1, id.get().time()));
            return;
        }
        var before = change.before().flatMap(image -> Change.segment(id.get(), image));
        var after = change.after().flatMap(image -> Change.segment(id.get(), image));
        if (before.isPresent() && after.isPresent()) {
            before.get().events().stream()
                    .filter(entry -> !after.get().previous().containsKey(entry.record()))
                    .forEach(entry ->
                            add(entry.event().connection(), -1, id.get().time()));
        }
    }

    /** A segment too large for its image is read; one that is gone already counts nothing. */
    private Segment written(SegmentId id, Change change) {
        return change.after()
                .flatMap(image -> Change.segment(id, image))
                .or(() -> records.segment(id))
                .orElseGet(() -> new Segment(id, List.of(), Map.of()));
    }

    private void add(ConnectionId connection, int number, Instant at) {
        if (!connection.equals(ConnectionId.API)) {
            counts.merge(connection, new Count(changes.size() - 1, number, at), EventCounts::plus);
        }
    }

    private static Count plus(Count a, Count b) {
        return new Count(a.first, a.number + b.number, a.last.isAfter(b.last) ? a.last : b.last);
    }

    @Override
    public Optional<Change> finish() {
        var again = changes.size();
        for (var count : counts.entrySet()) {
            var sum = count.getValue();
            try {
                if (sum.number() != 0) {
                    counters.count(count.getKey(), sum.number(), sum.last());
                }
            } catch (Unavailable e) {
                again = Math.min(again, sum.first());
            }
        }
        return again < changes.size() ? Optional.of(changes.get(again)) : Optional.empty();
    }
}
