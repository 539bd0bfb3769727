/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.ConnectionSettings;
import io.signalbox.store.ControlStore;
import io.signalbox.store.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Connections' settings, at most a minute old: one small read a connection and minute, none an event. Thread-safe.
 */
public final class SettingsCache {

    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int MOST = 1_000;

    private record Held(ConnectionSettings settings, Instant readAt) {}

    private final ControlStore control;
    private final InstantSource clock;
    private final Map<ConnectionId, Held> held = new LinkedHashMap<>();

    public SettingsCache(ControlStore control, InstantSource clock) {
        this.control = requireNonNull(control, "control is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * How that connection's events are read. When the storage does not answer, what was last read goes on being true.
     *
     * @throws Unavailable when it does not answer and nothing was read yet
     */
    public synchronized ConnectionSettings of(ConnectionId connection) {
        var now = clock.instant();
        var last = held.get(connection);
        if (last != null && now.isBefore(last.readAt().plus(KEPT)) && !now.isBefore(last.readAt())) {
            return last.settings();
        }
        try {
            var read = control.settings(connection);
            if (held.size() >= MOST) {
                held.remove(held.keySet().iterator().next());
            }
            held.put(connection, new Held(read, now));
            return read;
        } catch (Unavailable e) {
            if (last == null) {
                throw e;
            }
            return last.settings();
        }
    }
}
