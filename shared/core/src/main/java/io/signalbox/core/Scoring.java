/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.Life;
import io.signalbox.model.Score;
import io.signalbox.rules.ScoreModel;
import io.signalbox.store.ControlStore.Due;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** One model at one moment: what a batch is scored by, so that all of it is scored by the same. */
final class Scoring {

    private static final long HINT_SECONDS = 15 * 60;

    private final ScoreModel model;
    private final Instant now;

    Scoring(ScoreModel model, Instant now) {
        this.model = requireNonNull(model, "model is null");
        this.now = requireNonNull(now, "now is null");
    }

    /** Whether the record has a score: the model is about its type, and it is neither erased nor merged. */
    boolean isScored(CrmRecord record) {
        return model.scores(record.key().object())
                && record.life().state() != Life.State.ERASED
                && record.mergedInto().isEmpty();
    }

    /** Ids of the engagement rules that the event meets. */
    Set<String> engagementRules(CanonicalEvent event) {
        return model.engagementRules(event);
    }

    CrmRecord scored(CrmRecord record) {
        return isScored(record) ? record.withScore(model.score(record, now)) : record;
    }

    /**
     * The hint to note, if one is needed, for the clock to look at the record when its label falls by itself. It is
     * noted before the save, for a hint too many does no harm.
     *
     * <p>While a score says when it changes, a hint for that time or an earlier one is pending; whoever acts on a hint
     * notes the next. So one is needed only when that time comes nearer or had passed, which keeps the cost near
     * nothing. Hints are rounded up to the quarter of an hour, for the time is computed anew with every save.
     */
    Optional<Due> hint(Optional<CrmRecord> before, CrmRecord after) {
        var pending = before.flatMap(Scoring::nextChange).filter(now::isBefore).map(Scoring::rounded);
        return nextChange(after)
                .map(Scoring::rounded)
                .filter(at -> pending.isEmpty() || at.isBefore(pending.get()))
                .map(at -> new Due(at, after.key()));
    }

    private static Optional<Instant> nextChange(CrmRecord record) {
        return record.score().flatMap(Score::nextChangeAt);
    }

    private static Instant rounded(Instant change) {
        var quarter = Math.ceilDiv(change.getEpochSecond() + 1, HINT_SECONDS);
        return Instant.ofEpochSecond(quarter * HINT_SECONDS);
    }
}
