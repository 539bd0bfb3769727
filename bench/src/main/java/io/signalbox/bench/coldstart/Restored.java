/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.coldstart;

import io.signalbox.bench.measure.Cpu;
import java.io.IOException;
import java.util.List;

/**
 * A function's first requests after a snapshot: its priming has run in the runtime's own hook, then the runtime goes on
 * in the same process, as Lambda's does after a restore. What the snapshot itself would cost is not in it.
 *
 * @param first CPU milliseconds of the first request
 * @param second CPU milliseconds of the second
 * @param loaded classes loaded between the restore and the first answer; empty unless asked for
 */
record Restored(double first, double second, List<String> loaded) {

    Restored {
        loaded = List.copyOf(loaded);
    }

    static Restored of(Function function, boolean logClasses) throws IOException {
        try (var api = new RuntimeApi();
                var child = Child.start(function, api, "snap-start", logClasses)) {
            api.awaitSnapshot();
            var before = logClasses ? child.classes().size() : 0;
            api.restore();
            api.awaitAsked();
            var restored = Cpu.fineOf(child.handle());
            ColdStart.invoke(function, api, child);
            api.awaitAsked();
            var first = Cpu.fineOf(child.handle());
            var after = logClasses ? child.classes() : List.<String>of();
            ColdStart.invoke(function, api, child);
            api.awaitAsked();
            var second = Cpu.fineOf(child.handle());
            var loaded = logClasses ? after.subList(before, after.size()) : after;
            return new Restored((first - restored) / 1e6, (second - first) / 1e6, loaded);
        }
    }

    /** Classes of this project that priming left for the first request. */
    List<String> own() {
        return loaded.stream().filter(name -> name.startsWith("io.signalbox.")).toList();
    }
}
