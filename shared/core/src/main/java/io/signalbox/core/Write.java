/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.EventId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import io.signalbox.store.RecordStore.SaveResult;
import io.signalbox.store.Unavailable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes changes: one segment with the events of all, then each record by itself. The segment comes first, so that no
 * record ever points at one that is not there; should the program stop in between, the events are handled again and the
 * segment is left over, harmless.
 */
final class Write {

    private final Ports ports;
    private final Scoring scoring;
    private final Journal journal;
    private final Map<EventId, Outcome> outcomes;

    /** @param outcomes where the outcome of each event goes once it is certain */
    Write(Ports ports, Scoring scoring, Journal journal, Map<EventId, Outcome> outcomes) {
        this.ports = requireNonNull(ports, "ports is null");
        this.scoring = requireNonNull(scoring, "scoring is null");
        this.journal = requireNonNull(journal, "journal is null");
        this.outcomes = requireNonNull(outcomes, "outcomes is null");
    }

    /** Returns the events to try again, for their records changed meanwhile. */
    List<CanonicalEvent> run(List<Change> changes) {
        var segment = segment(changes);
        var ready = changes.stream()
                .map(change -> ready(change, segment.id()))
                .flatMap(Optional::stream)
                .toList();
        try {
            note(ready);
            if (!segment.events().isEmpty()) {
                ports.records().append(segment);
            }
        } catch (Unavailable e) {
            changes.forEach(change -> fail(change, e));
            return List.of();
        } catch (RuntimeException e) {
            return apart(changes, e);
        }

        var unsaved = ready.stream().filter(saved -> !save(saved)).toList();
        if (!unsaved.isEmpty()) {
            var keys = unsaved.stream().map(each -> each.change().key()).collect(Collectors.toSet());
            ports.retract(segment.id(), keys);
        }
        return unsaved.stream().flatMap(each -> each.change().fresh().stream()).toList();
    }

    /** A change and the record to save for it. */
    private record Ready(Change change, CrmRecord after) {}

    private Optional<Ready> ready(Change change, SegmentId segment) {
        try {
            var after =
                    change.entries().isEmpty() ? change.after() : change.after().withJournalHead(segment);
            return Optional.of(new Ready(change, scoring.scored(after)));
        } catch (RuntimeException e) {
            fail(change, e);
            return Optional.empty();
        }
    }

    private Segment segment(List<Change> changes) {
        var entries = new ArrayList<Segment.Entry>();
        var previous = new HashMap<RecordKey, Optional<SegmentId>>();
        for (var change : changes) {
            var own = change.entries();
            entries.addAll(own);
            if (!own.isEmpty()) {
                previous.put(change.key(), change.before().flatMap(CrmRecord::journalHead));
            }
        }
        return new Segment(ports.newSegmentId(), entries, previous);
    }

    private void note(List<Ready> ready) {
        var hints = ready.stream()
                .map(each -> scoring.hint(each.change().before(), each.after()))
                .flatMap(Optional::stream)
                .toList();
        if (!hints.isEmpty()) {
            ports.note(hints);
        }
    }

    /** What the store does not take together is tried one by one, so that an event too big for it fails alone. */
    private List<CanonicalEvent> apart(List<Change> changes, RuntimeException failure) {
        if (changes.size() == 1) {
            fail(changes.getFirst(), failure);
            return List.of();
        }
        return changes.stream().flatMap(change -> run(List.of(change)).stream()).toList();
    }

    /** False when somebody else was faster. */
    private boolean save(Ready ready) {
        var change = ready.change();
        try {
            if (change.erases()) {
                change.before().ifPresent(journal::scrub);
            }
            return switch (ports.records().save(change.before(), ready.after(), false)) {
                case SaveResult.Saved(var version) -> {
                    change.fresh().forEach(event -> outcomes.put(event.id(), change.applied(event, version)));
                    yield true;
                }
                case SaveResult.Stale _, SaveResult.KeyTaken _ -> false;
            };
        } catch (RuntimeException e) {
            fail(change, e);
            return true;
        }
    }

    private void fail(Change change, RuntimeException failure) {
        change.fresh().forEach(event -> outcomes.put(event.id(), Failures.of(failure)));
    }
}
