/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.ConnectionId;
import io.signalbox.store.FeedItems.Page;
import io.signalbox.store.FeedStore.Change;
import io.signalbox.store.FeedStore.Counted;
import io.signalbox.store.FeedStore.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentTest {

    private final Recent recent = new Recent(3);

    private static Change change(long id) {
        return new Change(Samples.contact(id), 1, Kind.CREATED, Samples.NOW, List.of());
    }

    private static Counted counted(long mark) {
        return new Counted(mark, new ConnectionId("shop"), 1, Samples.NOW);
    }

    @Test
    void the_newest_are_remembered_and_what_was_seen_again_counts_as_new() {
        for (var i = 1; i <= 3; i++) {
            recent.add(Page.of(i, Samples.NOW, List.of(change(i)), List.of(counted(i))));
        }
        recent.add(Page.of(4, Samples.NOW, List.of(change(1), change(4)), List.of(counted(1), counted(4))));

        var changes = List.of(change(1), change(2), change(3), change(4));
        var counts = List.of(counted(1), counted(2), counted(3), counted(4));
        assertThat(recent.freshChanges(changes)).containsExactly(change(2));
        assertThat(recent.freshCounts(counts)).containsExactly(counted(2));
    }
}
