/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.coldstart;

import io.signalbox.bench.measure.Cpu;
import java.io.IOException;

/**
 * One start of a function without a snapshot.
 *
 * @param init CPU milliseconds from process start until the runtime asks for its first event
 * @param first CPU milliseconds of the first event
 */
record ColdStart(double init, double first) {

    static ColdStart of(Function function) throws IOException {
        try (var api = new RuntimeApi();
                var child = Child.start(function, api, "on-demand", false)) {
            api.awaitAsked();
            var initialised = Cpu.of(child.handle());
            invoke(function, api, child);
            var answered = Cpu.of(child.handle());
            return new ColdStart(initialised / 1e6, (answered - initialised) / 1e6);
        }
    }

    /** The answer to one event, a success. */
    static String invoke(Function function, RuntimeApi api, Child child) throws IOException {
        var answer = api.invoke(function.event().get()).orElse("nothing");
        if (!answer.contains(function.expected())) {
            throw new IllegalStateException(function.name() + " answered " + answer + "\n" + child.output());
        }
        return answer;
    }

    double sum() {
        return init + first;
    }
}
