/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * Idempotency keys in the Control table: {@code K#client#key}, {@code K}, with {@code f} fingerprint, {@code c} when it
 * was claimed, {@code o} when first if that is another time, {@code b} the answer once there is one, {@code ttl}.
 */
public final class DynamoIdempotencyStore implements IdempotencyStore {

    private static final String FINGERPRINT = "f";
    private static final String CLAIMED = "c";
    private static final String FIRST = "o";
    private static final String BODY = "b";

    private final Table table;
    private final InstantSource clock;

    /**
     * @param table the Control table's name
     * @param units where to count what calls cost
     */
    public DynamoIdempotencyStore(DynamoDbClient client, String table, InstantSource clock, ConsumedUnits units) {
        this.table = new Table(client, table, units);
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public Claim claim(Key key, String fingerprint) {
        var now = Instant.ofEpochMilli(clock.millis());
        try {
            table.put(PutItemRequest.builder()
                    .item(item(key, fingerprint, now, now))
                    .conditionExpression("attribute_not_exists(pk) OR #t <= :now")
                    .expressionAttributeNames(Map.of("#t", Table.TTL))
                    .expressionAttributeValues(Map.of(":now", Table.n(now.getEpochSecond()))));
            return new Claim.Claimed(fingerprint, now, now);
        } catch (ConditionalCheckFailedException e) {
            return e.hasItem() ? held(key, fingerprint, now, e.item()) : claim(key, fingerprint);
        }
    }

    private Claim held(Key key, String fingerprint, Instant now, Map<String, AttributeValue> item) {
        if (!item.get(FINGERPRINT).s().equals(fingerprint)) {
            return new Claim.Reused();
        }
        if (item.containsKey(BODY)) {
            return new Claim.Done(AnswerCodec.decode(item.get(BODY).b().asByteArrayUnsafe()));
        }
        var until = claimedAt(item).plus(LEASE);
        return now.isBefore(until) ? new Claim.InProgress(until) : takeOver(key, fingerprint, now, item);
    }

    private Claim takeOver(Key key, String fingerprint, Instant now, Map<String, AttributeValue> lapsed) {
        var first = first(lapsed);
        try {
            table.put(PutItemRequest.builder()
                    .item(item(key, fingerprint, now, first))
                    .conditionExpression("c = :lapsed AND attribute_not_exists(b)")
                    .expressionAttributeValues(Map.of(":lapsed", lapsed.get(CLAIMED))));
            return new Claim.Claimed(fingerprint, now, first);
        } catch (ConditionalCheckFailedException e) {
            return e.hasItem() ? held(key, fingerprint, now, e.item()) : claim(key, fingerprint);
        }
    }

    @Override
    public boolean complete(Key key, Claim.Claimed claim, Answer answer) {
        var body = AnswerCodec.encode(answer);
        var item = item(key, claim.fingerprint(), claim.at(), claim.first());
        item.put(BODY, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(body)));
        try {
            table.put(PutItemRequest.builder()
                    .item(item)
                    .conditionExpression("c = :mine AND f = :f AND attribute_not_exists(b)")
                    .expressionAttributeValues(Map.of(":mine", item.get(CLAIMED), ":f", Table.s(claim.fingerprint()))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            // The put before may have arrived though its answer did not.
            return e.hasItem()
                    && isMine(e.item(), claim)
                    && e.item().containsKey(BODY)
                    && Arrays.equals(e.item().get(BODY).b().asByteArrayUnsafe(), body);
        }
    }

    @Override
    public void release(Key key, Claim.Claimed claim) {
        table.deleteIf(
                key(key),
                "c = :mine AND f = :f AND attribute_not_exists(b)",
                Map.of(":mine", Table.n(claim.at().toEpochMilli()), ":f", Table.s(claim.fingerprint())));
    }

    @Override
    public void lapse(Key key, Claim.Claimed claim) {
        var item = item(key, claim.fingerprint(), claim.at().minus(LEASE), claim.first());
        try {
            table.put(PutItemRequest.builder()
                    .item(item)
                    .conditionExpression("c = :mine AND f = :f AND attribute_not_exists(b)")
                    .expressionAttributeValues(
                            Map.of(":mine", Table.n(claim.at().toEpochMilli()), ":f", Table.s(claim.fingerprint()))));
        } catch (ConditionalCheckFailedException _) {
            // It is gone.
        }
    }

    private static boolean isMine(Map<String, AttributeValue> item, Claim.Claimed claim) {
        return claimedAt(item).equals(claim.at()) && item.get(FINGERPRINT).s().equals(claim.fingerprint());
    }

    private static Instant claimedAt(Map<String, AttributeValue> item) {
        return Instant.ofEpochMilli(Long.parseLong(item.get(CLAIMED).n()));
    }

    private static Instant first(Map<String, AttributeValue> item) {
        var first = item.get(FIRST);
        return first == null ? claimedAt(item) : Instant.ofEpochMilli(Long.parseLong(first.n()));
    }

    private static Map<String, AttributeValue> key(Key key) {
        return Table.key("K#" + key.client() + "#" + key.text(), "K");
    }

    private static Map<String, AttributeValue> item(Key key, String fingerprint, Instant claimed, Instant first) {
        var item = new HashMap<>(key(key));
        item.put(FINGERPRINT, Table.s(fingerprint));
        item.put(CLAIMED, Table.n(claimed.toEpochMilli()));
        if (!first.equals(claimed)) {
            item.put(FIRST, Table.n(first.toEpochMilli()));
        }
        item.put(Table.TTL, Table.n(claimed.plus(KEPT).getEpochSecond()));
        return item;
    }
}
