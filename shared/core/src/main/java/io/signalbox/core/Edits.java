/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.Edit.Target;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import io.signalbox.model.UniqueKey;
import io.signalbox.store.RecordStore.SaveResult;
import io.signalbox.store.RecordStore.Saving;
import io.signalbox.store.TooLarge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Edits of one call on their way, in rounds: what they name is read, what they make of it is worked out, one journal
 * segment is written for all, then each record. Those whose record changed meanwhile go through another round.
 */
final class Edits {

    private final Ports ports;
    private final List<Edit> edits;
    private final Edited[] outcomes;
    private final RecordKey[] drawn;
    private final Set<Integer> suspected = new HashSet<>();

    Edits(Ports ports, List<Edit> edits) {
        this.ports = requireNonNull(ports, "ports is null");
        this.edits = List.copyOf(edits);
        this.outcomes = new Edited[edits.size()];
        this.drawn = new RecordKey[edits.size()];
    }

    /** An edit that is to be written, and the record to save for it. */
    private record Task(int index, EditPlan.Ready plan, CrmRecord after) {
        Change change() {
            return plan.change();
        }

        RecordKey key() {
            return plan.change().key();
        }

        Edited done(long version) {
            return new Edited.Done(after.withVersion(version), plan.creates());
        }
    }

    /** Each edit for itself; an outcome for each, in their order. */
    List<Edited> each() {
        var conflicts = 0;
        for (var left = open(); !left.isEmpty(); left = open()) {
            ports.pauseBefore(conflicts + 1);
            var round = new Round();
            var writes = round.plan(left);
            var segment = ports.newSegmentId();
            var lost = save(round.journaled(writes, segment), segment, round.journal);
            conflicts += lost.isEmpty() ? 0 : 1;
            if (conflicts == Ports.ATTEMPTS) {
                lost.forEach(task -> outcomes[task.index()] = new Edited.Contended());
                conflicts = 0;
            }
        }
        return List.of(outcomes);
    }

    /** All of them or none, in one transaction. Each must be of another record. */
    List<Edited> together() {
        for (var attempt = 1; attempt <= Ports.ATTEMPTS; attempt++) {
            ports.pauseBefore(attempt);
            Arrays.fill(outcomes, null);
            var round = new Round();
            var writes = round.plan(open());
            if (!Arrays.stream(outcomes).allMatch(outcome -> outcome == null || outcome instanceof Edited.Done)) {
                return aborted();
            }
            if (writes.size() < open().size() && round.repeats()) {
                Arrays.fill(outcomes, new Edited.Twice());
                return List.of(outcomes);
            }
            if (writes.size() == open().size() && (writes.isEmpty() || saveAll(round, writes))) {
                return Arrays.stream(outcomes).allMatch(Edited.Done.class::isInstance) ? List.of(outcomes) : aborted();
            }
        }
        Arrays.fill(outcomes, new Edited.Contended());
        return List.of(outcomes);
    }

    private List<Edited> aborted() {
        for (var i = 0; i < outcomes.length; i++) {
            outcomes[i] =
                    outcomes[i] == null || outcomes[i] instanceof Edited.Done ? new Edited.Aborted() : outcomes[i];
        }
        return List.of(outcomes);
    }

