/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.UniqueKey;
import io.signalbox.store.RecordStore.SaveResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** One save of one record, or of several together: a plain conditional put where that will do, else a transaction. */
final class Save {

    private static final int TRANSACTION_ITEMS = 100;

    /** A record's item and the condition it is written on. */
    private record Change(Map<String, AttributeValue> item, long versionBefore) {

        String condition() {
            return versionBefore == 0 ? "attribute_not_exists(pk)" : "v = :before";
        }

        Map<String, AttributeValue> values() {
            return versionBefore == 0 ? null : Map.of(":before", Table.n(versionBefore));
        }

        SaveResult saved() {
            return new SaveResult.Saved(versionBefore + 1);
        }
    }

    private final Table table;
    private final Instant now;
    private final List<Change> changes = new ArrayList<>();
    private final KeyEdits keys;
    private final Function<CrmRecord, SortedSet<UniqueKey>> keysOf;

    /** @param keysOf which keys find a record */
    Save(Table table, Instant now, Function<CrmRecord, SortedSet<UniqueKey>> keysOf) {
        this.table = table;
        this.now = now;
        this.keys = new KeyEdits(now);
        this.keysOf = keysOf;
    }

    void add(Optional<CrmRecord> before, CrmRecord after, boolean exclusive) {
        add(before, after, KeyChange.of(before, after, exclusive, keysOf));
    }

    void add(Optional<CrmRecord> before, CrmRecord after, KeyChange change) {
        var next = after.withVersion(change.versionBefore() + 1);
        changes.add(new Change(RecordItems.item(next, now), change.versionBefore()));
        keys.add(before, after, change);
    }

    SaveResult run() {
        var edits = keys.all();
        if (changes.size() + edits.size() > TRANSACTION_ITEMS) {
            throw new TooLarge("a save changes more records and unique keys than a transaction holds");
        }
        for (var edit : edits) {
            if (edit.exclusive() && edit.joining().size() > 1) {
                return new SaveResult.KeyTaken(edit.key(), edit.joining().first());
            }
        }
        return changes.size() == 1 && edits.isEmpty() ? put(changes.getFirst()) : transact(edits);
    }

    private SaveResult put(Change change) {
        for (var round = 0; ; round++) {
            Table.pause(round, "transactions kept the record busy");
            try {
                table.put(PutItemRequest.builder()
                        .item(change.item())
                        .conditionExpression(change.condition())
                        .expressionAttributeValues(change.values()));
                return change.saved();
            } catch (ConditionalCheckFailedException e) {
                // The put before may have arrived though its answer did not.
                return e.hasItem() && RecordItems.isSame(e.item(), change.item())
                        ? change.saved()
                        : new SaveResult.Stale();
            } catch (TransactionConflictException _) {
                // Whoever holds it will be done in a moment; then the condition decides.
            }
        }
    }

    private SaveResult transact(List<KeyEdit> edits) {
        var expected = new HashMap<KeyEdit, KeyEdit.Holders>();
        edits.forEach(edit -> expected.put(edit, edit.expected()));
        for (var round = 0; ; round++) {
            Table.pause(round, "other transactions kept the record or its keys busy");
            var writes = new ArrayList<TransactWriteItem>();
            changes.forEach(change -> writes.add(write(change)));
            var written = new ArrayList<KeyEdit>();
            for (var edit : edits) {
                edit.write(table.name(), expected.get(edit), now).ifPresent(write -> {
                    writes.add(write);
                    written.add(edit);
                });
            }
            try {
                table.transact(writes);
                return changes.getFirst().saved();
            } catch (TransactionCanceledException e) {
                var reasons = e.cancellationReasons();
                var lost = outcome(reasons.subList(0, changes.size()))
                        .or(() -> obstacle(reasons.subList(changes.size(), reasons.size()), written, expected));
                if (lost.isPresent()) {
                    return lost.get();
                }
            }
        }
    }

    private TransactWriteItem write(Change change) {
        return TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(table.name())
                        .item(change.item())
                        .conditionExpression(change.condition())
                        .expressionAttributeValues(change.values())
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build())
                .build();
    }

    /** What became of the records, if that is why the transaction failed. */
    private Optional<SaveResult> outcome(List<CancellationReason> reasons) {
        var failed = 0;
        var same = 0;
        for (var i = 0; i < reasons.size(); i++) {
            if (isCondition(reasons.get(i))) {
                failed++;
                same += RecordItems.isSame(reasons.get(i).item(), changes.get(i).item()) ? 1 : 0;
            }
        }
        if (failed == 0) {
            return Optional.empty();
        }
        return Optional.of(same == changes.size() ? changes.getFirst().saved() : new SaveResult.Stale());
    }

    /** Notes who holds the keys that were not as expected; answers when one of them is taken. */
    private Optional<SaveResult> obstacle(
            List<CancellationReason> reasons, List<KeyEdit> written, Map<KeyEdit, KeyEdit.Holders> expected) {
        for (var i = 0; i < reasons.size(); i++) {
            var edit = written.get(i);
            if (isCondition(reasons.get(i))) {
                var holders = KeyEdit.Holders.of(reasons.get(i).item());
                var obstacle = edit.obstacle(holders, now);
                if (obstacle.isPresent()) {
                    return Optional.of(new SaveResult.KeyTaken(edit.key(), obstacle.get()));
                }
                expected.put(edit, holders);
            }
        }
        return Optional.empty();
    }

    private static boolean isCondition(CancellationReason reason) {
        return "ConditionalCheckFailed".equals(reason.code());
    }
}
