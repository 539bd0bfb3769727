/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import io.signalbox.model.UniqueKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Consumer;

/**
 * Records, the keys that find them, and the journal of what happened to them. Every read of a record or a key is
 * strongly consistent. Any call may throw {@link Unavailable}.
 */
public interface RecordStore {

    /** The keys that find a record once it is saved, those of fields that users made unique among them. */
    default SortedSet<UniqueKey> keys(CrmRecord record) {
        return record.uniqueKeys();
    }

    /** The records among these that exist, dead and merged ones too. */
    Map<RecordKey, CrmRecord> get(Collection<RecordKey> keys);

    default Optional<CrmRecord> get(RecordKey key) {
        return Optional.ofNullable(get(List.of(key)).get(key));
    }

    /** For each key that finds a record, that record's id; the smallest id where several hold one e-mail address. */
    Map<UniqueKey, RecordId> find(Collection<UniqueKey> keys);

    /**
     * Saves a record if it is still at {@code before}'s version, or does not exist when {@code before} is empty, and
     * moves its unique keys along, all or nothing. One plain conditional write when no key changes; else a
     * transaction, at twice the write units.
     *
     * <p>An external id is always claimed exclusively: when another record holds it, {@link SaveResult.KeyTaken}. An
     * e-mail address is, with {@code exclusive}; without, several records may hold it, for vendors' events may arrive
     * in an order in which two do for a while.
     *
     * <p>Saving once more what this very call has already saved answers {@link SaveResult.Saved} again, so a caller
     * that was told {@link Unavailable} may simply repeat it.
     *
     * @param before what the record was when it was read; empty to create it
     * @param after what it shall be; its version is ignored
     * @throws TooLarge if the record takes more than 380 KiB
     */
    SaveResult save(Optional<CrmRecord> before, CrmRecord after, boolean exclusive);

    /**
     * Gives a record its keys of fields that have become unique, exclusively, if it is still at that version; the record
     * stays as it is and has the next version. A transaction: twice the write units of a save, and 2 a key.
     *
     * @param fields names of the fields
     */
    SaveResult claim(CrmRecord record, Set<String> fields);

    /**
     * Saves several records as {@link #save} does with {@code exclusive}, all or none, in one transaction; twice the
     * write units of single saves.
     *
     * @param savings of distinct records; with the unique keys they change they are at most 100 items
     * @return {@link SaveResult.Saved} with the first one's version when all are saved
     * @throws TooLarge if one of them takes more than 380 KiB, or there are too many items
     */
    SaveResult saveAll(List<Saving> savings);

    /** @param before what the record was when it was read; empty to create it */
    record Saving(Optional<CrmRecord> before, CrmRecord after) {}

    /**
     * Makes the record {@code loser} part of {@code survivor}: saves both as given and moves the loser's keys, all or
     * nothing, if both are still at the versions they were read at.
     *
     * @throws TooLarge if one of them takes more than 380 KiB
     */
    SaveResult merge(CrmRecord survivorBefore, CrmRecord survivor, CrmRecord loserBefore, CrmRecord loser);

    /**
     * Makes two records of one: saves {@code remaining} in place of {@code before}, if it is still at that version, and
     * creates {@code parted}, and gives each its keys, all or nothing. Both may hold the same e-mail address.
     *
     * @throws TooLarge if one of them takes more than 380 KiB, or more keys change than a transaction holds
     */
    SaveResult split(CrmRecord before, CrmRecord remaining, CrmRecord parted);

    /** Writes a segment; writing the same one again changes nothing, not even what was taken out of it since. */
    void append(Segment segment);

    Optional<Segment> segment(SegmentId id);

    /**
     * The segments that were written in a span of time, in any order, those that no record points at among them. Reads
     * the journal of that time as a whole: half a read unit for each four kilobytes of it. Eventually consistent.
     *
     * @param from to the millisecond, inclusive
     * @param to exclusive
     */
    void forEachSegment(Instant from, Instant to, Consumer<Segment> action);

    /**
     * Takes the events of these records out of a segment for good, for erasing a person; pointers and other records'
     * events stay. Nothing happens when there is no such segment or nothing left to take. The caller walks the history.
     */
    void scrub(SegmentId id, Set<RecordKey> records);

    /**
     * Takes these records out of a segment altogether, events and pointers: they had changed meanwhile, so that they
     * could not be saved and do not point at it. The segment stays, even when nothing is left in it. Nothing happens
     * when there is no such segment.
     */
    void retract(SegmentId id, Set<RecordKey> records);

    /**
     * The next ids of that type in ascending order, after the given one. Eventually consistent: a record just made may
     * be missing for a moment. Deleted and merged records are not listed.
     *
     * @param limit 1 to 1,000
     */
    List<RecordId> list(ObjectType object, Optional<RecordId> after, int limit);

    /** What became of a save. */
    sealed interface SaveResult {
        /** It is done, and the record now has this version. */
        record Saved(long version) implements SaveResult {}

        /** Somebody else saved it first; read it again. */
        record Stale() implements SaveResult {}

        /** Another record holds this key. */
        record KeyTaken(UniqueKey key, RecordId holder) implements SaveResult {}
    }
}
