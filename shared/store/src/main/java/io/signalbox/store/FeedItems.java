/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.RecordKey;
import io.signalbox.store.FeedStore.Change;
import io.signalbox.store.FeedStore.Counted;
import io.signalbox.store.FeedStore.Counts;
import io.signalbox.store.FeedStore.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Pages of the feed: {@code F}, a number in 16 digits, with {@code t} when, {@code b} the changes and counts, {@code
 * ttl}. Totals of counters: {@code N#connection}, {@code N}, with {@code a} events, {@code t} the last one's time, {@code
 * p} the last page that is in; {@code N}, {@code N} for the page that all of them have come to.
 */
final class FeedItems {

    static final String PARTITION = "F";
    static final String PAGE = "p";

    private static final String BODY = "b";
    private static final String AT = "t";
    private static final String EVENTS = "a";
    private static final int MARK_BYTES = 6;
    private static final List<Kind> KINDS =
            List.of(Kind.CREATED, Kind.UPDATED, Kind.DELETED, Kind.RESTORED, Kind.MERGED, Kind.ERASED);

    private FeedItems() {}

    /** What was appended together. */
    record Page(
            long number, Instant at, List<Change> changes, SortedMap<ConnectionId, Counts> counts, List<Long> marks) {

        static Page of(long number, Instant at, List<Change> changes, List<Counted> counted) {
            var counts = new TreeMap<ConnectionId, Counts>();
            counted.forEach(each ->
                    counts.merge(each.connection(), new Counts(each.events(), Optional.of(each.last())), Counts::plus));
            var marks = counted.stream().map(Counted::mark).distinct().toList();
            return new Page(number, Instant.ofEpochMilli(at.toEpochMilli()), changes, counts, marks);
        }

        FeedStore.Entry entry(int place) {
            return new FeedStore.Entry(Long.toString(number, 36) + "-" + place, at, changes.get(place));
        }
    }

    /**
     * What pages up to one have counted.
     *
     * @param page the number of the last page that is in
     * @param isEnd whether the connection was deleted then, so that it may be forgotten once those pages are
     */
    record Total(long page, Counts counts, boolean isEnd) {
        static final Total NONE = new Total(0, Counts.NONE, false);
    }

    static String sort(long number) {
        return String.format("%016d", number);
    }

    static Map<String, AttributeValue> totalKey(Optional<ConnectionId> connection) {
        return Table.key(connection.map(id -> "N#" + id).orElse("N"), "N");
    }

    static Map<String, AttributeValue> encode(Page page) {
        var out = new PackWriter();
        var base = page.at().toEpochMilli();
        var id = 0L;
        out.number(page.changes().size());
        for (var change : page.changes()) {
            IdCodec.writeRecordKey(out, change.record(), id);
            id = change.record().id().value();
            out.number(change.version());
            out.number(KINDS.indexOf(change.kind()));
            out.signed(base - change.updatedAt().toEpochMilli());
            out.number(change.fields().size());
            change.fields().forEach(out::symbol);
        }
        out.number(page.counts().size());
        page.counts().forEach((connection, counts) -> {
            out.symbol(connection.value());
            out.signed(counts.events());
            out.signed(base - counts.last().orElseThrow().toEpochMilli());
        });
        out.number(page.marks().size());
        page.marks().forEach(mark -> out.raw(mark, MARK_BYTES));
        var held = new HashMap<>(Table.key(PARTITION, sort(page.number())));
        held.put(BODY, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(out.finish())));
        held.put(AT, Table.n(base));
        held.put(Table.TTL, Table.n(page.at().plus(FeedStore.KEPT).getEpochSecond()));
        return held;
    }

    static Page decode(Map<String, AttributeValue> held) {
        var in = new PackReader(held.get(BODY).b().asByteArrayUnsafe());
        var at = Instant.ofEpochMilli(Long.parseLong(held.get(AT).n()));
        var changes = changes(in, at);
        var counts = new TreeMap<ConnectionId, Counts>();
        for (var i = in.count(); i > 0; i--) {
            counts.put(
                    new ConnectionId(in.symbol()),
                    new Counts(in.signed(), Optional.of(Instant.ofEpochMilli(at.toEpochMilli() - in.signed()))));
        }
        var marks = new ArrayList<Long>();
        for (var i = in.count(); i > 0; i--) {
            marks.add(in.raw(MARK_BYTES));
        }
        in.end();
        return new Page(Long.parseLong(held.get(Table.SK).s()), at, changes, counts, marks);
    }

    private static List<Change> changes(PackReader in, Instant at) {
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
        return changes;
    }

    static Map<String, AttributeValue> encode(Optional<ConnectionId> connection, Total total, Instant now) {
        var held = new HashMap<>(totalKey(connection));
        held.put(PAGE, Table.n(total.page()));
        held.put(EVENTS, Table.n(total.counts().events()));
        total.counts().last().ifPresent(last -> held.put(AT, Table.n(last.toEpochMilli())));
        if (total.isEnd()) {
            held.put(
                    Table.TTL,
                    Table.n(now.plus(FeedStore.KEPT).plus(FeedStore.KEPT).getEpochSecond()));
        }
        return held;
    }

    static Total decodeTotal(Map<String, AttributeValue> held) {
        var last = Optional.ofNullable(held.get(AT)).map(at -> Instant.ofEpochMilli(Long.parseLong(at.n())));
        return new Total(
                Long.parseLong(held.get(PAGE).n()),
                new Counts(Long.parseLong(held.get(EVENTS).n()), last),
                held.containsKey(Table.TTL));
    }
}
