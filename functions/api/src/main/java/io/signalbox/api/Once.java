/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.EventId;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What makes a request's changes the same when it is sent again with its {@code Idempotency-Key}: all ids are made from
 * the seed, so what a first try has done is recognised by the second.
 *
 * @param seed of its own for each request; from the key where there is one
 * @param at when the request was first tried
 */
record Once(String seed, Instant at) {

    Once {
        requireNonNull(seed, "seed is null");
        requireNonNull(at, "at is null");
    }

    /** The id of the event that the request's nth change becomes. */
    EventId event(int index) {
        return EventId.of("api", seed, Integer.toString(index));
    }

    /** Draws the ids of records that the nth change makes. */
    RandomGenerator ids(int index) {
        return new SplittableRandom(event(index).tag());
    }
}
