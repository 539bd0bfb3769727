/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.store.FeedItems.Page;
import io.signalbox.store.FeedItems.Total;
import io.signalbox.store.FeedStore.Counts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Counters that are carried by the feed's pages. A total says up to which page it counts, so a page goes into it once,
 * whoever adds it up and however often; what pages behind it say is added when somebody reads.
 */
final class FeedCounts {

    /** Fewer pages than this are not worth a write for each of their connections, */
    private static final int WORTH_IT = 100;

    /** unless one has waited as long as this: pages expire. */
    private static final Duration LONG_ENOUGH = Duration.ofDays(1);

    private static final int PAGES_A_TIME = 500;

    private final FeedShelf shelf;
    private final InstantSource clock;

    FeedCounts(FeedShelf shelf, InstantSource clock) {
        this.shelf = shelf;
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** The page all have come to is read before the total: the other way round, pages could go into neither. */
    Counts counts(ConnectionId connection) {
        var all = done();
        var total = shelf.total(Optional.of(connection)).orElse(Total.NONE);
        var sum = total.counts();
        var from = Math.max(all, total.page());
        List<Page> pages;
        do {
            pages = shelf.after(from, PAGES_A_TIME);
            for (var page : pages) {
                sum = sum.plus(page.counts().getOrDefault(connection, Counts.NONE));
                from = page.number();
            }
        } while (pages.size() == PAGES_A_TIME);
        return sum;
    }

    /** Everything up to now is behind its total, whose events are none. */
    void forget(ConnectionId connection) {
        var newest = shelf.before(Long.MAX_VALUE, 1);
        var page = newest.isEmpty() ? 0 : newest.getFirst().number();
        for (var round = 0; ; round++) {
            Table.pause(round, "others kept changing the connection's counter");
            var was = shelf.total(Optional.of(connection)).map(Total::page).orElse(0L);
            if (shelf.put(Optional.of(connection), was, new Total(Math.max(page, was), Counts.NONE, true))) {
                return;
            }
        }
    }

    boolean rollUp() {
        var from = done();
        var pages = shelf.after(from, PAGES_A_TIME);
        if (pages.isEmpty()
                || (pages.size() < WORTH_IT
                        && pages.getFirst().at().isAfter(clock.instant().minus(LONG_ENOUGH)))) {
            return false;
        }
        var last = pages.getLast().number();
        var connections = new TreeSet<ConnectionId>();
        pages.forEach(page -> connections.addAll(page.counts().keySet()));
        for (var connection : connections) {
            if (!add(connection, pages, last)) {
                return false;
            }
        }
        return shelf.put(Optional.empty(), from, new Total(last, Counts.NONE, false)) && pages.size() == PAGES_A_TIME;
    }

    private boolean add(ConnectionId connection, List<Page> pages, long last) {
        var total = shelf.total(Optional.of(connection)).orElse(Total.NONE);
        var fresh = pages.stream()
                .filter(page -> page.number() > total.page())
                .flatMap(page -> Optional.ofNullable(page.counts().get(connection)).stream())
                .reduce(Counts::plus);
        return fresh.isEmpty()
                || shelf.put(
                        Optional.of(connection),
                        total.page(),
                        new Total(last, total.counts().plus(fresh.get()), false));
    }

    private long done() {
        return shelf.total(Optional.empty()).map(Total::page).orElse(0L);
    }
}
