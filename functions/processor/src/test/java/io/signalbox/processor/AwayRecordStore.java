/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.processor;

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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A store that never answers. */
final class AwayRecordStore implements RecordStore {

    private static Unavailable away() {
        return new Unavailable("away", null);
    }

    @Override
    public Map<RecordKey, CrmRecord> get(Collection<RecordKey> keys) {
        throw away();
    }

    @Override
    public Map<UniqueKey, RecordId> find(Collection<UniqueKey> keys) {
        throw away();
    }

    @Override
    public SaveResult save(Optional<CrmRecord> before, CrmRecord after, boolean exclusive) {
        throw away();
    }

    @Override
    public SaveResult claim(CrmRecord record, Set<String> fields) {
        throw away();
    }

    @Override
    public SaveResult saveAll(List<Saving> savings) {
        throw away();
    }

    @Override
    public SaveResult split(CrmRecord before, CrmRecord remaining, CrmRecord parted) {
        throw away();
    }

    @Override
    public SaveResult merge(CrmRecord survivorBefore, CrmRecord survivor, CrmRecord loserBefore, CrmRecord loser) {
        throw away();
    }

    @Override
    public void append(Segment segment) {
        throw away();
    }

    @Override
    public Optional<Segment> segment(SegmentId id) {
        throw away();
    }

    @Override
    public void forEachSegment(Instant from, Instant to, Consumer<Segment> action) {
        throw away();
    }

    @Override
    public void scrub(SegmentId id, Set<RecordKey> records) {
        throw away();
    }

    @Override
    public void retract(SegmentId id, Set<RecordKey> records) {
        throw away();
    }

    @Override
    public List<RecordId> list(ObjectType object, Optional<RecordId> after, int limit) {
        throw away();
    }
}
