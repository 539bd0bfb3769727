/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.store.FeedItems.Item;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The change feed in memory: the whole contract. Thread-safe; nothing is removed when it expires. */
public final class MemoryFeedStore implements FeedStore {

    private static final class Items implements Feed.Shelf {
        private final List<TreeMap<Long, Item>> shards =
                List.of(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

        @Override
        public synchronized List<Item> after(int shard, long number, int limit) {
            return shards.get(shard).tailMap(number, false).values().stream()
                    .limit(limit)
                    .toList();
        }

        @Override
        public synchronized List<Item> before(int shard, long number, int limit, boolean consistent) {
            return shards.get(shard).headMap(number, false).descendingMap().values().stream()
                    .limit(limit)
                    .toList();
        }

        @Override
        public synchronized boolean put(Item item) {
            return shards.get(item.shard()).putIfAbsent(item.number(), item) == null;
        }
    }

    private final Feed feed;

    public MemoryFeedStore(InstantSource clock) {
        this.feed = new Feed(new Items(), clock);
    }

    @Override
    public void append(List<Change> changes) {
        feed.append(changes);
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
