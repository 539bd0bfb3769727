/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.ObjectType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Indexes in memory: the whole contract, by going through all entries. Thread-safe. */
public final class MemoryIndexStore implements IndexStore {

    private final Set<Entry> entries = new HashSet<>();

    @Override
    public synchronized void write(Collection<Entry> removed, Collection<Entry> added) {
        removed.forEach(entries::remove);
        entries.addAll(added);
    }

    @Override
    public synchronized Iterator<Entry> scan(
            ObjectType object, String field, Range range, Optional<Position> after, boolean descending, int page) {
        var order = Comparator.comparing(Entry::position);
        return new ArrayList<>(entries)
                .stream()
                        .filter(entry -> entry.object().equals(object)
                                && entry.field().equals(field)
                                && range.holds(entry.value())
                                && (after.isEmpty() || isBehind(entry, after.get(), descending)))
                        .sorted(descending ? order.reversed() : order)
                        .toList()
                        .iterator();
    }

    private static boolean isBehind(Entry entry, Position position, boolean descending) {
        var order = entry.position().compareTo(position);
        return descending ? order < 0 : order > 0;
    }

    /** All there are, for tests. */
    public synchronized List<Entry> all() {
        return List.copyOf(entries);
    }
}
