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
import java.time.InstantSource;
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
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Records in a DynamoDB table; {@link RecordItems} shows its items.
 *
 * <p>Costs, in write units, for a record that fits a kilobyte: a save 1; a save that creates or deletes it 1 more for
 * the list; a save that changes unique keys twice that, and 2 a key. A segment costs one a kilobyte; ten events of ten
 * records take about 900 bytes.
 */
public final class DynamoRecordStore implements RecordStore {

    private final Table table;
    private final Blobs journal;
    private final InstantSource clock;
    private final Supplier<SchemaSet> schemas;

    /**
     * @param table the Records table's name
     * @param units where to count what calls cost
     */
    public DynamoRecordStore(DynamoDbClient client, String table, InstantSource clock, ConsumedUnits units) {
        this(client, table, clock, units, () -> SchemaSet.STANDARD);
    }

    /**
     * @param table the Records table's name
     * @param units where to count what calls cost
     * @param schemas which fields are unique; asked for each save
     */
    public DynamoRecordStore(
            DynamoDbClient client,
            String table,
            InstantSource clock,
            ConsumedUnits units,
            Supplier<SchemaSet> schemas) {
        this.schemas = requireNonNull(schemas, "schemas is null");
        this.table = new Table(client, table, units);
        this.journal = new Blobs(this.table);
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public SortedSet<UniqueKey> keys(CrmRecord record) {
        return schemas.get().keys(record);
    }

    @Override
    public Map<RecordKey, CrmRecord> get(Collection<RecordKey> keys) {
        var distinct = new TreeSet<>(keys);
        var found = new TreeMap<RecordKey, CrmRecord>();
        for (var item : table.getAll(distinct.stream().map(RecordItems::key).toList())) {
            var record = RecordItems.record(item);
            found.put(record.key(), record);
        }
        return found;
    }

    @Override
    public Map<UniqueKey, RecordId> find(Collection<UniqueKey> keys) {
        var byItem = new HashMap<Map<String, AttributeValue>, UniqueKey>();
        keys.forEach(key -> byItem.put(RecordItems.key(key), key));
        var now = clock.instant();
        var found = new TreeMap<UniqueKey, RecordId>();
        for (var item : table.getAll(byItem.keySet())) {
            var key = byItem.get(
                    Table.key(item.get(Table.PK).s(), item.get(Table.SK).s()));
            var ids = KeyEdit.Holders.of(item).at(now);
            if (!ids.isEmpty()) {
                found.put(key, ids.first());
            }
        }
        return found;
    }

    @Override
    public SaveResult save(Optional<CrmRecord> before, CrmRecord after, boolean exclusive) {
        var save = new Save(table, clock.instant(), this::keys);
        save.add(before, after, exclusive);
        return save.run();
    }

    @Override
    public SaveResult claim(CrmRecord record, Set<String> fields) {
        var save = new Save(table, clock.instant(), this::keys);
        save.add(Optional.of(record), record, KeyChange.claim(record, fields, keys(record)));
        return save.run();
    }

    @Override
    public SaveResult saveAll(List<Saving> savings) {
        var save = new Save(table, clock.instant(), this::keys);
        savings.forEach(saving -> save.add(saving.before(), saving.after(), true));
        return save.run();
    }

    @Override
    public SaveResult merge(CrmRecord survivorBefore, CrmRecord survivor, CrmRecord loserBefore, CrmRecord loser) {
        var save = new Save(table, clock.instant(), this::keys);
        save.add(Optional.of(survivorBefore), survivor, false);
        save.add(Optional.of(loserBefore), loser, false);
        return save.run();
    }

    @Override
    public SaveResult split(CrmRecord before, CrmRecord remaining, CrmRecord parted) {
        var save = new Save(table, clock.instant(), this::keys);
        save.add(Optional.of(before), remaining, false);
        save.add(Optional.empty(), parted, false);
        return save.run();
    }

    @Override
    public void append(Segment segment) {
        journal.put(RecordItems.key(segment.id()), new Blobs.Blob(1, SegmentCodec.encode(segment)));
    }

    @Override
    public Optional<Segment> segment(SegmentId id) {
        return journal.get(RecordItems.key(id)).map(blob -> SegmentCodec.decode(id, blob.bytes()));
    }

    @Override
    public void forEachSegment(Instant from, Instant to, Consumer<Segment> action) {
        new SegmentSpan(table, from, to).forEach(item -> {
            var id = SegmentSpan.id(item);
            journal.whole(item)
                    .or(() -> journal.get(RecordItems.key(id)))
                    .ifPresent(blob -> action.accept(SegmentCodec.decode(id, blob.bytes())));
        });
    }

    @Override
    public void scrub(SegmentId id, Set<RecordKey> records) {
        rewrite(id, segment -> Segments.scrubbed(segment, records));
    }

    @Override
    public void retract(SegmentId id, Set<RecordKey> records) {
        rewrite(id, segment -> Segments.retracted(segment, records));
    }

    private void rewrite(SegmentId id, UnaryOperator<Segment> change) {
        var key = RecordItems.key(id);
        for (var round = 0; ; round++) {
            Table.pause(round, "a segment kept changing while it was rewritten");
            var held = journal.get(key);
            if (held.isEmpty()) {
                return;
            }
            var before = SegmentCodec.decode(id, held.get().bytes());
            var after = change.apply(before);
            if (after.equals(before)
                    || journal.put(key, new Blobs.Blob(held.get().version() + 1, SegmentCodec.encode(after)))) {
                return;
            }
        }
    }

    @Override
    public List<RecordId> list(ObjectType object, Optional<RecordId> after, int limit) {
        return new ShardedList(table, object, after, limit).take(limit);
    }
}
