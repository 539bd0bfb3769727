/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** States in memory: the whole contract, for tests and for priming. Thread-safe. */
public final class MemoryStateStore implements StateStore {

    private final InstantSource clock;
    private final Map<Key, Held> held = new HashMap<>();

    private record Held(State state, Optional<Instant> expiresAt) {}

    public MemoryStateStore(InstantSource clock) {
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public synchronized Optional<State> get(Key key) {
        var found = held.get(key);
        var over = found == null
                || found.expiresAt().filter(at -> !clock.instant().isBefore(at)).isPresent();
        return over ? Optional.empty() : Optional.of(found.state());
    }

    @Override
    public synchronized boolean put(Key key, long expectedVersion, Value value, Optional<Instant> expiresAt) {
        if (get(key).map(State::version).orElse(0L) != expectedVersion) {
            return false;
        }
        held.put(key, new Held(new State(expectedVersion + 1, value), expiresAt));
        return true;
    }

    @Override
    public synchronized boolean delete(Key key) {
        var was = get(key).isPresent();
        held.remove(key);
        return was;
    }
}
