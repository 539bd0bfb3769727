/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.RecordKey;
import io.signalbox.store.FeedItems.Page;
import io.signalbox.store.FeedStore.Change;
import io.signalbox.store.FeedStore.Counted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What the last pages of the feed hold, so that what comes again is known. Bounded; the oldest go first. */
final class Recent {

    private final int most;

    /** The greatest version told of each record: in the feed versions of a record rise. */
    private final SequencedMap<RecordKey, Long> versions = new LinkedHashMap<>();

    private final SequencedMap<Long, Boolean> marks = new LinkedHashMap<>();

    /** @param most of how many records, and of how many changes of the journal */
    Recent(int most) {
        this.most = most;
    }

    void add(Page page) {
        page.changes().forEach(change -> putLast(versions, change.record(), change.version()));
        page.marks().forEach(mark -> putLast(marks, mark, true));
    }

    private <K, V> void putLast(SequencedMap<K, V> map, K key, V value) {
        map.putLast(key, value);
        if (map.size() > most) {
            map.pollFirstEntry();
        }
    }

    List<Change> freshChanges(List<Change> changes) {
        return changes.stream()
                .filter(change -> change.version() > versions.getOrDefault(change.record(), Long.MIN_VALUE))
                .toList();
    }

    List<Counted> freshCounts(List<Counted> counted) {
        return counted.stream().filter(each -> !marks.containsKey(each.mark())).toList();
    }
}
