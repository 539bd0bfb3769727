/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.ConnectionId;
import io.signalbox.store.FeedItems.Page;
import io.signalbox.store.FeedItems.Total;
import java.util.List;
import java.util.Optional;

/** Where the feed's pages and the totals of its counters are. Reads are strongly consistent. */
interface FeedShelf {

    /** Pages behind this number, ascending; fewer than the limit only where there are no more. */
    List<Page> after(long number, int limit);

    /** Pages before this number, descending; fewer than the limit only where there are no more. */
    List<Page> before(long number, int limit);

    /** Puts it unless its number is taken. */
    boolean put(Page page);

    /** A connection's total; without a connection, the page that all totals have come to. */
    Optional<Total> total(Optional<ConnectionId> connection);

    /** Puts it if the one that is there is at this page still; 0 for none. */
    boolean put(Optional<ConnectionId> connection, long was, Total total);
}
