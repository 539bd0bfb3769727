/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.outbound;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.parameters.Parameters;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Grants, each in the parameter {@code grants/{connection}}: apart from the connection's own, so that the receiver, which
 * reads that, has no permission on any grant. What was read is remembered for a minute. Thread-safe.
 */
public final class Grants {

    private static final long FRESH_MILLIS = 60_000;
    private static final int CAPACITY = 1_000;

    private final Parameters parameters;
    private final InstantSource clock;
    private final Map<ConnectionId, Known> known = new HashMap<>();

    private record Known(Optional<Grant> grant, long readAt) {}

    public Grants(Parameters parameters, InstantSource clock) {
        this.parameters = requireNonNull(parameters, "parameters is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** The parameter's name below the stack's prefix. */
    public static String name(ConnectionId id) {
        return "grants/" + id.value();
    }

    /** The grant, perhaps as it was a minute ago. */
    public Optional<Grant> load(ConnectionId id) throws ParametersUnavailable {
        synchronized (this) {
            var held = known.get(id);
            if (held != null && Math.abs(clock.millis() - held.readAt()) < FRESH_MILLIS) {
                return held.grant();
            }
        }
        return loadFresh(id);
    }

    /** The grant as the parameter store has it now; which may, for a moment, be the one before. */
    public Optional<Grant> loadFresh(ConnectionId id) throws ParametersUnavailable {
        var text = parameters.get(name(id));
        var grant = text.flatMap(GrantCodec::decode);
        if (text.isPresent() && grant.isEmpty()) {
            throw new ParametersUnavailable("the grant of connection " + id + " cannot be read", null);
        }
        remember(id, grant);
        return grant;
    }

    private synchronized void remember(ConnectionId id, Optional<Grant> grant) {
        if (known.size() >= CAPACITY) {
            known.clear();
        }
        known.put(id, new Known(grant, clock.millis()));
    }

    public void save(ConnectionId id, Grant grant) throws ParametersUnavailable {
        parameters.put(name(id), GrantCodec.encode(grant));
        remember(id, Optional.of(grant));
    }

    public void delete(ConnectionId id) throws ParametersUnavailable {
        parameters.delete(name(id));
        remember(id, Optional.empty());
    }
}
