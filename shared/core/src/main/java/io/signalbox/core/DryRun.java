/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import io.signalbox.model.UniqueKey;
import io.signalbox.store.RecordStore;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The records as they would be: reads what is stored, keeps to itself what is written. For one caller and one moment;
 * who else writes meanwhile is not noticed.
 */
final class DryRun implements RecordStore {

    private final RecordStore stored;
    private final TreeMap<RecordKey, CrmRecord> written = new TreeMap<>();
    private final Map<SegmentId, Segment> journal = new HashMap<>();

    DryRun(RecordStore stored) {
        this.stored = requireNonNull(stored, "stored is null");
    }

    /** The records that were written, as they are now. */
    Map<RecordKey, CrmRecord> written() {
        return written;
    }

    @Override
    public SortedSet<UniqueKey> keys(CrmRecord record) {
        return stored.keys(record);
    }

    @Override
    public Map<RecordKey, CrmRecord> get(Collection<RecordKey> keys) {
        var others = keys.stream().filter(key -> !written.containsKey(key)).toList();
        var found = new TreeMap<RecordKey, CrmRecord>();
        if (!others.isEmpty()) {
            found.putAll(stored.get(others));
        }
        keys.stream().filter(written::containsKey).forEach(key -> found.put(key, written.get(key)));
        return found;
    }

    @Override
    public Map<UniqueKey, RecordId> find(Collection<UniqueKey> keys) {
        var found = new TreeMap<>(stored.find(keys));
        for (var key : keys) {
            var holder = found.get(key);
            var changed = holder == null ? null : written.get(new RecordKey(key.object(), holder));
            if (changed != null && !keys(changed).contains(key)) {
                found.remove(key);
            }
            written.values().stream()
                    .filter(record -> record.key().object().equals(key.object()))
                    .filter(record -> keys(record).contains(key))
                    .forEach(record -> found.merge(key, record.key().id(), (a, b) -> a.compareTo(b) < 0 ? a : b));
        }
        return found;
    }

    @Override
    public SaveResult save(Optional<CrmRecord> before, CrmRecord after, boolean exclusive) {
        for (var key : keys(after)) {
            var holder = exclusive || key.field().equals(UniqueKey.EXTERNAL_ID)
                    ? find(List.of(key)).get(key)
                    : null;
            if (holder != null && !holder.equals(after.key().id())) {
                return new SaveResult.KeyTaken(key, holder);
            }
        }
        return write(before, after);
    }

    private SaveResult write(Optional<CrmRecord> before, CrmRecord after) {
        var version = before.map(CrmRecord::version).orElse(0L) + 1;
        written.put(after.key(), after.withVersion(version));
        return new SaveResult.Saved(version);
    }

    @Override
    public SaveResult claim(CrmRecord record, Set<String> fields) {
        throw new UnsupportedOperationException("nothing that is tried out makes a field unique");
    }

    @Override
    public SaveResult saveAll(List<Saving> savings) {
        SaveResult first = new SaveResult.Saved(0);
        for (var saving : savings.reversed()) {
            first = save(saving.before(), saving.after(), true);
        }
        return first;
    }

    @Override
    public SaveResult merge(CrmRecord survivorBefore, CrmRecord survivor, CrmRecord loserBefore, CrmRecord loser) {
        write(Optional.of(loserBefore), loser);
        return write(Optional.of(survivorBefore), survivor);
    }

    @Override
    public SaveResult split(CrmRecord before, CrmRecord remaining, CrmRecord parted) {
        write(Optional.empty(), parted);
        return write(Optional.of(before), remaining);
    }

    @Override
    public void append(Segment segment) {
        journal.put(segment.id(), segment);
    }

    @Override
    public Optional<Segment> segment(SegmentId id) {
        return Optional.ofNullable(journal.get(id)).or(() -> stored.segment(id));
    }

    /** Nothing is gone for good here. */
    @Override
    public void forEachSegment(Instant from, Instant to, Consumer<Segment> action) {
        throw new UnsupportedOperationException("nothing that is tried out reads the journal by time");
    }

    @Override
    public void scrub(SegmentId id, Set<RecordKey> records) {}

    @Override
    public void retract(SegmentId id, Set<RecordKey> records) {}

    @Override
    public List<RecordId> list(ObjectType object, Optional<RecordId> after, int limit) {
        return stored.list(object, after, limit);
    }
}
