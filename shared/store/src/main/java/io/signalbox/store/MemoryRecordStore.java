/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.SchemaSet;
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
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Records in memory: the whole contract, for tests and for trying things out. Thread-safe; nothing expires. */
public final class MemoryRecordStore implements RecordStore {

    private final TreeMap<RecordKey, CrmRecord> records = new TreeMap<>();
    private final Map<UniqueKey, TreeSet<RecordId>> holders = new HashMap<>();
    private final Map<SegmentId, Segment> journal = new HashMap<>();
    private final Supplier<SchemaSet> schemas;

    public MemoryRecordStore() {
        this(() -> SchemaSet.STANDARD);
    }

    /** @param schemas which fields are unique */
    public MemoryRecordStore(Supplier<SchemaSet> schemas) {
        this.schemas = requireNonNull(schemas, "schemas is null");
    }

    @Override
    public SortedSet<UniqueKey> keys(CrmRecord record) {
        return schemas.get().keys(record);
    }

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
        return save(List.of(part(before, after, exclusive)));
    }

    @Override
    public synchronized SaveResult claim(CrmRecord record, Set<String> fields) {
        return save(List.of(new Part(KeyChange.claim(record, fields, keys(record)), record)));
    }

    @Override
    public synchronized SaveResult saveAll(List<Saving> savings) {
        return save(savings.stream()
                .map(saving -> part(saving.before(), saving.after(), true))
                .toList());
    }

    @Override
    public synchronized SaveResult merge(
            CrmRecord survivorBefore, CrmRecord survivor, CrmRecord loserBefore, CrmRecord loser) {
        return save(List.of(
                part(Optional.of(survivorBefore), survivor, false), part(Optional.of(loserBefore), loser, false)));
    }

    @Override
    public synchronized SaveResult split(CrmRecord before, CrmRecord remaining, CrmRecord parted) {
        return save(List.of(part(Optional.of(before), remaining, false), part(Optional.empty(), parted, false)));
    }

    private Part part(Optional<CrmRecord> before, CrmRecord after, boolean exclusive) {
        return new Part(KeyChange.of(before, after, exclusive, this::keys), after);
    }

    /** One record of a save. */
    private record Part(CrmRecord next, KeyChange change) {

        Part(KeyChange change, CrmRecord after) {
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
