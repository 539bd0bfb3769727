/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.measure;

import java.util.ArrayList;
import java.util.concurrent.atomic.LongAdder;

/**
 * Two pieces of work against each other in one JVM: alternating blocks, so that whatever disturbs one disturbs the
 * other. Each block's figure is the thread's CPU time for each operation; the result is the ratio of medians.
 *
 * @param base median nanoseconds of the base
 * @param candidate median nanoseconds of what is compared with it
 */
public record Paired(double base, double candidate) {

    private static final int BLOCKS = 41;
    private static final long BLOCK_NANOS = 60_000_000;
    private static final long WARM_UP_NANOS = 4_000_000_000L;

    /** One operation; its result is kept, so that the compiler cannot leave the work out. */
    @FunctionalInterface
    public interface Work {
        long run(int i) throws Exception;
    }

    private static final LongAdder KEPT = new LongAdder();

    /** Takes some ten seconds. */
    public static Paired measure(Work base, Work candidate) throws Exception {
        var baseSize = warmUp(base);
        var candidateSize = warmUp(candidate);
        var baseNanos = new ArrayList<Double>();
        var candidateNanos = new ArrayList<Double>();
        for (var block = 0; block < BLOCKS; block++) {
            baseNanos.add(block(base, baseSize));
            candidateNanos.add(block(candidate, candidateSize));
        }
        return new Paired(Median.of(baseNanos), Median.of(candidateNanos));
    }

    public double ratio() {
        return candidate / base;
    }

    /** Runs until compiled, and says how many operations make one block. */
    private static int warmUp(Work work) throws Exception {
        var start = Cpu.thread();
        var i = 0;
        while (Cpu.thread() - start < WARM_UP_NANOS) {
            KEPT.add(work.run(i++));
        }
        var each = block(work, Math.max(1, i / 100));
        return (int) Math.max(1, BLOCK_NANOS / each);
    }

    private static double block(Work work, int size) throws Exception {
        var kept = 0L;
        var start = Cpu.thread();
        for (var i = 0; i < size; i++) {
            kept += work.run(i);
        }
        var nanos = Cpu.thread() - start;
        KEPT.add(kept);
        return (double) nanos / size;
    }
}
