/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.store.IdempotencyStore;
import io.signalbox.store.MemoryIdempotencyStore;
import java.time.InstantSource;

/** A store that can be told to forget the last answer: as if the function had crashed before it kept that. */
final class ForgetfulIdempotencyStore implements IdempotencyStore {

    private final InstantSource clock;
    private IdempotencyStore store;
    private Key key;
    private String fingerprint;

    ForgetfulIdempotencyStore(InstantSource clock) {
        this.clock = clock;
        this.store = new MemoryIdempotencyStore(clock);
    }

    /** Leaves the last claim as it was before its answer. */
    void forget() {
        store = new MemoryIdempotencyStore(clock);
        store.claim(key, fingerprint);
    }

    @Override
    public Claim claim(Key ofKey, String ofFingerprint) {
        key = ofKey;
        fingerprint = ofFingerprint;
        return store.claim(ofKey, ofFingerprint);
    }

    @Override
    public boolean complete(Key ofKey, Claim.Claimed claim, Answer answer) {
        return store.complete(ofKey, claim, answer);
    }

    @Override
    public void release(Key ofKey, Claim.Claimed claim) {
        store.release(ofKey, claim);
    }

    @Override
    public void lapse(Key ofKey, Claim.Claimed claim) {
        store.lapse(ofKey, claim);
    }
}
