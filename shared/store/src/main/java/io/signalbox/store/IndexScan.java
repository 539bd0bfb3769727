/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.ObjectType;
import io.signalbox.model.filter.IndexKey;
import io.signalbox.store.IndexStore.Entry;
import io.signalbox.store.IndexStore.Position;
import io.signalbox.store.IndexStore.Range;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PriorityQueue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Merges the shards of one index. Each is asked for its share and some more, and again only when the merge needs it. */
final class IndexScan implements Iterator<Entry> {

    /** Behind every text. */
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    private final Table table;
    private final ObjectType object;
    private final String field;
    private final boolean descending;
    private final int page;
    private final PriorityQueue<Shard> shards;

    private final class Shard {
        private final String partition;
        private final Deque<Position> entries = new ArrayDeque<>();
        private String from;
        private String to;
        private boolean isDone;

        Shard(int number, String from, String to) {
            this.partition = DynamoIndexStore.partition(object, field, number);
            this.from = from;
            this.to = to;
        }

        Position next() {
            return entries.getFirst();
        }

        boolean fill() {
            while (entries.isEmpty() && !isDone && IndexKey.compare(from, to) <= 0) {
                var answer = table.query(QueryRequest.builder()
                        .keyConditionExpression("pk = :pk AND sk BETWEEN :from AND :to")
                        .expressionAttributeValues(
                                Map.of(":pk", Table.s(partition), ":from", Table.s(from), ":to", Table.s(to)))
                        .scanIndexForward(!descending)
                        .limit(page));
                for (var item : answer.items()) {
                    var sort = item.get(Table.SK).s();
                    passed(sort);
                    entries.add(DynamoIndexStore.position(sort));
                }
                isDone = !answer.hasLastEvaluatedKey();
            }
            return !entries.isEmpty();
        }

        /** The next query begins behind it: no sort key starts with another. */
        private void passed(String sort) {
            if (descending) {
                // Ends in the last digit of an id; one less, and LAST, is before it and behind all smaller ones.
                to = before(sort);
            } else {
                from = sort + DynamoIndexStore.SEPARATOR;
            }
        }
    }

    IndexScan(
            Table table,
            ObjectType object,
            String field,
            Range range,
            Optional<Position> after,
            boolean descending,
            int page) {
        this.table = table;
        this.object = object;
        this.field = field;
        this.descending = descending;
        var share = (double) page / IndexStore.SHARDS;
        // Shards deviate from their share like a Poisson variable; three deviations more suffice nearly always.
        this.page = (int) Math.ceil(share + 3 * Math.sqrt(share)) + 1;
        Comparator<Shard> order = Comparator.comparing(Shard::next);
        this.shards = new PriorityQueue<>(descending ? order.reversed() : order);
        var from =
                range.isPrefix() && !range.from().isEmpty() ? range.from() : range.from() + DynamoIndexStore.SEPARATOR;
        var to = range.to()
                .map(key -> range.isPrefix() ? key + LAST : key + DynamoIndexStore.SEPARATOR + "~")
                .orElse(LAST);
        if (after.isPresent()) {
            var sort = DynamoIndexStore.sort(after.get());
            if (descending) {
                to = before(sort);
            } else {
                from = sort + DynamoIndexStore.SEPARATOR;
            }
        }
        for (var number = 0; number < IndexStore.SHARDS; number++) {
            var shard = new Shard(number, from, to);
            if (shard.fill()) {
                shards.add(shard);
            }
        }
    }

    /** A text before this sort key and behind all that are smaller: {@code /} comes just before the digits. */
    private static String before(String sort) {
        var end = sort.length() - 1;
        var digit = sort.charAt(end);
        return digit == '0' ? sort.substring(0, end) + "/" : sort.substring(0, end) + (char) (digit - 1) + "~";
    }

    @Override
    public boolean hasNext() {
        return !shards.isEmpty();
    }

    @Override
    public Entry next() {
        if (shards.isEmpty()) {
            throw new NoSuchElementException();
        }
        var shard = shards.remove();
        var position = shard.entries.removeFirst();
        if (shard.fill()) {
            shards.add(shard);
        }
        return new Entry(object, field, position.value(), position.id());
    }
}
