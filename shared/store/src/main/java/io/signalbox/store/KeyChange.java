/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.UniqueKey;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** Which unique keys a save gives a record and which it takes away. */
record KeyChange(
        long versionBefore,
        SortedSet<UniqueKey> claimed,
        SortedSet<UniqueKey> released,
        SortedSet<UniqueKey> kept,
        boolean exclusive) {

    KeyChange(long versionBefore, SortedSet<UniqueKey> before, SortedSet<UniqueKey> after, boolean exclusive) {
        this(versionBefore, minus(after, before), minus(before, after), minus(after, minus(after, before)), exclusive);
    }

    /** @param keys which keys find a record */
    static KeyChange of(
            Optional<CrmRecord> before,
            CrmRecord after,
            boolean exclusive,
            Function<CrmRecord, SortedSet<UniqueKey>> keys) {
        return new KeyChange(
                before.map(CrmRecord::version).orElse(0L),
                before.map(keys).orElseGet(TreeSet::new),
                keys.apply(after),
                exclusive);
    }

    /** A record's keys of these fields as if they were new. */
    static KeyChange claim(CrmRecord record, Set<String> fields, SortedSet<UniqueKey> keys) {
        var before = new TreeSet<>(keys);
        before.removeIf(key -> fields.contains(key.field()));
        return new KeyChange(record.version(), before, keys, true);
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

    private static SortedSet<UniqueKey> minus(SortedSet<UniqueKey> from, SortedSet<UniqueKey> what) {
        var rest = new TreeSet<>(from);
        rest.removeAll(what);
        return rest;
    }
}
