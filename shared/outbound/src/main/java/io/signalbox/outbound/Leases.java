/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.outbound;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.Value;
import io.signalbox.store.StateStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Who may renew a connection's tokens now: one at a time, for half a minute at most, which is longer than a renewal can
 * take. The lease also remembers the serial of the grant that was stored last, for the parameter store may answer with an
 * older one for a moment, and a refresh token that was used already must not be used again.
 */
final class Leases {

    static final Duration LENGTH = Duration.ofSeconds(30);

    private final StateStore states;
    private final InstantSource clock;

    Leases(StateStore states, InstantSource clock) {
        this.states = requireNonNull(states, "states is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** @param serial the least that the grant's serial is by now */
    record Lease(ConnectionId connection, long version, long serial) {}

    private static StateStore.Key key(ConnectionId id) {
        return new StateStore.Key("lease", id.value());
    }

    /** The lease, unless somebody has it. */
    Optional<Lease> take(ConnectionId id) {
        var state = states.get(key(id));
        var held = state.map(StateStore.State::value).orElse(Value.NULL);
        var now = clock.millis();
        if (now < number(held.at("until"))) {
            return Optional.empty();
        }
        var version = state.map(StateStore.State::version).orElse(0L);
        var serial = number(held.at("serial"));
        var mine = value(now + LENGTH.toMillis(), serial);
        return states.put(key(id), version, mine, Optional.empty())
                ? Optional.of(new Lease(id, version + 1, serial))
                : Optional.empty();
    }

    /** Gives it back, with the serial that is stored now. Nothing happens when another has it meanwhile. */
    void release(Lease lease, long serial) {
        states.put(key(lease.connection()), lease.version(), value(0, serial), Optional.empty());
    }

    private static Value value(long until, long serial) {
        return Value.of(Map.of("until", Value.of(until), "serial", Value.of(serial)));
    }

    private static long number(Value value) {
        return value instanceof Value.Num(var number) ? number.longValue() : 0;
    }
}
