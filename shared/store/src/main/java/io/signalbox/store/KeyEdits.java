/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.Life;
import io.signalbox.model.RecordId;
import io.signalbox.model.UniqueKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Puts together what one or two saves do to unique keys, each key once, as a transaction demands. */
final class KeyEdits {

    private static final class Parts {
        private final TreeSet<RecordId> leaving = new TreeSet<>();
        private final TreeSet<RecordId> joining = new TreeSet<>();
        private boolean exclusive;
        private Optional<Instant> expires = Optional.empty();
    }

    private final Map<UniqueKey, Parts> byKey = new TreeMap<>();
    private final Instant now;

    KeyEdits(Instant now) {
        this.now = now;
    }

    void add(Optional<CrmRecord> before, CrmRecord after, KeyChange change) {
        var id = after.key().id();
        for (var key : change.released()) {
            parts(key).leaving.add(id);
        }
        var expires = isDeleted(after) ? Optional.of(now.plus(RecordItems.KEYS_OF_DELETED)) : Optional.<Instant>empty();
        var taken = new TreeSet<>(change.claimed());
        if (before.isPresent() && isDeleted(before.get()) != isDeleted(after)) {
            taken.addAll(change.kept());
        }
        for (var key : taken) {
            var parts = parts(key);
            parts.joining.add(id);
            parts.exclusive |= change.isExclusive(key);
            parts.expires = expires;
            if (!change.claimed().contains(key)) {
                // It is held already and stays so; that is what to expect.
                parts.leaving.add(id);
            }
        }
    }

    private Parts parts(UniqueKey key) {
        return byKey.computeIfAbsent(key, _ -> new Parts());
    }

    private static boolean isDeleted(CrmRecord record) {
        return record.life().state() == Life.State.DELETED;
    }

    List<KeyEdit> all() {
        var edits = new ArrayList<KeyEdit>();
        byKey.forEach((key, parts) ->
                edits.add(new KeyEdit(key, parts.leaving, parts.joining, parts.exclusive, parts.expires)));
        return edits;
    }
}
