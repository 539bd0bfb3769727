/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.relay;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import io.signalbox.store.FeedStore.Counted;
import io.signalbox.store.RecordStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the events of each connection, once each, from the journal segments as they are written. Events that were taken
 * out of a segment again, because their record could not be saved with it, are taken off; they are counted with the
 * segment that they went into instead.
 */
final class EventCounts {

    private static final int MARK_SHIFT = 16;

    private final RecordStore records;
    private final List<Counted> counted = new ArrayList<>();

    EventCounts(RecordStore records) {
        this.records = requireNonNull(records, "records is null");
    }

    /** What was counted, one for each connection and change. */
    List<Counted> counted() {
        return counted;
    }

    void accept(Change change) {
        var id = change.segmentId();
        if (id.isEmpty() || change.after().isEmpty()) {
            return;
        }
        if (change.before().isEmpty()) {
            add(id.get(), change, written(id.get(), change).events(), 1);
            return;
        }
        var before = change.before().flatMap(image -> Change.segment(id.get(), image));
        var after = change.after().flatMap(image -> Change.segment(id.get(), image));
        if (before.isPresent() && after.isPresent()) {
            var taken = before.get().events().stream()
                    .filter(entry -> !after.get().previous().containsKey(entry.record()))
                    .toList();
            add(id.get(), change, taken, -1);
        }
    }

    /** A segment too large for its image is read; one that is gone already counts nothing. */
    private Segment written(SegmentId id, Change change) {
        return change.after()
                .flatMap(image -> Change.segment(id, image))
                .or(() -> records.segment(id))
                .orElseGet(() -> new Segment(id, List.of(), Map.of()));
    }

    private void add(SegmentId id, Change change, List<Segment.Entry> entries, long sign) {
        var sums = new TreeMap<ConnectionId, Long>();
        for (var entry : entries) {
            if (!entry.event().connection().equals(ConnectionId.API)) {
                sums.merge(entry.event().connection(), sign, Long::sum);
            }
        }
        var mark = mark(id, change);
        sums.forEach((connection, sum) -> counted.add(new Counted(mark, connection, sum, id.time())));
    }

    /** A segment may change more than once, so its id alone does not name a change. */
    private static long mark(SegmentId id, Change change) {
        try {
            var name = (id + "/" + change.sequence()).getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(name))
                            .getLong()
                    >>> MARK_SHIFT;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
