/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.runtime;

import java.util.List;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Runs a function's path once before Lambda takes its snapshot, so that the first request after a restore loads and
 * compiles nothing. Keep the returned object in a field of the handler: the registry holds it weakly, and without a
 * strong reference the hook silently never runs.
 */
public final class Priming implements Resource {

    /** A step of priming; what it throws is logged and does not stop the snapshot. */
    @FunctionalInterface
    public interface Step {
        void run() throws Exception;
    }

    private final Log log;
    private final List<Step> steps;

    private Priming(Log log, List<Step> steps) {
        this.log = log;
        this.steps = steps;
    }

    public static Priming register(Log log, Step... steps) {
        var priming = new Priming(log, List.of(steps));
        Core.getGlobalContext().register(priming);
        return priming;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        for (var step : steps) {
            try {
                step.run();
            } catch (Exception e) {
                log.warn("priming step failed", Log.line().with(e));
            }
        }
        log.info("primed", Log.line().with("steps", steps.size()));
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {}
}
