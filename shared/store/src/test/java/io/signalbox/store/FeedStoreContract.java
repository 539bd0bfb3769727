/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.ConnectionId;
import io.signalbox.store.FeedStore.Change;
import io.signalbox.store.FeedStore.Counted;
import io.signalbox.store.FeedStore.Counts;
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

    static final ConnectionId SHOP = new ConnectionId("shop");
    static final ConnectionId CRM = new ConnectionId("crm");

    abstract FeedStore store();

    /** The same feed for a writer that remembers nothing. */
    abstract FeedStore another();

    private Counted counted(long mark, ConnectionId connection, long events) {
        return new Counted(mark, connection, events, clock.instant());
    }

    private long events(ConnectionId connection) {
        return another().counts(connection).events();
    }

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
        another().append(longer);
        another().append(batch.subList(0, 5));
        store().append(longer);

        assertThat(changes(store().read(start, 100))).hasSize(11).doesNotHaveDuplicates();
    }

    @Test
    void of_a_record_nothing_older_is_told_after_something_newer() {
        var start = store().end();
        store().append(List.of(change(1, 3)));
        another().append(List.of(change(1, 2)));
        another().append(List.of(change(1, 4)));

        assertThat(changes(store().read(start, 10))).extracting(Change::version).containsExactly(3L, 4L);
    }

    @Test
    void events_are_counted_once_however_often_and_by_whomever_their_batch_is_handled() {
        var batch = batch(1, 6, 1);
        var counts = List.of(
                counted(1, SHOP, 3), counted(1, CRM, 2), counted(2, SHOP, 5), counted(3, SHOP, -1), counted(4, CRM, 1));
        store().append(batch, counts);
        store().append(batch, counts);
        another().append(batch.subList(0, 3), counts.subList(0, 2));
        another().append(batch.subList(3, 6), counts.subList(2, 5));
        var more = new ArrayList<>(counts);
        more.add(counted(5, CRM, 10));
        another().append(batch, more);
        store().append(batch, more);

        assertThat(events(SHOP)).isEqualTo(7);
        assertThat(events(CRM)).isEqualTo(13);
        assertThat(events(new ConnectionId("nobody"))).isZero();
    }

    @Test
    void a_counter_says_when_the_last_event_arrived() {
        assertThat(store().counts(SHOP)).isEqualTo(Counts.NONE);
        var late = clock.instant();
        store().append(List.of(), List.of(counted(1, SHOP, 1)));
        store().append(List.of(), List.of(new Counted(2, SHOP, 1, late.minusSeconds(5))));

        assertThat(store().counts(SHOP)).isEqualTo(new Counts(2, Optional.of(late)));
    }

    @Test
    void pages_go_into_totals_once_and_only_when_it_pays() {
        for (var mark = 1; mark <= 99; mark++) {
            store().append(List.of(), List.of(counted(mark, mark % 2 == 0 ? SHOP : CRM, 1)));
        }
        assertThat(store().rollUp()).isFalse();
        assertThat(totals()).isEmpty();
        store().append(List.of(), List.of(counted(100, SHOP, 1)));
        assertThat(store().rollUp()).isFalse();
        assertThat(totals()).isPresent();
        assertThat(events(SHOP)).isEqualTo(50);
        assertThat(events(CRM)).isEqualTo(50);

        store().append(List.of(), List.of(counted(101, SHOP, 7)));
        assertThat(another().rollUp()).isFalse();
        assertThat(events(SHOP)).isEqualTo(57);
        clock.advance(Duration.ofDays(1));
        another().rollUp();
        store().rollUp();
        assertThat(events(SHOP)).isEqualTo(57);
        clock.advance(FeedStore.KEPT);
        assertThat(events(CRM)).isEqualTo(50);
    }

    /** The page that all totals have come to. */
    abstract Optional<Long> totals();

    @Test
    void adding_up_at_once_and_cut_off_at_any_write_counts_each_page_once() throws Exception {
        for (var mark = 1; mark <= 600; mark++) {
            store().append(List.of(), List.of(counted(2L * mark, SHOP, 1), counted(2L * mark + 1, CRM, 2)));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<Boolean>>();
            for (var i = 0; i < 4; i++) {
                calls.add(() -> another().rollUp());
            }
            for (var future : threads.invokeAll(calls)) {
                future.get();
            }
        }
        assertThat(events(SHOP)).isEqualTo(600);
        while (store().rollUp()) {
            assertThat(events(CRM)).isEqualTo(1_200);
        }
        assertThat(events(SHOP)).isEqualTo(600);
        assertThat(events(CRM)).isEqualTo(1_200);
    }

    @Test
    void a_forgotten_counter_starts_anew_whatever_pages_still_say() {
        for (var mark = 1; mark <= 150; mark++) {
            store().append(List.of(), List.of(counted(mark, SHOP, 1)));
            if (mark == 120) {
                store().rollUp();
            }
        }
        store().forget(SHOP);
        assertThat(store().counts(SHOP)).isEqualTo(Counts.NONE);
        store().append(List.of(), List.of(counted(200, SHOP, 2)));
        assertThat(events(SHOP)).isEqualTo(2);
        clock.advance(Duration.ofDays(2));
        store().rollUp();
        assertThat(events(SHOP)).isEqualTo(2);
    }

    @Test
    void a_page_without_changes_is_passed_over_both_ways() {
        var start = store().end();
        store().append(batch(1, 2, 1));
        store().append(List.of(), List.of(counted(1, SHOP, 1)));
        store().append(batch(5, 1, 1));
        var page = (Reading.Changes) store().read(start, 2);
        assertThat(page.entries()).hasSize(2);
        assertThat(changes(store().read(page.next(), 10))).hasSize(1);

        var walk = store().newest(Optional.empty());
        for (var i = 0; i < 3; i++) {
            assertThat(walk.next()).isPresent();
        }
        assertThat(walk.next()).isEmpty();
    }

    @Test
    void a_writer_that_slept_for_a_month_finds_the_end_again() {
        store().append(batch(1, 1, 1));
        clock.advance(FeedStore.KEPT.plusDays(1));
        var token = store().end();
        another().append(batch(2, 1, 1));
        store().append(batch(3, 1, 1));

        assertThat(changes(store().read(token, 10))).hasSize(2);
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
                var store = another();
                for (var round = 1; round <= 5; round++) {
                    store.append(List.of(change(from + round, round), change(from + 100 + round, round)));
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
        assertThat(FeedToken.parse(text + "-0")).isEmpty();
        assertThat(FeedToken.parse(text.replace('.', '-'))).isEmpty();
        assertThat(FeedToken.parse("x.?-0")).isEmpty();
        assertThat(FeedToken.parse("x.1-00")).isEmpty();
        assertThat(FeedToken.parse("zzzzzzzzzzz.1-0")).isEmpty();
        assertThat(FeedToken.parse("")).isEmpty();
    }
}
