/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Rejection;
import io.signalbox.model.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What steers the system: connections as they are listed, rules, API clients and rejected requests. Secrets
 * are not here; a connection's come from its parameter. Any call may throw {@link Unavailable}.
 */
public interface ControlStore {

    /** Lists connections by id. Secrets come back {@linkplain #masked masked}, here and in {@link #connection}. */
    List<Connection> connections(Optional<ConnectionId> after, int limit);

    Optional<Connection> connection(ConnectionId id);

    /** A connection as it is kept here: of each secret the last four characters, behind asterisks. */
    static Connection masked(Connection connection) {
        var secrets = connection.secrets().stream()
                .map(secret -> new Connection.Secret(
                        secret.id(), "********" + secret.lastFour(), secret.createdAt(), secret.expiresAt()))
                .toList();
        return new Connection(
                connection.id(),
                connection.vendor(),
                connection.publicUrl(),
                secrets,
                connection.options(),
                connection.createdAt());
    }

    /** Creates it; false when the id is taken. */
    boolean createConnection(Connection connection);

    /** Replaces it; false when it does not exist. */
    boolean replaceConnection(Connection connection);

    /** How its events are read; {@link ConnectionSettings#NONE} where nobody has said anything. */
    ConnectionSettings settings(ConnectionId id);

    /** Stores them in place of those there were. */
    void putSettings(ConnectionId id, ConnectionSettings settings);

    /** Removes it with its settings and rejections; false when it does not exist. */
    boolean deleteConnection(ConnectionId id);

    /** Adds to the requests that a connection has refused. What is repeated after {@link Unavailable} may count twice. */
    void countRejected(ConnectionId id, long requests);

    /** How many requests a connection has refused. */
    long rejected(ConnectionId id);

    /** Keeps the newest of them, 100 a connection, for 7 days. */
    void addRejections(ConnectionId id, List<Rejection> rejections);

    /** Newest first. */
    List<Rejection> rejections(ConnectionId id, int limit);

    /** The rule set in force and its version; empty before the first was stored. */
    Optional<StoredRules> rules();

    /**
     * Stores a rule set if the one in force still has that version (0 for none); false when it has not. True again for
     * the same call, so that it may be repeated.
     */
    boolean replaceRules(long expectedVersion, Value rules);

    record StoredRules(long version, Value rules) {}

    Optional<ApiClient> client(String clientId);

    /** Creates or replaces a client. */
    void putClient(ApiClient client);

    /**
     * A program that may call the API.
     *
     * @param secretHash lower-case hex SHA-256 of its secret, which has 256 random bits
     */
    record ApiClient(String id, String name, String secretHash, List<String> scopes, Instant createdAt) {
        public ApiClient {
            requireNonNull(id, "id is null");
            requireNonNull(name, "name is null");
            requireNonNull(secretHash, "secretHash is null");
            requireNonNull(createdAt, "createdAt is null");
            scopes = List.copyOf(scopes);
        }
    }

    /**
     * Notes that records' scores may change by themselves at a time; hints, so writing one twice or too early is
     * harmless. One for a time past may come back with the time it was noted. See {@link #due}.
     */
    void noteDue(List<Due> hints);

    default void noteDue(Instant at, RecordKey record) {
        noteDue(List.of(new Due(at, record)));
    }

    /**
     * Hints that have come due, oldest first, until {@link #removeDue} takes them away. One call reads a bounded stretch:
     * after an outage of days it takes several to come to the newest. Hints are kept for 30 days.
     */
    List<Due> due(Instant now, int limit);

    void removeDue(List<Due> done);

    /** @param at to the millisecond */
    record Due(Instant at, RecordKey record) {
        public Due {
            at = Instant.ofEpochMilli(at.toEpochMilli());
            requireNonNull(record, "record is null");
        }
    }
}
