/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.sqs;

import static java.util.Objects.requireNonNull;

import java.util.random.RandomGenerator;

/**
 * What standard queues allow themselves: a message may be handed out twice, and in any order. A real queue does so
 * rarely; a test wants it often, and the same on each run.
 *
 * @param random a generator with a fixed seed
 * @param duplicates the share of receives after which the message comes once more, 0 to 1
 * @param window out of how many waiting messages the next is drawn; 1 keeps the order
 */
public record Disorder(RandomGenerator random, double duplicates, int window) {

    public Disorder {
        requireNonNull(random, "random is null");
        if (duplicates < 0 || duplicates > 1 || window < 1) {
            throw new IllegalArgumentException("duplicates is 0 to 1 and window at least 1");
        }
    }
}
