/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.api.versions.Deprecations;
import io.signalbox.model.Operation;
import io.signalbox.model.Operations;
import io.signalbox.model.Scope;
import io.signalbox.runtime.PublicUrl;
import io.signalbox.store.MemoryUsageStore;
import io.signalbox.store.Unavailable;
import io.signalbox.store.UsageStore;
import io.signalbox.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Instances that share the bucket of a client. */
class MeterTest {

    private static final LocalDate DAY = LocalDate.parse("2036-03-01");

    private final SettableClock clock = new SettableClock(Instant.parse("2036-03-01T12:00:00Z"));
    private final Counting store = new Counting(new MemoryUsageStore(clock));

    /** A store that says how often it is asked, and may be away. */
    private static final class Counting implements UsageStore {
        private final UsageStore store;
        private int takes;
        private boolean isAway;

        Counting(UsageStore store) {
            this.store = store;
        }

        @Override
        public Lease take(String client, Quota quota, int wanted, int unspent, Counts counts, Optional<State> seen) {
            takes++;
            if (isAway) {
                throw new Unavailable("away", null);
            }
            return store.take(client, quota, wanted, unspent, counts, seen);
        }

        @Override
        public List<Day> days(LocalDate from, LocalDate to) {
            return store.days(from, to);
        }

        @Override
        public Optional<State> state(String client, LocalDate day) {
            return store.state(client, day);
        }
    }

    private Meter instance(long burst, long daily) {
        return new Meter(() -> store, new Limits(burst, daily), Deprecations.read(), clock);
    }

    private static Call call(String client) {
        var operation = Operations.ALL.stream()
                .filter(one -> one.id().equals("listLeads"))
                .findFirst()
                .orElseThrow();
        return call(client, operation, "");
    }

    private static Call call(String client, Operation operation, String query) {
        var request = new Request(
                operation.method(),
                operation.template(),
                query,
                Map.of(),
                new byte[0],
                new Access.Granted(client, Set.of(Scope.LEADS_READ)),
                new PublicUrl("https://crm.example.com", "https://crm.example.com"),
                "c-1");
        return new Call(request, operation, Map.of());
    }

    private static boolean isServed(Meter meter, String client) throws Exception {
        try {
            meter.answer(call(client), _ -> Response.empty(204));
            return true;
        } catch (Refusal refusal) {
            assertThat(refusal.problem().code().status()).isEqualTo(429);
            return false;
        }
    }

    private long counted() {
        return store.days(DAY, DAY).stream()
                .flatMap(day -> day.counts().calls().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    void two_instances_share_one_bucket() throws Exception {
        var instances = List.of(instance(100, 0), instance(100, 0));
        var random = new Random(3);
        var served = 0;
        for (var i = 0; i < 400; i++) {
            served += isServed(instances.get(random.nextInt(2)), "a") ? 1 : 0;
        }
        assertThat(served).isEqualTo(100);
        assertThat(isServed(instances.getFirst(), "b"))
                .as("another client has its own")
                .isTrue();
    }

    @Test
    void over_a_minute_no_more_is_served_than_the_bucket_and_what_flows_in_and_the_leases_that_lie_about()
            throws Exception {
        var instances = List.of(instance(100, 0), instance(100, 0), instance(100, 0));
        var random = new Random(5);
        var served = 0;
        for (var ms = 0; ms < 60_000; ms += 10) {
            served += isServed(instances.get(random.nextInt(3)), "a") ? 1 : 0;
            clock.advance(Duration.ofMillis(10));
        }
        assertThat(served).isBetween(690, 100 + 600 + 3 * 5);
    }

    @Test
    void a_busy_client_costs_a_write_for_a_lease_of_calls() throws Exception {
        var meter = instance(1_000, 0);
        for (var i = 0; i < 500; i++) {
            assertThat(isServed(meter, "a")).isTrue();
        }
        assertThat(store.takes).isEqualTo(10);
    }

    @Test
    void who_is_refused_costs_no_write_until_there_is_a_token() throws Exception {
        var meter = instance(20, 0);
        for (var i = 0; i < 20; i++) {
            isServed(meter, "a");
        }
        var before = store.takes;
        for (var i = 0; i < 1_000; i++) {
            assertThat(isServed(meter, "a")).isFalse();
        }
        assertThat(store.takes).isEqualTo(before + 1);
        clock.advance(Duration.ofMillis(500));
        assertThat(isServed(meter, "a")).isTrue();
    }

    @Test
    void an_instance_that_dies_takes_less_than_a_lease_of_counts_with_it() throws Exception {
        for (var calls : new int[] {1, 7, 50, 51, 99}) {
            var before = counted();
            var meter = instance(1_000, 0);
            for (var i = 0; i < calls; i++) {
                isServed(meter, "client-" + calls);
            }
            // It dies here.
            assertThat(calls - (counted() - before)).as("of " + calls).isBetween(0L, 49L);
        }
    }

    @Test
    void a_single_call_is_counted_though_the_instance_dies_after_it() throws Exception {
        isServed(instance(1_000, 0), "a");
        assertThat(counted()).isEqualTo(1);
    }

    @Test
    void what_was_counted_is_handed_in_within_a_minute_of_the_instances_next_request() throws Exception {
        var meter = instance(1_000, 0);
        for (var i = 0; i < 30; i++) {
            isServed(meter, "a");
        }
        clock.advance(Meter.LEASE);
        isServed(meter, "b");
        assertThat(counted()).isEqualTo(31);
        assertThat(store.state("a", DAY).orElseThrow().taken())
                .as("and what was not spent is given back")
                .isEqualTo(30);
    }

    @Test
    void without_a_limit_calls_are_counted_and_nothing_is_said() throws Exception {
        var meter = instance(0, 0);
        for (var i = 0; i < 200; i++) {
            var response = meter.answer(call("a"), _ -> Response.empty(204));
            assertThat(response.headers()).doesNotContainKeys("RateLimit", "RateLimit-Policy");
        }
        assertThat(store.takes).isEqualTo(4);
    }

    @Test
    void while_the_storage_is_away_requests_go_through_and_are_counted_later() throws Exception {
        var meter = instance(20, 0);
        store.isAway = true;
        for (var i = 0; i < 5; i++) {
            assertThat(isServed(meter, "a")).isTrue();
        }
        store.isAway = false;
        assertThat(isServed(meter, "a")).isTrue();
        assertThat(counted()).isEqualTo(6);
    }

    @Test
    void the_answer_that_is_no_success_says_what_is_left_too() {
        var meter = instance(1_000, 5_000);
        assertThatThrownBy(() -> meter.answer(call("a"), _ -> {
                    throw Refusal.of(io.signalbox.model.ErrorCode.NOT_FOUND, "no");
                }))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.headers())
                            .containsEntry("RateLimit-Policy", "\"burst\";q=1000;w=10, \"daily\";q=5000;w=86400");
                    assertThat(refusal.headers())
                            .containsEntry("RateLimit", "\"burst\";r=999;t=1, \"daily\";r=4999;t=43200");
                });
    }
}
