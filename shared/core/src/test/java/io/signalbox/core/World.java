/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.UniqueKey;
import io.signalbox.store.MemoryControlStore;
import io.signalbox.store.MemoryRecordStore;
import io.signalbox.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** A pipeline over stores in memory, and a clock that goes on when it is told to. */
final class World {

    final SettableClock clock = new SettableClock(Histories.START.plus(Duration.ofDays(2)));
    final MemoryControlStore control;
    final FaultyRecordStore records;
    final Pipeline pipeline;

    World(long seed) {
        control = new MemoryControlStore(clock);
        records = new FaultyRecordStore(new MemoryRecordStore(), seed);
        pipeline = new Pipeline(records, control, clock, new SplittableRandom(seed));
    }

    /** Handles one event, a millisecond after whatever was before. */
    Outcome apply(CanonicalEvent event) {
        clock.advance(Duration.ofMillis(1));
        return pipeline.apply(List.of(event)).getFirst();
    }

    Optional<CrmRecord> find(ExternalId id) {
        var key = UniqueKey.external(ObjectType.CONTACT, id);
        return Optional.ofNullable(records.find(List.of(key)).get(key)).flatMap(this::get);
    }

    Optional<CrmRecord> get(RecordId id) {
        return records.get(new RecordKey(ObjectType.CONTACT, id));
    }

    CrmRecord person(int person) {
        return find(Histories.external(person)).orElseThrow();
    }

    List<CanonicalEvent> history(CrmRecord record) {
        var all = new ArrayList<CanonicalEvent>();
        var page = pipeline.history(record.key(), Optional.empty(), 1_000);
        page.entries().forEach(entry -> all.add(entry.event()));
        return all;
    }

    /** What events decide of every person, by external ids: free of ids, versions and pointers. */
    Map<TreeSet<ExternalId>, CrmRecord> state(int people) {
        var state = new TreeMap<TreeSet<ExternalId>, CrmRecord>(
                (a, b) -> a.toString().compareTo(b.toString()));
        for (var person = 0; person < people; person++) {
            find(Histories.external(person)).ifPresent(record -> {
                state.put(new TreeSet<>(record.externalIds()), blank(record));
            });
        }
        return state;
    }

    /** What events decide of the record: free of id, version and pointers. */
    static CrmRecord blank(CrmRecord record) {
        return new CrmRecord(
                new RecordKey(ObjectType.CONTACT, new RecordId(1)),
                0,
                record.firstEventAt(),
                record.lastEventAt(),
                record.life(),
                record.mergedInto(),
                record.externalIds(),
                record.properties(),
                record.engagement(),
                record.recent(),
                record.recentFloor(),
                record.score(),
                Optional.empty());
    }
}
