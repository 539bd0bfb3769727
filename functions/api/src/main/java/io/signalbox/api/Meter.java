/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.api.versions.Deprecation;
import io.signalbox.api.versions.Deprecations;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.PreviousVersion;
import io.signalbox.model.Value;
import io.signalbox.store.Unavailable;
import io.signalbox.store.UsageStore;
import io.signalbox.store.UsageStore.Counts;
import io.signalbox.store.UsageStore.Lease;
import io.signalbox.store.UsageStore.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Counts what each client calls, and holds it to its limit. An instance takes tokens for a client ahead and spends them
 * without asking, and hands in what it has counted when it takes the next; a write for as many calls as a lease has, or
 * for a client's calls of a minute where these are fewer. The call that a lease is taken for is counted with it, so even
 * one call a day is.
 *
 * <p>An instance that dies takes at most a lease's calls with it uncounted, and as many tokens unspent, which fill up
 * again like spent ones. Tokens that lie with instances come on top of a bucket: with three instances a client may
 * have three leases more than its burst at once.
 *
 * <p>When the storage does not answer, requests are let through: a limit is not worth an outage.
 */
final class Meter {

    /** How long tokens that were taken may be spent, and counts kept back. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private static final int MOST_CLIENTS = 1_000;
    private static final Counts REFUSED = new Counts(Map.of(), Map.of(), Map.of(), 1);

    private final Supplier<UsageStore> store;
    private final Limits limits;
    private final Deprecations deprecations;
    private final InstantSource clock;
    private final Map<String, Held> clients = new LinkedHashMap<>(16, 0.75f, true);

    Meter(Supplier<UsageStore> store, Limits limits, Deprecations deprecations, InstantSource clock) {
        this.store = requireNonNull(store, "store is null");
        this.limits = requireNonNull(limits, "limits is null");
        this.deprecations = requireNonNull(deprecations, "deprecations is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** What this instance holds of a client. */
    private static final class Held {
        private int left;
        private Instant until = Instant.MIN;
        private Optional<State> seen = Optional.empty();
        private Counts counts = Counts.NONE;
        private Optional<Refused> refused = Optional.empty();
    }

    /** Until when a client need not be asked about again. */
    private record Refused(Instant until, String policy) {}

    /** Answers the call and says what is left, or refuses it with 429. */
    Response answer(Call call, Endpoint next) throws Exception {
        var client = call.client();
        if (call.operation().isPublic() || client.isEmpty()) {
            return next.answer(call);
        }
        var named = named(call);
        Map<String, String> headers;
        synchronized (this) {
            headers = admit(client, counted(call, named));
        }
        try {
            var response = next.answer(call);
            returned(client, named, response.headers().get(Warnings.HEADER));
            for (var header : headers.entrySet()) {
                response = response.with(header.getKey(), header.getValue());
            }
            return response;
        } catch (Refusal refusal) {
            var said = refusal;
            for (var header : headers.entrySet()) {
                said = said.with(header.getKey(), header.getValue());
            }
            throw said;
        }
    }

    /** The deprecated things that a request names: the version in its path, the field in its query or body. */
    private List<Deprecation> named(Call call) {
        if (!PreviousVersion.has(call.operation())) {
            return List.of();
        }
        var body = new String(call.request().body(), StandardCharsets.ISO_8859_1);
        return deprecations.all().stream()
                .filter(item -> item.kind() == Deprecation.Kind.VERSION
                        || names(call.request().rawQuery(), item.name())
                        || names(body, item.name()))
                .toList();
    }

