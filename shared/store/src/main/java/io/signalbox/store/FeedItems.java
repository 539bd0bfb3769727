/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.RecordKey;
import io.signalbox.store.FeedStore.Change;
import io.signalbox.store.FeedStore.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items of the feed: {@code F#2}, a number in 16 digits, with {@code t} when, {@code b} the changes, {@code ttl}. */
final class FeedItems {

    private static final String BODY = "b";
    private static final String AT = "t";
    private static final List<Kind> KINDS =
            List.of(Kind.CREATED, Kind.UPDATED, Kind.DELETED, Kind.RESTORED, Kind.MERGED, Kind.ERASED);

    private FeedItems() {}

    /** Changes that were appended together. */
    record Item(int shard, long number, Instant at, List<Change> changes) {
        FeedStore.Entry entry(int place) {
            var seq = shard + "-" + Long.toString(number, 36) + "-" + place;
            return new FeedStore.Entry(seq, at, changes.get(place));
        }
    }

    static String partition(int shard) {
        return "F#" + shard;
    }

    static String sort(long number) {
        return String.format("%016d", number);
    }

    static Map<String, AttributeValue> encode(Item item) {
        var out = new PackWriter();
        var base = item.at().toEpochMilli();
        var id = 0L;
        out.number(item.changes().size());
        for (var change : item.changes()) {
            IdCodec.writeRecordKey(out, change.record(), id);
            id = change.record().id().value();
            out.number(change.version());
            out.number(KINDS.indexOf(change.kind()));
            out.signed(base - change.updatedAt().toEpochMilli());
            out.number(change.fields().size());
            change.fields().forEach(out::symbol);
        }
        var held = new HashMap<>(Table.key(partition(item.shard()), sort(item.number())));
        held.put(BODY, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(out.finish())));
        held.put(AT, Table.n(base));
        held.put(Table.TTL, Table.n(item.at().plus(FeedStore.KEPT).getEpochSecond()));
        return held;
    }

    static Item decode(int shard, Map<String, AttributeValue> held) {
        var in = new PackReader(held.get(BODY).b().asByteArrayUnsafe());
        var at = Instant.ofEpochMilli(Long.parseLong(held.get(AT).n()));
        var changes = new ArrayList<Change>();
        var id = 0L;
        for (var i = in.count(); i > 0; i--) {
            RecordKey record = IdCodec.readRecordKey(in, id);
            id = record.id().value();
            var version = in.number();
            var kind = KINDS.get(in.small());
            var updatedAt = Instant.ofEpochMilli(at.toEpochMilli() - in.signed());
            var fields = new ArrayList<String>();
            for (var more = in.count(); more > 0; more--) {
                fields.add(in.symbol());
            }
            changes.add(new Change(record, version, kind, updatedAt, fields));
        }
        in.end();
        return new Item(shard, Long.parseLong(held.get(Table.SK).s()), at, changes);
    }
}
