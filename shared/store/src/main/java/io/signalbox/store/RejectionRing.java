/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.Rejection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * A connection's newest rejections in a ring of slots: {@code X#connection}, {@code 00} to {@code 99}. However many
 * come in, 100 items are all there are. A counter deals the slots, so writers never meet.
 */
final class RejectionRing {

    private static final String BODY = "b";
    private static final String NUMBER = "n";
    private static final String COUNTER = "next";

    private final Table table;

    RejectionRing(Table table) {
        this.table = table;
    }

    void add(ConnectionId id, List<Rejection> rejections, Instant now) {
        var from = Math.max(0, rejections.size() - MemoryControlStore.REJECTIONS_KEPT);
        var newest = rejections.subList(from, rejections.size());
        if (newest.isEmpty()) {
            return;
        }
        var expires = Table.n(now.plus(MemoryControlStore.REJECTIONS_LAST).getEpochSecond());
        var counted = table.update(UpdateItemRequest.builder()
                .key(Table.key(partition(id), COUNTER))
                .updateExpression("ADD n :more SET #t = :expires")
                .expressionAttributeNames(Map.of("#t", Table.TTL))
                .expressionAttributeValues(Map.of(":more", Table.n(newest.size()), ":expires", expires))
                .returnValues("UPDATED_NEW"));
        var number = Long.parseLong(counted.attributes().get(NUMBER).n()) - newest.size();
        var writes = new ArrayList<WriteRequest>();
        for (var rejection : newest) {
            var slot = String.format("%02d", number % MemoryControlStore.REJECTIONS_KEPT);
            var item = new HashMap<>(Table.key(partition(id), slot));
            item.put(BODY, AttributeValue.fromB(SdkBytes.fromByteArray(ControlItems.encode(rejection))));
            item.put(NUMBER, Table.n(number));
            item.put(Table.TTL, expires);
            writes.add(Table.putRequest(item));
            number++;
        }
        table.writeAll(writes);
    }

    List<Rejection> newest(ConnectionId id, int limit, Instant now) {
        var oldest = now.minus(MemoryControlStore.REJECTIONS_LAST);
        return items(id).stream()
                .filter(item -> item.containsKey(BODY))
                .sorted(Comparator.comparingLong(
                        item -> -Long.parseLong(item.get(NUMBER).n())))
                .map(item -> ControlItems.rejection(item.get(BODY).b().asByteArrayUnsafe()))
                .filter(rejection -> rejection.at().isAfter(oldest))
                .sorted(Comparator.comparing(Rejection::at).reversed())
                .limit(limit)
                .toList();
    }

    void clear(ConnectionId id) {
        table.deleteAll(items(id).stream()
                .map(item ->
                        Table.key(item.get(Table.PK).s(), item.get(Table.SK).s()))
                .toList());
    }

    private List<Map<String, AttributeValue>> items(ConnectionId id) {
        var answer = table.query(QueryRequest.builder()
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Map.of(":pk", Table.s(partition(id))))
                .consistentRead(true));
        return answer.items();
    }

    private static String partition(ConnectionId id) {
        return "X#" + id;
    }
}
