/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import java.time.Instant;
import java.util.Optional;

/**
 * Small documents with a version, for what several functions must agree on: leases, breakers, states that count once.
 * Whoever writes says which version it read, so of two at once one wins and the other reads again. Strongly consistent;
 * one read or write unit a call for up to a kilobyte. Any call may throw {@link Unavailable}.
 */
public interface StateStore {

    /** The document, unless there is none or its time is over. */
    Optional<State> get(Key key);

    /**
     * Writes it if the one there is still has that version, 0 for none (one whose time is over counts as none); false
     * when it has not.
     *
     * @param expiresAt when it goes; empty for never
     */
    boolean put(Key key, long expectedVersion, Value value, Optional<Instant> expiresAt);

    /** Removes it; of several who do at once, one alone is told that it was there. */
    boolean delete(Key key);

    /**
     * @param kind what sort of document, short: it is part of the stored key
     * @param id which one
     */
    record Key(String kind, String id) {
        public Key {
            requireNonNull(kind, "kind is null");
            requireNonNull(id, "id is null");
        }
    }

    record State(long version, Value value) {
        public State {
            requireNonNull(value, "value is null");
        }
    }
}
