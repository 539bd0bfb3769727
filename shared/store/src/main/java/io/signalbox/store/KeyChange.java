/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.UniqueKey;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which unique keys a save gives a record and which it takes away. */
record KeyChange(
        long versionBefore,
        SortedSet<UniqueKey> claimed,
        SortedSet<UniqueKey> released,
        SortedSet<UniqueKey> kept,
        boolean exclusive) {

    KeyChange(Optional<CrmRecord> before, CrmRecord after, boolean exclusive) {
        this(
                before.map(CrmRecord::version).orElse(0L),
                minus(after.uniqueKeys(), keysOf(before)),
                minus(keysOf(before), after.uniqueKeys()),
                minus(after.uniqueKeys(), minus(after.uniqueKeys(), keysOf(before))),
                exclusive);
    }

    /** Those claimed keys that no other record may hold. */
    SortedSet<UniqueKey> exclusivelyClaimed() {
        var keys = new TreeSet<UniqueKey>();
        for (var key : claimed) {
            if (isExclusive(key)) {
                keys.add(key);
            }
        }
        return keys;
    }

    boolean isExclusive(UniqueKey key) {
        return exclusive || key.field().equals(UniqueKey.EXTERNAL_ID);
    }

    private static SortedSet<UniqueKey> keysOf(Optional<CrmRecord> record) {
        return record.map(CrmRecord::uniqueKeys).orElseGet(TreeSet::new);
    }

    private static SortedSet<UniqueKey> minus(SortedSet<UniqueKey> from, SortedSet<UniqueKey> what) {
        var rest = new TreeSet<>(from);
        rest.removeAll(what);
        return rest;
    }
}
