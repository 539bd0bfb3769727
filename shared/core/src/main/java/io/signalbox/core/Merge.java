/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.ExternalId;
import io.signalbox.model.Identity;
import io.signalbox.model.Life;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import io.signalbox.store.RecordStore.SaveResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One merge event: what is known of the merged records becomes part of the subject's, and their external ids find it
 * from then on. A merged id that no record has yet is claimed for the subject, so that what comes late finds its way.
 */
final class Merge {

    private final Ports ports;
    private final CanonicalEvent event;

    Merge(Ports ports, CanonicalEvent event) {
        this.ports = requireNonNull(ports, "ports is null");
        this.event = requireNonNull(event, "event is null");
    }

    Outcome run() {
        for (var attempt = 1; attempt <= Ports.ATTEMPTS; attempt++) {
            ports.pauseBefore(attempt);
            try {
                var outcome = attempt();
                if (outcome.isPresent()) {
                    return outcome.get();
                }
            } catch (RuntimeException e) {
                return Failures.of(e);
            }
        }
        return Failures.CONTENDED;
    }

    /** Nothing when a record changed meanwhile. */
    private Optional<Outcome> attempt() {
        var subjects = Subjects.of(List.of(event), ports);
        var target = subjects.target(event);
        if (target.isEmpty()) {
            return Optional.of(Failures.NOBODY);
        }
        var held = new TreeMap<RecordKey, CrmRecord>();
        var unheld = new ArrayList<ExternalId>();
        var isApart = subjects.stored(target.get()).map(Identity::isApart).orElse(false);
        for (var id : event.merged()) {
            if (isApart && Identity.isClaim(id)) {
                continue;
            }
            subjects.holder(event, id).ifPresentOrElse(record -> held.put(record.key(), record), () -> unheld.add(id));
        }

        // Of the merged ids only those that no record holds; the others come with the records that do.
        var before = subjects.stored(target.get());
        if (before.isEmpty() && !held.isEmpty()) {
            // The subject is news and a merged record is not: that one goes on under the subject's name.
            before = Optional.of(held.firstEntry().getValue());
        }
        var key = before.map(CrmRecord::key).orElse(target.get());
        held.remove(key);
        return new Plan(key, before, List.copyOf(held.values()), Identity.withMerged(event, unheld)).write();
    }

    /** Who takes part, as they were read. */
    private final class Plan {
        private final Scoring scoring = ports.scoring();
        private final Journal journal = new Journal(ports.records());
        private final RecordKey key;
        private final Optional<CrmRecord> before;
        private final List<CrmRecord> losers;
        private final Change change;

        Plan(RecordKey key, Optional<CrmRecord> before, List<CrmRecord> losers, CanonicalEvent claiming) {
            this.key = key;
            this.before = before;
            this.change = Change.of(key, before, List.of(claiming), scoring, journal);
            // What was split off since stays so, though the event that once merged it is sent again.
            var isApart = before.map(Identity::isApart).orElse(false);
            this.losers = change.isEmpty()
                    ? losers.stream()
                            .filter(loser -> !isApart && !Identity.isApart(loser))
                            .toList()
                    : losers;
        }

        Optional<Outcome> write() {
            if (change.isEmpty() && losers.isEmpty()) {
                return Optional.of(change.settled().get(event.id()));
            }
            var joined = losers.stream().reduce(change.after(), Fold::join);
            var erased = joined.life().state() == Life.State.ERASED;
            var segment = ports.newSegmentId();
            if (erased) {
                before.ifPresent(journal::scrub);
                losers.forEach(journal::scrub);
            } else {
                ports.records().append(segment(segment));
            }
            var head = erased ? Optional.<SegmentId>empty() : Optional.of(segment);
            return losers.isEmpty() ? save(head) : mergeAll(head);
        }

        private Segment segment(SegmentId id) {
            var previous = new HashMap<RecordKey, Optional<SegmentId>>();
            previous.put(key, before.flatMap(CrmRecord::journalHead));
            losers.forEach(loser -> previous.put(loser.key(), loser.journalHead()));
            return new Segment(id, List.of(new Segment.Entry(key, event)), previous);
        }

        private Optional<Outcome> save(Optional<SegmentId> head) {
            var after = ready(change.after(), head);
            return outcome(ports.records().save(before, after, false), head, Map.of());
        }

        /** One transaction for each merged record; the first also has the event itself in it. */
        private Optional<Outcome> mergeAll(Optional<SegmentId> head) {
            var current = before.orElseThrow();
            var state = change.after();
            var left = new HashMap<RecordKey, CrmRecord>();
            losers.forEach(loser -> left.put(loser.key(), loser));
            var outcome = Optional.<Outcome>empty();
            for (var loser : losers) {
                state = ready(Fold.join(state, loser), head);
                var result = ports.records().merge(current, state, loser, remains(loser, key.id()));
                outcome = outcome(result, head, left);
                if (!(result instanceof SaveResult.Saved(var version))) {
                    return Optional.empty();
                }
                left.remove(loser.key());
                current = state.withVersion(version);
            }
            return outcome;
        }

        private CrmRecord ready(CrmRecord after, Optional<SegmentId> head) {
            var scored = scoring.scored(head.map(after::withJournalHead).orElse(after));
            scoring.hint(before, scored).ifPresent(hint -> ports.note(List.of(hint)));
            return scored;
        }

        private Optional<Outcome> outcome(SaveResult result, Optional<SegmentId> head, Map<RecordKey, CrmRecord> left) {
            return switch (result) {
                case SaveResult.Saved(var version) -> Optional.of(new Outcome.Applied(key, version));
                case SaveResult.Stale _, SaveResult.KeyTaken _ -> {
                    var unsaved = new HashSet<>(left.keySet());
                    if (left.size() == losers.size()) {
                        unsaved.add(key);
                    }
                    head.ifPresent(id -> ports.retract(id, unsaved));
                    yield Optional.empty();
                }
            };
        }
    }

    /**
     * What stays of a record that became part of another: where it went. All it said is in the survivor now, and would
     * be forgotten here if the person is erased there.
     */
    static CrmRecord remains(CrmRecord loser, RecordId survivor) {
        var empty = CrmRecord.empty(loser.key());
        return new CrmRecord(
                loser.key(),
                loser.version(),
                loser.firstEventAt(),
                loser.lastEventAt(),
                Life.UNSAID,
                Optional.of(survivor),
                empty.externalIds(),
                empty.properties(),
                empty.engagement(),
                empty.recent(),
                empty.recentFloor(),
                Optional.empty(),
                loser.journalHead());
    }
}
