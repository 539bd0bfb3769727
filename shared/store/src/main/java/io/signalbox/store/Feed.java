/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.store.FeedItems.Page;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The feed over numbered pages. Numbers follow one another and each is written once, so what a reader sees behind its
 * place is all there will ever be before what it sees last.
 */
final class Feed implements FeedStore {

    private static final int PAGES_A_QUERY = 10;

    private final FeedShelf shelf;
    private final InstantSource clock;
    private final FeedEnd end;
    private final FeedCounts counts;

    Feed(FeedShelf shelf, InstantSource clock) {
        this.shelf = shelf;
        this.clock = requireNonNull(clock, "clock is null");
        this.end = new FeedEnd(shelf, clock);
        this.counts = new FeedCounts(shelf, clock);
    }

    @Override
    public void append(List<Change> changes, List<Counted> counted) {
        end.append(changes, counted);
    }

    @Override
    public Counts counts(ConnectionId connection) {
        return counts.counts(connection);
    }

    @Override
    public void forget(ConnectionId connection) {
        counts.forget(connection);
    }

    @Override
    public boolean rollUp() {
        return counts.rollUp();
    }

    @Override
    public FeedToken end() {
        var now = clock.instant();
        var newest = shelf.before(Long.MAX_VALUE, 1);
        return new FeedToken(newest.isEmpty() ? 0 : newest.getFirst().number(), 0, now);
    }

    /** Pages as they are needed, some at a time. */
    private static final class Ahead {
        private final Deque<Page> pages = new ArrayDeque<>();
        private final Supplier<List<Page>> more;
        private boolean isDone;

        Ahead(Supplier<List<Page>> more) {
            this.more = more;
        }

        Optional<Page> head() {
            if (pages.isEmpty() && !isDone) {
                pages.addAll(more.get());
                isDone = pages.size() < PAGES_A_QUERY;
            }
            return Optional.ofNullable(pages.peekFirst());
        }
    }

    @Override
    public Reading read(FeedToken after, int limit) {
        var now = clock.instant();
        if (!now.isBefore(after.issuedAt().plus(KEPT))) {
            return new Reading.Expired();
        }
        var number = new long[] {after.number()};
        var part = after.part();
        var ahead = new Ahead(() -> shelf.after(number[0], PAGES_A_QUERY));
        var entries = new ArrayList<Entry>();
        while (true) {
            var head = ahead.head();
            if (head.isEmpty() || entries.size() >= limit) {
                // Nothing that is unread was appended before.
                var issued = head.map(Page::at).orElse(now);
                return new Reading.Changes(entries, new FeedToken(number[0], part, issued), head.isPresent());
            }
            var page = head.get();
            var size = page.changes().size();
            var to = Math.min(size, part + limit - entries.size());
            for (; part < to; part++) {
                entries.add(page.entry(part));
            }
            if (to == size) {
                number[0] = page.number();
                part = 0;
                ahead.pages.removeFirst();
            }
        }
    }

    /** The way back: its place is the page to read next and how many of its changes are left. */
    private final class Back implements Walk {
        private final Ahead ahead = new Ahead(this::older);
        private FeedToken place;

        Back(FeedToken place) {
            this.place = place;
        }

        private List<Page> older() {
            // With a part, the page itself is still to be read.
            return shelf.before(place.part() > 0 ? place.number() + 1 : place.number(), PAGES_A_QUERY);
        }

        @Override
        public Optional<Entry> next() {
            var oldest = clock.instant().minus(KEPT);
            for (var head = ahead.head(); head.isPresent(); head = ahead.head()) {
                var page = head.get();
                if (!page.at().isAfter(oldest)) {
                    return Optional.empty();
                }
                var isBegun = place.part() > 0 && place.number() == page.number();
                var left = isBegun ? place.part() : page.changes().size();
                place = new FeedToken(page.number(), Math.max(0, left - 1), place.issuedAt());
                if (left <= 1) {
                    ahead.pages.removeFirst();
                }
                if (left > 0) {
                    return Optional.of(page.entry(left - 1));
                }
            }
            return Optional.empty();
        }

        @Override
        public FeedToken place() {
            return place;
        }
    }

    @Override
    public Walk newest(Optional<FeedToken> from) {
        var start = clock.instant();
        return new Back(from.map(place -> new FeedToken(place.number(), place.part(), start))
                .orElseGet(() -> new FeedToken(Long.MAX_VALUE, 0, start)));
    }
}
