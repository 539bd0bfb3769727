/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.store.IdempotencyStore.Answer;
import io.signalbox.store.IdempotencyStore.Claim;
import io.signalbox.store.IdempotencyStore.Claim.Claimed;
import io.signalbox.store.IdempotencyStore.Claim.Done;
import io.signalbox.store.IdempotencyStore.Claim.InProgress;
import io.signalbox.store.IdempotencyStore.Claim.Reused;
import io.signalbox.testkit.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What every store of idempotency keys does. */
abstract class IdempotencyStoreContract {

    private static final IdempotencyStore.Key KEY = new IdempotencyStore.Key("board", "7f9c");
    private static final Answer CREATED = new Answer(
            201,
            Map.of("Location", "/api/v4/contacts/5", "ETag", "\"1\""),
            "{\"id\":\"5\"}".getBytes(StandardCharsets.UTF_8));

    final SettableClock clock = new SettableClock(Samples.NOW);

    abstract IdempotencyStore store();

    private Claimed claimed(IdempotencyStore.Key key, String fingerprint) {
        return (Claimed) store().claim(key, fingerprint);
    }

    @Test
    void an_answer_is_replayed_to_the_same_request_and_to_no_other() {
        var claim = claimed(KEY, "post 1");
        assertThat(claim).isEqualTo(new Claimed("post 1", clock.instant(), clock.instant()));
        assertThat(store().complete(KEY, claim, CREATED)).isTrue();

        assertThat(store().claim(KEY, "post 1")).isEqualTo(new Done(CREATED));
        assertThat(store().claim(KEY, "post 2")).isEqualTo(new Reused());
    }

    @Test
    void while_one_is_at_it_the_other_is_told_until_when() {
        claimed(KEY, "post 1");
        clock.advance(IdempotencyStore.LEASE.minusMillis(1));

        assertThat(store().claim(KEY, "post 1")).isEqualTo(new InProgress(Samples.NOW.plus(IdempotencyStore.LEASE)));
        assertThat(store().claim(KEY, "post 2")).isEqualTo(new Reused());
    }

    @Test
    void a_claim_whose_holder_is_gone_lapses_to_the_same_request() {
        var first = claimed(KEY, "post 1");
        clock.advance(IdempotencyStore.LEASE);
        assertThat(store().claim(KEY, "post 2")).isEqualTo(new Reused());
        var second = claimed(KEY, "post 1");
        assertThat(second.again()).isTrue();
        assertThat(second.first()).isEqualTo(first.at());

        assertThat(store().complete(KEY, first, CREATED)).isFalse();
        assertThat(store().complete(KEY, second, CREATED)).isTrue();
    }

    @Test
    void the_holder_of_a_lapsed_claim_may_complete_it_while_nobody_else_took_it() {
        var claim = claimed(KEY, "post 1");
        clock.advance(IdempotencyStore.LEASE.multipliedBy(3));

        assertThat(store().complete(KEY, claim, CREATED)).isTrue();
        assertThat(store().claim(KEY, "post 1")).isEqualTo(new Done(CREATED));
    }

    @Test
    void completing_twice_changes_nothing() {
        var claim = claimed(KEY, "post 1");
        assertThat(store().complete(KEY, claim, CREATED)).isTrue();
        assertThat(store().complete(KEY, claim, CREATED)).isTrue();
        assertThat(store().complete(KEY, claim, new Answer(500, Map.of(), new byte[0])))
                .isFalse();
        assertThat(store().claim(KEY, "post 1")).isEqualTo(new Done(CREATED));
    }

    @Test
    void a_released_key_is_as_good_as_new() {
        var claim = claimed(KEY, "post 1");
        store().release(KEY, claim);
        store().release(KEY, claim);

        assertThat(store().complete(KEY, claim, CREATED)).isFalse();
        assertThat(claimed(KEY, "post 2").again()).isFalse();
    }

    @Test
    void a_claim_that_was_let_lapse_is_taken_up_by_the_same_request_alone() {
        var first = claimed(KEY, "post 1");
        clock.advance(Duration.ofSeconds(1));
        store().lapse(KEY, first);
        store().lapse(KEY, first);

        assertThat(store().complete(KEY, first, CREATED)).isFalse();
        assertThat(store().claim(KEY, "post 2")).isEqualTo(new Reused());
        var second = claimed(KEY, "post 1");
        assertThat(second.first()).isEqualTo(first.at());
        store().lapse(KEY, second);
        var third = claimed(KEY, "post 1");
        assertThat(third.first()).isEqualTo(first.at());
        assertThat(store().complete(KEY, third, CREATED)).isTrue();
    }

    @Test
    void what_is_completed_is_not_released() {
        var claim = claimed(KEY, "post 1");
        store().complete(KEY, claim, CREATED);
        store().release(KEY, claim);

        assertThat(store().claim(KEY, "post 1")).isEqualTo(new Done(CREATED));
    }

    @Test
    void a_key_is_free_again_after_a_day() {
        store().complete(KEY, claimed(KEY, "post 1"), CREATED);
        clock.advance(IdempotencyStore.KEPT.minusSeconds(1));
        assertThat(store().claim(KEY, "post 1")).isEqualTo(new Done(CREATED));
        clock.advance(Duration.ofSeconds(1));

        assertThat(claimed(KEY, "post 2").again()).isFalse();
    }

    @Test
    void a_key_belongs_to_its_client() {
        store().complete(KEY, claimed(KEY, "post 1"), CREATED);

        assertThat(store().claim(new IdempotencyStore.Key("other", "7f9c"), "post 2"))
                .isInstanceOf(Claimed.class);
    }

    @Test
    void an_answer_comes_back_byte_by_byte_and_is_refused_when_no_item_holds_it() {
        var random = new Random(1);
        var claim = claimed(KEY, "batch");
        var text =
                "{\"status\":201,\"id\":\"7301444403200001\"},".repeat(50_000).getBytes(StandardCharsets.UTF_8);
        assertThat(store().complete(KEY, claim, new Answer(207, Map.of(), text)))
                .isTrue();
        assertThat(store().claim(KEY, "batch")).isEqualTo(new Done(new Answer(207, Map.of(), text)));

        var noise = new byte[500_000];
        random.nextBytes(noise);
        var other = new IdempotencyStore.Key("board", "noise");
        var mine = claimed(other, "noise");
        assertThatThrownBy(() -> store().complete(other, mine, new Answer(200, Map.of(), noise)))
                .isInstanceOf(TooLarge.class);
    }

    @Test
    void of_many_who_claim_a_key_one_does() throws Exception {
        var calls = new ArrayList<Callable<Claim>>();
        for (var i = 0; i < 8; i++) {
            calls.add(() -> store().claim(KEY, "post 1"));
        }
        var claimed = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var future : threads.invokeAll(calls)) {
                claimed += future.get() instanceof Claimed ? 1 : 0;
            }
        }

        assertThat(claimed).isEqualTo(1);
    }
}
