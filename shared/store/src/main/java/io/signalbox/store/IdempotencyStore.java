/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Answers by idempotency key (draft-ietf-httpapi-idempotency-key-header-07): a request repeated with its key is answered
 * as the first time and done once. Any call may throw {@link Unavailable}.
 *
 * <p>Claim, do the work, complete. Who crashes between leaves a claim that lapses after {@link #LEASE}; the same request
 * may then claim again, so the work behind it must bear repetition: derive its event ids from the key.
 *
 * <p>Cost: two write units a request, and one more for each further kilobyte of the packed answer.
 */
public interface IdempotencyStore {

    /** How long an answer is kept, from the claim on. */
    Duration KEPT = Duration.ofHours(24);

    /** How long a claim keeps others out: a little more than an API call may take. */
    Duration LEASE = Duration.ofSeconds(30);

    /**
     * Claims a key, or says why it cannot be claimed.
     *
     * @param fingerprint what the request says: a hash of method, path and body
     */
    Claim claim(Key key, String fingerprint);

    /**
     * Keeps the answer for whoever repeats the request; false when the claim has lapsed and another took it. True again
     * for the same call.
     *
     * @throws TooLarge if the packed answer takes more than 380 KiB
     */
    boolean complete(Key key, Claim.Claimed claim, Answer answer);

    /** Gives the key back, for a request that failed before it did anything. Nothing happens when the claim is gone. */
    void release(Key key, Claim.Claimed claim);

    /**
     * Lets a claim lapse at once, for a request that failed and may have been done in part or in whole: the same request
     * may claim the key again, and no other. Nothing happens when the claim is gone.
     */
    void lapse(Key key, Claim.Claimed claim);

    /**
     * A client's key: another client's is another key, whatever it says.
     *
     * @param text 1 to 255 characters
     */
    record Key(String client, String text) {
        public Key {
            requireNonNull(client, "client is null");
            if (text.isEmpty() || text.length() > 255) {
                throw new IllegalArgumentException("idempotency key has not 1 to 255 characters");
            }
        }
    }

    /** What became of a claim. */
    sealed interface Claim {

        /**
         * The caller's to do.
         *
         * @param fingerprint the request's
         * @param at when, to the millisecond
         * @param first when it was claimed first: earlier than {@code at} when a claim lapsed, so that the work may have
         *     been done in part or in whole
         */
        record Claimed(String fingerprint, Instant at, Instant first) implements Claim {

            /** Whether an earlier claim lapsed. */
            public boolean again() {
                return first.isBefore(at);
            }
        }

        /** Somebody is at it, until then at most. */
        record InProgress(Instant until) implements Claim {}

        /** The key came with another request before. */
        record Reused() implements Claim {}

        /** Done before; this was the answer. */
        record Done(Answer answer) implements Claim {}
    }

    /** An HTTP answer as it was given. */
    record Answer(int status, Map<String, String> headers, byte[] body) {
        public Answer {
            headers = new TreeMap<>(headers);
            requireNonNull(body, "body is null");
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Answer other
                    && status == other.status
                    && headers.equals(other.headers)
                    && Arrays.equals(body, other.body);
        }

        @Override
        public int hashCode() {
            return Objects.hash(status, headers, Arrays.hashCode(body));
        }
    }
}
