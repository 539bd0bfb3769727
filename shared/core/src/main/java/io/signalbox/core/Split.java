/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.EventId;
import io.signalbox.model.ExternalId;
import io.signalbox.model.Identity;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.store.RecordStore.SaveResult;
import io.signalbox.store.Unavailable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes back a match: the events of some of a record's external ids are folded anew into a record of their own, all
 * others into the record there was. Both get a journal of their own; then what the old one says of them is taken out.
 *
 * <p>The record that is split off is marked, so that no address joins it to another again; its events, late ones and
 * duplicates too, find it by its external ids.
 */
final class Split {

    private static final int SEGMENT = 100;

    private final Ports ports;
    private final RecordKey key;
    private final Set<ExternalId> ids;
    private final Set<ConnectionId> connections;

    /** @param connections all ids of these, and what they said of an address alone */
    Split(Ports ports, RecordKey key, Set<ExternalId> ids, Set<ConnectionId> connections) {
        this.ports = requireNonNull(ports, "ports is null");
        this.key = requireNonNull(key, "key is null");
        this.ids = Set.copyOf(ids);
        this.connections = Set.copyOf(connections);
    }

    Separated run() {
        for (var attempt = 1; attempt <= Ports.ATTEMPTS; attempt++) {
            ports.pauseBefore(attempt);
            var record = ports.records().get(key);
            if (record.isEmpty()) {
                return new Separated.Missing();
            }
            if (record.get().mergedInto().isPresent()) {
                return new Separated.Moved(record.get().mergedInto().get());
            }
            if (!record.get().isAlive()) {
                return new Separated.Gone();
            }
            var done = attempt(record.get());
            if (done.isPresent()) {
                return done.get();
            }
        }
        return new Separated.Contended();
    }

    /** Nothing when the record changed meanwhile. */
    private Optional<Separated> attempt(CrmRecord record) {
        var chosen = new TreeSet<ExternalId>();
        record.externalIds().stream()
                .filter(id -> !Identity.isOwn(id) && isChosen(id))
                .forEach(chosen::add);
        var journal = new Journal(ports.records());
        var all = events(record, journal);
        var parting = new ArrayList<CanonicalEvent>();
        var staying = new ArrayList<CanonicalEvent>();
        all.forEach(event -> (isParting(event, chosen) ? parting : staying).add(only(event, chosen)));
        if (chosen.isEmpty() || staying.isEmpty()) {
            return Optional.of(new Separated.Nothing());
        }
        var scoring = ports.scoring();
        if (!folded(CrmRecord.empty(key), all, scoring).properties().equals(record.properties())) {
            return Optional.of(new Separated.Incomplete());
        }
        return new Plan(record, chosen, scoring, journal).write(staying, parting);
    }

    private boolean isChosen(ExternalId id) {
        return ids.contains(id) || connections.contains(id.connection());
    }

    private boolean isParting(CanonicalEvent event, Set<ExternalId> chosen) {
        return switch (event.subject()) {
            case Subject.External(var id) -> chosen.contains(id);
            case Subject.Keyed _ -> connections.contains(event.connection());
            case Subject.Own(var id) -> chosen.contains(new ExternalId(ConnectionId.API, id.toString()));
        };
    }

    /** The event without what it says of ids that are on the other side from now on. */
    private CanonicalEvent only(CanonicalEvent event, Set<ExternalId> chosen) {
        var parting = isParting(event, chosen);
        return Identity.withMerged(
                event,
                event.merged().stream()
                        .filter(id -> chosen.contains(id) == parting && !(parting && Identity.isClaim(id)))
                        .toList());
    }

    /** All that made the record, each event once, the first handled first. */
    private static List<CanonicalEvent> events(CrmRecord record, Journal journal) {
        var events = new ArrayList<CanonicalEvent>();
        var seen = new HashSet<EventId>();
        var walk = Journal.start(record);
        for (var step = journal.next(walk); step.isPresent(); step = journal.next(walk)) {
            for (var entry : step.get().entries().reversed()) {
                if (seen.add(entry.event().id())) {
                    events.add(entry.event());
                }
            }
        }
        return events.reversed();
    }

