/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Usage in memory: the whole contract. Thread-safe. */
public final class MemoryUsageStore implements UsageStore {

    private record Key(LocalDate day, String client) {}

    private record Held(State state, Day day) {}

    private final InstantSource clock;
    private final Map<Key, Held> days = new HashMap<>();

    public MemoryUsageStore(InstantSource clock) {
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public synchronized Lease take(
            String client, Quota quota, int wanted, int unspent, Counts counts, Optional<State> seen) {
        var now = clock.instant();
        var day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var key = new Key(day, client);
        var held = days.get(key);
        var lease = UsageStore.lease(quota, wanted, unspent, held == null ? UsageStore.fresh(day) : held.state, now);
        var before = held == null ? new Day(day, client, Counts.NONE, now, Map.of()) : held.day;
        var lastUsed = new TreeMap<>(before.lastUsed());
        counts.used().keySet().forEach(name -> lastUsed.put(name, Instant.ofEpochMilli(now.toEpochMilli())));
        var after =
                new Day(day, client, before.counts().plus(counts), Instant.ofEpochMilli(now.toEpochMilli()), lastUsed);
        days.put(key, new Held(lease.state(), after));
        return lease;
    }

    @Override
    public synchronized List<Day> days(LocalDate from, LocalDate to) {
        return days.values().stream()
                .map(Held::day)
                .filter(day -> !day.day().isBefore(from) && !day.day().isAfter(to))
                .sorted(Comparator.comparing(Day::day).thenComparing(Day::client))
                .toList();
    }

    @Override
    public synchronized Optional<State> state(String client, LocalDate day) {
        return Optional.ofNullable(days.get(new Key(day, client))).map(Held::state);
    }
}
