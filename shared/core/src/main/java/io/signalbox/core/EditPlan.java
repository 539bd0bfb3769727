/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.Edit.Target;
import io.signalbox.core.Edit.Verb;
import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.EventType;
import io.signalbox.model.ExternalId;
import io.signalbox.model.Life;
import io.signalbox.model.Property;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Stamp;
import io.signalbox.model.Subject;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one edit makes of its record as it was just read: an outcome that needs no write, or a change to save. */
sealed interface EditPlan {

    /** Nothing is to be written. */
    record Settled(Edited outcome) implements EditPlan {}

    /** To be saved. */
    record Ready(Change change, boolean creates) implements EditPlan {}

    /**
     * @param key the record's key; for one that is to be made, a fresh one
     * @param stored the record as it was read
     */
    static EditPlan of(Edit edit, RecordKey key, Optional<CrmRecord> stored, Scoring scoring, Journal journal) {
        return new Planner(edit, key, scoring, journal).plan(stored);
    }

    /** The reasoning about one edit. */
    final class Planner {
        private final Edit edit;
        private final RecordKey key;
        private final Scoring scoring;
        private final Journal journal;

        Planner(Edit edit, RecordKey key, Scoring scoring, Journal journal) {
            this.edit = requireNonNull(edit, "edit is null");
            this.key = requireNonNull(key, "key is null");
            this.scoring = requireNonNull(scoring, "scoring is null");
            this.journal = requireNonNull(journal, "journal is null");
        }

        EditPlan plan(Optional<CrmRecord> stored) {
            if (stored.isPresent()) {
                return existing(stored.get());
            }
            var creates = switch (edit.target()) {
                case Target.New _ -> true;
                case Target.Id _ -> false;
                case Target.Key found -> found.mayCreate();
            };
            return creates && edit.versions().isEmpty()
                    ? ready(Optional.empty(), EventType.CREATED, edit.at())
                    : new Settled(new Edited.Missing());
        }

        private EditPlan existing(CrmRecord record) {
            if (record.mergedInto().isPresent()) {
                return new Settled(new Edited.Moved(record.mergedInto().get()));
            }
            // Before anything else: a caller who repeats an edit must not be told that its own first try is in the way.
            if (isDone(record)) {
                return new Settled(new Edited.Done(record, isMaker(record)));
            }
            if (edit.verb() == Verb.SET && !record.isAlive()) {
                return new Settled(new Edited.Gone(record));
            }
            if (!edit.versions().isEmpty() && !edit.versions().contains(record.version())) {
                return new Settled(new Edited.Changed(record.version()));
            }
            return switch (edit.verb()) {
                case SET -> set(record);
                case DELETE -> record.isAlive() ? ready(record, EventType.DELETED) : same(record);
                case RESTORE -> restore(record);
                case ERASE -> Change.isErased(record) ? same(record) : ready(record, EventType.PRIVACY_DELETED);
            };
        }

        private EditPlan set(CrmRecord record) {
            var mayUpdate = switch (edit.target()) {
                case Target.New _ -> false;
                case Target.Id _ -> true;
                case Target.Key found -> found.mayUpdate();
            };
            if (!mayUpdate) {
                return new Settled(new Edited.Exists(record.key().id()));
            }
            return edit.properties().isEmpty() ? same(record) : ready(record, EventType.UPDATED);
        }

        private EditPlan restore(CrmRecord record) {
            if (Change.isErased(record)) {
                return new Settled(new Edited.Gone(record));
            }
            return record.isAlive() ? same(record) : ready(record, EventType.RESTORED);
        }

        private static EditPlan same(CrmRecord record) {
            return new Settled(new Edited.Done(record, false));
        }

        private EditPlan ready(CrmRecord record, String verb) {
            return ready(Optional.of(record), verb, timeAfter(record));
        }

        private EditPlan ready(Optional<CrmRecord> before, String verb, Instant time) {
            var change = Change.of(key, before, List.of(event(verb, time)), scoring, journal);
            return new Ready(change, before.isEmpty());
        }

        /** The time that lets the edit win over all it replaces. */
        private Instant timeAfter(CrmRecord record) {
            var latest = edit.verb() == Verb.SET
                    ? edit.properties().keySet().stream()
                            .map(record.properties()::get)
                            .filter(property -> property != null)
                            .map(Property::stamp)
                            .max(Stamp::compareTo)
                            .orElse(Stamp.NONE)
                    : record.life().stamp();
            var after = latest.equals(Stamp.NONE) ? Instant.MIN : latest.time().plusMillis(1);
            return after.isAfter(edit.at()) ? after : edit.at();
        }

        private CanonicalEvent event(String verb, Instant time) {
            var object = key.object();
            return new CanonicalEvent(
                    edit.id(),
                    verb.equals(EventType.PRIVACY_DELETED) ? verb : EventType.of(object, verb),
                    edit.rawType(),
                    VendorId.API,
                    ConnectionId.API,
                    object,
                    subject(),
                    time,
                    properties(verb),
                    List.of(),
                    edit.data());
        }

        private Subject subject() {
            return edit.target() instanceof Target.Key found
                            && found.key().field().equals(UniqueKey.EXTERNAL_ID)
                    ? ExternalId.parse(found.key().value())
                            .<Subject>map(Subject.External::new)
                            .orElse(new Subject.Own(key.id()))
                    : new Subject.Own(key.id());
        }

        /** A record that is made by a unique property has that property. */
        private Map<String, Value> properties(String verb) {
            var all = new LinkedHashMap<>(edit.properties());
            if (verb.equals(EventType.CREATED)
                    && edit.target() instanceof Target.Key found
                    && !found.key().field().equals(UniqueKey.EXTERNAL_ID)) {
                all.putIfAbsent(found.key().field(), Value.of(found.key().value()));
            }
            return all;
        }

        /** Whether the record holds the edit already. Its event may bear a later time than the edit, so the id decides. */
        private boolean isDone(CrmRecord record) {
            var tag = edit.id().tag();
            return isMaker(record)
                    || record.recent().stream().anyMatch(stamp -> stamp.tag() == tag)
                    || record.properties().values().stream()
                            .anyMatch(property -> property.stamp().tag() == tag)
                    || record.recentFloor() >= edit.at().toEpochMilli()
                            && !journal.known(record, List.of(event(EventType.UPDATED, edit.at())))
                                    .isEmpty();
        }

        private boolean isMaker(CrmRecord record) {
            return record.life().state() == Life.State.ALIVE
                    && record.life().stamp().tag() == edit.id().tag()
                    && record.firstEventAt() == record.life().stamp().millis()
                    && edit.verb() == Verb.SET;
        }
    }
}
