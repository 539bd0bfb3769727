/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Link;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordKey;
import io.signalbox.model.UniqueKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Links in the Records table; {@link LinkItems} shows their rows. */
public final class DynamoLinkStore implements LinkStore {

    private static final int PAGE = 200;

    private final Table table;
    private final InstantSource clock;

    /**
     * @param table the Records table's name
     * @param units where to count what calls cost
     */
    public DynamoLinkStore(DynamoDbClient client, String table, InstantSource clock, ConsumedUnits units) {
        this.table = new Table(client, table, units);
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public boolean put(Statement said) {
        return transact(puts(said));
    }

    private List<TransactWriteItem> puts(Statement said) {
        var now = clock.instant();
        return List.of(
                put(LinkItems.item(said, said.link().from(), now), said),
                put(LinkItems.item(said, said.link().to(), now), said));
    }

    private TransactWriteItem put(Map<String, AttributeValue> item, Statement said) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table.name())
                        .item(item)
                        .conditionExpression(LinkItems.NEWER)
                        .expressionAttributeValues(LinkItems.stampValues(said.stamp())))
                .build();
    }

    private List<TransactWriteItem> deletes(Statement said) {
        var writes = new ArrayList<TransactWriteItem>();
        for (var side : List.of(said.link().from(), said.link().to())) {
            var key = LinkItems.key(said.link(), side);
            writes.add(TransactWriteItem.builder()
                    .delete(delete -> delete.tableName(table.name())
                            .key(key)
                            .conditionExpression("attribute_not_exists(pk) OR (" + LinkItems.SAME + ")")
                            .expressionAttributeValues(LinkItems.stampValues(said.stamp())))
                    .build());
        }
        return writes;
    }

    /** Whether the conditions held. */
    private boolean transact(List<TransactWriteItem> writes) {
        for (var round = 0; ; round++) {
            Table.pause(round, "other transactions kept the link busy");
            try {
                table.transactAnew(writes);
                return true;
            } catch (TransactionCanceledException e) {
                if (e.cancellationReasons().stream().anyMatch(why -> "ConditionalCheckFailed".equals(why.code()))) {
                    return false;
                }
            }
        }
    }

    @Override
    public Optional<Statement> get(Link link) {
        return table.get(LinkItems.key(link, link.from())).map(item -> LinkItems.statement(link.from(), item));
    }

    @Override
    public List<Linked> list(RecordKey record, Optional<ObjectType> to, Optional<String> after, int limit) {
        var prefix = to.map(object -> object + "#").orElse("");
        var found = new ArrayList<Linked>();
        var from = after.orElse(prefix.isEmpty() ? "!" : prefix);
        while (found.size() < limit) {
            var answer = query(record, from, prefix + "~", limit - found.size(), true);
            for (var item : answer.items()) {
                var said = LinkItems.statement(record, item);
                var position = item.get(Table.SK).s();
                found.add(new Linked(said.link(), said.link().other(record), said.stamp(), position));
            }
            if (!answer.hasLastEvaluatedKey()) {
                break;
            }
            from = answer.lastEvaluatedKey().get(Table.SK).s();
        }
        return found;
    }

    /** Object types are lower-case letters, digits and underscores: all between {@code !} and {@code ~}. */
    private QueryResponse query(RecordKey record, String after, String end, int limit, boolean presentOnly) {
        var request = QueryRequest.builder()
                .keyConditionExpression("pk = :pk AND sk BETWEEN :from AND :end")
                .expressionAttributeValues(Map.of(
                        ":pk", Table.s(LinkItems.partition(record)),
                        // The least text behind it.
                        ":from", Table.s(after + " "),
                        ":end", Table.s(end)))
                .consistentRead(true)
                .limit(limit);
        return table.query(presentOnly ? request.filterExpression("attribute_not_exists(x)") : request);
    }

    private void eachOf(RecordKey record, Consumer<Statement> consumer) {
        var from = "!";
        for (var more = true; more; ) {
            var answer = query(record, from, "~", PAGE, false);
            answer.items().forEach(item -> consumer.accept(LinkItems.statement(record, item)));
            more = answer.hasLastEvaluatedKey();
            from = more ? answer.lastEvaluatedKey().get(Table.SK).s() : from;
        }
    }

    @Override
    public void move(RecordKey loser, RecordKey survivor) {
        eachOf(loser, said -> move(said, loser, survivor));
    }

    /** What changed meanwhile is read again. */
    private void move(Statement first, RecordKey loser, RecordKey survivor) {
        var said = Optional.of(first);
        for (var round = 0; said.isPresent(); round++) {
            Table.pause(round, "a link kept changing while it was moved");
            var old = said.get();
            var gone = deletes(old);
            if (!old.link().other(loser).equals(survivor)) {
                var moved = new Statement(old.link().with(loser, survivor), old.present(), old.stamp());
                var both = new ArrayList<>(puts(moved));
                both.addAll(gone);
                if (transact(both)) {
                    return;
                }
                // The survivor's own row may be the newer one.
                put(moved);
            }
            if (transact(gone)) {
                return;
            }
            said = get(old.link());
        }
    }

    @Override
    public void erase(RecordKey record) {
        eachOf(record, said -> {
            var keys = new ArrayList<Map<String, AttributeValue>>();
            keys.add(LinkItems.key(said.link(), said.link().from()));
            keys.add(LinkItems.key(said.link(), said.link().to()));
            table.deleteAll(keys);
        });
    }

    @Override
    public void park(Parked parked) {
        try {
            table.put(PutItemRequest.builder()
                    .item(LinkItems.item(parked, clock.instant()))
                    .conditionExpression(LinkItems.NEWER)
                    .expressionAttributeValues(LinkItems.stampValues(parked.stamp())));
        } catch (ConditionalCheckFailedException _) {
            // Something later is parked there, or this very one.
        }
    }

    @Override
    public List<Parked> parked(UniqueKey to) {
        var found = new ArrayList<Parked>();
        Map<String, AttributeValue> start = null;
        do {
            var answer = table.query(QueryRequest.builder()
                    .keyConditionExpression("pk = :pk")
                    .expressionAttributeValues(Map.of(":pk", Table.s(LinkItems.parkedPartition(to))))
                    .exclusiveStartKey(start)
                    .consistentRead(true));
            answer.items().forEach(item -> found.add(LinkItems.parked(to, item)));
            start = answer.hasLastEvaluatedKey() ? new HashMap<>(answer.lastEvaluatedKey()) : null;
        } while (start != null);
        return found;
    }

    @Override
    public void unpark(Parked parked) {
        table.deleteIf(LinkItems.key(parked), LinkItems.SAME, LinkItems.stampValues(parked.stamp()));
    }
}
