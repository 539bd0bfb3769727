/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import io.signalbox.model.UniqueKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

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
        return save(List.of(new Part(before, after, exclusive)));
    }

    @Override
    public synchronized SaveResult saveAll(List<Saving> savings) {
        return save(savings.stream()
                .map(saving -> new Part(saving.before(), saving.after(), true))
                .toList());
    }

    @Override
    public synchronized SaveResult merge(
            CrmRecord survivorBefore, CrmRecord survivor, CrmRecord loserBefore, CrmRecord loser) {
        return save(List.of(
                new Part(Optional.of(survivorBefore), survivor, false),
                new Part(Optional.of(loserBefore), loser, false)));
    }

    @Override
    public synchronized SaveResult split(CrmRecord before, CrmRecord remaining, CrmRecord parted) {
        return save(
                List.of(new Part(Optional.of(before), remaining, false), new Part(Optional.empty(), parted, false)));
    }

    /** One record of a save. */
    private record Part(CrmRecord next, KeyChange change) {

        Part(Optional<CrmRecord> before, CrmRecord after, boolean exclusive) {
            this(new KeyChange(before, after, exclusive), after);
        }

        private Part(KeyChange change, CrmRecord after) {
            this(stored(after.withVersion(change.versionBefore() + 1)), change);
        }

        RecordId id() {
            return next.key().id();
        }
    }

    private SaveResult save(List<Part> parts) {
        var saved = new SaveResult.Saved(parts.getFirst().next().version());
        if (parts.stream()
                .allMatch(part -> part.next().equals(records.get(part.next().key())))) {
            return saved;
        }
        for (var part : parts) {
            var held = records.get(part.next().key());
            if ((held == null ? 0 : held.version()) != part.change().versionBefore()) {
                return new SaveResult.Stale();
            }
        }
        var taken = taken(parts);
        if (taken.isPresent()) {
            return taken.get();
        }
        parts.forEach(this::release);
        parts.forEach(this::put);
        return saved;
    }

    /** What comes back from storage; held to the same limits. */
    private static CrmRecord stored(CrmRecord record) {
        return RecordCodec.decode(record.key(), record.version(), RecordCodec.encode(record));
    }

    private Optional<SaveResult> taken(List<Part> parts) {
        var after = new HashMap<UniqueKey, TreeSet<RecordId>>();
        for (var part : parts) {
            for (var key : part.change().exclusivelyClaimed()) {
                after.computeIfAbsent(key, held -> new TreeSet<>(holders.getOrDefault(held, new TreeSet<>())));
            }
        }
        parts.forEach(part -> part.change()
                .released()
                .forEach(key -> after.getOrDefault(key, new TreeSet<>()).remove(part.id())));
        for (var part : parts) {
            for (var key : part.change().exclusivelyClaimed()) {
                var others = after.get(key);
                others.remove(part.id());
                if (!others.isEmpty()) {
                    return Optional.of(new SaveResult.KeyTaken(key, others.first()));
                }
                others.add(part.id());
            }
        }
        return Optional.empty();
    }

    private void release(Part part) {
        for (var key : part.change().released()) {
            holders.computeIfPresent(key, (_, ids) -> ids.remove(part.id()) && ids.isEmpty() ? null : ids);
        }
    }

    private void put(Part part) {
        records.put(part.next().key(), part.next());
        for (var key : part.change().claimed()) {
            holders.computeIfAbsent(key, _ -> new TreeSet<>()).add(part.id());
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
    public void forEachSegment(Instant from, Instant to, Consumer<Segment> action) {
        List<Segment> found;
        synchronized (this) {
            found = journal.values().stream()
                    .filter(segment -> !segment.id().time().isBefore(from)
                            && segment.id().time().isBefore(to))
                    .toList();
        }
        found.forEach(action);
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
