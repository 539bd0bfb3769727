/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What clients of the API use: how much they may, and how much of what they have. Whoever serves requests takes tokens
 * for a client in advance, many at a time, and hands in with the same write what it has counted since; so a request costs
 * a fraction of a write. Any call may throw {@link Unavailable}.
 *
 * <p>An item is a client's day (UTC). Its bucket begins full at midnight, so that around it a client may have up to twice
 * its burst.
 */
public interface UsageStore {

    /** How long a day is kept. */
    Duration KEPT = Duration.ofDays(40);

    /**
     * Takes up to so many tokens, and hands in what was counted.
     *
     * @param wanted how many requests are to be served without asking again; 0 only hands in
     * @param unspent tokens of an earlier lease of the same day that are given back
     * @param seen the client's day as the caller last saw it, which saves a second write when nobody else wrote since
     */
    Lease take(String client, Quota quota, int wanted, int unspent, Counts counts, Optional<State> seen);

    /** The clients' days from one to another, both included; days on which nothing was called are left out. */
    List<Day> days(LocalDate from, LocalDate to);

    /** A client's day as it stands. */
    Optional<State> state(String client, LocalDate day);

    /**
     * How much a client may.
     *
     * @param burst the size of its bucket, 0 for no limit; it is full again after {@code window}
     * @param daily requests a day, 0 for no limit
     */
    record Quota(long burst, Duration window, long daily) {
        public static final Quota NONE = new Quota(0, Duration.ofSeconds(1), 0);

        public Quota {
            if (burst < 0 || daily < 0 || window.isNegative() || window.isZero()) {
                throw new IllegalArgumentException("a quota is not negative and its window is not empty");
            }
        }

        /** Microseconds in which a token comes back. */
        long interval() {
            return Math.max(1, window.toNanos() / 1_000 / Math.max(1, burst));
        }
    }

    /**
     * A client's day as it was at some time.
     *
     * @param fullAt when the bucket is full again, in microseconds since 1970; the past for a full one
     * @param taken tokens that were taken in the day
     */
    record State(LocalDate day, long fullAt, long taken) {

        /** How many tokens the bucket holds. */
        public long inBucket(Quota quota, Instant now) {
            var missing = Math.max(0, fullAt - micros(now));
            return quota.burst() - (missing + quota.interval() - 1) / quota.interval();
        }

        /** How many the day has left. */
        public long leftToday(Quota quota) {
            return Math.max(0, quota.daily() - taken);
        }

        static long micros(Instant time) {
            return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
        }
    }

    /**
     * What came of it.
     *
     * @param granted requests that may be served; 0 for none
     * @param state the client's day after it
     * @param after how long to wait when none was granted; empty otherwise
     * @param violated the policy that stands in the way: {@code burst}, {@code daily}; empty for none
     */
    record Lease(int granted, State state, Optional<Duration> after, String violated) {}

    /**
     * What was counted of a client.
     *
     * @param calls how often each operation was called
     * @param used how often a request named something that is deprecated, by its name
     * @param returned how often an answer had it that had not been asked for by name
     * @param refused how many requests were over the limit
     */
    record Counts(Map<String, Long> calls, Map<String, Long> used, Map<String, Long> returned, long refused) {
        public static final Counts NONE = new Counts(Map.of(), Map.of(), Map.of(), 0);

        public Counts {
            calls = new TreeMap<>(calls);
            used = new TreeMap<>(used);
            returned = new TreeMap<>(returned);
        }

        /** Both together. */
        public Counts plus(Counts more) {
            return new Counts(
                    sum(calls, more.calls), sum(used, more.used), sum(returned, more.returned), refused + more.refused);
        }

        private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
            var sum = new TreeMap<>(one);
            other.forEach((name, count) -> sum.merge(name, count, Long::sum));
            return sum;
        }

        public boolean isEmpty() {
            return calls.isEmpty() && used.isEmpty() && returned.isEmpty() && refused == 0;
        }
    }

    /**
     * A client's day.
     *
     * @param lastSeen when something was handed in last
     * @param lastUsed when each deprecated thing was named last, to the hand-in
     */
    record Day(LocalDate day, String client, Counts counts, Instant lastSeen, Map<String, Instant> lastUsed) {
        public Day {
            requireNonNull(day, "day is null");
            requireNonNull(client, "client is null");
            requireNonNull(counts, "counts is null");
            lastUsed = new TreeMap<>(lastUsed);
        }
    }

    /** Works out a lease; the same for every store. */
    static Lease lease(Quota quota, int wanted, int unspent, State before, Instant now) {
        var micros = State.micros(now);
        var returnedFullAt = before.fullAt() - unspent * quota.interval();
        var state = new State(before.day(), Math.max(returnedFullAt, 0), Math.max(0, before.taken() - unspent));
        var inBucket = quota.burst() == 0 ? wanted : state.inBucket(quota, now);
        var leftToday = quota.daily() == 0 ? wanted : state.leftToday(quota);
        var granted = (int) Math.max(0, Math.min(wanted, Math.min(inBucket, leftToday)));
        var fullAt =
                quota.burst() == 0 ? state.fullAt() : Math.max(state.fullAt(), micros) + granted * quota.interval();
        var after = new State(state.day(), granted == 0 ? state.fullAt() : fullAt, state.taken() + granted);
        if (granted > 0 || wanted == 0) {
            return new Lease(granted, after, Optional.empty(), "");
        }
        if (leftToday <= 0) {
            var midnight = before.day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            return new Lease(0, after, Optional.of(Duration.between(now, midnight)), "daily");
        }
        // One token more than the bucket lacks has to come back.
        var wait = state.fullAt() - micros - (quota.burst() - 1) * quota.interval();
        return new Lease(0, after, Optional.of(Duration.ofNanos(Math.max(1, wait) * 1_000)), "burst");
    }

    /** The first count of tokens, for a day that nobody has written. */
    static State fresh(LocalDate day) {
        return new State(day, 0, 0);
    }
}
