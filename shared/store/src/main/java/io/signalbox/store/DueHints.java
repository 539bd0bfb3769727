/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.store.ControlStore.Due;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Hints by the hour they are due in, 8 shards an hour: {@code D#2026030410#3}, {@code 1772618400000#contact#123}. A
 * mark says which hour may be the first that still holds any, so that none is missed after an outage. It stays an
 * hour behind, for clocks that differ. Reading costs 16 queries when nothing is due, half a read unit each.
 */
final class DueHints {

    private static final int SHARDS = 8;

    /** Where reading starts before there is a mark: hints may have been noted before anybody asked. */
    private static final Duration FIRST_LOOK_BACK = Duration.ofDays(1);

    /** How far one call goes through empty hours; the mark is where the next goes on. */
    private static final int HOURS_A_CALL = 48;

    private static final Duration KEPT = Duration.ofDays(30);
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyyMMddHH").withZone(ZoneOffset.UTC);
    private static final Map<String, AttributeValue> MARK = Table.key("D", "mark");

    private final Table table;

    DueHints(Table table) {
        this.table = table;
    }

    /** A hint for a time past goes to the hour of now: the mark may be beyond its own. */
    void note(List<Due> hints, Instant now) {
        var items = new HashMap<Map<String, AttributeValue>, Map<String, AttributeValue>>();
        for (var hint : hints) {
            var at = hint.at().isBefore(now) ? now : hint.at();
            var key = key(new Due(at, hint.record()));
            var item = new HashMap<>(key);
            item.put(Table.TTL, Table.n(at.plus(KEPT).getEpochSecond()));
            items.put(key, item);
        }
        table.writeAll(items.values().stream().map(Table::putRequest).toList());
    }

    void remove(List<Due> hints) {
        table.deleteAll(hints.stream().map(DueHints::key).distinct().toList());
    }

    List<Due> due(Instant now, int limit) {
        var mark = table.get(MARK)
                .map(item -> Instant.ofEpochSecond(Long.parseLong(item.get("v").n())));
        var from = mark.orElseGet(() -> now.minus(FIRST_LOOK_BACK)).truncatedTo(ChronoUnit.HOURS);
        var behind = now.minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.HOURS);
        var found = new ArrayList<Due>();
        var next = from.isAfter(behind) ? behind : from;
        for (var hour = next; !hour.isAfter(now) && found.size() < limit; hour = hour.plus(1, ChronoUnit.HOURS)) {
            found.addAll(inHour(hour, now, limit - found.size()));
            if (found.isEmpty() && hour.isBefore(behind)) {
                next = hour.plus(1, ChronoUnit.HOURS);
                if (Duration.between(from, next).toHours() >= HOURS_A_CALL) {
                    break;
                }
            }
        }
        if (mark.isEmpty() || next.isAfter(mark.get())) {
            var item = new HashMap<>(MARK);
            item.put("v", Table.n(next.getEpochSecond()));
            table.put(PutItemRequest.builder().item(item));
        }
        return found;
    }

    private List<Due> inHour(Instant hour, Instant now, int limit) {
        var found = new ArrayList<Due>();
        for (var shard = 0; shard < SHARDS; shard++) {
            var answer = table.query(QueryRequest.builder()
                    .keyConditionExpression("pk = :pk AND sk < :end")
                    .expressionAttributeValues(Map.of(
                            ":pk", Table.s(partition(hour, shard)), ":end", Table.s(sortTime(now.plusMillis(1)))))
                    .consistentRead(true)
                    .limit(limit));
            answer.items().forEach(item -> due(item.get(Table.SK).s()).ifPresent(found::add));
        }
        found.sort(Comparator.comparing(Due::at).thenComparing(Due::record));
        return found.subList(0, Math.min(limit, found.size()));
    }

    private static Map<String, AttributeValue> key(Due hint) {
        var record = hint.record();
        var shard = (int) (record.id().value() % SHARDS);
        return Table.key(partition(hint.at(), shard), sortTime(hint.at()) + "#" + record.object() + "#" + record.id());
    }

    private static String partition(Instant at, int shard) {
        return "D#" + HOUR.format(at) + "#" + shard;
    }

    /** 13 digits last until 2286. */
    private static String sortTime(Instant at) {
        return String.format("%013d", at.toEpochMilli());
    }

    private static Optional<Due> due(String sortKey) {
        var parts = sortKey.split("#", 3);
        return RecordId.parse(parts[2])
                .map(id -> new Due(
                        Instant.ofEpochMilli(Long.parseLong(parts[0])), new RecordKey(new ObjectType(parts[1]), id)));
    }
}
