/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.RecordKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The change feed: every change of every record, in the order it was appended. Readers hold a token, which is a place in
 * the feed and never a time, so that no two changes at one moment can hide each other. Any call may throw {@link
 * Unavailable}.
 *
 * <p>Changes of one record come in the order of their versions but for a rare moment between shards: of two, the greater
 * version counts. Appending costs a write unit for each kilobyte, some fifty changes, and two read units; reading, a read
 * unit for each of the {@value #SHARDS} shards and for every further 4 KB.
 */
public interface FeedStore {

    int SHARDS = 4;

    /** How long a change stays, and so how long a token is good for. */
    Duration KEPT = Duration.ofDays(30);

    /** What happened to a record. */
    enum Kind {
        CREATED,
        UPDATED,
        DELETED,
        RESTORED,
        MERGED,
        ERASED
    }

    /**
     * A change, or several of one record that were seen together.
     *
     * @param version the record's after it
     * @param updatedAt the time of the record's newest event then, to the millisecond
     * @param fields names of the properties that have other values now, and {@code score}
     */
    record Change(RecordKey record, long version, Kind kind, Instant updatedAt, List<String> fields) {
        public Change {
            requireNonNull(record, "record is null");
            requireNonNull(kind, "kind is null");
            updatedAt = Instant.ofEpochMilli(updatedAt.toEpochMilli());
            fields = List.copyOf(fields);
        }
    }

    /**
     * A change in its place.
     *
     * @param seq names it for good
     * @param at when it was appended
     */
    record Entry(String seq, Instant at, Change change) {}

    /** Appends changes, but for those that are among the last of the feed already, so that it may be repeated. */
    void append(List<Change> changes);

    /** The end of the feed. */
    FeedToken end();

    /** What came after the token. */
    Reading read(FeedToken after, int limit);

    /** What came of reading. */
    sealed interface Reading {
        /**
         * @param next where to go on
         * @param more whether there was more just now
         */
        record Changes(List<Entry> entries, FeedToken next, boolean more) implements Reading {}

        /** The token is older than the feed is kept, so changes may be missing. */
        record Expired() implements Reading {}
    }

    /** Goes back from the end, or from where an earlier walk had come to, the newest first. */
    Walk newest(Optional<FeedToken> from);

    /** A way back through the feed. Ends 30 days ago. */
    interface Walk {
        Optional<Entry> next();

        /** Where the walk has come to. */
        FeedToken place();
    }
}
