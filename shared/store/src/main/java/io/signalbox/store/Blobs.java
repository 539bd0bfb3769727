/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static io.signalbox.store.Table.PK;
import static io.signalbox.store.Table.SK;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * Versioned bytes of any length, though an item holds 400 KB. What fits is one item: {@code v}, {@code b}. What does
 * not is cut into items of its own, {@code sk#hash#0} and so on, which the head names by {@code h} and {@code n}. They
 * are named by their content and written first, so a head never points at parts that are missing or another's.
 */
final class Blobs {

    /** An item's 400 KB less keys and names. */
    static final int PART_BYTES = 380 << 10;

    private static final String VERSION = "v";
    private static final String BODY = "b";
    private static final String HASH = "h";
    private static final String PARTS = "n";

    /** @param version at least 1 */
    record Blob(long version, byte[] bytes) {}

    private final Table table;

    Blobs(Table table) {
        this.table = table;
    }

    /** Writes if the version held is the one before, none for version 1, or this very one; else answers false. */
    boolean put(Map<String, AttributeValue> key, Blob blob) {
        var head = new HashMap<>(key);
        head.put(VERSION, Table.n(blob.version()));
        if (blob.bytes().length <= PART_BYTES) {
            head.put(BODY, AttributeValue.fromB(SdkBytes.fromByteArray(blob.bytes())));
        } else {
            putParts(head, blob.bytes());
        }
        try {
            var request = PutItemRequest.builder().item(head).returnValues(ReturnValue.ALL_OLD);
            if (blob.version() == 1) {
                request.conditionExpression("attribute_not_exists(pk)");
            } else {
                request.conditionExpression("v = :before")
                        .expressionAttributeValues(Map.of(":before", Table.n(blob.version() - 1)));
            }
            deleteParts(table.put(request).attributes(), head);
            return true;
        } catch (ConditionalCheckFailedException e) {
            var held = e.hasItem() ? e.item() : Map.<String, AttributeValue>of();
            deleteParts(head, held);
            // The put before may have arrived though its answer did not.
            return held.equals(head);
        }
    }

    private void putParts(Map<String, AttributeValue> head, byte[] bytes) {
        head.put(HASH, Table.s(HexFormat.of().formatHex(Table.sha256(bytes), 0, 8)));
        head.put(PARTS, Table.n((bytes.length + PART_BYTES - 1) / PART_BYTES));
        var keys = partKeys(head);
        for (var i = 0; i < keys.size(); i++) {
            var from = i * PART_BYTES;
            var part = new HashMap<>(keys.get(i));
            var slice = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PART_BYTES));
            part.put(BODY, AttributeValue.fromB(SdkBytes.fromByteArray(slice)));
            // One by one: a batch may carry 16 MB and count as slow long before.
            table.put(PutItemRequest.builder().item(part));
        }
    }

    private void deleteParts(Map<String, AttributeValue> gone, Map<String, AttributeValue> stays) {
        if (gone != null && gone.containsKey(HASH) && !gone.get(HASH).equals(stays.get(HASH))) {
            table.deleteAll(partKeys(gone));
        }
    }

    private static List<Map<String, AttributeValue>> partKeys(Map<String, AttributeValue> head) {
        var keys = new ArrayList<Map<String, AttributeValue>>();
        var count = head.containsKey(PARTS) ? Integer.parseInt(head.get(PARTS).n()) : 0;
        for (var i = 0; i < count; i++) {
            keys.add(Table.key(
                    head.get(PK).s(), head.get(SK).s() + "#" + head.get(HASH).s() + "#" + i));
        }
        return keys;
    }

    /** The bytes of a head item that was read by a query; nothing when they are in parts of their own. */
    Optional<Blob> whole(Map<String, AttributeValue> head) {
        return head.containsKey(BODY)
                ? Optional.of(new Blob(
                        Long.parseLong(head.get(VERSION).n()),
                        head.get(BODY).b().asByteArray()))
                : Optional.empty();
    }

    Optional<Blob> get(Map<String, AttributeValue> key) {
        for (var round = 0; ; round++) {
            Table.pause(round, "a large item kept changing while it was read");
            var head = table.get(key);
            if (head.isEmpty()) {
                return Optional.empty();
            }
            var bytes = bytes(head.get());
            if (bytes.isPresent()) {
                return Optional.of(
                        new Blob(Long.parseLong(head.get().get(VERSION).n()), bytes.get()));
            }
        }
    }

    /** Nothing when the parts have been replaced since the head was read. */
    private Optional<byte[]> bytes(Map<String, AttributeValue> head) {
        if (head.containsKey(BODY)) {
            return Optional.of(head.get(BODY).b().asByteArray());
        }
        var keys = partKeys(head);
        var bySortKey = new HashMap<String, byte[]>();
        for (var part : table.getAll(keys)) {
            bySortKey.put(part.get(SK).s(), part.get(BODY).b().asByteArray());
        }
        var whole = new ByteArrayOutputStream();
        for (var key : keys) {
            var part = bySortKey.get(key.get(SK).s());
            if (part == null) {
                return Optional.empty();
            }
            whole.writeBytes(part);
        }
        return Optional.of(whole.toByteArray());
    }
}
