/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Indexes in the Records table, keys alone: {@code I#deal#amount#3}, then the value, U+0001 and the id in 16 digits. The
 * shard follows from the id, so however many records share a value, writes spread.
 */
public final class DynamoIndexStore implements IndexStore {

    static final String SEPARATOR = "\u0001";

    private final Table table;

    /**
     * @param table the Records table's name
     * @param units where to count what calls cost
     */
    public DynamoIndexStore(DynamoDbClient client, String table, ConsumedUnits units) {
        this.table = new Table(client, table, units);
    }

    @Override
    public void write(Collection<Entry> removed, Collection<Entry> added) {
        var gone = new HashSet<>(removed);
        added.forEach(gone::remove);
        var writes = new ArrayList<WriteRequest>();
        for (var entry : gone) {
            writes.add(WriteRequest.builder()
                    .deleteRequest(delete -> delete.key(key(entry)))
                    .build());
        }
        new HashSet<>(added).forEach(entry -> writes.add(Table.putRequest(key(entry))));
        table.writeAll(writes);
    }

    @Override
    public Iterator<Entry> scan(
            ObjectType object, String field, Range range, Optional<Position> after, boolean descending, int page) {
        return new IndexScan(table, object, field, range, after, descending, page);
    }

    private static Map<String, AttributeValue> key(Entry entry) {
        var shard = (int) (entry.id().value() % SHARDS);
        return Table.key(partition(entry.object(), entry.field(), shard), sort(entry.position()));
    }

    static String partition(ObjectType object, String field, int shard) {
        return "I#" + object + "#" + field + "#" + shard;
    }

    static String sort(Position position) {
        return position.value() + SEPARATOR + RecordItems.listSort(position.id());
    }

    static Position position(String sort) {
        var at = sort.lastIndexOf(SEPARATOR);
        return new Position(sort.substring(0, at), new RecordId(Long.parseLong(sort.substring(at + 1))));
    }
}
