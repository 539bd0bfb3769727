/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import io.signalbox.emulator.aws.Usage.Units;
import io.signalbox.emulator.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Adds up what calls consumed. */
final class UsageCounter {

    /** What SQS bills as one request. */
    private static final long CHUNK = 64 << 10;

    private static final Set<String> READS = Set.of("GetItem", "BatchGetItem", "TransactGetItems", "Query", "Scan");

    private final Map<String, Units> tables = new ConcurrentHashMap<>();
    private final Map<String, Long> sqs = new ConcurrentHashMap<>();
    private final Map<String, Long> ssm = new ConcurrentHashMap<>();

    Usage snapshot() {
        return new Usage(tables, sqs, ssm);
    }

    void sqs(String action, long bytes) {
        sqs.merge(action, Math.max(1, (bytes + CHUNK - 1) / CHUNK), Long::sum);
    }

    void ssm(String action) {
        ssm.merge(action, 1L, Long::sum);
    }

    /** Takes the units out of an answer that was asked for them; a refused write is counted from the request. */
    void dynamoDb(String action, byte[] request, Answer answer) throws IOException {
        if (answer.status() == 200) {
            var capacity = Json.member(answer.body(), "ConsumedCapacity");
            if (action.startsWith("Transact") && capacity instanceof List<?> tables) {
                transaction(tables, (List<?>) Json.member(request, "TransactItems"), READS.contains(action));
            } else {
                count(capacity, READS.contains(action));
            }
        } else {
            refused(action, request, answer);
        }
    }

    private void count(Object capacity, boolean reads) {
        if (capacity instanceof List<?> several) {
            several.forEach(one -> count(one, reads));
        } else if (capacity instanceof Map<?, ?> one && one.get("TableName") instanceof String table) {
            var indexes = index(one.get("GlobalSecondaryIndexes"), table, reads)
                    .plus(index(one.get("LocalSecondaryIndexes"), table, reads));
            var all = units(one, reads);
            add(table, all.minus(indexes));
        }
    }

    private void transaction(List<?> capacities, List<?> items, boolean reads) {
        for (var each : capacities) {
            var capacity = (Map<?, ?>) each;
            var table = (String) capacity.get("TableName");
            var said = units(capacity, reads);
            var sum = TransactionUnits.of(items, table, reads ? said.reads() : said.writes());
            add(table, reads ? new Units(0, sum) : new Units(sum, 0));
        }
    }

    private Units index(Object indexes, String table, boolean reads) {
        var sum = Units.NONE;
        if (indexes instanceof Map<?, ?> byName) {
            for (var index : byName.entrySet()) {
                var units = units((Map<?, ?>) index.getValue(), reads);
                add(table + "/" + index.getKey(), units);
                sum = sum.plus(units);
            }
        }
        return sum;
    }

    private static Units units(Map<?, ?> capacity, boolean reads) {
        var units = capacity.get("CapacityUnits") instanceof Number number ? number.doubleValue() : 0;
        return reads ? new Units(0, units) : new Units(units, 0);
    }

    private void add(String table, Units units) {
        tables.merge(table, units, Units::plus);
    }

    /**
     * DynamoDB charges a write whose condition fails as if it had been made, and says nothing of it in the error: one
     * unit at least, two for each item of a cancelled transaction. These least figures are what is counted.
     */
    private void refused(String action, byte[] request, Answer answer) throws IOException {
        var type = String.valueOf(Json.member(answer.body(), "__type"));
        if (type.endsWith("#ConditionalCheckFailedException")) {
            if (Json.member(request, "TableName") instanceof String table) {
                add(table, new Units(1, 0));
            }
        } else if (type.endsWith("#TransactionCanceledException")
                && action.equals("TransactWriteItems")
                && Json.member(request, "TransactItems") instanceof List<?> items) {
            for (var item : items) {
                cancelled((Map<?, ?>) item);
            }
        }
    }

    private void cancelled(Map<?, ?> item) {
        for (var operation : item.values()) {
            if (operation instanceof Map<?, ?> members && members.get("TableName") instanceof String table) {
                add(table, new Units(2, 0));
            }
        }
    }
}
