/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.Link;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Stamp;
import io.signalbox.model.UniqueKey;
import io.signalbox.store.LinkStore.Parked;
import io.signalbox.store.LinkStore.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The rows of a link: {@code L#contact#123}, {@code company#0000000000000456#>employer} and {@code L#company#456}, {@code
 * contact#0000000000000123#<employer}, where the arrow leads from {@link Link#from} to {@link Link#to}. Both carry
 * {@code t} and {@code g}, the stamp, and when it says that the link is not there {@code x} and {@code ttl}. A parked one
 * is {@code P#company#external_id#crm:77}, {@code contact#0000000000000123#employer}.
 */
final class LinkItems {

    static final String REMOVED = "x";
    static final String NEWER = "attribute_not_exists(pk) OR t < :t OR (t = :t AND g < :g)";
    static final String SAME = "t = :t AND g = :g";

    private LinkItems() {}

    static String partition(RecordKey record) {
        return "L#" + record.object() + "#" + record.id();
    }

    static String parkedPartition(UniqueKey key) {
        return "P#" + key.object() + "#" + key.field() + "#" + key.value();
    }

    /** The row on one side. */
    static Map<String, AttributeValue> key(Link link, RecordKey side) {
        var arrow = side.equals(link.from()) ? ">" : "<";
        return Table.key(partition(side), place(link.other(side)) + "#" + arrow + link.label());
    }

    static Map<String, AttributeValue> key(Parked parked) {
        return Table.key(parkedPartition(parked.to()), place(parked.from()) + "#" + parked.label());
    }

    private static String place(RecordKey record) {
        return record.object() + "#" + RecordItems.listSort(record.id());
    }

    static Map<String, AttributeValue> item(Statement said, RecordKey side, Instant now) {
        var item = item(key(said.link(), side), said.stamp(), said.present());
        if (!said.present()) {
            item.put(Table.TTL, Table.n(now.plus(LinkStore.REMOVED_KEPT).getEpochSecond()));
        }
        return item;
    }

    static Map<String, AttributeValue> item(Parked parked, Instant now) {
        var item = item(key(parked), parked.stamp(), parked.present());
        item.put(Table.TTL, Table.n(now.plus(LinkStore.PARKED_KEPT).getEpochSecond()));
        return item;
    }

    private static Map<String, AttributeValue> item(Map<String, AttributeValue> key, Stamp stamp, boolean present) {
        var item = new HashMap<>(key);
        item.put("t", Table.n(stamp.millis()));
        item.put("g", Table.n(stamp.tag()));
        if (!present) {
            item.put(REMOVED, Table.n(1));
        }
        return item;
    }

    static Map<String, AttributeValue> stampValues(Stamp stamp) {
        return Map.of(":t", Table.n(stamp.millis()), ":g", Table.n(stamp.tag()));
    }

    static Statement statement(RecordKey side, Map<String, AttributeValue> item) {
        var parts = item.get(Table.SK).s().split("#", 3);
        var other = new RecordKey(new ObjectType(parts[0]), new RecordId(Long.parseLong(parts[1])));
        var label = parts[2].substring(1);
        var link = parts[2].charAt(0) == '>' ? new Link(side, other, label) : new Link(other, side, label);
        return new Statement(link, !item.containsKey(REMOVED), stamp(item));
    }

    static Parked parked(UniqueKey to, Map<String, AttributeValue> item) {
        var parts = item.get(Table.SK).s().split("#", 3);
        var from = new RecordKey(new ObjectType(parts[0]), new RecordId(Long.parseLong(parts[1])));
        return new Parked(from, to, parts[2], !item.containsKey(REMOVED), stamp(item));
    }

    private static Stamp stamp(Map<String, AttributeValue> item) {
        return new Stamp(
                Long.parseLong(item.get("t").n()), Long.parseLong(item.get("g").n()));
    }
}
