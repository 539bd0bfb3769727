/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Usage in the Control table: {@code U#day}, client, with {@code f} when its bucket is full, {@code t} tokens taken, {@code
 * e} when it was written last, {@code x} requests refused, {@code ttl}; and a number for each operation ({@code
 * c#name}), deprecated thing that was named ({@code u#name}, and {@code s#name} when) or returned ({@code r#name}).
 *
 * <p>Cost: a write unit a lease while the item is within a kilobyte, which some thirty different operations are; and one
 * more for each other writer that came in between.
 */
public final class DynamoUsageStore implements UsageStore {

    private static final String FULL = "f";
    private static final String TAKEN = "t";
    private static final String SEEN = "e";
    private static final String REFUSED = "x";
    private static final String CALLED = "c#";
    private static final String USED = "u#";
    private static final String RETURNED = "r#";
    private static final String USED_AT = "s#";

    private final Table table;
    private final InstantSource clock;

    /**
     * @param table the Control table's name
     * @param units where to count what calls cost
     */
    public DynamoUsageStore(DynamoDbClient client, String table, InstantSource clock, ConsumedUnits units) {
        this.table = new Table(client, table, units);
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public Lease take(String client, Quota quota, int wanted, int unspent, Counts counts, Optional<State> seen) {
        var now = clock.instant();
        var day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var before = seen.filter(state -> state.day().equals(day)).orElse(UsageStore.fresh(day));
        for (var round = 0; ; round++) {
            Table.pause(round, "others kept taking tokens for the same client");
            var lease = UsageStore.lease(quota, wanted, unspent, before, now);
            try {
                table.update(new Update(client, lease.state(), counts, now).expecting(before));
                return lease;
            } catch (ConditionalCheckFailedException e) {
                before = e.hasItem() ? state(day, e.item()) : UsageStore.fresh(day);
            }
        }
    }

    /** One write: what the day is now, and what is added. */
    private static final class Update {
        private final String client;
        private final State after;
        private final Map<String, String> names = new HashMap<>();
        private final Map<String, AttributeValue> values = new HashMap<>();
        private final List<String> set = new ArrayList<>();
        private final List<String> add = new ArrayList<>();

        Update(String client, State after, Counts counts, Instant now) {
            this.client = client;
            this.after = after;
            set(FULL, after.fullAt());
            set(TAKEN, after.taken());
            set(SEEN, now.toEpochMilli());
            set(Table.TTL, now.plus(KEPT).getEpochSecond());
            counts.calls().forEach((name, count) -> add(CALLED + name, count));
            counts.used().forEach((name, count) -> {
                add(USED + name, count);
                set(USED_AT + name, now.toEpochMilli());
            });
            counts.returned().forEach((name, count) -> add(RETURNED + name, count));
            if (counts.refused() > 0) {
                add(REFUSED, counts.refused());
            }
        }

        private void set(String name, long value) {
            set.add(named(name) + " = " + valued(value));
        }

        private void add(String name, long value) {
            add.add(named(name) + " " + valued(value));
        }

        private String named(String name) {
            var place = "#n" + names.size();
            names.put(place, name);
            return place;
        }

        private String valued(long value) {
            var place = ":v" + values.size();
            values.put(place, Table.n(value));
            return place;
        }

        UpdateItemRequest.Builder expecting(State before) {
            var full = named(FULL);
            var taken = named(TAKEN);
            var condition = before.fullAt() == 0 && before.taken() == 0
                    ? "attribute_not_exists(pk) OR (" + full + " = " + valued(0) + " AND " + taken + " = " + valued(0)
                            + ")"
                    : full + " = " + valued(before.fullAt()) + " AND " + taken + " = " + valued(before.taken());
            var update = "SET " + String.join(", ", set) + (add.isEmpty() ? "" : " ADD " + String.join(", ", add));
            return UpdateItemRequest.builder()
                    .key(key(after.day(), client))
                    .updateExpression(update)
                    .conditionExpression(condition)
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        }
    }

    @Override
    public List<Day> days(LocalDate from, LocalDate to) {
        var days = new ArrayList<Day>();
        for (var day = from; !day.isAfter(to); day = day.plusDays(1)) {
            Map<String, AttributeValue> start = Map.of();
            do {
                var request = QueryRequest.builder()
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", Table.s(pk(day))));
                var answer = table.query(start.isEmpty() ? request : request.exclusiveStartKey(start));
                for (var item : answer.items()) {
                    days.add(day(day, item));
                }
                start = answer.hasLastEvaluatedKey() ? answer.lastEvaluatedKey() : Map.of();
            } while (!start.isEmpty());
        }
        return days;
    }

    @Override
    public Optional<State> state(String client, LocalDate day) {
        return table.get(key(day, client)).map(item -> state(day, item));
    }

    private static State state(LocalDate day, Map<String, AttributeValue> item) {
        return new State(day, number(item, FULL), number(item, TAKEN));
    }

    private static Day day(LocalDate day, Map<String, AttributeValue> item) {
        var lastUsed = new TreeMap<String, Instant>();
        counts(item, USED_AT).forEach((name, time) -> lastUsed.put(name, Instant.ofEpochMilli(time)));
        return new Day(
                day,
                item.get(Table.SK).s(),
                new Counts(counts(item, CALLED), counts(item, USED), counts(item, RETURNED), number(item, REFUSED)),
                Instant.ofEpochMilli(number(item, SEEN)),
                lastUsed);
    }

    private static Map<String, Long> counts(Map<String, AttributeValue> item, String prefix) {
        var counts = new TreeMap<String, Long>();
        item.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                counts.put(name.substring(prefix.length()), Long.parseLong(value.n()));
            }
        });
        return counts;
    }

    private static long number(Map<String, AttributeValue> item, String name) {
        var value = item.get(name);
        return value == null ? 0 : Long.parseLong(value.n());
    }

    private static String pk(LocalDate day) {
        return "U#" + day;
    }

    private static Map<String, AttributeValue> key(LocalDate day, String client) {
        return Table.key(pk(day), client);
    }
}
