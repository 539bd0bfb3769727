/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.EventId;
import io.signalbox.model.Identity;
import io.signalbox.model.RecordKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The events of one call on their way: which are still to do, and what became of the others. Merges come last, each by
 * itself, for they touch several records; the fold does not mind the order.
 */
final class Batch {

    /** As many as the store takes in one segment. */
    private static final int LIMIT = 1_000;

    private final Ports ports;
    private final List<CanonicalEvent> events;
    private final Map<EventId, Outcome> outcomes = new HashMap<>();

    /** Events that turned out to say that two records are one. */
    private final List<CanonicalEvent> joins = new ArrayList<>();

    Batch(Ports ports, List<CanonicalEvent> events) {
        this.ports = requireNonNull(ports, "ports is null");
        this.events = List.copyOf(events);
    }

    /** One outcome for each event, in their order. */
    List<Outcome> run() {
        var distinct = new HashMap<EventId, CanonicalEvent>();
        var plain = new ArrayList<CanonicalEvent>();
        var merges = new ArrayList<CanonicalEvent>();
        for (var event : events) {
            if (distinct.putIfAbsent(event.id(), event) == null) {
                (event.merged().stream().allMatch(Identity::isClaim) ? plain : merges).add(event);
            }
        }
        for (var from = 0; from < plain.size(); from += LIMIT) {
            handle(plain.subList(from, Math.min(plain.size(), from + LIMIT)));
        }
        merges.addAll(joins);
        for (var merge : merges) {
            outcomes.put(merge.id(), new Merge(ports, merge).run());
        }

        var all = new ArrayList<Outcome>();
        for (var event : events) {
            var outcome = outcomes.get(event.id());
            all.add(distinct.remove(event.id()) == null ? again(outcome) : outcome);
        }
        return all;
    }

    /** The outcome of the second event of two that are the same. */
    private static Outcome again(Outcome first) {
        return first instanceof Outcome.Applied applied ? new Outcome.Duplicate(applied.record()) : first;
    }

    private void handle(List<CanonicalEvent> distinct) {
        var left = distinct;
        for (var attempt = 1; attempt <= Ports.ATTEMPTS && !left.isEmpty(); attempt++) {
            ports.pauseBefore(attempt);
            left = attempt(left);
        }
        left.forEach(event -> outcomes.put(event.id(), Failures.CONTENDED));
    }

    /** Handles the events; returns those whose records changed meanwhile. */
    private List<CanonicalEvent> attempt(List<CanonicalEvent> todo) {
        try {
            var scoring = ports.scoring();
            var subjects = Subjects.of(todo, ports);
            var own = new ArrayList<CanonicalEvent>();
            todo.forEach(event -> (subjects.joins(event) ? joins : own).add(event));
            var journal = new Journal(ports.records());
            var changes = new ArrayList<Change>();
            group(own, subjects).forEach((key, group) -> {
                try {
                    var change = Change.of(key, subjects.stored(key), group, scoring, journal);
                    outcomes.putAll(change.settled());
                    if (!change.isEmpty()) {
                        changes.add(change);
                    }
                } catch (RuntimeException e) {
                    fail(group, e);
                }
            });
            return changes.isEmpty() ? List.of() : new Write(ports, scoring, journal, outcomes).run(changes);
        } catch (RuntimeException e) {
            fail(
                    todo.stream()
                            .filter(event -> !outcomes.containsKey(event.id()) && !joins.contains(event))
                            .toList(),
                    e);
            return List.of();
        }
    }

    private Map<RecordKey, List<CanonicalEvent>> group(List<CanonicalEvent> todo, Subjects subjects) {
        var groups = new TreeMap<RecordKey, List<CanonicalEvent>>();
        for (var event : todo) {
            subjects.target(event)
                    .ifPresentOrElse(
                            key -> groups.computeIfAbsent(key, _ -> new ArrayList<>())
                                    .add(event),
                            () -> outcomes.put(event.id(), Failures.NOBODY));
        }
        return groups;
    }

    private void fail(List<CanonicalEvent> group, RuntimeException failure) {
        group.forEach(event -> outcomes.put(event.id(), Failures.of(failure)));
    }
}
