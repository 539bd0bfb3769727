/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.outbound;

import static java.util.Objects.requireNonNull;

import io.signalbox.vendors.client.App.Flow;
import io.signalbox.vendors.client.Quota;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a connection's calls to its vendor go: what people are shown of it, and what all callers go by.
 *
 * @param granted that there is access, without any secret of it
 * @param pausedUntil nothing is sent before that: the vendor asked for it; {@link Instant#EPOCH} for none
 * @param failingSince since when no call has succeeded; empty when the last one did
 * @param attention what only the owner can mend; while there is one nothing is sent
 * @param pushes the fields, by the vendor's names, that were ever written: only their changes may be our own
 */
public record Reach(
        Optional<Granted> granted,
        Breaker breaker,
        Instant pausedUntil,
        Usage usage,
        Optional<Instant> failingSince,
        Optional<Attention> attention,
        Set<String> pushes) {

    /** Of a connection without access. */
    public static final Reach NONE = new Reach(
            Optional.empty(),
            Breaker.Closed.WELL,
            Instant.EPOCH,
            Usage.NONE,
            Optional.empty(),
            Optional.empty(),
            Set.of());

    /** A user who reaches the vendor by other programs too must not find the day's calls used up by this one. */
    private static final double RESERVE = 0.05;

    public Reach {
        requireNonNull(granted, "granted is null");
        requireNonNull(breaker, "breaker is null");
        requireNonNull(pausedUntil, "pausedUntil is null");
        requireNonNull(usage, "usage is null");
        requireNonNull(failingSince, "failingSince is null");
        requireNonNull(attention, "attention is null");
        pushes = Collections.unmodifiableSet(new TreeSet<>(pushes));
    }

    /**
     * @param fields further fields to read, by the vendor's names
     * @param dailyLimit calls a day at most; 0 for no limit of our own
     */
    public record Granted(Flow flow, Instant at, List<String> scopes, List<String> fields, long dailyLimit) {
        public Granted {
            requireNonNull(flow, "flow is null");
            requireNonNull(at, "at is null");
            scopes = List.copyOf(scopes);
            fields = List.copyOf(fields);
        }
    }

    /**
     * Calls of one day, in UTC.
     *
     * @param calls ours
     * @param vendors what the vendor says of all programs' calls
     */
    public record Usage(LocalDate day, long calls, Optional<Quota> vendors) {
        static final Usage NONE = new Usage(LocalDate.EPOCH, 0, Optional.empty());

        public Usage {
            requireNonNull(day, "day is null");
            requireNonNull(vendors, "vendors is null");
        }

        Usage plus(LocalDate today, long more, Optional<Quota> said) {
            var same = day.equals(today);
            return new Usage(today, (same ? calls : 0) + more, said.isPresent() || !same ? said : vendors);
        }
    }

    /** When to come again; null when a call may be made now. */
    public Instant waitUntil(Instant now) {
        if (now.isBefore(pausedUntil)) {
            return pausedUntil;
        }
        return quotaIsUsedUp(now) ? tomorrow(now) : breaker.waitUntil(now);
    }

    private boolean quotaIsUsedUp(Instant now) {
        if (!usage.day().equals(day(now))) {
            return false;
        }
        var own = granted.map(Granted::dailyLimit).filter(limit -> limit > 0 && usage.calls() >= limit);
        return own.isPresent()
                || usage.vendors()
                        .filter(quota -> quota.limit() > 0 && quota.remaining() < quota.limit() * RESERVE)
                        .isPresent();
    }

    static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    /** The start of the next day, in UTC. */
    public static Instant tomorrow(Instant now) {
        return day(now).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** With access, newly given: whatever was wrong is forgotten. */
    public Reach withGrant(Granted newly) {
        return new Reach(
                Optional.of(newly),
                Breaker.Closed.WELL,
                Instant.EPOCH,
                usage,
                Optional.empty(),
                Optional.empty(),
                pushes);
    }

    /** For whoever now makes a call, {@link #waitUntil} having let it. */
    public Reach trying(Instant now) {
        return new Reach(granted, breaker.trying(now), pausedUntil, usage, failingSince, attention, pushes);
    }

    /** After calls that were answered. */
    public Reach succeeded(Instant now, long calls, Optional<Quota> said) {
        return new Reach(
                granted,
                Breaker.Closed.WELL,
                pausedUntil,
                usage.plus(day(now), calls, said),
                Optional.empty(),
                attention,
                pushes);
    }

    /** After a call that was not, or by an error of the vendor's. */
    public Reach failed(Instant now, long calls) {
        return new Reach(
                granted,
                breaker.failed(now),
                pausedUntil,
                usage.plus(day(now), calls, Optional.empty()),
                failingSince.or(() -> Optional.of(now)),
                attention,
                pushes);
    }

    /** After the vendor asked to wait. It is well, so the breaker has nothing to say. */
    public Reach paused(Instant now, long calls, Instant until) {
        return new Reach(
                granted,
                Breaker.Closed.WELL,
                until.isAfter(pausedUntil) ? until : pausedUntil,
                usage.plus(day(now), calls, Optional.empty()),
                failingSince.or(() -> Optional.of(now)),
                attention,
                pushes);
    }

    /** With something that only the owner can mend; the first of a kind stays, so that it is told of once. */
    public Reach needing(Attention what) {
        var known = attention.filter(held -> held.code() == what.code());
        return new Reach(
                granted,
                Breaker.Closed.WELL,
                pausedUntil,
                usage,
                failingSince.or(() -> Optional.of(what.since())),
                known.or(() -> Optional.of(what)),
                pushes);
    }

    /** Without what only the owner could mend, if it is of that kind. */
    public Reach mended(Attention.Code code) {
        return new Reach(
                granted,
                breaker,
                pausedUntil,
                usage,
                failingSince,
                attention.filter(held -> held.code() != code),
                pushes);
    }

    /** With these among the fields that are written. */
    public Reach pushing(Set<String> fields) {
        var all = new TreeSet<>(pushes);
        all.addAll(fields);
        return new Reach(granted, breaker, pausedUntil, usage, failingSince, attention, all);
    }
}
