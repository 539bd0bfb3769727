/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * One DynamoDB table: counts the units of every call, splits batches, sees unprocessed parts through, and tells what may
 * pass ({@link Unavailable}) from what was decided (conditions) and from mistakes (the SDK's own exceptions).
 */
final class Table {

    static final String PK = "pk";
    static final String SK = "sk";
    static final String TTL = "ttl";

    private static final int GET_BATCH = 100;
    private static final int WRITE_BATCH = 25;
    private static final int ROUNDS = 8;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);

    private final DynamoDbClient client;
    private final String name;
    private final ConsumedUnits units;

    Table(DynamoDbClient client, String name, ConsumedUnits units) {
        this.client = requireNonNull(client, "client is null");
        this.name = requireNonNull(name, "name is null");
        this.units = requireNonNull(units, "units is null");
    }

    String name() {
        return name;
    }

    static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    static AttributeValue n(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }

    static Map<String, AttributeValue> key(String pk, String sk) {
        return Map.of(PK, s(pk), SK, s(sk));
    }

    /** Strongly consistent. */
    Optional<Map<String, AttributeValue>> get(Map<String, AttributeValue> key) {
        var answer = call(() -> client.getItem(GetItemRequest.builder()
                .tableName(name)
                .key(key)
                .consistentRead(true)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                .build()));
        units.addRead(answer.consumedCapacity());
        return answer.hasItem() ? Optional.of(answer.item()) : Optional.empty();
    }

    /** Strongly consistent, in any order. The keys must be distinct. */
    List<Map<String, AttributeValue>> getAll(Collection<Map<String, AttributeValue>> keys) {
        var found = new ArrayList<Map<String, AttributeValue>>();
        inBatches(List.copyOf(keys), GET_BATCH, batch -> {
            var wanted =
                    KeysAndAttributes.builder().keys(batch).consistentRead(true).build();
            var answer = call(() -> client.batchGetItem(BatchGetItemRequest.builder()
                    .requestItems(Map.of(name, wanted))
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                    .build()));
            units.addRead(answer.consumedCapacity());
            found.addAll(answer.responses().getOrDefault(name, List.of()));
            var left = answer.unprocessedKeys().get(name);
            return left == null ? List.of() : left.keys();
        });
        return found;
    }

    /** Writes or deletes, each for itself and without a condition. */
    void writeAll(Collection<WriteRequest> writes) {
        inBatches(List.copyOf(writes), WRITE_BATCH, batch -> {
            var answer = call(() -> client.batchWriteItem(BatchWriteItemRequest.builder()
                    .requestItems(Map.of(name, batch))
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                    .build()));
            units.addWritten(answer.consumedCapacity());
            return answer.unprocessedItems().getOrDefault(name, List.of());
        });
    }

    void deleteAll(Collection<Map<String, AttributeValue>> keys) {
        writeAll(keys.stream()
                .map(key -> WriteRequest.builder()
                        .deleteRequest(request -> request.key(key))
                        .build())
                .toList());
    }

    static WriteRequest putRequest(Map<String, AttributeValue> item) {
        return WriteRequest.builder().putRequest(put -> put.item(item)).build();
    }

    PutItemResponse put(PutItemRequest.Builder request) {
        var answer = call(() -> client.putItem(request.tableName(name)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build()));
        units.addWritten(answer.consumedCapacity());
        return answer;
    }

    UpdateItemResponse update(UpdateItemRequest.Builder request) {
        var answer = call(() -> client.updateItem(request.tableName(name)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                .build()));
        units.addWritten(answer.consumedCapacity());
        return answer;
    }

    /** Deletes it and says whether it was there. */
    boolean delete(Map<String, AttributeValue> key) {
        var answer = call(() -> client.deleteItem(DeleteItemRequest.builder()
                .tableName(name)
                .key(key)
                .returnValues("ALL_OLD")
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                .build()));
        units.addWritten(answer.consumedCapacity());
        return answer.hasAttributes();
    }

    /** Deletes it on a condition, which an item that is not there does not meet; says whether it did. */
    boolean deleteIf(Map<String, AttributeValue> key, String condition, Map<String, AttributeValue> values) {
        try {
            var answer = call(() -> client.deleteItem(DeleteItemRequest.builder()
                    .tableName(name)
                    .key(key)
                    .conditionExpression(condition)
                    .expressionAttributeValues(values)
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                    .build()));
            units.addWritten(answer.consumedCapacity());
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    QueryResponse query(QueryRequest.Builder request) {
        var answer = call(() -> client.query(request.tableName(name)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                .build()));
        units.addRead(answer.consumedCapacity());
        return answer;
    }

    /** All or nothing. The token follows from the content, so the same request sent twice is done once. */
    void transact(List<TransactWriteItem> writes) {
        transact(writes, token(writes));
    }

    /** All or nothing, each time anew, for writes whose conditions tell what has been done. */
    void transactAnew(List<TransactWriteItem> writes) {
        transact(writes, null);
    }

    private void transact(List<TransactWriteItem> writes, String token) {
        var answer = call(() -> client.transactWriteItems(TransactWriteItemsRequest.builder()
                .transactItems(writes)
                .clientRequestToken(token)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                .build()));
        units.addWritten(answer.consumedCapacity());
    }

    private static String token(List<TransactWriteItem> writes) {
        return HexFormat.of().formatHex(sha256(writes.toString().getBytes(StandardCharsets.UTF_8)), 0, 16);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** Hands out batches, and again what came back undone, until nothing does. */
    private static <T> void inBatches(List<T> all, int most, Function<List<T>, List<T>> send) {
        for (var from = 0; from < all.size(); from += most) {
            var rest = all.subList(from, Math.min(all.size(), from + most));
            for (var round = 0; !rest.isEmpty(); round++) {
                pause(round, "DynamoDB left part of a batch undone");
                rest = send.apply(rest);
            }
        }
    }

    /** Waits before a repetition, longer each time; gives up after some. */
    static void pause(int round, String why) {
        if (round == ROUNDS) {
            throw new Unavailable(why, null);
        }
        if (round > 0) {
            try {
                Thread.sleep(FIRST_PAUSE.multipliedBy(1L << (round - 1)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Unavailable(why, e);
            }
        }
    }

    private <T> T call(Supplier<T> request) {
        try {
            return request.get();
        } catch (TransactionInProgressException e) {
            throw new Unavailable("DynamoDB is still at the same transaction", e);
        } catch (AwsServiceException e) {
            if (e.isThrottlingException() || e.statusCode() >= 500) {
                throw new Unavailable("DynamoDB answered " + e.statusCode(), e);
            }
            throw e;
        } catch (SdkClientException e) {
            throw new Unavailable("DynamoDB did not answer", e);
        }
    }
}
