/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Link;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Stamp;
import io.signalbox.model.UniqueKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Links between records. Of what is said of a link the latest stamp wins, so statements may come in any order and more
 * than once. Reads are strongly consistent. Any call may throw {@link Unavailable}.
 *
 * <p>A link is two rows, one on either side, written in one transaction: four write units. Either side lists its links
 * in one query.
 */
public interface LinkStore {

    /** How long it is remembered that a link was removed, to meet what was said before. */
    Duration REMOVED_KEPT = Duration.ofDays(97);

    /** How long a link waits for a record that nobody has told of yet. */
    Duration PARKED_KEPT = Duration.ofDays(97);

    /** What is said of a link: that it is there, or not, since that stamp. */
    record Statement(Link link, boolean present, Stamp stamp) {
        public Statement {
            requireNonNull(link, "link is null");
            requireNonNull(stamp, "stamp is null");
        }
    }

    /** Notes it; false when something later is known of that link, or the very same. */
    boolean put(Statement statement);

    /** What is known of a link; empty when nothing was ever said of it, or long ago that it is not. */
    Optional<Statement> get(Link link);

    /**
     * Links of a record, by the other's type, then its id, then label.
     *
     * @param to only to records of this type
     * @param after the {@link Linked#position} of the last one seen
     */
    List<Linked> list(RecordKey record, Optional<ObjectType> to, Optional<String> after, int limit);

    /**
     * A link as one side sees it.
     *
     * @param position where it stands among the links of its record
     */
    record Linked(Link link, RecordKey other, Stamp since, String position) {}

    /**
     * Gives the survivor of a merge all that was said of the loser's links. May be repeated, and has to be when it throws.
     */
    void move(RecordKey loser, RecordKey survivor);

    /** Removes every trace of a record's links, for erasing a person. */
    void erase(RecordKey record);

    /**
     * What is said of a link to a record that is known by an external id only.
     *
     * @param to the key the record will have
     */
    record Parked(RecordKey from, UniqueKey to, String label, boolean present, Stamp stamp) {
        public Parked {
            requireNonNull(from, "from is null");
            requireNonNull(to, "to is null");
            requireNonNull(label, "label is null");
            requireNonNull(stamp, "stamp is null");
        }
    }

    /** Keeps it until its record comes, unless something later is parked in its place. */
    void park(Parked parked);

    List<Parked> parked(UniqueKey to);

    /** Removes it if it is still the one parked. */
    void unpark(Parked parked);
}
