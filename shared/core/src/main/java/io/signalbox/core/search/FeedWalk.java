/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core.search;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.RecordKey;
import io.signalbox.store.FeedStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Records by their last change, the newest first, as the change feed tells of them. A record stands at the mention of its
 * newest version; older mentions are passed over. On the first page a record whose newest change is not in the feed yet
 * stands where it is first mentioned.
 */
final class FeedWalk extends Sources.Fetched {

    /** So many changes of other records, or older ones, count as much as a record that is read. */
    private static final int PASSED_OVER = 50;

    private final SearchQuery query;
    private final FeedStore.Walk walk;
    private final boolean isFirstPage;
    private final Optional<Instant> oldest;
    private final Set<RecordKey> seen = new HashSet<>();

    FeedWalk(FeedStore feed, SearchQuery query, Optional<Place.Fed> place, Duration late) {
        this.query = query;
        this.walk = feed.newest(place.map(Place.Fed::token));
        this.isFirstPage = place.isEmpty();
        this.oldest = query.updatedAfter().map(time -> time.minus(late));
    }

    @Override
    Optional<Candidate> fetch() {
        for (var looked = 1; ; looked++) {
            var entry = walk.next();
            if (entry.isEmpty()
                    || oldest.filter(time -> entry.get().at().isBefore(time)).isPresent()) {
                return Optional.empty();
            }
            var change = entry.get().change();
            var isFresh = change.record().object().equals(query.object()) && seen.add(change.record());
            if (isFresh || looked == PASSED_OVER) {
                return Optional.of(new Candidate(
                        change.record().id(),
                        new Place.Fed(walk.place()),
                        record -> isFresh && isMeant(record, change)));
            }
        }
    }

    private boolean isMeant(CrmRecord record, FeedStore.Change change) {
        return isFirstPage ? record.version() >= change.version() : record.version() == change.version();
    }
}
