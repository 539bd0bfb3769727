/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.Life;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Property;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.SchemaSet;
import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import io.signalbox.model.Stamp;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.model.filter.Filterable;
import io.signalbox.store.FeedStore;
import io.signalbox.store.IndexStore;
import io.signalbox.store.MemoryRecordStore;
import io.signalbox.store.RecordStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Records in memory, each save of which is in the index and in the feed at once, as the relay brings it there. */
final class RelayedRecords implements RecordStore {

    private final MemoryRecordStore records;
    private final Supplier<SchemaSet> schemas;
    private final IndexStore index;
    private final FeedStore feed;
    private boolean isBehind;

    RelayedRecords(IndexStore index, FeedStore feed, Supplier<SchemaSet> schemas) {
        this.records = new MemoryRecordStore(schemas);
        this.schemas = schemas;
        this.index = index;
        this.feed = feed;
    }

    /** From now on nothing reaches the index and the feed, as when the relay lags. */
    void fallBehind() {
        isBehind = true;
    }

    /** A record put there as it is, without all that a request does. */
    void put(ObjectType object, long id, Map<String, Value> values) {
        var stamp = new Stamp(TestApi.NOW.toEpochMilli() + id, id);
        var record = CrmRecord.empty(new RecordKey(object, new RecordId(id)));
        var properties = new TreeMap<String, Property>();
        values.forEach((name, value) -> properties.put(name, new Property(value, stamp)));
        save(
                Optional.empty(),
                new CrmRecord(
                        record.key(),
                        0,
                        stamp.millis(),
                        stamp.millis(),
                        record.life(),
                        Optional.empty(),
                        record.externalIds(),
                        properties,
                        Map.of(),
                        record.recent(),
                        Long.MIN_VALUE,
                        Optional.empty(),
                        Optional.empty()),
                false);
    }

    private void tell(Optional<CrmRecord> before, RecordKey key) {
        var after = records.get(key).orElseThrow();
        if (isBehind
                || before.map(CrmRecord::version)
                        .filter(v -> v == after.version())
                        .isPresent()) {
            return;
        }
        var old = before.map(this::entries).orElseGet(HashSet::new);
        var now = entries(after);
        index.write(
                old.stream().filter(entry -> !now.contains(entry)).toList(),
                now.stream().filter(entry -> !old.contains(entry)).toList());
        var fields = new ArrayList<String>();
        after.properties().forEach((name, property) -> {
            if (!before.map(record -> record.value(name)).equals(Optional.of(property.value()))) {
                fields.add(name);
            }
        });
        feed.append(
                List.of(new FeedStore.Change(key, after.version(), kind(before, after), after.updatedAt(), fields)));
    }

    private HashSet<IndexStore.Entry> entries(CrmRecord record) {
        var key = record.key();
        var entries = new HashSet<IndexStore.Entry>();
        if (!record.isAlive()) {
            entries.add(new IndexStore.Entry(key.object(), IndexStore.DEAD, "", key.id()));
            return entries;
        }
        var fields =
                schemas.get().of(key.object()).map(Filterable::kept).orElseGet(() -> Filterable.standard(key.object()));
        for (var field : fields.indexed().keySet()) {
            fields.key(record, field)
                    .ifPresent(value -> entries.add(new IndexStore.Entry(key.object(), field, value, key.id())));
        }
        return entries;
    }

    private static FeedStore.Kind kind(Optional<CrmRecord> before, CrmRecord after) {
        if (after.life().state() == Life.State.ERASED) {
            return FeedStore.Kind.ERASED;
        }
        if (after.mergedInto().isPresent()) {
            return FeedStore.Kind.MERGED;
        }
        if (!after.isAlive()) {
            return FeedStore.Kind.DELETED;
        }
        return before.map(record -> record.isAlive() ? FeedStore.Kind.UPDATED : FeedStore.Kind.RESTORED)
                .orElse(FeedStore.Kind.CREATED);
    }

    private SaveResult told(SaveResult result, List<Saving> savings) {
        if (result instanceof SaveResult.Saved) {
            savings.forEach(saving -> tell(saving.before(), saving.after().key()));
        }
        return result;
    }

    @Override
    public SaveResult save(Optional<CrmRecord> before, CrmRecord after, boolean exclusive) {
        return told(records.save(before, after, exclusive), List.of(new Saving(before, after)));
    }

    @Override
    public SortedSet<UniqueKey> keys(CrmRecord record) {
        return records.keys(record);
    }

    @Override
    public SaveResult claim(CrmRecord record, Set<String> fields) {
        return told(records.claim(record, fields), List.of(new Saving(Optional.of(record), record)));
    }

    @Override
    public SaveResult saveAll(List<Saving> savings) {
        return told(records.saveAll(savings), savings);
    }

    @Override
    public SaveResult merge(CrmRecord survivorBefore, CrmRecord survivor, CrmRecord loserBefore, CrmRecord loser) {
        return told(
                records.merge(survivorBefore, survivor, loserBefore, loser),
                List.of(
                        new Saving(Optional.of(survivorBefore), survivor),
                        new Saving(Optional.of(loserBefore), loser)));
    }

    @Override
    public SaveResult split(CrmRecord before, CrmRecord remaining, CrmRecord parted) {
        return told(
                records.split(before, remaining, parted),
                List.of(new Saving(Optional.of(before), remaining), new Saving(Optional.empty(), parted)));
    }

    @Override
    public Map<RecordKey, CrmRecord> get(Collection<RecordKey> keys) {
        return records.get(keys);
    }

    @Override
    public Map<UniqueKey, RecordId> find(Collection<UniqueKey> keys) {
        return records.find(keys);
    }

    @Override
    public void append(Segment segment) {
        records.append(segment);
    }

    @Override
    public Optional<Segment> segment(SegmentId id) {
        return records.segment(id);
    }

    @Override
    public void forEachSegment(Instant from, Instant to, Consumer<Segment> action) {
        records.forEachSegment(from, to, action);
    }

    @Override
    public void scrub(SegmentId id, Set<RecordKey> of) {
        records.scrub(id, of);
    }

    @Override
    public void retract(SegmentId id, Set<RecordKey> of) {
        records.retract(id, of);
    }

    @Override
    public List<RecordId> list(ObjectType object, Optional<RecordId> after, int limit) {
        return records.list(object, after, limit);
    }
}
