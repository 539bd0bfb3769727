/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static java.util.Objects.requireNonNull;

import io.signalbox.rules.InvalidRules;
import io.signalbox.rules.ScoreModel;
import io.signalbox.store.ControlStore;
import io.signalbox.store.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The score model in force, as this process knows it: read again once a minute, compiled again when its version moved.
 * So a new rule set is in use everywhere a minute after it was stored, at one small read a minute and process.
 */
final class ScoreModels {

    private static final Duration KEPT = Duration.ofMinutes(1);

    private final ControlStore control;
    private final Clock clock;

    private ScoreModel model;
    private long version;
    private Instant readAt = Instant.MIN;

    ScoreModels(ControlStore control, Clock clock) {
        this.control = requireNonNull(control, "control is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * The stored rules' model, or the one that is built in before any were stored. When the storage does not answer the
     * model of before stays: a score a little behind is better than none.
     *
     * @throws Unavailable when the storage did not answer and no model was read yet
     */
    synchronized ScoreModel current() {
        var now = clock.instant();
        if (model == null || !now.isBefore(readAt.plus(KEPT)) || now.isBefore(readAt)) {
            try {
                refresh();
                readAt = now;
            } catch (Unavailable e) {
                if (model == null) {
                    throw e;
                }
            }
        }
        return model;
    }

    private void refresh() {
        var stored = control.rules();
        var newVersion = stored.map(ControlStore.StoredRules::version).orElse(0L);
        if (model == null || newVersion != version) {
            model = stored.isEmpty() ? ScoreModel.starter() : compile(stored.get());
            version = newVersion;
        }
    }

    /** What is stored was compiled before it was; if it fails now, an older program reads a newer rule set. */
    private ScoreModel compile(ControlStore.StoredRules stored) {
        try {
            return ScoreModel.compile(stored.rules());
        } catch (InvalidRules e) {
            return model == null ? ScoreModel.starter() : model;
        }
    }
}
