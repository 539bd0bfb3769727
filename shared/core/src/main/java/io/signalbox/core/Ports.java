/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.SegmentId;
import io.signalbox.store.ControlStore;
import io.signalbox.store.ControlStore.Due;
import io.signalbox.store.RecordStore;
import io.signalbox.store.Unavailable;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What the pipeline's parts reach the world through. */
record Ports(
        RecordStore records,
        ControlStore control,
        ScoreModels models,
        Clock clock,
        RandomGenerator random,
        Supplier<EditCheck> checks,
        boolean isDry) {

    Ports(RecordStore records, ControlStore control, ScoreModels models, Clock clock, RandomGenerator random) {
        this(records, control, models, clock, random, () -> EditCheck.NONE, false);
    }

    /** How often a write is tried whose record changed meanwhile. */
    static final int ATTEMPTS = 5;

    private static final int PAUSE_MILLIS = 20;

    Ports {
        requireNonNull(records, "records is null");
        requireNonNull(control, "control is null");
        requireNonNull(models, "models is null");
        requireNonNull(clock, "clock is null");
        requireNonNull(random, "random is null");
        requireNonNull(checks, "checks is null");
    }

    /** The same with edits held to this. */
    Ports checking(Supplier<EditCheck> newChecks) {
        return new Ports(records, control, models, clock, random, newChecks, isDry);
    }

    /** The same over records that are only played through. */
    Ports over(DryRun dry) {
        return new Ports(dry, control, models, clock, random, checks, true);
    }

    /** Notes when scores will change by themselves. */
    void note(List<Due> hints) {
        if (!isDry) {
            control.noteDue(hints);
        }
    }

    Scoring scoring() {
        return new Scoring(models.current(), clock.instant());
    }

    RecordId newRecordId() {
        return RecordId.create(clock.instant(), random);
    }

    SegmentId newSegmentId() {
        return SegmentId.create(clock.instant(), random);
    }

    /** Waits for up to 20 ms times the number of tries, so that writers of one record fall out of step. */
    void pauseBefore(int attempt) {
        if (attempt > 1) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(PAUSE_MILLIS * attempt) + 1L));
        }
    }

    /**
     * Takes what could not be saved back out of the journal. What is left there if this fails is an event that the
     * history does not lead to and a counter counts once too often; the records are right all the same.
     */
    void retract(SegmentId segment, Set<RecordKey> unsaved) {
        try {
            records.retract(segment, unsaved);
        } catch (Unavailable e) {
            return;
        }
    }
}
