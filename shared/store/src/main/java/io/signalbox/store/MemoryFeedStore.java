/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.ConnectionId;
import io.signalbox.store.FeedItems.Page;
import io.signalbox.store.FeedItems.Total;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The change feed in memory: the whole contract. Thread-safe; nothing is removed when it expires. */
public final class MemoryFeedStore implements FeedStore {

    private static final class Items implements FeedShelf {
        private final TreeMap<Long, Page> pages = new TreeMap<>();
        private final Map<Optional<ConnectionId>, Total> totals = new HashMap<>();

        @Override
        public synchronized List<Page> after(long number, int limit) {
            return pages.tailMap(number, false).values().stream().limit(limit).toList();
        }

        @Override
        public synchronized List<Page> before(long number, int limit) {
            return pages.headMap(number, false).descendingMap().values().stream()
                    .limit(limit)
                    .toList();
        }

        @Override
        public synchronized boolean put(Page page) {
            return pages.putIfAbsent(page.number(), page) == null;
        }

        @Override
        public synchronized Optional<Total> total(Optional<ConnectionId> connection) {
            return Optional.ofNullable(totals.get(connection));
        }

        @Override
        public synchronized boolean put(Optional<ConnectionId> connection, long was, Total total) {
            if (total(connection).map(Total::page).orElse(0L) != was) {
                return false;
            }
            totals.put(connection, total);
            return true;
        }
    }

    private final Items items;
    private final Feed feed;

    public MemoryFeedStore(InstantSource clock) {
        this(new Items(), clock);
    }

    private MemoryFeedStore(Items items, InstantSource clock) {
        this.items = items;
        this.feed = new Feed(items, clock);
    }

    /** The same feed for someone else, who remembers nothing of what this one has done. */
    MemoryFeedStore another(InstantSource clock) {
        return new MemoryFeedStore(items, clock);
    }

    /** The page that all totals have come to. */
    Optional<Long> totals() {
        return items.total(Optional.empty()).map(Total::page);
    }

    @Override
    public void append(List<Change> changes, List<Counted> counted) {
        feed.append(changes, counted);
    }

    @Override
    public Counts counts(ConnectionId connection) {
        return feed.counts(connection);
    }

    @Override
    public void forget(ConnectionId connection) {
        feed.forget(connection);
    }

    @Override
    public boolean rollUp() {
        return feed.rollUp();
    }

    @Override
    public FeedToken end() {
        return feed.end();
    }

    @Override
    public Reading read(FeedToken after, int limit) {
        return feed.read(after, limit);
    }

    @Override
    public Walk newest(Optional<FeedToken> from) {
        return feed.newest(from);
    }
}
