/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.outbound;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.store.StateStore;
import io.signalbox.store.Unavailable;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How connections' calls go, kept where all functions see it. One read unit a read, one read and one write a change.
 * Thread-safe.
 */
public final class Reaches {

    private static final int ATTEMPTS = 20;
    private static final long FRESH_MILLIS = 60_000;
    private static final int CAPACITY = 1_000;

    private final StateStore states;
    private final InstantSource clock;

    private final Map<ConnectionId, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ConnectionId, Known> eldest) {
            return size() > CAPACITY;
        }
    };

    private record Known(Reach reach, long readAt) {}

    public Reaches(StateStore states, InstantSource clock) {
        this.states = requireNonNull(states, "states is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    private static StateStore.Key key(ConnectionId id) {
        return new StateStore.Key("reach", id.value());
    }

    public Reach get(ConnectionId id) {
        return states.get(key(id))
                .map(state -> ReachCodec.decode(state.value()))
                .orElse(Reach.NONE);
    }

    /** Whether the connection has access to its vendor, as of a minute ago at most. */
    public boolean isGranted(ConnectionId id) {
        return recent(id).granted().isPresent();
    }

    /** How it was a minute ago at most. */
    public Reach recent(ConnectionId id) {
        var now = clock.millis();
        synchronized (known) {
            var held = known.get(id);
            if (held != null && Math.abs(now - held.readAt()) < FRESH_MILLIS) {
                return held.reach();
            }
        }
        var reach = get(id);
        synchronized (known) {
            known.put(id, new Known(reach, now));
        }
        return reach;
    }

    /**
     * Changes it, whoever else does at the same time; returns what is kept.
     *
     * @param change may be called several times; returning what it was given changes nothing
     */
    public Reach update(ConnectionId id, UnaryOperator<Reach> change) {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var state = states.get(key(id));
            var before = state.map(held -> ReachCodec.decode(held.value())).orElse(Reach.NONE);
            var after = change.apply(before);
            var version = state.map(StateStore.State::version).orElse(0L);
            if (after.equals(before) || states.put(key(id), version, ReachCodec.encode(after), Optional.empty())) {
                return after;
            }
        }
        throw new Unavailable("a connection's state keeps changing", null);
    }

    /**
     * Changes it if it is still as it was read; of several that do so at once one succeeds.
     *
     * @return whether it was
     */
    public boolean compareAndSet(ConnectionId id, Reach before, Reach after) {
        var state = states.get(key(id));
        var current = state.map(held -> ReachCodec.decode(held.value())).orElse(Reach.NONE);
        return current.equals(before)
                && states.put(
                        key(id),
                        state.map(StateStore.State::version).orElse(0L),
                        ReachCodec.encode(after),
                        Optional.empty());
    }

    public void delete(ConnectionId id) {
        states.delete(key(id));
        synchronized (known) {
            known.remove(id);
        }
    }
}
