/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Score;
import io.signalbox.store.ControlStore;
import io.signalbox.store.ControlStore.Due;
import io.signalbox.store.RecordStore;
import io.signalbox.store.RecordStore.SaveResult;
import io.signalbox.store.Unavailable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Scores that fall by themselves: engagement fades, and at some moment the label is a worse one without any event. The
 * pipeline notes when to look; this looks, and saves the record again when its label has changed, so that whoever
 * follows changes learns of it. Anybody who reads a score gets it priced at that moment anyway.
 */
public final class DueScores {

    private final Ports ports;

    public DueScores(RecordStore records, ControlStore control, Clock clock) {
        this.ports = new Ports(records, control, new ScoreModels(control, clock), clock, new SplittableRandom());
    }

    /**
     * What a run did.
     *
     * @param hints how many hints were due, up to the limit; when it is reached there may be more
     * @param changed how many records got another label
     * @param failed how many records could not be saved; their hints stay
     */
    public record Result(int hints, int changed, int failed) {}

    private enum Done {
        CHANGED,
        SAME,
        FAILED
    }

    /**
     * Acts on hints that have come due. Safe to repeat and to run twice at once.
     *
     * @param limit at most this many hints
     * @throws Unavailable when the hints or the records cannot be read, or the hints not be written
     */
    public Result run(int limit) {
        var hints = ports.control().due(ports.clock().instant(), limit);
        if (hints.isEmpty()) {
            return new Result(0, 0, 0);
        }
        var scoring = ports.scoring();
        var keys = hints.stream().map(Due::record).collect(Collectors.toSet());
        var records = ports.records().get(keys);
        var done = new TreeMap<RecordKey, Done>();
        var next = new ArrayList<Due>();
        records.forEach((key, record) -> {
            var now = scoring.scored(record);
            if (scoring.isScored(record)) {
                done.put(key, rescore(record, now));
                scoring.hint(Optional.empty(), now).ifPresent(next::add);
            }
        });

        // The next hints first: a crash in between leaves a hint too many, not one too few.
        if (!next.isEmpty()) {
            ports.control().noteDue(next);
        }
        ports.control().removeDue(settled(hints, done));
        return new Result(hints.size(), count(done, Done.CHANGED), count(done, Done.FAILED));
    }

    private Done rescore(CrmRecord record, CrmRecord now) {
        if (label(record).equals(label(now))) {
            return Done.SAME;
        }
        try {
            return switch (ports.records().save(Optional.of(record), now, false)) {
                case SaveResult.Saved _ -> Done.CHANGED;
                // Whoever saved it meanwhile scored it, too.
                case SaveResult.Stale _, SaveResult.KeyTaken _ -> Done.SAME;
            };
        } catch (RuntimeException e) {
            return Done.FAILED;
        }
    }

    private static Optional<String> label(CrmRecord record) {
        return record.score().map(Score::label);
    }

    private static List<Due> settled(List<Due> hints, TreeMap<RecordKey, Done> done) {
        return hints.stream()
                .filter(hint -> done.get(hint.record()) != Done.FAILED)
                .toList();
    }

    private static int count(TreeMap<RecordKey, Done> done, Done what) {
        return (int) done.values().stream().filter(what::equals).count();
    }
}
