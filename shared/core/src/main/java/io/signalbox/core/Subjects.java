/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.ExternalId;
import io.signalbox.model.Identity;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Subject;
import io.signalbox.model.UniqueKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which records a batch of events is about: one look-up for all keys, one read for all records. A subject that no record
 * has yet gets a fresh id, the same for all events that name it.
 */
final class Subjects {

    private final Ports ports;
    private final Map<UniqueKey, RecordKey> byKey = new HashMap<>();
    private final Map<RecordKey, CrmRecord> records = new HashMap<>();
    private final Set<RecordKey> fresh = new HashSet<>();

    private Subjects(Ports ports) {
        this.ports = ports;
    }

    static Subjects of(List<CanonicalEvent> events, Ports ports) {
        var subjects = new Subjects(ports);
        subjects.read(events);
        subjects.give(events);
        return subjects;
    }

    /** The record that the event is about; nothing when it names an id of ours that is nobody's. */
    Optional<RecordKey> target(CanonicalEvent event) {
        var named = key(event);
        var target = named.isPresent() ? byAddress(event).orElse(byKey.get(named.get())) : own(event);
        return Optional.ofNullable(target).map(this::survivor).filter(key -> named.isPresent() || exists(key));
    }

    /** Whom the address stands for, where an event names nobody but it: before whoever has it at the moment. */
    private Optional<RecordKey> byAddress(CanonicalEvent event) {
        return event.subject() instanceof Subject.Keyed
                ? claims(event).stream()
                        .map(byKey::get)
                        .filter(Objects::nonNull)
                        .findFirst()
                : Optional.empty();
    }

    /** The record that has this external id, if there is one. */
    Optional<CrmRecord> holder(CanonicalEvent event, ExternalId id) {
        return Optional.ofNullable(byKey.get(UniqueKey.external(event.object(), id)))
                .map(this::survivor)
                .map(records::get);
    }

    /** The record as it is stored; nothing when it is still to be made. */
    Optional<CrmRecord> stored(RecordKey key) {
        return Optional.ofNullable(records.get(key));
    }

    private boolean exists(RecordKey key) {
        return records.containsKey(key);
    }

    private static Optional<UniqueKey> key(CanonicalEvent event) {
        return switch (event.subject()) {
            case Subject.External(var id) -> Optional.of(UniqueKey.external(event.object(), id));
            case Subject.Keyed(var key) -> Optional.of(key);
            case Subject.Own _ -> Optional.empty();
        };
    }

    private static RecordKey own(CanonicalEvent event) {
        return event.subject() instanceof Subject.Own(var id) ? new RecordKey(event.object(), id) : null;
    }

    private void read(List<CanonicalEvent> events) {
        var keys = new HashSet<UniqueKey>();
        var wanted = new HashSet<RecordKey>();
        for (var event : events) {
            key(event).ifPresentOrElse(keys::add, () -> wanted.add(own(event)));
            event.merged().forEach(id -> keys.add(UniqueKey.external(event.object(), id)));
        }
        if (!keys.isEmpty()) {
            ports.records().find(keys).forEach((key, id) -> byKey.put(key, new RecordKey(key.object(), id)));
        }
        wanted.addAll(byKey.values());
        load(wanted);
        for (var event : events) {
            // No address stands for a record that was split off.
            if (event.subject() instanceof Subject.Keyed(var key)
                    && !claims(event).isEmpty()
                    && byKey.containsKey(key)
                    && isApart(survivor(byKey.get(key)))) {
                byKey.remove(key);
            }
        }
    }

    /** Reads the records, then those they were merged into, and so on. */
    private void load(Collection<RecordKey> keys) {
        var next = Set.copyOf(keys);
        while (!next.isEmpty()) {
            var read = ports.records().get(next);
            records.putAll(read);
            var further = new HashSet<RecordKey>();
            read.forEach((key, record) -> record.mergedInto()
                    .map(id -> new RecordKey(key.object(), id))
                    .ifPresent(further::add));
            further.removeAll(records.keySet());
            next = further;
        }
    }

    private RecordKey survivor(RecordKey key) {
        var at = key;
        for (var hops = records.size(); hops > 0; hops--) {
            var into = Optional.ofNullable(records.get(at)).flatMap(CrmRecord::mergedInto);
            if (into.isEmpty()) {
                return at;
            }
            at = new RecordKey(at.object(), into.get());
        }
        return at;
    }

    /**
     * Gives an id to every subject that no record has. External ids come first: a person whom one event of the batch
     * names by e-mail address may be the one whom another introduces with it.
     */
    private void give(List<CanonicalEvent> events) {
        for (var event : events) {
            target(event).ifPresent(record -> claim(event, record));
        }
        var introduced = new HashMap<UniqueKey, RecordKey>();
        for (var event : events) {
            if (!(event.subject() instanceof Subject.Keyed)) {
                key(event).ifPresent(key -> settle(event, key));
                target(event).ifPresent(record -> email(event).ifPresent(key -> introduced.putIfAbsent(key, record)));
            }
        }
        for (var event : events) {
            if (event.subject() instanceof Subject.Keyed(var key)) {
                var known = introduced.get(key);
                if (known != null) {
                    byKey.putIfAbsent(key, known);
                }
                settle(event, key);
            }
        }
    }

    /** Makes a record's the addresses that an event says of it and that nobody has. */
    private void claim(CanonicalEvent event, RecordKey record) {
        if (!isApart(record)) {
            claims(event).forEach(claim -> byKey.putIfAbsent(claim, record));
        }
    }

    /** Gives a subject that no record has to the record that its address names, else to a new one. */
    private void settle(CanonicalEvent event, UniqueKey subject) {
        if (!byKey.containsKey(subject)) {
            var known = claims(event).stream().filter(byKey::containsKey).findFirst();
            byKey.put(subject, known.isPresent() ? byKey.get(known.get()) : draw(subject));
            claim(event, byKey.get(subject));
        }
    }

    private boolean isApart(RecordKey key) {
        return stored(key).map(Identity::isApart).orElse(false);
    }

    /**
     * Whether the event is for {@link Merge}: it says that its record and another one are the same. Not where its record
     * was split off; then the address it says does not count.
     */
    boolean joins(CanonicalEvent event) {
        var target = target(event);
        if (target.isEmpty() || isApart(target.get())) {
            return false;
        }
        for (var claim : claims(event)) {
            var holder = byKey.get(claim);
            if (holder != null && !survivor(holder).equals(target.get())) {
                return true;
            }
        }
        return false;
    }

    private static List<UniqueKey> claims(CanonicalEvent event) {
        return event.merged().stream()
                .filter(Identity::isClaim)
                .map(id -> UniqueKey.external(event.object(), id))
                .toList();
    }

    private static Optional<UniqueKey> email(CanonicalEvent event) {
        var value = event.properties().get(UniqueKey.EMAIL);
        return value == null ? Optional.empty() : UniqueKey.email(event.object(), value.asText());
    }

    private RecordKey draw(UniqueKey key) {
        RecordKey drawn;
        do {
            drawn = new RecordKey(key.object(), ports.newRecordId());
        } while (exists(drawn) || !fresh.add(drawn));
        return drawn;
    }
}
