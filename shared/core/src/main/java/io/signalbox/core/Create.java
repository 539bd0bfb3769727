/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Segment;
import io.signalbox.store.RecordStore.SaveResult;
import io.signalbox.store.Unavailable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Creates one record whose unique keys must be free. */
final class Create {

    private final Ports ports;
    private final ObjectType object;
    private final Function<RecordId, CanonicalEvent> source;

    Create(Ports ports, ObjectType object, Function<RecordId, CanonicalEvent> source) {
        this.ports = requireNonNull(ports, "ports is null");
        this.object = requireNonNull(object, "object is null");
        this.source = requireNonNull(source, "source is null");
    }

    Creation run() {
        for (var attempt = 1; attempt <= Ports.ATTEMPTS; attempt++) {
            var done = attempt(new RecordKey(object, ports.newRecordId()));
            if (done.isPresent()) {
                return done.get();
            }
        }
        throw new Unavailable("every id that was drawn was taken", null);
    }

    /** Nothing when the id is taken. */
    private Optional<Creation> attempt(RecordKey key) {
        var event = source.apply(key.id());
        var scoring = ports.scoring();
        var folded = Fold.apply(CrmRecord.empty(key), event, scoring.engagementRules(event));

        // Looking first saves the journal a segment for what is refused; the save still decides.
        for (var holder : ports.records().find(folded.uniqueKeys()).entrySet()) {
            return Optional.of(new Creation.Duplicate(holder.getKey(), holder.getValue()));
        }
        var segment = new Segment(
                ports.newSegmentId(), List.of(new Segment.Entry(key, event)), Map.of(key, Optional.empty()));
        var after = scoring.scored(folded.withJournalHead(segment.id()));
        scoring.hint(Optional.empty(), after).ifPresent(hint -> ports.control().noteDue(List.of(hint)));
        ports.records().append(segment);
        return switch (ports.records().save(Optional.empty(), after, true)) {
            case SaveResult.Saved(var version) -> Optional.of(new Creation.Created(after.withVersion(version)));
            case SaveResult.Stale _ -> {
                ports.retract(segment.id(), Set.of(key));
                yield Optional.empty();
            }
            case SaveResult.KeyTaken(var taken, var holder) -> {
                ports.retract(segment.id(), Set.of(key));
                yield Optional.of(new Creation.Duplicate(taken, holder));
            }
        };
    }
}
