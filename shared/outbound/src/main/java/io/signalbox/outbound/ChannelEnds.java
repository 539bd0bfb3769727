/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.outbound;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.Value;
import io.signalbox.store.StateStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * When connections' notification channels end, and when somebody was last asked to renew them. One read unit a read, one
 * read and one write a change, some a week and connection.
 */
public final class ChannelEnds {

    private static final int ATTEMPTS = 5;

    private final StateStore states;

    public ChannelEnds(StateStore states) {
        this.states = requireNonNull(states, "states is null");
    }

    /**
     * @param until when it ends; {@link Instant#EPOCH} when there was none yet
     * @param askedAt when its renewal was last asked for; {@link Instant#EPOCH} for never
     */
    public record End(Instant until, Instant askedAt) {
        static final End NONE = new End(Instant.EPOCH, Instant.EPOCH);

        public End {
            requireNonNull(until, "until is null");
            requireNonNull(askedAt, "askedAt is null");
        }
    }

    private static StateStore.Key key(ConnectionId id) {
        return new StateStore.Key("channel", id.value());
    }

    public End get(ConnectionId id) {
        return states.get(key(id)).map(state -> decode(state.value())).orElse(End.NONE);
    }

    public void asked(ConnectionId id, Instant at) {
        put(id, Optional.empty(), at);
    }

    public void opened(ConnectionId id, Instant until) {
        put(id, Optional.of(until), Instant.EPOCH);
    }

    private void put(ConnectionId id, Optional<Instant> until, Instant askedAt) {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var state = states.get(key(id));
            var before = state.map(held -> decode(held.value())).orElse(End.NONE);
            var json = Value.of(Map.of(
                    "until", Value.of(until.orElse(before.until()).toEpochMilli()),
                    "asked", Value.of(askedAt.toEpochMilli())));
            if (states.put(key(id), state.map(StateStore.State::version).orElse(0L), json, Optional.empty())) {
                return;
            }
        }
    }

    private static End decode(Value json) {
        return new End(time(json.at("until")), time(json.at("asked")));
    }

    private static Instant time(Value json) {
        return json instanceof Value.Num(var millis) ? Instant.ofEpochMilli(millis.longValue()) : Instant.EPOCH;
    }

    void forget(ConnectionId id) {
        states.delete(key(id));
    }
}
