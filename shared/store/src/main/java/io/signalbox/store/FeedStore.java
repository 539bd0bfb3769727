/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
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
 * <p>Its pages carry the connections' counters along, for what is appended together is one item: a write unit for each
 * kilobyte, some fifty changes. A writer that is alone reads nothing; one of several, a read unit a page. Reading costs a
 * read unit for each 4 KB.
 */
public interface FeedStore {

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

    /**
     * Events of a connection that a change of the journal tells of.
     *
     * @param mark names the change, in 48 bits; the same whenever it comes again
     * @param events how many; fewer than none where some were taken out again
     * @param last when the newest of them arrived, to the millisecond
     */
    record Counted(long mark, ConnectionId connection, long events, Instant last) {
        public Counted {
            requireNonNull(connection, "connection is null");
            last = Instant.ofEpochMilli(last.toEpochMilli());
        }
    }

    /** Events of a connection, each once however often it was sent, and when the last arrived. */
    record Counts(long events, Optional<Instant> last) {
        public static final Counts NONE = new Counts(0, Optional.empty());

        Counts plus(Counts more) {
            var later = last.isEmpty()
                            || more.last.filter(at -> at.isAfter(last.get())).isPresent()
                    ? more.last
                    : last;
            return new Counts(events + more.events, later);
        }
    }

    /**
     * Appends changes and counts as one, but for what was appended within the last minutes already. So it may be
     * repeated, whole or in parts, by whomever: of a record, what has no greater version than was told is left out; of
     * counts, whose mark is known.
     */
    void append(List<Change> changes, List<Counted> counted);

    default void append(List<Change> changes) {
        append(changes, List.of());
    }

    /** A connection's events so far. Reads at most what {@link #rollUp} has left. */
    Counts counts(ConnectionId connection);

    /** Starts a connection's counter anew. */
    void forget(ConnectionId connection);

    /**
     * Adds what pages have counted to totals, once there are a hundred pages or one is a day old: a write unit for each
     * connection they name, and one. Says whether there is more to do.
     */
    boolean rollUp();

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
