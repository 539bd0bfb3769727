/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Idempotency keys in memory: the whole contract. Thread-safe. */
public final class MemoryIdempotencyStore implements IdempotencyStore {

    private record Held(String fingerprint, Instant at, Instant first, Optional<Answer> answer) {}

    private final InstantSource clock;
    private final Map<Key, Held> keys = new HashMap<>();

    public MemoryIdempotencyStore(InstantSource clock) {
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public synchronized Claim claim(Key key, String fingerprint) {
        var now = Instant.ofEpochMilli(clock.millis());
        var held = keys.get(key);
        if (held == null || !now.isBefore(held.at.plus(KEPT))) {
            return take(key, fingerprint, now, now);
        }
        if (!held.fingerprint.equals(fingerprint)) {
            return new Claim.Reused();
        }
        if (held.answer.isPresent()) {
            return new Claim.Done(held.answer.get());
        }
        var until = held.at.plus(LEASE);
        return now.isBefore(until) ? new Claim.InProgress(until) : take(key, fingerprint, now, held.first);
    }

    private Claim.Claimed take(Key key, String fingerprint, Instant now, Instant first) {
        keys.put(key, new Held(fingerprint, now, first, Optional.empty()));
        return new Claim.Claimed(fingerprint, now, first);
    }

    @Override
    public synchronized boolean complete(Key key, Claim.Claimed claim, Answer answer) {
        AnswerCodec.encode(answer);
        var held = keys.get(key);
        if (!isHeldBy(held, claim)) {
            return false;
        }
        if (held.answer.isPresent()) {
            return held.answer.get().equals(answer);
        }
        keys.put(key, new Held(held.fingerprint, held.at, held.first, Optional.of(answer)));
        return true;
    }

    @Override
    public synchronized void release(Key key, Claim.Claimed claim) {
        var held = keys.get(key);
        if (isHeldBy(held, claim) && held.answer.isEmpty()) {
            keys.remove(key);
        }
    }

    @Override
    public synchronized void lapse(Key key, Claim.Claimed claim) {
        var held = keys.get(key);
        if (isHeldBy(held, claim) && held.answer.isEmpty()) {
            keys.put(key, new Held(held.fingerprint, held.at.minus(LEASE), held.first, Optional.empty()));
        }
    }

    private static boolean isHeldBy(Held held, Claim.Claimed claim) {
        return held != null && held.at.equals(claim.at()) && held.fingerprint.equals(claim.fingerprint());
    }
}
