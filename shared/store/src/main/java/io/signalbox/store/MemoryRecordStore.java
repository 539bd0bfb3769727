/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import io.signalbox.model.UniqueKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Records in memory: the whole contract, for tests and for trying things out. Thread-safe; nothing expires. */
public final class MemoryRecordStore implements RecordStore {

    private final TreeMap<RecordKey, CrmRecord> records = new TreeMap<>();
    private final Map<UniqueKey, TreeSet<RecordId>> holders = new HashMap<>();
    private final Map<SegmentId, Segment> journal = new HashMap<>();

    @Override
    public synchronized Map<RecordKey, CrmRecord> get(Collection<RecordKey> keys) {
        var found = new TreeMap<RecordKey, CrmRecord>();
        for (var key : keys) {
            var record = records.get(key);
            if (record != null) {
                found.put(key, record);
            }
        }
        return found;
    }

    @Override
    public synchronized Map<UniqueKey, RecordId> find(Collection<UniqueKey> keys) {
        var found = new TreeMap<UniqueKey, RecordId>();
        for (var key : keys) {
            var ids = holders.get(key);
            if (ids != null) {
                found.put(key, ids.first());
            }
        }
        return found;
    }

    @Override
    public synchronized SaveResult save(Optional<CrmRecord> before, CrmRecord after, boolean exclusive) {
        var change = new KeyChange(before, after, exclusive);
        var next = stored(after.withVersion(change.versionBefore() + 1));
        var held = records.get(after.key());
        if (next.equals(held)) {
            return new SaveResult.Saved(next.version());
        }
        if ((held == null ? 0 : held.version()) != change.versionBefore()) {
            return new SaveResult.Stale();
        }
        var taken = taken(change, after.key().id());
        if (taken.isPresent()) {
            return taken.get();
        }
        put(next, change);
        return new SaveResult.Saved(next.version());
    }

    @Override
    public synchronized SaveResult merge(
            CrmRecord survivorBefore, CrmRecord survivor, CrmRecord loserBefore, CrmRecord loser) {
        var winning = new KeyChange(Optional.of(survivorBefore), survivor, false);
        var losing = new KeyChange(Optional.of(loserBefore), loser, false);
        var nextSurvivor = stored(survivor.withVersion(winning.versionBefore() + 1));
        var nextLoser = stored(loser.withVersion(losing.versionBefore() + 1));
        var heldSurvivor = records.get(survivor.key());
        var heldLoser = records.get(loser.key());
        if (nextSurvivor.equals(heldSurvivor) && nextLoser.equals(heldLoser)) {
            return new SaveResult.Saved(nextSurvivor.version());
        }
        if (heldSurvivor == null
                || heldSurvivor.version() != winning.versionBefore()
                || heldLoser == null
                || heldLoser.version() != losing.versionBefore()) {
            return new SaveResult.Stale();
        }
        var taken = taken(winning, survivor.key().id(), loser.key().id());
        if (taken.isPresent()) {
            return taken.get();
        }
        put(nextLoser, losing);
        put(nextSurvivor, winning);
        return new SaveResult.Saved(nextSurvivor.version());
    }

    /** What comes back from storage; held to the same limits. */
    private static CrmRecord stored(CrmRecord record) {
        return RecordCodec.decode(record.key(), record.version(), RecordCodec.encode(record));
    }

    private Optional<SaveResult> taken(KeyChange change, RecordId... mine) {
        for (var key : change.exclusivelyClaimed()) {
            for (var holder : holders.getOrDefault(key, new TreeSet<>())) {
                if (!List.of(mine).contains(holder)) {
                    return Optional.of(new SaveResult.KeyTaken(key, holder));
                }
            }
        }
        return Optional.empty();
    }

    private void put(CrmRecord next, KeyChange change) {
        var id = next.key().id();
        records.put(next.key(), next);
        for (var key : change.claimed()) {
            holders.computeIfAbsent(key, _ -> new TreeSet<>()).add(id);
        }
        for (var key : change.released()) {
            holders.computeIfPresent(key, (_, ids) -> ids.remove(id) && ids.isEmpty() ? null : ids);
        }
    }

    @Override
    public synchronized void append(Segment segment) {
        journal.putIfAbsent(segment.id(), segment);
    }

    @Override
    public synchronized Optional<Segment> segment(SegmentId id) {
        return Optional.ofNullable(journal.get(id));
    }

    @Override
    public synchronized void scrub(SegmentId id, Set<RecordKey> gone) {
        journal.computeIfPresent(id, (_, segment) -> Segments.scrubbed(segment, gone));
    }

    @Override
    public synchronized void retract(SegmentId id, Set<RecordKey> gone) {
        journal.computeIfPresent(id, (_, segment) -> Segments.retracted(segment, gone));
    }

    @Override
    public synchronized List<RecordId> list(ObjectType object, Optional<RecordId> after, int limit) {
        var ids = new ArrayList<RecordId>();
        var from = new RecordKey(object, after.orElse(new RecordId(1)));
        for (var record : records.tailMap(from, after.isEmpty()).values()) {
            if (ids.size() == limit || !record.key().object().equals(object)) {
                break;
            }
            if (record.isAlive()) {
                ids.add(record.key().id());
            }
        }
        return ids;
    }
}
