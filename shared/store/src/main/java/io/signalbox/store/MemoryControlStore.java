/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.Rejection;
import io.signalbox.model.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Control items in memory: the whole contract, for tests and for trying things out. Thread-safe. */
public final class MemoryControlStore implements ControlStore {

    static final int REJECTIONS_KEPT = 100;
    static final Duration REJECTIONS_LAST = Duration.ofDays(7);

    private final InstantSource clock;
    private final TreeMap<ConnectionId, Connection> connections = new TreeMap<>();
    private final Map<ConnectionId, ConnectionSettings> settings = new HashMap<>();
    private final Map<ConnectionId, Long> rejected = new HashMap<>();
    private final Map<ConnectionId, Deque<Rejection>> rejections = new HashMap<>();
    private final Map<String, ApiClient> clients = new HashMap<>();
    private final TreeSet<Due> due = new TreeSet<>(Comparator.comparing(Due::at).thenComparing(Due::record));
    private Optional<StoredRules> rules = Optional.empty();

    public MemoryControlStore(InstantSource clock) {
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public synchronized List<Connection> connections(Optional<ConnectionId> after, int limit) {
        var rest = after.map(id -> connections.tailMap(id, false)).orElse(connections);
        return rest.values().stream().limit(limit).toList();
    }

    @Override
    public synchronized Optional<Connection> connection(ConnectionId id) {
        return Optional.ofNullable(connections.get(id));
    }

    @Override
    public synchronized boolean createConnection(Connection connection) {
        return connections.putIfAbsent(connection.id(), ControlStore.masked(connection)) == null;
    }

    @Override
    public synchronized boolean replaceConnection(Connection connection) {
        return connections.replace(connection.id(), ControlStore.masked(connection)) != null;
    }

    @Override
    public synchronized ConnectionSettings settings(ConnectionId id) {
        return settings.getOrDefault(id, ConnectionSettings.NONE);
    }

    @Override
    public synchronized void putSettings(ConnectionId id, ConnectionSettings changed) {
        settings.put(id, changed);
    }

    @Override
    public synchronized boolean deleteConnection(ConnectionId id) {
        settings.remove(id);
        rejected.remove(id);
        rejections.remove(id);
        return connections.remove(id) != null;
    }

    @Override
    public synchronized void countRejected(ConnectionId id, long requests) {
        rejected.merge(id, requests, Long::sum);
    }

    @Override
    public synchronized long rejected(ConnectionId id) {
        return rejected.getOrDefault(id, 0L);
    }

    @Override
    public synchronized void addRejections(ConnectionId id, List<Rejection> added) {
        var kept = rejections.computeIfAbsent(id, _ -> new ArrayDeque<>());
        for (var rejection : added) {
            kept.addFirst(rejection);
            if (kept.size() > REJECTIONS_KEPT) {
                kept.removeLast();
            }
        }
    }

    @Override
    public synchronized List<Rejection> rejections(ConnectionId id, int limit) {
        var oldest = clock.instant().minus(REJECTIONS_LAST);
        return rejections.getOrDefault(id, new ArrayDeque<>()).stream()
                .filter(rejection -> rejection.at().isAfter(oldest))
                .sorted(Comparator.comparing(Rejection::at).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<StoredRules> rules() {
        return rules;
    }

    @Override
    public synchronized boolean replaceRules(long expectedVersion, Value newRules) {
        if (rules.equals(Optional.of(new StoredRules(expectedVersion + 1, newRules)))) {
            return true;
        }
        if (rules.map(StoredRules::version).orElse(0L) != expectedVersion) {
            return false;
        }
        rules = Optional.of(new StoredRules(expectedVersion + 1, newRules));
        return true;
    }

    @Override
    public synchronized Optional<ApiClient> client(String clientId) {
        return Optional.ofNullable(clients.get(clientId));
    }

    @Override
    public synchronized void putClient(ApiClient client) {
        clients.put(client.id(), client);
    }

    @Override
    public synchronized void noteDue(List<Due> hints) {
        due.addAll(hints);
    }

    @Override
    public synchronized List<Due> due(Instant now, int limit) {
        return due.stream()
                .takeWhile(hint -> !hint.at().isAfter(now))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized void removeDue(List<Due> done) {
        done.forEach(due::remove);
    }
}
