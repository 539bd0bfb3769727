/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.outbound;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.Value;
import io.signalbox.store.StateStore;
import io.signalbox.store.StateStore.State;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was last written to a vendor's record, so that our own change is known for ours when the vendor reports it, and the
 * same value is not written twice. One document a record, for 30 days after the last write.
 */
public final class Pushed {

    private static final Duration KEPT = Duration.ofDays(30);

    private final StateStore states;
    private final InstantSource clock;

    public Pushed(StateStore states, InstantSource clock) {
        this.states = requireNonNull(states, "states is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    private static StateStore.Key key(ConnectionId connection, String object, String id) {
        return new StateStore.Key("pushed", connection + "/" + object + "/" + id);
    }

    /**
     * Whether these very values are what was written last, fields by the vendor's names. As texts, for most vendors report
     * everything as one.
     */
    public boolean holds(ConnectionId connection, String object, String id, Map<String, Value> fields) {
        return states.get(key(connection, object, id))
                .map(State::value)
                .filter(held -> fields.entrySet().stream()
                        .allMatch(field -> Value.of(text(field.getValue())).equals(held.at(field.getKey()))))
                .isPresent();
    }

    private static String text(Value value) {
        return value.isNull() ? "" : String.valueOf(value.asText());
    }

    /** Remembers them; said before they are written, for the report may be faster than the answer. */
    public void remember(ConnectionId connection, String object, String id, Map<String, Value> fields) {
        var key = key(connection, object, id);
        for (var attempt = 0; attempt < 3; attempt++) {
            var held = states.get(key);
            var all = new LinkedHashMap<String, Value>();
            held.ifPresent(state -> {
                if (state.value() instanceof Value.Obj(var members)) {
                    all.putAll(members);
                }
            });
            fields.forEach((name, value) -> all.put(name, Value.of(text(value))));
            var end = Optional.of(clock.instant().plus(KEPT));
            if (states.put(key, held.map(State::version).orElse(0L), Value.of(all), end)) {
                return;
            }
        }
    }

    /** Forgets them: they were not written. */
    public void forget(ConnectionId connection, String object, String id) {
        states.delete(key(connection, object, id));
    }
}
