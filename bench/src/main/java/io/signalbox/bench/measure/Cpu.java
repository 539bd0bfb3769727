/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.measure;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** CPU time used so far, in nanoseconds: on a shared machine it repeats where wall time does not. */
public final class Cpu {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Cpu() {}

    /** Of the calling thread. */
    public static long thread() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** Of this JVM with its compiler and collector threads. */
    public static long process() {
        return SYSTEM.getProcessCpuTime();
    }

    /** Of another process since its start, user and system; exact to the kernel's tick, 10 ms on most. */
    public static long of(ProcessHandle process) {
        return process.info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElseThrow(() -> new IllegalStateException(
                        "the CPU time of process " + process.pid() + " cannot be read; has it ended?"));
    }

    /**
     * Of another process's threads that are alive, exact to the microsecond, for short spans within one process in which
     * no thread ends. Linux only; elsewhere as {@link #of}.
     */
    public static long fineOf(ProcessHandle process) {
        var tasks = Path.of("/proc/" + process.pid() + "/task");
        if (!Files.isDirectory(tasks)) {
            return of(process);
        }
        var sum = 0L;
        try (var threads = Files.newDirectoryStream(tasks)) {
            for (var thread : threads) {
                var fields = Files.readString(thread.resolve("schedstat"));
                sum += Long.parseLong(fields.substring(0, fields.indexOf(' ')));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading the CPU time of process " + process.pid(), e);
        }
        return sum;
    }
}
