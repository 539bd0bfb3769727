/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.relay;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.outbound.Reaches;
import io.signalbox.store.ControlStore;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The connections whose vendors can be written to, as of a minute ago at most: three small reads a connection and minute,
 * and those only where an action wants something of it. Thread-safe.
 */
final class Destinations {

    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int MOST = 1_000;

    private record Held(Optional<Destination> destination, Instant readAt) {}

    private final ControlStore control;
    private final Reaches reaches;
    private final InstantSource clock;
    private final Map<ConnectionId, Held> held = new HashMap<>();

    Destinations(ControlStore control, Reaches reaches, InstantSource clock) {
        this.control = requireNonNull(control, "control is null");
        this.reaches = requireNonNull(reaches, "reaches is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Empty where there is no such connection, no access to its vendor, or no way to write there. */
    synchronized Optional<Destination> of(ConnectionId connection) {
        var now = clock.instant();
        var last = held.get(connection);
        if (last != null && Duration.between(last.readAt(), now).abs().compareTo(KEPT) < 0) {
            return last.destination();
        }
        var read = read(connection);
        if (held.size() >= MOST) {
            held.clear();
        }
        held.put(connection, new Held(read, now));
        return read;
    }

    private Optional<Destination> read(ConnectionId id) {
        var vendor = control.connection(id).map(Connection::vendor).flatMap(Vendors::find);
        return vendor.flatMap(Vendor::client)
                .filter(_ -> reaches.get(id).granted().isPresent())
                .map(client -> new Destination(
                        id, vendor.get().id(), client, vendor.get().fields().mapper(control.settings(id))));
    }
}
