/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.host;

import io.signalbox.emulator.lambda.Outcome;

/** Told of invocations that failed, whoever waits for them or not; Lambda would write a log line and count a metric. */
@FunctionalInterface
public interface Trouble {

    /** @param function logical id */
    void failed(String function, Outcome.Failure failure);
}
