/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Merges the shards of the list of one object type. Each is asked for its share and some more, and asked again only if
 * the merge comes to its end: reading 1,000 of evenly spread ids takes 16 queries and about 1,500 index entries.
 */
final class ShardedList {

    private final Table table;
    private final ObjectType object;
    private final int page;
    private final PriorityQueue<Shard> shards = new PriorityQueue<>(Comparator.comparing(Shard::next));

    private final class Shard {
        private final String partition;
        private final Deque<RecordId> ids = new ArrayDeque<>();
        private String last;
        private boolean isLastPage;

        Shard(int number, String after) {
            this.partition = RecordItems.listPartition(object, number);
            this.last = after;
        }

        RecordId next() {
            return ids.getFirst();
        }

        boolean fill() {
            while (ids.isEmpty() && !isLastPage) {
                var answer = table.query(QueryRequest.builder()
                        .indexName(RecordItems.LIST_INDEX)
                        .keyConditionExpression("lp = :partition AND ls > :after")
                        .expressionAttributeValues(Map.of(":partition", Table.s(partition), ":after", Table.s(last)))
                        .limit(page));
                for (var item : answer.items()) {
                    last = item.get(RecordItems.LIST_SORT).s();
                    ids.add(new RecordId(Long.parseLong(last)));
                }
                isLastPage = !answer.hasLastEvaluatedKey();
            }
            return !ids.isEmpty();
        }
    }

    ShardedList(Table table, ObjectType object, Optional<RecordId> after, int limit) {
        this.table = table;
        this.object = object;
        var share = (double) limit / RecordItems.LIST_SHARDS;
        // Shards deviate from their share like a Poisson variable; three deviations more suffice nearly always.
        this.page = (int) Math.ceil(share + 3 * Math.sqrt(share));
        var from = after.map(RecordItems::listSort).orElse("0");
        for (var number = 0; number < RecordItems.LIST_SHARDS; number++) {
            var shard = new Shard(number, from);
            if (shard.fill()) {
                shards.add(shard);
            }
        }
    }

    List<RecordId> take(int limit) {
        var ids = new ArrayList<RecordId>();
        while (ids.size() < limit && !shards.isEmpty()) {
            var shard = shards.remove();
            ids.add(shard.ids.removeFirst());
            if (shard.fill()) {
                shards.add(shard);
            }
        }
        return ids;
    }
}
