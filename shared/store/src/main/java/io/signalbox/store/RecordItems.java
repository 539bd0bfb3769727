/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static io.signalbox.store.Table.PK;
import static io.signalbox.store.Table.SK;
import static io.signalbox.store.Table.TTL;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.Life;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.SegmentId;
import io.signalbox.model.UniqueKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of the Records table. Names of attributes are short, for they are billed with each item.
 *
 * <table>
 * <caption>Items</caption>
 * <tr><td>record</td><td>{@code R#contact#123}</td><td>{@code R}</td><td>{@code v} version, {@code b} state, {@code lp}
 * and {@code ls} place in the list while alive, {@code ttl} once dead</td></tr>
 * <tr><td>unique key</td><td>{@code U#contact#email#ada@example.org}</td><td>{@code U}</td><td>{@code r} ids of the
 * records that hold it, {@code ttl} while they are deleted</td></tr>
 * <tr><td>segment</td><td>{@code J#20260304#a}</td><td>its id</td><td>{@code v} version, {@code b} events; see {@link
 * Blobs} for large ones</td></tr>
 * </table>
 */
final class RecordItems {

    static final String VERSION = "v";
    static final String BODY = "b";
    static final String LIST_PARTITION = "lp";
    static final String LIST_SORT = "ls";
    static final String LIST_INDEX = "ListIndex";
    static final int LIST_SHARDS = 16;

    /** How long a deleted record can be found by its keys, to meet late events. */
    static final Duration KEYS_OF_DELETED = Duration.ofDays(90);

    /** A week longer, for DynamoDB removes what has expired within days: a key must not outlive its record. */
    static final Duration DEAD_RECORDS = KEYS_OF_DELETED.plusDays(7);

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE.withZone(ZoneOffset.UTC);
    private static final String RECORD = "R";
    private static final String UNIQUE = "U";
    static final String SEGMENT_PREFIX = "J#";

    private RecordItems() {}

    static Map<String, AttributeValue> key(RecordKey key) {
        return Table.key("R#" + key.object() + "#" + key.id(), RECORD);
    }

    /** The record whose item has this partition key; nothing for items of another kind. */
    static Optional<RecordKey> recordKey(String pk) {
        var parts = pk.split("#", -1);
        return parts.length == 3 && parts[0].equals(RECORD)
                ? RecordId.parse(parts[2]).map(id -> new RecordKey(new ObjectType(parts[1]), id))
                : Optional.empty();
    }

    static Map<String, AttributeValue> key(UniqueKey key) {
        return Table.key("U#" + key.object() + "#" + key.field() + "#" + key.value(), UNIQUE);
    }

    static Map<String, AttributeValue> key(SegmentId id) {
        var shard = id.value().charAt(id.value().length() - 1);
        return Table.key(segmentPartition(id.time(), String.valueOf(shard)), id.value());
    }

    /** @param shard a hex digit */
    static String segmentPartition(Instant day, String shard) {
        return SEGMENT_PREFIX + DAY.format(day) + "#" + shard;
    }

    static Instant dayAfter(Instant time) {
        return time.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    }

    /** @throws TooLarge if the record does not fit an item */
    static Map<String, AttributeValue> item(CrmRecord record, Instant now) {
        var body = RecordCodec.encode(record);
        var item = new HashMap<>(key(record.key()));
        item.put(VERSION, Table.n(record.version()));
        item.put(BODY, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(body)));
        if (record.isAlive()) {
            item.put(
                    LIST_PARTITION,
                    Table.s(listPartition(
                            record.key().object(), shard(record.key().id()))));
            item.put(LIST_SORT, Table.s(listSort(record.key().id())));
        } else if (record.life().state() != Life.State.ERASED) {
            item.put(TTL, Table.n(now.plus(DEAD_RECORDS).getEpochSecond()));
        }
        return item;
    }

    static CrmRecord record(Map<String, AttributeValue> item) {
        var pk = item.get(PK).s();
        var key = recordKey(pk).orElseThrow(() -> new CorruptItem("no record has the key " + item.get(SK)));
        return RecordCodec.decode(key, version(item), item.get(BODY).b().asByteArrayUnsafe());
    }

    static long version(Map<String, AttributeValue> item) {
        return Long.parseLong(item.get(VERSION).n());
    }

    /** Whether the item held is the one that was to be written: then it has been. */
    static boolean isSame(Map<String, AttributeValue> held, Map<String, AttributeValue> item) {
        return held.containsKey(BODY)
                && version(held) == version(item)
                && Arrays.equals(
                        held.get(BODY).b().asByteArrayUnsafe(),
                        item.get(BODY).b().asByteArrayUnsafe());
    }

    static String listPartition(ObjectType object, int shard) {
        return object + "#" + Integer.toHexString(shard);
    }

    /** Ids share their upper bits when they are made at the same time, and their lower ones never. */
    private static int shard(RecordId id) {
        return (int) (id.value() % LIST_SHARDS);
    }

    static String listSort(RecordId id) {
        return String.format("%016d", id.value());
    }
}
