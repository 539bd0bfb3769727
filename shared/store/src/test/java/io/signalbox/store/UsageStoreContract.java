/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.store.UsageStore.Counts;
import io.signalbox.store.UsageStore.Lease;
import io.signalbox.store.UsageStore.Quota;
import io.signalbox.store.UsageStore.State;
import io.signalbox.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of usage does. */
abstract class UsageStoreContract {

    private static final Instant NOON = Instant.parse("2036-03-01T12:00:00Z");
    private static final LocalDate DAY = LocalDate.parse("2036-03-01");
    private static final Quota TEN_IN_TEN_SECONDS = new Quota(10, Duration.ofSeconds(10), 0);

    final SettableClock clock = new SettableClock(NOON);

    abstract UsageStore store();

    private Lease take(String client, Quota quota, int wanted) {
        return store().take(client, quota, wanted, 0, Counts.NONE, Optional.empty());
    }

    @Test
    void a_bucket_gives_what_it_holds_and_fills_up_again_token_by_token() {
        assertThat(take("a", TEN_IN_TEN_SECONDS, 7).granted()).isEqualTo(7);
        assertThat(take("a", TEN_IN_TEN_SECONDS, 7).granted()).isEqualTo(3);
        var refused = take("a", TEN_IN_TEN_SECONDS, 7);
        assertThat(refused.granted()).isZero();
        assertThat(refused.violated()).isEqualTo("burst");
        assertThat(refused.after()).contains(Duration.ofSeconds(1));

        clock.advance(Duration.ofMillis(999));
        assertThat(take("a", TEN_IN_TEN_SECONDS, 7).granted()).isZero();
        clock.advance(Duration.ofMillis(1));
        assertThat(take("a", TEN_IN_TEN_SECONDS, 7).granted()).isEqualTo(1);
        clock.advance(Duration.ofHours(1));
        assertThat(take("a", TEN_IN_TEN_SECONDS, 70).granted())
                .as("never more than full")
                .isEqualTo(10);
        assertThat(take("b", TEN_IN_TEN_SECONDS, 10).granted())
                .as("another client's")
                .isEqualTo(10);
    }

    @Test
    void a_day_has_its_tokens_and_the_next_has_them_anew() {
        var daily = new Quota(0, Duration.ofSeconds(10), 12);
        assertThat(take("a", daily, 10).granted()).isEqualTo(10);
        assertThat(take("a", daily, 10).granted()).isEqualTo(2);
        var refused = take("a", daily, 1);
        assertThat(refused.violated()).isEqualTo("daily");
        assertThat(refused.after()).contains(Duration.ofHours(12));
        clock.advance(Duration.ofHours(12));
        assertThat(take("a", daily, 10).granted()).isEqualTo(10);
    }

    @Test
    void tokens_that_were_not_spent_go_back() {
        take("a", TEN_IN_TEN_SECONDS, 10);
        var lease = store().take("a", TEN_IN_TEN_SECONDS, 10, 4, Counts.NONE, Optional.empty());
        assertThat(lease.granted()).isEqualTo(4);
        assertThat(lease.state().taken()).isEqualTo(10);
    }

    @Test
    void what_was_seen_may_be_old() {
        var first = take("a", TEN_IN_TEN_SECONDS, 5).state();
        take("a", TEN_IN_TEN_SECONDS, 4);
        for (var seen : new State[] {first, new State(DAY, 0, 0), new State(DAY.minusDays(1), 7, 7)}) {
            assertThat(store().take("a", TEN_IN_TEN_SECONDS, 0, 0, Counts.NONE, Optional.of(seen))
                            .state()
                            .taken())
                    .isEqualTo(9);
        }
        assertThat(store().state("a", DAY).orElseThrow().inBucket(TEN_IN_TEN_SECONDS, clock.instant()))
                .isEqualTo(1);
        assertThat(store().state("nobody", DAY)).isEmpty();
    }

    @Test
    void counts_add_up_by_client_and_day() {
        var some = new Counts(Map.of("getLead", 2L, "listLeadsV3", 1L), Map.of("v3", 1L), Map.of("lead_score", 1L), 0);
        store().take("a", Quota.NONE, 5, 0, some, Optional.empty());
        clock.advance(Duration.ofSeconds(90));
        store().take("a", Quota.NONE, 0, 0, new Counts(Map.of("getLead", 3L), Map.of(), Map.of(), 4), Optional.empty());
        store().take("b", Quota.NONE, 5, 0, some, Optional.empty());
        clock.advance(Duration.ofDays(1));
        store().take("a", Quota.NONE, 5, 0, some, Optional.empty());

        var days = store().days(DAY, DAY.plusDays(3));
        assertThat(days).extracting(UsageStore.Day::client).containsExactly("a", "b", "a");
        var day = days.getFirst();
        assertThat(day.day()).isEqualTo(DAY);
        assertThat(day.counts().calls()).isEqualTo(Map.of("getLead", 5L, "listLeadsV3", 1L));
        assertThat(day.counts().used()).isEqualTo(Map.of("v3", 1L));
        assertThat(day.counts().returned()).isEqualTo(Map.of("lead_score", 1L));
        assertThat(day.counts().refused()).isEqualTo(4);
        assertThat(day.lastSeen()).isEqualTo(NOON.plusSeconds(90));
        assertThat(day.lastUsed()).isEqualTo(Map.of("v3", NOON));
        assertThat(store().days(DAY.plusDays(1), DAY.plusDays(1))).hasSize(1);
        assertThat(store().days(DAY.minusDays(5), DAY.minusDays(1))).isEmpty();
    }

    /** However leases, gifts back and waiting follow one another, no more is granted than a bucket and what flows in. */
    @Test
    void no_order_of_leases_grants_more_than_the_bucket_and_what_flows_in() {
        var random = new java.util.Random(11);
        for (var run = 0; run < 20; run++) {
            var client = "c" + run;
            var start = clock.instant();
            long granted = 0;
            var held = 0;
            for (var step = 0; step < 25; step++) {
                clock.advance(Duration.ofMillis(random.nextInt(1_500)));
                if (!LocalDate.ofInstant(clock.instant(), java.time.ZoneOffset.UTC)
                        .equals(DAY)) {
                    return;
                }
                var back = held == 0 ? 0 : random.nextInt(held + 1);
                var lease = store().take(
                                client, TEN_IN_TEN_SECONDS, random.nextInt(8), back, Counts.NONE, Optional.empty());
                granted += lease.granted() - back;
                held = lease.granted();
                var seconds = Duration.between(start, clock.instant()).toMillis() / 1_000.0;
                assertThat(granted).isLessThanOrEqualTo((long) (10 + seconds + 1e-6));
            }
        }
    }
}
