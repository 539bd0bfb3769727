/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.outbound;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.Revision;
import io.signalbox.model.Value;
import io.signalbox.store.StateStore;
import io.signalbox.store.StateStore.State;
import io.signalbox.vendors.client.Remote;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What was last written to a vendor's record, field by field: so that our own change is known for ours when the vendor
 * reports it, the same value is not written twice, and of two values the one that follows from the later version of our
 * record stays. One document a record, for 30 days after the last write; a write costs two reads and two writes of it.
 */
public final class Pushed {

    private static final Duration KEPT = Duration.ofDays(30);
    private static final int ATTEMPTS = 5;

    private final StateStore states;
    private final InstantSource clock;

    public Pushed(StateStore states, InstantSource clock) {
        this.states = requireNonNull(states, "states is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    private static StateStore.Key key(ConnectionId connection, Remote remote) {
        return new StateStore.Key("pushed", connection + "/" + remote.object() + "/" + remote.id());
    }

    /** What was written last, or is being written now, by the vendor's names. */
    public Map<String, Value> values(ConnectionId connection, Remote remote) {
        var values = new LinkedHashMap<String, Value>();
        states.get(key(connection, remote))
                .map(PushedCodec::decode)
                .ifPresent(fields -> fields.forEach((name, field) -> values.put(name, field.value())));
        return values;
    }

    /**
     * Of these fields those that are still to be written, now remembered as being written: said before they are, for the
     * vendor's report may be faster than its answer. Those are left out that were written already, or that a later version
     * of our record has overtaken.
     */
    public Map<String, Value> begin(
            ConnectionId connection, Remote remote, Map<String, Value> fields, Optional<Revision> because) {
        var left = new LinkedHashMap<String, Value>();
        change(connection, remote, held -> {
            left.clear();
            var all = new LinkedHashMap<>(held);
            fields.forEach((name, value) -> {
                var before = held.get(name);
                if (before == null || before.leaves(value, because)) {
                    left.put(name, value);
                    all.put(name, new PushedField(value, false, because));
                }
            });
            return left.isEmpty() ? held : all;
        });
        return left;
    }

    /**
     * Remembers that they were written. What somebody else began meanwhile for a later version of our record may have
     * arrived before this did: that is given back, to be written again.
     */
    public Map<String, PushedField> end(
            ConnectionId connection, Remote remote, Map<String, Value> fields, Optional<Revision> because) {
        var overtaken = new LinkedHashMap<String, PushedField>();
        change(connection, remote, held -> {
            overtaken.clear();
            var all = new LinkedHashMap<>(held);
            fields.forEach((name, value) -> {
                var now = held.get(name);
                if (now != null && now.isAfter(because)) {
                    overtaken.put(name, now);
                    all.put(name, new PushedField(now.value(), false, now.because()));
                } else {
                    all.put(name, new PushedField(value, true, because));
                }
            });
            return all;
        });
        return overtaken;
    }

    /** Forgets them, unless somebody else has written them meanwhile: they were not written. */
    public void abandon(ConnectionId connection, Remote remote, Map<String, Value> fields) {
        change(connection, remote, held -> {
            var all = new LinkedHashMap<>(held);
            fields.forEach((name, value) ->
                    all.computeIfPresent(name, (_, now) -> now.isWritten() || !now.holds(value) ? now : null));
            return all;
        });
    }

    /** Without a word where others keep changing it: what is lost is a comparison, not a write. */
    private void change(ConnectionId connection, Remote remote, UnaryOperator<Map<String, PushedField>> change) {
        var key = key(connection, remote);
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var state = states.get(key);
            var held = state.map(PushedCodec::decode).orElse(Map.of());
            var after = change.apply(held);
            var end = Optional.of(clock.instant().plus(KEPT));
            var version = state.map(State::version).orElse(0L);
            if (after.equals(held) || states.put(key, version, PushedCodec.encode(after), end)) {
                return;
            }
        }
    }
}
