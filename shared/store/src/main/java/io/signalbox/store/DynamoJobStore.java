/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Jobs in the Control table: {@code B#id}, {@code B}, with {@code v} version, {@code b} the job and {@code ttl} once
 * finished; and {@code BO}, {@code 1772618400000#id} as long as it is not. Jobs are few: one partition lists them.
 */
public final class DynamoJobStore implements JobStore {

    private static final String VERSION = "v";
    private static final String BODY = "b";
    private static final String OPEN = "BO";

    private final Table table;
    private final InstantSource clock;

    /**
     * @param table the Control table's name
     * @param units where to count what calls cost
     */
    public DynamoJobStore(DynamoDbClient client, String table, InstantSource clock, ConsumedUnits units) {
        this.table = new Table(client, table, units);
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public boolean create(Job job) {
        var mark = openKey(job);
        return transact(
                job,
                "attribute_not_exists(pk) OR #t <= :now",
                TransactWriteItem.builder()
                        .put(put -> put.tableName(table.name()).item(mark))
                        .build());
    }

    @Override
    public boolean replace(Job next) {
        if (next.state().isFinished()) {
            var mark = openKey(next);
            return transact(
                    next,
                    "v = :before AND attribute_not_exists(#t)",
                    TransactWriteItem.builder()
                            .delete(delete -> delete.tableName(table.name()).key(mark))
                            .build());
        }
        var item = item(next);
        try {
            table.put(PutItemRequest.builder()
                    .item(item)
                    .conditionExpression("v = :before AND attribute_not_exists(#t)")
                    .expressionAttributeNames(Map.of("#t", Table.TTL))
                    .expressionAttributeValues(Map.of(":before", Table.n(next.version() - 1))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return e.hasItem() && e.item().equals(item);
        }
    }

    private boolean transact(Job job, String condition, TransactWriteItem mark) {
        var item = item(job);
        Map<String, AttributeValue> values = condition.contains(":now")
                ? Map.of(":now", Table.n(clock.instant().getEpochSecond()))
                : Map.of(":before", Table.n(job.version() - 1));
        var put = TransactWriteItem.builder()
                .put(write -> write.tableName(table.name())
                        .item(item)
                        .conditionExpression(condition)
                        .expressionAttributeNames(Map.of("#t", Table.TTL))
                        .expressionAttributeValues(values))
                .build();
        for (var round = 0; ; round++) {
            Table.pause(round, "other transactions kept the job busy");
            try {
                table.transact(List.of(put, mark));
                return true;
            } catch (TransactionCanceledException e) {
                if ("ConditionalCheckFailed"
                        .equals(e.cancellationReasons().getFirst().code())) {
                    // The transaction before may have arrived though its answer did not.
                    return table.get(key(job.id())).filter(item::equals).isPresent();
                }
            }
        }
    }

    @Override
    public Optional<Job> get(String id) {
        return table.get(key(id)).map(DynamoJobStore::job).filter(job -> !isExpired(job));
    }

    private boolean isExpired(Job job) {
        return job.state().isFinished()
                && !clock.instant().isBefore(job.updatedAt().plus(KEPT));
    }

    @Override
    public List<Job> open(int limit) {
        var answer = table.query(QueryRequest.builder()
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Map.of(":pk", Table.s(OPEN)))
                .consistentRead(true)
                .limit(limit));
        var keys = new ArrayList<Map<String, AttributeValue>>();
        for (var mark : answer.items()) {
            keys.add(key(mark.get(Table.SK).s().split("#", 2)[1]));
        }
        return table.getAll(keys).stream()
                .map(DynamoJobStore::job)
                .filter(job -> !job.state().isFinished())
                .sorted(Comparator.comparing(Job::createdAt).thenComparing(Job::id))
                .toList();
    }

    private static Map<String, AttributeValue> key(String id) {
        return Table.key("B#" + id, "B");
    }

    private static Map<String, AttributeValue> openKey(Job job) {
        return Table.key(OPEN, String.format("%013d#%s", job.createdAt().toEpochMilli(), job.id()));
    }

    private static Map<String, AttributeValue> item(Job job) {
        var out = new PackWriter();
        out.text(job.id());
        out.symbol(job.kind());
        out.text(job.client());
        out.symbol(job.state().name());
        out.signed(job.createdAt().toEpochMilli());
        out.signed(job.updatedAt().toEpochMilli());
        ValueCodec.writeMap(out, Map.of("in", job.input()));
        ValueCodec.writeMap(out, Map.of("out", job.outcome()));
        var bytes = out.finish();
        if (bytes.length > TooLarge.LIMIT_BYTES) {
            throw new TooLarge("a job", bytes.length);
        }
        var item = new HashMap<>(key(job.id()));
        item.put(VERSION, Table.n(job.version()));
        item.put(BODY, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes)));
        if (job.state().isFinished()) {
            item.put(Table.TTL, Table.n(job.updatedAt().plus(KEPT).getEpochSecond()));
        }
        return item;
    }

    private static Job job(Map<String, AttributeValue> item) {
        var in = new PackReader(item.get(BODY).b().asByteArrayUnsafe());
        var id = in.text();
        var kind = in.symbol();
        var client = in.text();
        var state = State.valueOf(in.symbol());
        var createdAt = Instant.ofEpochMilli(in.signed());
        var updatedAt = Instant.ofEpochMilli(in.signed());
        var input = ValueCodec.readMap(in).get("in");
        var outcome = ValueCodec.readMap(in).get("out");
        in.end();
        var version = Long.parseLong(item.get(VERSION).n());
        return new Job(id, kind, client, state, version, createdAt, updatedAt, input, outcome);
    }
}
