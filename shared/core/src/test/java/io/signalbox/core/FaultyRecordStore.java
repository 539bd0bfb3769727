/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import io.signalbox.model.UniqueKey;
import io.signalbox.store.RecordStore;
import io.signalbox.store.Unavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A store that fails as the network does: a call may not arrive, and its answer may be lost after it took effect. Also
 * counts writes, keeps the ids of all segments, and lets a test do something just before a save.
 */
final class FaultyRecordStore implements RecordStore {

    private final RecordStore store;
    private final Random random;
    private final List<SegmentId> segments = new ArrayList<>();
    private int faultPercent;
    private boolean savesFail;
    private int writes;
    private int segmentReads;
    private Runnable beforeNextSave = () -> {};

    FaultyRecordStore(RecordStore store, long seed) {
        this.store = store;
        this.random = new Random(seed);
    }

    /** From now on this many calls in a hundred fail, before or after they took effect. */
    void fail(int percent) {
        faultPercent = percent;
    }

    /** From now on saves, and only they, fail. */
    void failSaves(boolean fail) {
        savesFail = fail;
    }

    void beforeNextSave(Runnable action) {
        beforeNextSave = action;
    }

    int writes() {
        return writes;
    }

    int segmentReads() {
        return segmentReads;
    }

    /** Every segment that was ever written, as it is now. */
    List<Segment> journal() {
        return segments.stream().map(store::segment).flatMap(Optional::stream).toList();
    }

    private <T> T call(Supplier<T> action) {
        var lost = random.nextInt(100) < faultPercent;
        if (lost && random.nextBoolean()) {
            throw new Unavailable("injected before", null);
        }
        var result = action.get();
        if (lost) {
            throw new Unavailable("injected after", null);
        }
        return result;
    }

    private <T> T write(Supplier<T> action) {
        writes++;
        return call(action);
    }

    private void runBeforeSave() {
        var action = beforeNextSave;
        beforeNextSave = () -> {};
        action.run();
    }

    @Override
    public Map<RecordKey, CrmRecord> get(Collection<RecordKey> keys) {
        return call(() -> store.get(keys));
    }

    @Override
    public Map<UniqueKey, RecordId> find(Collection<UniqueKey> keys) {
        return call(() -> store.find(keys));
    }

    @Override
    public SaveResult save(Optional<CrmRecord> before, CrmRecord after, boolean exclusive) {
        runBeforeSave();
        if (savesFail) {
            throw new Unavailable("injected", null);
        }
        return write(() -> store.save(before, after, exclusive));
    }

    @Override
    public SortedSet<UniqueKey> keys(CrmRecord record) {
        return store.keys(record);
    }

    @Override
    public SaveResult claim(CrmRecord record, Set<String> fields) {
        return write(() -> store.claim(record, fields));
    }

    @Override
    public SaveResult saveAll(List<Saving> savings) {
        runBeforeSave();
        if (savesFail) {
            throw new Unavailable("injected", null);
        }
        return write(() -> store.saveAll(savings));
    }

    @Override
    public SaveResult merge(CrmRecord survivorBefore, CrmRecord survivor, CrmRecord loserBefore, CrmRecord loser) {
        runBeforeSave();
        return write(() -> store.merge(survivorBefore, survivor, loserBefore, loser));
    }

    @Override
    public SaveResult split(CrmRecord before, CrmRecord remaining, CrmRecord parted) {
        runBeforeSave();
        return write(() -> store.split(before, remaining, parted));
    }

    @Override
    public void append(Segment segment) {
        segments.add(segment.id());
        write(() -> {
            store.append(segment);
            return null;
        });
    }

    @Override
    public Optional<Segment> segment(SegmentId id) {
        segmentReads++;
        return call(() -> store.segment(id));
    }

    @Override
    public void forEachSegment(Instant from, Instant to, Consumer<Segment> action) {
        call(() -> {
            store.forEachSegment(from, to, action);
            return null;
        });
    }

    @Override
    public void scrub(SegmentId id, Set<RecordKey> records) {
        write(() -> {
            store.scrub(id, records);
            return null;
        });
    }

    @Override
    public void retract(SegmentId id, Set<RecordKey> records) {
        write(() -> {
            store.retract(id, records);
            return null;
        });
    }

    @Override
    public List<RecordId> list(ObjectType object, Optional<RecordId> after, int limit) {
        return call(() -> store.list(object, after, limit));
    }
}
