/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.SegmentId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** The journal of a span of time: one query, or as many as its pages, for each day and shard. */
final class SegmentSpan {

    private static final int ID_LENGTH = 20;

    private final Table table;
    private final Instant from;
    private final Instant to;

    SegmentSpan(Table table, Instant from, Instant to) {
        this.table = requireNonNull(table, "table is null");
        this.from = requireNonNull(from, "from is null");
        this.to = requireNonNull(to, "to is null");
    }

    /** Each segment's head item: with its bytes, or, where it is large, with what names its parts. */
    void forEach(Consumer<Map<String, AttributeValue>> action) {
        for (var day = from; day.isBefore(RecordItems.dayAfter(to)); day = RecordItems.dayAfter(day)) {
            for (var shard = 0; shard < 16; shard++) {
                query(RecordItems.segmentPartition(day, Integer.toHexString(shard)), action);
            }
        }
    }

    private void query(String partition, Consumer<Map<String, AttributeValue>> action) {
        var values = Map.of(":partition", Table.s(partition), ":from", Table.s(hex(from)), ":to", Table.s(hex(to)));
        Map<String, AttributeValue> start = null;
        do {
            var answer = table.query(QueryRequest.builder()
                    .keyConditionExpression("pk = :partition AND sk BETWEEN :from AND :to")
                    .expressionAttributeValues(values)
                    .exclusiveStartKey(start));
            for (var item : answer.items()) {
                // The parts of a large segment stand among the others, under longer keys.
                if (item.get(Table.SK).s().length() == ID_LENGTH) {
                    action.accept(item);
                }
            }
            start = answer.hasLastEvaluatedKey() ? new HashMap<>(answer.lastEvaluatedKey()) : null;
        } while (start != null);
    }

    /** What ids of that moment start with; itself before all of them. */
    private static String hex(Instant time) {
        return HexFormat.of().toHexDigits(time.toEpochMilli(), 12);
    }

    static SegmentId id(Map<String, AttributeValue> item) {
        return new SegmentId(item.get(Table.SK).s());
    }
}
