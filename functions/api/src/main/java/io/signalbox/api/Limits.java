/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.runtime.Env;
import io.signalbox.store.UsageStore.Quota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How much each client may, as the operator has set it.
 *
 * @param burst the size of a client's bucket, which fills again in {@link #WINDOW}; 0 for no limit
 * @param daily requests a client has from midnight to midnight UTC; 0 for no limit
 */
record Limits(long burst, long daily) {

    static final String BURST = "burst";
    static final String DAILY = "daily";
    static final Duration WINDOW = Duration.ofSeconds(10);

    private static final Duration DAY = Duration.ofDays(1);
    private static final int LARGEST_LEASE = 50;

    /**
     * A limit under a name.
     *
     * @param quota how many requests
     * @param window in which so many come back
     */
    record Policy(String name, long quota, Duration window) {
        String header() {
            return "\"" + name + "\";q=" + quota + ";w=" + window.toSeconds();
        }
    }

    Limits {
        if (burst < 0 || daily < 0) {
            throw new IllegalArgumentException("a limit is not negative");
        }
    }

    /** From {@code RATE_BURST} and {@code RATE_DAILY}; empty where neither is set: then nothing is counted either. */
    static Optional<Limits> of(Env env) {
        var burst = env.find("RATE_BURST");
        var daily = env.find("RATE_DAILY");
        return burst.isEmpty() && daily.isEmpty()
                ? Optional.empty()
                : Optional.of(new Limits(number(burst), number(daily)));
    }

    private static long number(Optional<String> text) {
        return Long.parseLong(text.orElse("0"));
    }

    Quota quota() {
        return new Quota(burst, WINDOW, daily);
    }

    List<Policy> policies() {
        var policies = new ArrayList<Policy>();
        if (burst > 0) {
            policies.add(new Policy(BURST, burst, WINDOW));
        }
        if (daily > 0) {
            policies.add(new Policy(DAILY, daily, DAY));
        }
        return policies;
    }

    /**
     * How many tokens an instance takes at once: a twentieth of a bucket, at most {@value #LARGEST_LEASE}. So many calls
     * may go uncounted, and so many tokens unused, when an instance dies.
     */
    int lease() {
        var part = burst == 0 ? LARGEST_LEASE : Math.max(1, burst / 20);
        var ofDay = daily == 0 ? LARGEST_LEASE : Math.max(1, daily / 1_000);
        return (int) Math.min(LARGEST_LEASE, Math.min(part, ofDay));
    }
}
