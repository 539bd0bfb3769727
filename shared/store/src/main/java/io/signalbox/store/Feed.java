/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.store.FeedItems.Item;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The feed over shards of numbered items. Within a shard numbers follow one another and each is written once, so what a
 * reader sees behind its place is all there will ever be before what it sees last. A shard that is empty begins with a
 * number made of the hour, behind all that it held before it ran empty.
 */
final class Feed implements FeedStore {

    /** How many of a shard's last items are looked through for what is appended again. */
    private static final int LOOK_BACK = 3;

    /** No shard takes more items an hour. */
    private static final int NUMBERS_AN_HOUR_BITS = 20;

    private static final int ITEMS_A_QUERY = 10;

    /** Where the items are. */
    interface Shelf {
        /** Items behind this number, ascending; strongly consistent. */
        List<Item> after(int shard, long number, int limit);

        /** Items before this number, descending. */
        List<Item> before(int shard, long number, int limit, boolean consistent);

        /** Puts it unless its number is taken. */
        boolean put(Item item);
    }

    private final Shelf shelf;
    private final InstantSource clock;

    Feed(Shelf shelf, InstantSource clock) {
        this.shelf = shelf;
        this.clock = requireNonNull(clock, "clock is null");
    }

    private record Version(Object record, long version) {
        static Version of(Change change) {
            return new Version(change.record(), change.version());
        }
    }

    @Override
    public void append(List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        var known = new HashSet<Version>();
        var last = new long[SHARDS];
        for (var each = 0; each < SHARDS; each++) {
            for (var item : shelf.before(each, Long.MAX_VALUE, LOOK_BACK, false)) {
                item.changes().forEach(change -> known.add(Version.of(change)));
                last[each] = Math.max(last[each], item.number());
            }
        }
        var fresh = changes.stream()
                .filter(change -> !known.contains(Version.of(change)))
                .toList();
        if (!fresh.isEmpty()) {
            put(fresh, last);
        }
    }

    /** Where others append as well, it goes to the next shard. */
    private void put(List<Change> fresh, long[] last) {
        var shard = Math.floorMod(Version.of(fresh.getFirst()).hashCode(), SHARDS);
        for (var round = 0; ; round++, shard = (shard + 1) % SHARDS) {
            Table.pause(round / SHARDS, "others kept appending to the feed");
            var now = clock.instant();
            var next = last[shard] == 0 ? (now.getEpochSecond() / 3_600) << NUMBERS_AN_HOUR_BITS : last[shard] + 1;
            if (shelf.put(new Item(shard, next, Instant.ofEpochMilli(now.toEpochMilli()), fresh))) {
                return;
            }
            for (var newest : shelf.before(shard, Long.MAX_VALUE, 1, true)) {
                last[shard] = newest.number();
                // The put before may have arrived though its answer did not.
                if (newest.changes().equals(fresh)) {
                    return;
                }
            }
        }
    }

    @Override
    public FeedToken end() {
        var now = clock.instant();
        var places = new ArrayList<FeedToken.Place>();
        for (var shard = 0; shard < SHARDS; shard++) {
            var last = shelf.before(shard, Long.MAX_VALUE, 1, true);
            places.add(new FeedToken.Place(last.isEmpty() ? 0 : last.getFirst().number(), 0));
        }
        return new FeedToken(places, now);
    }

    /** A shard while it is read forwards. */
    private final class Ahead {
        private final int shard;
        private final Deque<Item> items = new ArrayDeque<>();
        private FeedToken.Place place;
        private boolean isDone;

        Ahead(int shard, FeedToken.Place place) {
            this.shard = shard;
            this.place = place;
        }

        Optional<Item> head() {
            if (items.isEmpty() && !isDone) {
                var more = shelf.after(shard, place.number(), ITEMS_A_QUERY);
                items.addAll(more);
                isDone = more.size() < ITEMS_A_QUERY;
            }
            return Optional.ofNullable(items.peekFirst());
        }

        void take(int limit, List<Entry> into) {
            var item = items.getFirst();
            var from = place.part();
            var to = Math.min(item.changes().size(), from + limit);
            for (var i = from; i < to; i++) {
                into.add(item.entry(i));
            }
            if (to == item.changes().size()) {
                place = new FeedToken.Place(item.number(), 0);
                items.removeFirst();
            } else {
                place = new FeedToken.Place(place.number(), to);
            }
        }
    }

    @Override
    public Reading read(FeedToken after, int limit) {
        var now = clock.instant();
        if (!now.isBefore(after.issuedAt().plus(KEPT))) {
            return new Reading.Expired();
        }
        var shards = new ArrayList<Ahead>();
        for (var shard = 0; shard < SHARDS; shard++) {
            shards.add(new Ahead(shard, after.places().get(shard)));
        }
        var entries = new ArrayList<Entry>();
        while (true) {
            var first = shards.stream()
                    .filter(shard -> shard.head().isPresent())
                    .min(Comparator.comparing(
                            shard -> shard.head().orElseThrow().at()));
            if (first.isEmpty() || entries.size() >= limit) {
                var places = shards.stream().map(shard -> shard.place).toList();
                // Nothing that is unread was appended before.
                var issued = first.flatMap(Ahead::head).map(Item::at).orElse(now);
                return new Reading.Changes(entries, new FeedToken(places, issued), first.isPresent());
            }
            first.get().take(limit - entries.size(), entries);
        }
    }

    /** A shard while it is read backwards: its place is the item to read next and how many of its changes are left. */
    private final class Back {
        private final int shard;
        private final Deque<Item> items = new ArrayDeque<>();
        private FeedToken.Place place;
        private boolean isDone;

        Back(int shard, FeedToken.Place place) {
            this.shard = shard;
            this.place = place;
        }

        Optional<Item> head() {
            if (items.isEmpty() && !isDone) {
                // With a part, the item itself is still to be read.
                var bound = place.part() > 0 ? place.number() + 1 : place.number();
                var oldest = clock.instant().minus(KEPT);
                var more = shelf.before(shard, bound, ITEMS_A_QUERY, true);
                more.stream().filter(item -> item.at().isAfter(oldest)).forEach(items::add);
                isDone = items.size() < ITEMS_A_QUERY;
            }
            return Optional.ofNullable(items.peekFirst());
        }

        Entry take() {
            var item = items.getFirst();
            var left = place.part() > 0 && place.number() == item.number()
                    ? place.part()
                    : item.changes().size();
            place = new FeedToken.Place(item.number(), left - 1);
            if (left == 1) {
                items.removeFirst();
            }
            return item.entry(left - 1);
        }
    }

    @Override
    public Walk newest(Optional<FeedToken> from) {
        var start = clock.instant();
        var shards = new ArrayList<Back>();
        for (var shard = 0; shard < SHARDS; shard++) {
            var place = from.isPresent() ? from.get().places().get(shard) : new FeedToken.Place(Long.MAX_VALUE, 0);
            shards.add(new Back(shard, place));
        }
        return new Walk() {
            @Override
            public Optional<Entry> next() {
                return shards.stream()
                        .filter(shard -> shard.head().isPresent())
                        .max(Comparator.comparing(
                                shard -> shard.head().orElseThrow().at()))
                        .map(Back::take);
            }

            @Override
            public FeedToken place() {
                return new FeedToken(shards.stream().map(shard -> shard.place).toList(), start);
            }
        };
    }
}
