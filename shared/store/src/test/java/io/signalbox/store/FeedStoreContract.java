/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.store.FeedStore.Change;
import io.signalbox.store.FeedStore.Entry;
import io.signalbox.store.FeedStore.Kind;
import io.signalbox.store.FeedStore.Reading;
import io.signalbox.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What every change feed does. */
abstract class FeedStoreContract {

    final SettableClock clock = new SettableClock(Samples.NOW);

    abstract FeedStore store();

    private Change change(long id, long version) {
        return new Change(
                Samples.contact(id),
                version,
                version == 1 ? Kind.CREATED : Kind.UPDATED,
                clock.instant().minusSeconds(id),
                List.of("email", "custom_thing"));
    }

    private List<Change> batch(long from, int count, long version) {
        var changes = new ArrayList<Change>();
        for (var id = from; id < from + count; id++) {
            changes.add(change(id, version));
        }
        clock.advance(Duration.ofMillis(10));
        return changes;
    }

    private static List<Change> changes(Reading reading) {
        return ((Reading.Changes) reading).entries().stream().map(Entry::change).toList();
    }

    @Test
    void what_is_appended_is_read_once_in_its_order() {
        var start = store().end();
        var all = new ArrayList<Change>();
        for (var round = 1; round <= 40; round++) {
            var batch = batch(round * 100L, 7, round);
            all.addAll(batch);
            store().append(batch);
        }
        var seen = new ArrayList<Change>();
        var seqs = new HashSet<String>();
        var token = start;
        for (var more = true; more; ) {
            var page = (Reading.Changes) store().read(token, 10);
            assertThat(page.entries().size()).isLessThanOrEqualTo(10);
            page.entries().forEach(entry -> {
                seen.add(entry.change());
                assertThat(seqs.add(entry.seq())).isTrue();
            });
            token = FeedToken.parse(page.next().text()).orElseThrow();
            assertThat(token).isEqualTo(page.next());
            more = page.more();
        }
        assertThat(seen).isEqualTo(all);
        assertThat(changes(store().read(token, 10))).isEmpty();

        store().append(batch(9_000, 1, 1));
        assertThat(changes(store().read(token, 10))).hasSize(1);
    }

    @Test
    void a_batch_handled_twice_is_in_the_feed_once_however_it_is_cut() {
        var start = store().end();
        var batch = batch(1, 10, 3);
        store().append(batch);
        store().append(batch);
        store().append(batch.subList(5, 10));
        var longer = new ArrayList<>(batch.subList(7, 10));
        longer.add(change(77, 1));
        store().append(longer);

        assertThat(changes(store().read(start, 100))).hasSize(11).doesNotHaveDuplicates();
    }

    @Test
    void a_token_at_the_end_sees_only_what_comes() {
        store().append(batch(1, 5, 1));
        var token = store().end();
        assertThat(changes(store().read(token, 100))).isEmpty();
        var more = batch(10, 5, 1);
        store().append(more);
        assertThat(changes(store().read(token, 100))).isEqualTo(more);
    }

    @Test
    void a_token_is_good_for_thirty_days_and_one_that_is_used_for_ever() {
        store().append(batch(1, 5, 1));
        var token = store().end();
        clock.advance(FeedStore.KEPT.minusSeconds(1));
        var fresh = ((Reading.Changes) store().read(token, 10)).next();
        clock.advance(Duration.ofSeconds(1));

        assertThat(store().read(token, 10)).isEqualTo(new Reading.Expired());
        assertThat(store().read(fresh, 10)).isInstanceOf(Reading.Changes.class);
    }

    @Test
    void many_who_append_at_once_lose_nothing() throws Exception {
        var start = store().end();
        var calls = new ArrayList<Callable<Void>>();
        for (var writer = 0; writer < 6; writer++) {
            var from = 1_000L * (writer + 1);
            calls.add(() -> {
                for (var round = 1; round <= 5; round++) {
                    store().append(List.of(change(from + round, round), change(from + 100 + round, round)));
                }
                return null;
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var future : threads.invokeAll(calls)) {
                future.get();
            }
        }

        assertThat(changes(store().read(start, 1_000))).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void the_way_back_shows_the_newest_first_and_can_be_gone_in_stages() {
        var all = new ArrayList<Change>();
        for (var round = 1; round <= 30; round++) {
            var batch = batch(round * 100L, 3, round);
            all.addAll(batch);
            store().append(batch);
        }
        var seen = new ArrayList<Change>();
        var place = Optional.<FeedToken>empty();
        for (var stage = 0; stage < 20; stage++) {
            var walk = store().newest(place);
            for (var i = 0; i < 7; i++) {
                walk.next().ifPresent(entry -> seen.add(entry.change()));
            }
            place = Optional.of(walk.place());
        }
        assertThat(seen).isEqualTo(all.reversed());
    }

    @Test
    void the_way_back_ends_thirty_days_ago() {
        store().append(batch(1, 2, 1));
        clock.advance(FeedStore.KEPT);
        store().append(batch(5, 1, 1));
        var walk = store().newest(Optional.empty());

        assertThat(walk.next()).isPresent();
        assertThat(walk.next()).isEmpty();
    }

    @Test
    void what_is_no_token_is_not_read_as_one() {
        var text = store().end().text();
        assertThat(FeedToken.parse(text)).isPresent();
        assertThat(FeedToken.parse(text + ".0-0")).isEmpty();
        assertThat(FeedToken.parse("x.1-0.1-0.1-0.?-0")).isEmpty();
        assertThat(FeedToken.parse("x.1.1-0.1-0.1-0")).isEmpty();
        assertThat(FeedToken.parse("")).isEmpty();
    }
}