    private List<Integer> open() {
        var open = new ArrayList<Integer>();
        for (var i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == null) {
                open.add(i);
            }
        }
        return open;
    }

    /** What was read for one round, and what follows from it. */
    private final class Round {
        private final Scoring scoring = ports.scoring();
        private final Journal journal = new Journal(ports.records());
        private final EditCheck check = ports.checks().get();
        private final Map<Integer, RecordKey> keys = new TreeMap<>();

        boolean repeats() {
            return new HashSet<>(keys.values()).size() < keys.size();
        }

        /** Settles what needs no write; returns the rest, but of two edits of one record only the first. */
        List<Task> plan(List<Integer> indexes) {
            var records = read(indexes);
            var writes = new ArrayList<Task>();
            var touched = new HashSet<RecordKey>();
            for (var index : indexes) {
                var key = keys.get(index);
                if (!touched.add(key)) {
                    continue;
                }
                switch (EditPlan.of(edits.get(index), key, Optional.ofNullable(records.get(key)), scoring, journal)) {
                    case EditPlan.Settled(var outcome) -> settle(index, outcome);
                    case EditPlan.Ready ready -> {
                        var change = ready.change();
                        var refusal = check.refusal(edits.get(index), change.before(), change.after());
                        if (refusal.isPresent()) {
                            outcomes[index] = refusal.get();
                        } else {
                            writes.add(new Task(index, ready, change.after()));
                        }
                    }
                }
            }
            return free(writes);
        }

        /** An id that somebody else's record has by chance is drawn anew. */
        private void settle(int index, Edited outcome) {
            if (edits.get(index).target() instanceof Target.New && !isOwn(outcome)) {
                drawn[index] = null;
            } else {
                outcomes[index] = outcome;
            }
        }

        private static boolean isOwn(Edited outcome) {
            return outcome instanceof Edited.Done done && done.created();
        }

        private Map<RecordKey, CrmRecord> read(List<Integer> indexes) {
            var unique = new HashSet<UniqueKey>();
            for (var index : indexes) {
                if (edits.get(index).target() instanceof Target.Key found) {
                    unique.add(found.key());
                }
            }
            var holders = unique.isEmpty()
                    ? Map.<UniqueKey, RecordId>of()
                    : ports.records().find(unique);
            var made = new HashMap<UniqueKey, RecordKey>();
            var wanted = new TreeSet<RecordKey>();
            for (var index : indexes) {
                switch (edits.get(index).target()) {
                    case Target.Id(var key) -> wanted.add(put(index, key));
                    case Target.New _ -> {
                        put(index, drawn(index));
                        if (suspected.contains(index)) {
                            wanted.add(keys.get(index));
                        }
                    }
                    case Target.Key found -> {
                        var key = found.key();
                        var holder = holders.get(key);
                        if (holder != null) {
                            wanted.add(put(index, new RecordKey(key.object(), holder)));
                        } else {
                            put(index, made.computeIfAbsent(key, _ -> drawn(index)));
                        }
                    }
                }
            }
            return wanted.isEmpty() ? Map.of() : ports.records().get(wanted);
        }

        private RecordKey put(int index, RecordKey key) {
            keys.put(index, key);
            return key;
        }

        /** Looking first whether a key is taken saves the journal a segment for what is refused; the save still decides. */
        private List<Task> free(List<Task> writes) {
            var claimed = new HashSet<UniqueKey>();
            writes.forEach(task -> claimed.addAll(claims(task)));
            if (claimed.isEmpty()) {
                return writes;
            }
            var holders = ports.records().find(claimed);
            var free = new ArrayList<Task>();
            for (var task : writes) {
                var taken = claims(task).stream()
                        .filter(key -> holders.containsKey(key)
                                && !holders.get(key).equals(task.key().id()))
                        .findFirst();
                if (taken.isPresent()) {
                    outcomes[task.index()] = new Edited.Taken(taken.get(), holders.get(taken.get()));
                } else if (claims(task).stream().noneMatch(holders::containsKey) || !suspected.add(task.index())) {
                    free.add(task);
                }
                // Else it was made already, by an earlier try: the next round reads it.
            }
            return free;
        }

        /** Writes the segment and the hints; returns the records as they are to be saved. */
        List<Task> journaled(List<Task> writes, SegmentId id) {
            if (writes.isEmpty()) {
                return writes;
            }
            var entries = new ArrayList<Segment.Entry>();
            var previous = new TreeMap<RecordKey, Optional<SegmentId>>();
            var ready = new ArrayList<Task>();
            for (var task : writes) {
                var own = task.change().entries();
                entries.addAll(own);
                previous.put(task.key(), task.change().before().flatMap(CrmRecord::journalHead));
                ready.add(new Task(
                        task.index(), task.plan(), scoring.scored(task.after().withJournalHead(id))));
            }
            var hints = ready.stream()
                    .map(task -> scoring.hint(task.change().before(), task.after()))
                    .flatMap(Optional::stream)
                    .toList();
            if (!hints.isEmpty()) {
                ports.note(hints);
            }
            ports.records().append(new Segment(id, entries, previous));
            return ready;
        }
    }

    private Set<UniqueKey> claims(Task task) {
        var claims = new TreeSet<>(ports.records().keys(task.change().after()));
        task.change()
                .before()
                .ifPresent(before -> claims.removeAll(ports.records().keys(before)));
        return claims;
    }

    private RecordKey drawn(int index) {
        if (drawn[index] == null) {
            var edit = edits.get(index);
            drawn[index] = new RecordKey(edit.target().object(), RecordId.create(edit.at(), edit.ids()));
        }
        return drawn[index];
    }

    /** Saves each; returns those that lost a race. */
    private List<Task> save(List<Task> writes, SegmentId segment, Journal journal) {
        var lost = new ArrayList<Task>();
        var unsaved = new HashSet<RecordKey>();
        writes.forEach(task -> unsaved.add(task.key()));
        try {
            for (var task : writes) {
                if (!save(task, journal, unsaved)) {
                    lost.add(task);
                }
            }
        } finally {
            if (!unsaved.isEmpty()) {
                ports.retract(segment, unsaved);
            }
        }
        return lost;
    }

    /** False when somebody else was faster. */
    private boolean save(Task task, Journal journal, Set<RecordKey> unsaved) {
        if (task.change().erases()) {
            task.change().before().ifPresent(journal::scrub);
        }
        // Whatever becomes of a call that fails, it may have been done.
        unsaved.remove(task.key());
        SaveResult result;
        try {
            result = ports.records().save(task.change().before(), task.after(), true);
        } catch (TooLarge _) {
            unsaved.add(task.key());
            outcomes[task.index()] = new Edited.TooLarge();
            return true;
        }
        return switch (result) {
            case SaveResult.Saved(var version) -> {
                outcomes[task.index()] = task.done(version);
                yield true;
            }
            case SaveResult.KeyTaken(var key, var holder) -> {
                unsaved.add(task.key());
                outcomes[task.index()] = new Edited.Taken(key, holder);
                yield true;
            }
            case SaveResult.Stale _ -> {
                unsaved.add(task.key());
                suspected.add(task.index());
                yield false;
            }
        };
    }

    /** False when somebody else was faster. */
    private boolean saveAll(Round round, List<Task> writes) {
        var segment = ports.newSegmentId();
        var ready = round.journaled(writes, segment);
        var keys = new HashSet<RecordKey>();
        ready.forEach(task -> keys.add(task.key()));
        var savings = ready.stream()
                .map(task -> new Saving(task.change().before(), task.after()))
                .toList();
        SaveResult result;
        try {
            result = ports.records().saveAll(savings);
        } catch (TooLarge _) {
            ports.retract(segment, keys);
            ready.forEach(task -> outcomes[task.index()] = new Edited.TooLarge());
            return true;
        }
        return switch (result) {
            case SaveResult.Saved _ -> {
                ready.forEach(task -> outcomes[task.index()] =
                        task.done(task.change().before().map(CrmRecord::version).orElse(0L) + 1));
                yield true;
            }
            case SaveResult.KeyTaken(var key, var holder) -> {
                ports.retract(segment, keys);
                ready.stream()
                        .filter(task -> claims(task).contains(key))
                        .forEach(task -> outcomes[task.index()] = new Edited.Taken(key, holder));
                yield true;
            }
            case SaveResult.Stale _ -> {
                ports.retract(segment, keys);
                ready.forEach(task -> suspected.add(task.index()));
                yield false;
            }
        };
    }
}
