/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.parameters;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Connections with their secrets, each in the parameter {@code connections/{id}}.
 *
 * <p>{@link #load} remembers what it read: a connection for 60 s, that there is none for 10 s. So a revoked secret
 * stops counting everywhere after at most 60 s. While the parameter store is away a connection read before goes on
 * being served for up to 10 minutes, and the store is asked again every 5 s at most; after that there is no answer, for
 * a secret that nobody can revoke must not live on. Holds 500 connections and 500 absences, least recently used out
 * first; absences apart, so that made-up ids push out nothing real. Safe for several threads.
 */
public final class ConnectionParameters {

    private static final long FRESH_MILLIS = 60_000;
    private static final long ABSENT_MILLIS = 10_000;
    private static final long STALE_MILLIS = 600_000;
    private static final long ASK_AGAIN_MILLIS = 5_000;
    private static final int CAPACITY = 500;

    private final Parameters parameters;
    private final InstantSource time;
    private final Map<String, Known> known = leastRecentlyUsed();
    private final Map<String, Long> absentUntil = leastRecentlyUsed();

    public ConnectionParameters(Parameters parameters, InstantSource time) {
        this.parameters = requireNonNull(parameters, "parameters is null");
        this.time = requireNonNull(time, "time is null");
    }

    /** @param askAt when the store is to be asked again */
    private record Known(Connection connection, long readAt, long askAt) {}

    /** The connection, perhaps as it was a minute ago. */
    public Optional<Connection> load(ConnectionId id) throws ParametersUnavailable {
        var now = time.millis();
        Known held;
        synchronized (this) {
            held = known.get(id.value());
            if (held != null && isBefore(now, held.askAt, FRESH_MILLIS)) {
                return Optional.of(held.connection);
            }
            var until = absentUntil.get(id.value());
            if (until != null && isBefore(now, until, ABSENT_MILLIS)) {
                return Optional.empty();
            }
        }
        try {
            return remember(id, read(id), now);
        } catch (ParametersUnavailable e) {
            if (held != null && isBefore(now, held.readAt + STALE_MILLIS, STALE_MILLIS)) {
                synchronized (this) {
                    known.put(id.value(), new Known(held.connection, held.readAt, now + ASK_AGAIN_MILLIS));
                }
                return Optional.of(held.connection);
            }
            throw e;
        }
    }

    /** Whether {@code now} is before {@code end}, by no more than {@code span}: a clock set back ends a lease too. */
    private static boolean isBefore(long now, long end, long span) {
        return now < end && end - now <= span;
    }

    /** The connection as the parameter store has it now. */
    public Optional<Connection> loadFresh(ConnectionId id) throws ParametersUnavailable {
        var now = time.millis();
        return remember(id, read(id), now);
    }

    private Optional<Connection> read(ConnectionId id) throws ParametersUnavailable {
        var text = parameters.get(name(id));
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var connection = ConnectionCodec.decode(text.get());
        if (connection.isEmpty() || !connection.get().id().equals(id)) {
            throw new ParametersUnavailable("the parameter of connection " + id + " cannot be read", null);
        }
        return connection;
    }

    private synchronized Optional<Connection> remember(ConnectionId id, Optional<Connection> read, long now) {
        if (read.isPresent()) {
            absentUntil.remove(id.value());
            known.put(id.value(), new Known(read.get(), now, now + FRESH_MILLIS));
        } else {
            known.remove(id.value());
            absentUntil.put(id.value(), now + ABSENT_MILLIS);
        }
        return read;
    }

    /** Creates; false when there is another of this id. Repeating it after a failure is safe. */
    public boolean create(Connection connection) throws ParametersUnavailable {
        var name = name(connection.id());
        var text = ConnectionCodec.encode(connection);
        var created = parameters.create(name, text) || parameters.get(name).equals(Optional.of(text));
        forget(connection.id());
        return created;
    }

    /** Creates or replaces. */
    public void save(Connection connection) throws ParametersUnavailable {
        parameters.put(name(connection.id()), ConnectionCodec.encode(connection));
        forget(connection.id());
    }

    /** Removes; from here at once, from other functions' memory within 60 s. */
    public void delete(ConnectionId id) throws ParametersUnavailable {
        parameters.delete(name(id));
        forget(id);
    }

    private synchronized void forget(ConnectionId id) {
        known.remove(id.value());
        absentUntil.remove(id.value());
    }

    /** The parameter's name below the stack's prefix. */
    public static String name(ConnectionId id) {
        return "connections/" + id.value();
    }

    private static <V> Map<String, V> leastRecentlyUsed() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > CAPACITY;
            }
        };
    }
}
