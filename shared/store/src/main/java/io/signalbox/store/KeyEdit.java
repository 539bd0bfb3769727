/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static io.signalbox.store.Table.TTL;

import io.signalbox.model.RecordId;
import io.signalbox.model.UniqueKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * What a transaction does to the holders of one unique key: compares them with what is expected and sets the new ones.
 * The first expectation is the usual case, so that no read is needed; when it was wrong, DynamoDB answers with the
 * holders there are, and the transaction is tried again with those.
 *
 * <p>A key that nobody holds has no item: what an e-mail address was is not kept.
 *
 * @param leaving records that let go of it
 * @param joining records that take it
 * @param exclusive whether no third record may hold it
 * @param expires when the key is to be free again by itself
 */
record KeyEdit(
        UniqueKey key,
        SortedSet<RecordId> leaving,
        SortedSet<RecordId> joining,
        boolean exclusive,
        Optional<Instant> expires) {

    private static final String HOLDERS = "r";

    /**
     * Who holds a key.
     *
     * @param expires in seconds since 1970; empty for as long as it is held
     */
    record Holders(SortedSet<RecordId> ids, Optional<Long> expires) {

        static Holders of(Map<String, AttributeValue> item) {
            var ids = new TreeSet<RecordId>();
            if (item.containsKey(HOLDERS)) {
                item.get(HOLDERS).ns().forEach(id -> ids.add(new RecordId(Long.parseLong(id))));
            }
            return new Holders(ids, Optional.ofNullable(item.get(TTL)).map(at -> Long.parseLong(at.n())));
        }

        /** Who holds it at that time: nobody once it has expired, though DynamoDB may keep the item for days. */
        SortedSet<RecordId> at(Instant now) {
            return expires.isPresent() && expires.get() <= now.getEpochSecond() ? new TreeSet<>() : ids;
        }
    }

    /** What to expect before anything is known: that nobody holds it but who lets go of it. */
    Holders expected() {
        return new Holders(leaving, Optional.empty());
    }

    /** The record that is in the way. */
    Optional<RecordId> obstacle(Holders holders, Instant now) {
        var others = new TreeSet<>(holders.at(now));
        others.removeAll(leaving);
        others.removeAll(joining);
        return exclusive && !joining.isEmpty() && !others.isEmpty() ? Optional.of(others.first()) : Optional.empty();
    }

    /** Nothing to write where nobody held it and nobody will. */
    Optional<TransactWriteItem> write(String table, Holders expected, Instant now) {
        var after = new TreeSet<>(expected.at(now));
        after.removeAll(leaving);
        after.addAll(joining);
        if (leaving.isEmpty() && !exclusive) {
            return Optional.of(update(table, "ADD r :joining REMOVE #t", "", Map.of(":joining", ids(joining))));
        }
        if (joining.isEmpty() && !after.isEmpty()) {
            // Others hold it too. They may come and go meanwhile, so long as one stays.
            var others = "attribute_exists(r) AND r <> :leaving";
            return Optional.of(update(table, "DELETE r :leaving REMOVE #t", others, Map.of(":leaving", ids(leaving))));
        }
        if (after.isEmpty()) {
            return expected.ids().isEmpty() ? Optional.empty() : Optional.of(delete(table, expected));
        }
        var values = new HashMap<String, AttributeValue>();
        var unchanged = unchanged(expected, values);
        values.put(":after", ids(after));
        expires.ifPresent(at -> values.put(":expires", Table.n(at.getEpochSecond())));
        var set = "SET r = :after" + (expires.isPresent() ? ", #t = :expires" : " REMOVE #t");
        return Optional.of(update(table, set, unchanged, values));
    }

    private TransactWriteItem update(
            String table, String expression, String condition, Map<String, AttributeValue> values) {
        return TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(RecordItems.key(key))
                        .updateExpression(expression)
                        .conditionExpression(condition.isEmpty() ? null : condition)
                        .expressionAttributeNames(Map.of("#t", TTL))
                        .expressionAttributeValues(values)
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .build();
    }

    private TransactWriteItem delete(String table, Holders expected) {
        var values = new HashMap<String, AttributeValue>();
        var unchanged = unchanged(expected, values);
        return TransactWriteItem.builder()
                .delete(delete -> delete.tableName(table)
                        .key(RecordItems.key(key))
                        .conditionExpression(unchanged)
                        .expressionAttributeNames(unchanged.contains("#t") ? Map.of("#t", TTL) : null)
                        .expressionAttributeValues(values)
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .build();
    }

    private static String unchanged(Holders expected, Map<String, AttributeValue> values) {
        if (expected.ids().isEmpty()) {
            return "attribute_not_exists(r)";
        }
        values.put(":before", ids(expected.ids()));
        expected.expires().ifPresent(at -> values.put(":expired", Table.n(at)));
        return "r = :before" + (expected.expires().isPresent() ? " AND #t = :expired" : "");
    }

    private static AttributeValue ids(SortedSet<RecordId> ids) {
        var texts = new ArrayList<String>();
        ids.forEach(id -> texts.add(id.toString()));
        return AttributeValue.fromNs(texts);
    }
}
