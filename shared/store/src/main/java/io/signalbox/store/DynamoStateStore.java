/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * States as items of the Control table: {@code S#kind#id} with {@code v}, the version, {@code b}, the value, and {@code
 * ttl}. DynamoDB deletes an item some time after its {@code ttl}, so that time is checked here.
 */
public final class DynamoStateStore implements StateStore {

    private static final String VERSION = "v";
    private static final String BODY = "b";

    private final Table table;
    private final InstantSource clock;

    /** @param table the Control table's name */
    public DynamoStateStore(DynamoDbClient client, String table, InstantSource clock, ConsumedUnits units) {
        this.table = new Table(client, table, units);
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public Optional<State> get(Key key) {
        return table.get(keyOf(key))
                .filter(this::isThere)
                .map(item -> new State(
                        number(item, VERSION),
                        ControlItems.value(item.get(BODY).b().asByteArrayUnsafe())));
    }

    /** A {@code ttl} is in whole seconds: it is over once its second has begun. */
    private boolean isThere(Map<String, AttributeValue> item) {
        return !item.containsKey(Table.TTL)
                || number(item, Table.TTL) > clock.instant().getEpochSecond();
    }

    @Override
    public boolean put(Key key, long expectedVersion, Value value, Optional<Instant> expiresAt) {
        var item = new HashMap<>(keyOf(key));
        item.put(VERSION, Table.n(expectedVersion + 1));
        item.put(BODY, AttributeValue.fromB(SdkBytes.fromByteArray(ControlItems.encode(value))));
        expiresAt.ifPresent(at -> item.put(Table.TTL, Table.n(ceiling(at))));
        var request = PutItemRequest.builder().item(item);
        if (expectedVersion == 0) {
            request.conditionExpression("attribute_not_exists(pk) OR #t <= :now")
                    .expressionAttributeNames(Map.of("#t", Table.TTL))
                    .expressionAttributeValues(
                            Map.of(":now", Table.n(clock.instant().getEpochSecond())));
        } else {
            request.conditionExpression("v = :before")
                    .expressionAttributeValues(Map.of(":before", Table.n(expectedVersion)));
        }
        try {
            table.put(request);
            return true;
        } catch (ConditionalCheckFailedException e) {
            // The put before may have arrived though its answer did not.
            return e.hasItem() && e.item().equals(item);
        }
    }

    private static long ceiling(Instant at) {
        return at.getNano() == 0 ? at.getEpochSecond() : at.getEpochSecond() + 1;
    }

    @Override
    public boolean delete(Key key) {
        var there = get(key).isPresent();
        return table.delete(keyOf(key)) && there;
    }

    private static Map<String, AttributeValue> keyOf(Key key) {
        return Table.key("S#" + key.kind() + "#" + key.id(), "S");
    }

    private static long number(Map<String, AttributeValue> item, String name) {
        return Long.parseLong(item.get(name).n());
    }
}
