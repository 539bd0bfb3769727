/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.store.IndexStore.Entry;
import io.signalbox.store.IndexStore.Position;
import io.signalbox.store.IndexStore.Range;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every store of indexes does. */
abstract class IndexStoreContract {

    abstract IndexStore store();

    static Entry entry(String value, long id) {
        return new Entry(ObjectType.DEAL, "name", value, new RecordId(id));
    }

    private List<Entry> scan(Range range, Optional<Position> after, boolean descending, int limit) {
        var found = new ArrayList<Entry>();
        var scan = store().scan(ObjectType.DEAL, "name", range, after, descending, limit);
        while (found.size() < limit && scan.hasNext()) {
            found.add(scan.next());
        }
        return found;
    }

    private List<Entry> all(Range range) {
        return scan(range, Optional.empty(), false, 1_000);
    }

    @Test
    void entries_come_and_go() {
        store().write(List.of(), List.of(entry("acme", 1), entry("bolt", 2)));
        store().write(List.of(entry("acme", 1), entry("none", 9)), List.of(entry("core", 1), entry("bolt", 2)));
        store().write(List.of(entry("bolt", 2)), List.of(entry("bolt", 2)));

        assertThat(all(Range.ALL)).containsExactly(entry("bolt", 2), entry("core", 1));
        assertThat(store().scan(ObjectType.DEAL, "stage", Range.ALL, Optional.empty(), false, 10)
                        .hasNext())
                .isFalse();
        assertThat(store().scan(ObjectType.TICKET, "name", Range.ALL, Optional.empty(), true, 10)
                        .hasNext())
                .isFalse();
    }

    @Test
    void ranges_hold_their_ends() {
        var entries = List.of(
                entry("", 1),
                entry("a", 2),
                entry("ab", 3),
                entry("ab", 4),
                entry("abc", 5),
                entry("b", 6),
                entry("é", 7),
                entry("\uFFFD", 8),
                entry("\uD83D\uDE00", 9));
        store().write(List.of(), entries);

        assertThat(all(Range.ALL)).isEqualTo(entries);
        assertThat(all(Range.exactly("ab"))).isEqualTo(entries.subList(2, 4));
        assertThat(all(Range.exactly(""))).isEqualTo(entries.subList(0, 1));
        assertThat(all(Range.between("a", "ab"))).isEqualTo(entries.subList(1, 4));
        assertThat(all(Range.between("b", "a"))).isEmpty();
        assertThat(all(Range.from("abc"))).isEqualTo(entries.subList(4, 9));
        assertThat(all(Range.upTo("ab"))).isEqualTo(entries.subList(0, 4));
        assertThat(all(Range.startingWith("ab"))).isEqualTo(entries.subList(2, 5));
        assertThat(all(Range.startingWith(""))).isEqualTo(entries);
    }

    @Test
    void a_scan_goes_on_where_one_left_off_in_either_direction() {
        var random = new Random(5);
        var entries = new ArrayList<Entry>();
        for (var id = 1; id <= 300; id++) {
            entries.add(entry("v" + random.nextInt(12), 7_301_444_403_200_000L + id * 10L));
        }
        store().write(List.of(), entries);
        entries.sort(Comparator.comparing(Entry::position));
        for (var descending : List.of(false, true)) {
            var seen = new ArrayList<Entry>();
            var after = Optional.<Position>empty();
            for (var page = scan(Range.ALL, after, descending, 37);
                    !page.isEmpty();
                    page = scan(Range.ALL, after, descending, 37)) {
                seen.addAll(page);
                after = Optional.of(page.getLast().position());
            }
            assertThat(seen).isEqualTo(descending ? entries.reversed() : entries);
        }
        var middle = entries.get(150).position();
        assertThat(scan(Range.exactly(middle.value()), Optional.of(middle), true, 1_000))
                .allMatch(entry -> entry.value().equals(middle.value()))
                .isSortedAccordingTo(Collections.reverseOrder(Comparator.comparing(Entry::position)));
    }
}
