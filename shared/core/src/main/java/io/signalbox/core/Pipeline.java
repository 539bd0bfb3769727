/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.rules.ScoreModel;
import io.signalbox.store.ControlStore;
import io.signalbox.store.RecordStore;
import io.signalbox.store.Unavailable;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
     * Creates a record unless one of its unique keys, an e-mail address among them, is taken. What comes back in
     * {@link Creation.Created} is what was saved, with its score.
     *
     * @param event the event that creates the record with the given id; its subject is {@code Own} of that id or an
     *     external id. Asked again when the id was taken.
     * @throws Unavailable when the storage did not answer; the record may have been created
     */
    public Creation create(ObjectType object, Function<RecordId, CanonicalEvent> event) {
        return new Create(ports, object, event).run();
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
