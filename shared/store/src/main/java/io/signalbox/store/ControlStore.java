/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Rejection;
import io.signalbox.model.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What steers the system: connections as they are listed, rules, API clients, rejected requests and counters. Secrets
 * are not here; a connection's come from its parameter. Any call may throw {@link Unavailable}.
 */
public interface ControlStore {

    /** Lists connections by id, their secrets' values replaced by their last four characters. */
    List<Connection> connections(Optional<ConnectionId> after, int limit);

    Optional<Connection> connection(ConnectionId id);

    /** Creates it; false when the id is taken. */
    boolean createConnection(Connection connection);

    /** Replaces it; false when it does not exist. */
    boolean replaceConnection(Connection connection);

    /** Removes it with its rejections and counters; false when it does not exist. */
    boolean deleteConnection(ConnectionId id);

    /**
     * Adds to a connection's counters.
     *
     * @param lastEventAt when the newest of the accepted events arrived
     */
    void count(ConnectionId id, long accepted, long rejected, Optional<Instant> lastEventAt);

    Counters counters(ConnectionId id);

    /**
     * Counters of a connection; {@code received} is the sum of the other two.
     *
     * @param accepted events accepted, each once however often it was sent
     * @param rejected requests refused
     */
    record Counters(long accepted, long rejected, Optional<Instant> lastEventAt) {
        public static final Counters NONE = new Counters(0, 0, Optional.empty());

        public long received() {
            return accepted + rejected;
        }
    }

    /** Keeps the newest of them, 100 a connection, for 7 days. */
    void addRejections(ConnectionId id, List<Rejection> rejections);

    /** Newest first. */
    List<Rejection> rejections(ConnectionId id, int limit);

    /** The rule set in force and its version; empty before the first was stored. */
    Optional<StoredRules> rules();

    /** Stores a rule set if the one in force still has that version (0 for none); false when it has not. */
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
            scopes = List.copyOf(scopes);
        }
    }

    /**
     * Notes that a record's score may change by itself at a time; a hint, so writing it twice or too early is
     * harmless. See {@link #due}.
     */
    void noteDue(Instant at, io.signalbox.model.RecordKey record);

    /** Hints that have come due, oldest first. */
    List<Due> due(Instant now, int limit);

    void removeDue(List<Due> done);

    record Due(Instant at, io.signalbox.model.RecordKey record) {}
}
