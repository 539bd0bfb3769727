/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.EventType;
import io.signalbox.model.ExternalId;
import io.signalbox.model.Property;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import io.signalbox.model.Stamp;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.store.RecordStore.SaveResult;
import io.signalbox.store.TooLarge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Records that a caller says are one: the duplicates become part of the primary, as in a vendor's merge, but named by
 * our own ids. The survivor is found under them too, as external ids of the connection {@code api}.
 */
final class Union {

    private final Ports ports;
    private final Edit edit;
    private final RecordKey primary;
    private final List<RecordKey> duplicates;
    private final boolean primaryWins;

    /**
     * @param edit its target is the primary; it brings the event's id and time, and the version the primary must have
     * @param primaryWins whether the primary's values hold even where a duplicate has later ones
     */
    Union(Ports ports, Edit edit, List<RecordId> duplicates, boolean primaryWins) {
        this.ports = requireNonNull(ports, "ports is null");
        this.edit = requireNonNull(edit, "edit is null");
        if (!(edit.target() instanceof Edit.Target.Id(var key))) {
            throw new IllegalArgumentException("a union is of records that are there");
        }
        this.primary = key;
        this.duplicates = duplicates.stream()
                .distinct()
                .map(id -> new RecordKey(key.object(), id))
                .filter(other -> !other.equals(key))
                .toList();
        this.primaryWins = primaryWins;
    }

    Edited run() {
        for (var attempt = 1; attempt <= Ports.ATTEMPTS; attempt++) {
            ports.pauseBefore(attempt);
            var outcome = attempt();
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        return new Edited.Contended();
    }

    /** Nothing when a record changed meanwhile. */
    private Optional<Edited> attempt() {
        var wanted = new ArrayList<>(duplicates);
        wanted.add(primary);
        var records = ports.records().get(wanted);
        var before = records.get(primary);
        if (before == null) {
            return Optional.of(new Edited.Missing());
        }
        var losers = new ArrayList<CrmRecord>();
        for (var key : duplicates) {
            var loser = records.get(key);
            if (loser == null) {
                return Optional.of(new Edited.Missing());
            }
            if (!loser.mergedInto().equals(Optional.of(primary.id()))) {
                losers.add(loser);
            }
        }
        // What is part of the primary already is done; a caller who tries again must not be told of its first try.
        if (losers.isEmpty()) {
            return Optional.of(new Edited.Done(before, false));
        }
        var begun = losers.size() < duplicates.size();
        if (!begun && !edit.versions().isEmpty() && !edit.versions().contains(before.version())) {
            return Optional.of(new Edited.Changed(before.version()));
        }
        losers.addFirst(before);
        for (var record : losers) {
            if (record.mergedInto().isPresent()) {
                return Optional.of(new Edited.Moved(record.mergedInto().get()));
            }
            if (!record.isAlive()) {
                return Optional.of(new Edited.Gone(record));
            }
        }
        return write(before, losers.subList(1, losers.size()));
    }

    private Optional<Edited> write(CrmRecord before, List<CrmRecord> losers) {
        var scoring = ports.scoring();
        var journal = new Journal(ports.records());
        var event = event(before, losers);
        var change = Change.of(primary, Optional.of(before), List.of(event), scoring, journal);
        var segment = ports.newSegmentId();
        var previous = new TreeMap<RecordKey, Optional<SegmentId>>();
        previous.put(primary, before.journalHead());
        losers.forEach(loser -> previous.put(loser.key(), loser.journalHead()));
        ports.records().append(new Segment(segment, List.of(new Segment.Entry(primary, event)), previous));

        var current = before;
        var state = change.after();
        var left = new HashSet<>(previous.keySet());
        try {
            for (var loser : losers) {
                state = scoring.scored(Fold.join(state, loser).withJournalHead(segment));
                scoring.hint(Optional.of(before), state)
                        .ifPresent(hint -> ports.control().noteDue(List.of(hint)));
                var result = ports.records().merge(current, state, loser, Merge.remains(loser, primary.id()));
                if (!(result instanceof SaveResult.Saved(var version))) {
                    ports.retract(segment, left);
                    return Optional.empty();
                }
                left.remove(primary);
                left.remove(loser.key());
                current = state.withVersion(version);
            }
        } catch (TooLarge _) {
            ports.retract(segment, left);
            return Optional.of(new Edited.TooLarge());
        }
        return Optional.of(new Edited.Done(current, false));
    }

    private CanonicalEvent event(CrmRecord before, List<CrmRecord> losers) {
        var merged = duplicates.stream()
                .map(key -> new ExternalId(ConnectionId.API, key.id().toString()))
                .toList();
        var properties = new HashMap<String, Value>();
        var latest = Stamp.NONE;
        if (primaryWins) {
            for (var loser : losers) {
                for (var property : loser.properties().entrySet()) {
                    var own = before.properties().get(property.getKey());
                    if (own != null && !own.value().isNull() && isOverridden(own, property.getValue())) {
                        properties.put(property.getKey(), own.value());
                        latest = later(latest, property.getValue().stamp());
                    }
                }
            }
        }
        return new CanonicalEvent(
                edit.id(),
                EventType.of(primary.object(), EventType.MERGED),
                edit.rawType(),
                VendorId.API,
                ConnectionId.API,
                primary.object(),
                new Subject.Own(primary.id()),
                timeAfter(latest),
                properties,
                merged,
                edit.data());
    }

    private static boolean isOverridden(Property own, Property other) {
        return other.stamp().isAfter(own.stamp()) && !other.value().equals(own.value());
    }

    private static Stamp later(Stamp a, Stamp b) {
        return b.isAfter(a) ? b : a;
    }

    private Instant timeAfter(Stamp latest) {
        var after = latest.equals(Stamp.NONE) ? edit.at() : latest.time().plusMillis(1);
        return after.isAfter(edit.at()) ? after : edit.at();
    }
}
