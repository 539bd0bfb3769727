/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.store.FeedItems.Page;
import io.signalbox.store.FeedStore.Change;
import io.signalbox.store.FeedStore.Counted;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The feed's end, as one writer knows it. Pages are numbered one after the other and a number is taken once, so a page
 * that goes in shows that nobody has appended since the writer last looked, and that what it remembers is all there is to
 * know: no read. Where the number is taken, the pages since are read, and what they hold already is left out. That makes
 * appending idempotent, whoever does it, for as long as pages are remembered.
 */
final class FeedEnd {

    /**
     * How far back a writer that knows nothing looks, and how long one that knows trusts itself. Lambda repeats a batch at
     * once; a writer that is asked again an hour later has lost its place.
     */
    static final Duration REPEATS = Duration.ofMinutes(10);

    private static final int PAGES_A_QUERY = 25;

    /** At the utmost rate some dozens are written a second. */
    private static final int PAGES_BACK = 1_000;

    /** Some ten megabytes of memory. */
    private static final int REMEMBERED = 100_000;

    /** How often others may be in the way before it waits, longer each time. */
    private static final int ROUNDS_A_PAUSE = 4;

    /** An empty feed begins with a number made of the hour, behind all that it held before it ran empty. */
    private static final int NUMBERS_AN_HOUR_BITS = 20;

    private final FeedShelf shelf;
    private final InstantSource clock;
    private final Recent recent = new Recent(REMEMBERED);
    private Instant knownAt = Instant.MIN;
    private long last;

    /** Whether others append too: then looking costs less than meeting them. */
    private boolean isCrowded;

    FeedEnd(FeedShelf shelf, InstantSource clock) {
        this.shelf = shelf;
        this.clock = requireNonNull(clock, "clock is null");
    }

    synchronized void append(List<Change> changes, List<Counted> counted) {
        if (changes.isEmpty() && counted.isEmpty()) {
            return;
        }
        var now = clock.instant();
        if (!now.isBefore(knownAt.plus(REPEATS))) {
            lookBack(now);
        } else if (isCrowded) {
            isCrowded = catchUp(now) > 0;
        }
        for (var round = 0; ; round++) {
            Table.pause(round / ROUNDS_A_PAUSE, "others kept appending to the feed");
            var freshChanges = recent.freshChanges(changes);
            var freshCounts = recent.freshCounts(counted);
            if (freshChanges.isEmpty() && freshCounts.isEmpty()) {
                return;
            }
            var page = Page.of(next(now), now, freshChanges, freshCounts);
            if (shelf.put(page)) {
                seen(page, now);
                return;
            }
            isCrowded = true;
            catchUp(now);
        }
    }

    private long next(Instant now) {
        return last == 0 ? (now.getEpochSecond() / 3_600) << NUMBERS_AN_HOUR_BITS : last + 1;
    }

    private void seen(Page page, Instant now) {
        recent.add(page);
        last = page.number();
        knownAt = now;
    }

    private int catchUp(Instant now) {
        var found = 0;
        List<Page> more;
        do {
            more = shelf.after(last, PAGES_A_QUERY);
            more.forEach(page -> seen(page, now));
            found += more.size();
        } while (more.size() == PAGES_A_QUERY);
        knownAt = now;
        return found;
    }

    private void lookBack(Instant now) {
        var oldest = now.minus(REPEATS);
        var found = new ArrayList<Page>();
        var bound = Long.MAX_VALUE;
        List<Page> more;
        do {
            more = shelf.before(bound, PAGES_A_QUERY);
            found.addAll(more);
            bound = found.isEmpty() ? bound : found.getLast().number();
        } while (more.size() == PAGES_A_QUERY
                && found.size() < PAGES_BACK
                && !more.getLast().at().isBefore(oldest));
        found.reversed().forEach(page -> seen(page, now));
        knownAt = now;
    }
}