    private static CrmRecord folded(CrmRecord start, List<CanonicalEvent> events, Scoring scoring) {
        var record = start;
        for (var event : events) {
            record = Fold.apply(record, event, scoring.engagementRules(event));
        }
        return record;
    }

    /** The two records and their journals, as they are to be written. */
    private final class Plan {
        private final CrmRecord before;
        private final Set<ExternalId> chosen;
        private final Scoring scoring;
        private final Journal journal;
        private final RecordKey parted;
        private final List<SegmentId> appended = new ArrayList<>();

        Plan(CrmRecord before, Set<ExternalId> chosen, Scoring scoring, Journal journal) {
            this.before = before;
            this.chosen = chosen;
            this.scoring = scoring;
            this.journal = journal;
            this.parted = draw();
        }

        private RecordKey draw() {
            var drawn = ports.newRecordId();
            while (drawn.equals(key.id())) {
                drawn = ports.newRecordId();
            }
            return new RecordKey(key.object(), drawn);
        }

        Optional<Separated> write(List<CanonicalEvent> staying, List<CanonicalEvent> parting) {
            var marks = new TreeSet<>(before.externalIds());
            marks.removeIf(id -> !id.connection().equals(Identity.APART));
            staying.add(event(key, "split_off", parted));
            parting.add(event(parted, "split_from", key));
            var own = new TreeSet<>(chosen);
            own.add(Identity.apart(parted.id()));
            var remaining = ready(withIds(before.key(), before.version(), marks), staying);
            var leaving = ready(withIds(parted, 0, own), parting);
            hint(Optional.of(before), remaining);
            hint(Optional.empty(), leaving);
            return switch (ports.records().split(before, remaining, leaving)) {
                case SaveResult.Saved(var version) -> {
                    forget();
                    yield Optional.of(new Separated.Done(remaining.withVersion(version), leaving.withVersion(1)));
                }
                case SaveResult.Stale _, SaveResult.KeyTaken _ -> {
                    appended.forEach(segment -> ports.retract(segment, Set.of(key, parted)));
                    yield Optional.empty();
                }
            };
        }

        private CrmRecord ready(CrmRecord start, List<CanonicalEvent> events) {
            var head = journaled(start.key(), events);
            return scoring.scored(folded(start, events, scoring).withJournalHead(head));
        }

        private SegmentId journaled(RecordKey of, List<CanonicalEvent> events) {
            var previous = Optional.<SegmentId>empty();
            for (var from = 0; from < events.size(); from += SEGMENT) {
                var entries = events.subList(from, Math.min(events.size(), from + SEGMENT)).stream()
                        .map(event -> new Segment.Entry(of, event))
                        .toList();
                var segment = new Segment(ports.newSegmentId(), entries, Map.of(of, previous));
                ports.records().append(segment);
                appended.add(segment.id());
                previous = Optional.of(segment.id());
            }
            return previous.orElseThrow();
        }

        private void hint(Optional<CrmRecord> earlier, CrmRecord after) {
            scoring.hint(earlier, after).ifPresent(hint -> ports.note(List.of(hint)));
        }

        /** What this leaves when it fails is in no history any more; it goes with its journal partition. */
        private void forget() {
            try {
                journal.scrub(before);
            } catch (Unavailable e) {
                return;
            }
        }

        private CanonicalEvent event(RecordKey of, String what, RecordKey other) {
            return new CanonicalEvent(
                    EventId.of("split", of.toString(), other.toString()),
                    key.object() + ".split",
                    "split",
                    VendorId.API,
                    ConnectionId.API,
                    key.object(),
                    new Subject.Own(of.id()),
                    ports.clock().instant(),
                    Map.of(),
                    List.of(),
                    Map.of(what, Value.of(other.id().toString())));
        }
    }

    private static CrmRecord withIds(RecordKey key, long version, TreeSet<ExternalId> ids) {
        var empty = CrmRecord.empty(key);
        return new CrmRecord(
                key,
                version,
                empty.firstEventAt(),
                empty.lastEventAt(),
                empty.life(),
                empty.mergedInto(),
                ids,
                empty.properties(),
                empty.engagement(),
                empty.recent(),
                empty.recentFloor(),
                empty.score(),
                empty.journalHead());
    }
}