    private static boolean names(String text, String name) {
        for (var at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            var end = at + name.length();
            if ((at == 0 || !isWord(text.charAt(at - 1))) && (end == text.length() || !isWord(text.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWord(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private static Counts counted(Call call, List<Deprecation> named) {
        return new Counts(
                Map.of(call.operation().id(), 1L),
                named.stream().collect(Collectors.toMap(Deprecation::name, _ -> 1L)),
                Map.of(),
                0);
    }

    /** What the answer has of deprecated things without having been asked: it warns of them. */
    private void returned(String client, List<Deprecation> named, String warnings) {
        if (warnings == null) {
            return;
        }
        var returned = new TreeMap<String, Long>();
        for (var item : deprecations.all()) {
            if (!named.contains(item) && warnings.contains("name=\"" + item.name() + "\"")) {
                returned.put(item.name(), 1L);
            }
        }
        synchronized (this) {
            var held = clients.get(client);
            if (held != null && !returned.isEmpty()) {
                held.counts = held.counts.plus(new Counts(Map.of(), Map.of(), returned, 0));
            }
        }
    }

    private Map<String, String> admit(String client, Counts call) {
        var now = clock.instant();
        var held = clients.computeIfAbsent(client, _ -> new Held());
        var refusedUntil = held.refused.filter(refused -> now.isBefore(refused.until()));
        if (refusedUntil.isPresent()) {
            held.counts = held.counts.plus(call).plus(REFUSED);
            throw refusal(refusedUntil.get(), now);
        }
        if (held.left > 0 && now.isBefore(held.until) && isToday(held, now)) {
            held.left--;
            held.counts = held.counts.plus(call);
            return headers(held, now);
        }
        var unspent = isToday(held, now) ? held.left : 0;
        try {
            var lease = store.get()
                    .take(client, limits.quota(), limits.lease(), unspent, held.counts.plus(call), held.seen);
            return granted(held, lease, now);
        } catch (Unavailable _) {
            held.counts = held.counts.plus(call);
            return Map.of();
        } finally {
            handIn(client, now);
        }
    }

    private Map<String, String> granted(Held held, Lease lease, Instant now) {
        held.seen = Optional.of(lease.state());
        held.counts = Counts.NONE;
        held.left = Math.max(0, lease.granted() - 1);
        held.until = now.plus(LEASE);
        held.refused = lease.after().map(after -> new Refused(now.plus(after), lease.violated()));
        if (held.refused.isPresent()) {
            held.counts = REFUSED;
            throw refusal(held.refused.get(), now);
        }
        return headers(held, now);
    }

    private static boolean isToday(Held held, Instant now) {
        return held.seen
                .filter(state -> state.day().equals(LocalDate.ofInstant(now, ZoneOffset.UTC)))
                .isPresent();
    }

    /** Hands in the counts of a client that has not called for a minute, one at a time, and forgets the oldest. */
    private void handIn(String current, Instant now) {
        var eldest = clients.entrySet().iterator().next();
        var isIdle = !now.isBefore(eldest.getValue().until);
        if (eldest.getKey().equals(current) || !(isIdle || clients.size() > MOST_CLIENTS)) {
            return;
        }
        var held = clients.remove(eldest.getKey());
        if (!held.counts.isEmpty()) {
            var unspent = isToday(held, now) ? held.left : 0;
            try {
                store.get().take(eldest.getKey(), limits.quota(), 0, unspent, held.counts, held.seen);
            } catch (Unavailable _) {
                // As if the instance had died.
            }
        }
    }

    private Refusal refusal(Refused refused, Instant now) {
        var wait = Math.max(1, seconds(Duration.between(now, refused.until())));
        var policies = Value.of(List.of(Value.of(refused.policy())));
        return Refusal.of(
                        ErrorCode.RATE_LIMITED,
                        "This client is over its limit " + refused.policy() + "; wait for Retry-After seconds.")
                .saying("type", Value.of("https://iana.org/assignments/http-problem-types#quota-exceeded"))
                .saying("violated_policies", policies)
                .saying("violated-policies", policies)
                .with("Retry-After", Long.toString(wait))
                .with("RateLimit-Policy", policyHeader())
                .with("RateLimit", "\"" + refused.policy() + "\";r=0;t=" + wait);
    }

    private String policyHeader() {
        return limits.policies().stream().map(Limits.Policy::header).collect(Collectors.joining(", "));
    }

    private Map<String, String> headers(Held held, Instant now) {
        if (limits.policies().isEmpty()) {
            return Map.of();
        }
        var rest = new ArrayList<String>();
        for (var left : left(held.seen.orElseThrow(), held.left, now)) {
            rest.add("\"" + left.policy().name() + "\";r=" + left.remaining() + ";t=" + left.resetSeconds());
        }
        return Map.of("RateLimit-Policy", policyHeader(), "RateLimit", String.join(", ", rest));
    }

    /**
     * What is left of a limit.
     *
     * @param resetSeconds until all of it is there again
     */
    record Left(Limits.Policy policy, long remaining, long resetSeconds) {}

    /** What a client has left, so far as this instance knows: others may have taken of it since. */
    List<Left> left(String client) {
        var now = clock.instant();
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        synchronized (this) {
            var held = clients.get(client);
            var state = held == null || !isToday(held, now) ? new State(today, 0, 0) : held.seen.orElseThrow();
            return left(state, held == null ? 0 : held.left, now);
        }
    }

    private List<Left> left(State state, int held, Instant now) {
        var all = new ArrayList<Left>();
        for (var policy : limits.policies()) {
            var isBurst = policy.name().equals(Limits.BURST);
            var remaining = held + (isBurst ? state.inBucket(limits.quota(), now) : state.leftToday(limits.quota()));
            var midnight = state.day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            var reset = isBurst
                    ? Math.ceilDiv(
                            (policy.quota() - Math.min(policy.quota(), remaining))
                                    * policy.window().toSeconds(),
                            policy.quota())
                    : seconds(Duration.between(now, midnight));
            all.add(new Left(policy, Math.min(policy.quota(), remaining), Math.max(0, reset)));
        }
        return all;
    }

    /** Up to a whole second. */
    private static long seconds(Duration time) {
        return time.toSeconds() + (time.toNanosPart() > 0 ? 1 : 0);
    }
}
