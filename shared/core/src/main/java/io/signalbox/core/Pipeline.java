/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.ExternalId;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.rules.ScoreModel;
import io.signalbox.store.ControlStore;
import io.signalbox.store.RecordStore;
import io.signalbox.store.Unavailable;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The one way into the records, for webhooks and the REST API alike: events in; folded, scored and saved records out.
 *
 * <p>An event counts once, however often and in whatever order events come. A record, its score and the reasons of the
 * score are one conditional write; the events themselves are in the journal before it. Thread-safe. Keeps nothing but
 * the score model between calls.
 */
public final class Pipeline {

    private final Ports ports;

    /** @param random draws record and segment ids; in a function that may be restored from a snapshot, a secure one */
    public Pipeline(RecordStore records, ControlStore control, Clock clock, RandomGenerator random) {
        this.ports = new Ports(records, control, new ScoreModels(control, clock), clock, random);
    }

    private Pipeline(Ports ports) {
        this.ports = ports;
    }

    /** The same, but that edits are held to checks. @param checks makes one for each round of edits */
    public Pipeline checking(Supplier<EditCheck> checks) {
        return new Pipeline(ports.checking(checks));
    }

    /**
     * Handles events together. Never throws for what an event says or the storage does: that is in the outcomes, and
     * events of one record do not suffer from another's failure.
     *
     * <p>Cost: one look-up of keys and one read of records for all; then, unless nothing is new, one journal segment
     * for all and one write for each record touched, in a transaction where its keys change. An event older than what
     * its record keeps in mind costs a walk through the record's journal, once per record and call.
     *
     * @return one outcome for each event, in their order
     */
    public List<Outcome> apply(List<CanonicalEvent> events) {
        return new Batch(ports, events).run();
    }

    /**
     * What {@link #apply} would do with these events now, by the same steps; nothing is stored. Costs the reads, and no
     * write.
     *
     * @throws Unavailable when the storage did not answer
     */
    public Preview preview(List<CanonicalEvent> events) {
        var dry = new DryRun(ports.records());
        var outcomes = new Batch(ports.over(dry), events).run();
        var before = dry.written().isEmpty()
                ? Map.<RecordKey, CrmRecord>of()
                : ports.records().get(dry.written().keySet());
        return new Preview(
                outcomes,
                dry.written().values().stream()
                        .map(after -> new Preview.Change(
                                Optional.ofNullable(before.get(after.key())).map(this::priced), after))
                        .toList());
    }

    /**
     * Takes a wrong match back: the events of some external ids become a record of their own, which no address joins to
     * another any more. Costs a walk through the record's journal, a journal anew for both, and one transaction.
     *
     * @param ids of the external ids those to split off
     * @param connections whose external ids all to split off
     * @throws Unavailable when the storage did not answer; it may have been done
     */
    public Separated split(RecordKey record, Set<ExternalId> ids, Set<ConnectionId> connections) {
        return new Split(ports, record, ids, connections).run();
    }

    /**
     * Makes edits, each for itself. One that names a unique key which another record has is refused, unlike an event.
     *
     * <p>Cost: one look-up of keys and one read of records for all, where there are any; one more look-up when keys are
     * claimed; then one journal segment for all and one write for each record, in a transaction where its keys change.
     * What is refused costs no write. Edits of one record are made one after the other.
     *
     * @return one outcome for each edit, in their order
     * @throws Unavailable when the storage did not answer; some of the edits may have been made
     */
    public List<Edited> edit(List<Edit> edits) {
        return new Edits(ports, edits).each();
    }

    /** Makes one edit. */
    public Edited edit(Edit edit) {
        return edit(List.of(edit)).getFirst();
    }

    /**
     * Makes all edits or none, in one transaction. Each must be of another record, and none may erase. When one is
     * refused, the others are {@link Edited.Aborted}.
     *
     * @param edits at most 25
     * @throws Unavailable when the storage did not answer; all of the edits may have been made, or none
     */
    public List<Edited> editTogether(List<Edit> edits) {
        return new Edits(ports, edits).together();
    }

    /**
     * Makes records part of another one, the edit's target. What is known of them is joined; of two values the later
     * holds, or with {@code primaryWins} the target's. Done again, it changes nothing.
     *
     * <p>Cost: one journal segment and one transaction a duplicate.
     *
     * @param edit brings the event's id and time, and the versions of which the target must have one
     * @throws Unavailable when the storage did not answer; some of the duplicates may have been merged
     */
    public Edited unite(Edit edit, List<RecordId> duplicates, boolean primaryWins) {
        return new Union(ports, edit, duplicates, primaryWins).run();
    }

    /**
     * A page of the record's history, the newest handled first.
     *
     * @param cursor the page before's, or empty for the first page
     * @param limit at most this many events
     * @throws Unavailable when the storage did not answer
     */
    public History history(RecordKey record, Optional<History.Cursor> cursor, int limit) {
        requireNonNull(record, "record is null");
        var journal = new Journal(ports.records());
        if (cursor.isPresent()) {
            return History.read(journal, cursor.get(), limit);
        }
        var start = ports.records().get(record).map(Journal::start).orElseGet(() -> new Journal.Walk(List.of()));
        return History.read(journal, start, limit);
    }

    /** The record as it would be saved now: its score as of this moment. Costs no storage access. */
    public CrmRecord priced(CrmRecord record) {
        return ports.scoring().scored(record);
    }

    /** The score model in force, at most a minute old. */
    public ScoreModel model() {
        return ports.models().current();
    }
}
