/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Value;
import io.signalbox.store.JobStore.Job;
import io.signalbox.store.JobStore.State;
import io.signalbox.testkit.SettableClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every store of jobs does. */
abstract class JobStoreContract {

    private static final Value INPUT = Value.of(Map.of("record", Value.of("contact/5")));
    private static final Value RECEIPT = Value.of(Map.of("records", Value.of(1), "segments", Value.of(12)));

    final SettableClock clock = new SettableClock(Samples.NOW);

    abstract JobStore store();

    private Job job(String id) {
        return Job.queued(id, "erase", "board", INPUT, clock.instant());
    }

    @Test
    void a_job_runs_from_queued_to_its_receipt() {
        var queued = job("j1");
        assertThat(store().create(queued)).isTrue();
        assertThat(store().get("j1")).contains(queued);
        clock.advance(Duration.ofSeconds(3));
        var running = queued.next(State.RUNNING, Value.NULL, clock.instant());
        assertThat(store().replace(running)).isTrue();
        var done = running.next(State.SUCCEEDED, RECEIPT, clock.instant());
        assertThat(store().replace(done)).isTrue();

        assertThat(store().get("j1")).contains(done);
        assertThat(store().get("j2")).isEmpty();
    }

    @Test
    void an_id_is_given_once() {
        var first = job("j1");
        assertThat(store().create(first)).isTrue();
        assertThat(store().create(first)).as("the same again").isTrue();
        assertThat(store().create(Job.queued("j1", "export", "board", INPUT, clock.instant())))
                .isFalse();
        assertThat(store().get("j1")).contains(first);
    }

    @Test
    void of_two_who_take_a_job_on_one_does() {
        var queued = job("j1");
        store().create(queued);
        var mine = queued.next(State.RUNNING, Value.of("mine"), clock.instant());
        var theirs = queued.next(State.RUNNING, Value.of("theirs"), clock.instant());

        assertThat(store().replace(mine)).isTrue();
        assertThat(store().replace(mine)).as("the same again").isTrue();
        assertThat(store().replace(theirs)).isFalse();
        assertThat(store().replace(job("j2").next(State.RUNNING, Value.NULL, clock.instant())))
                .isFalse();
    }

    @Test
    void a_finished_job_stays_as_it_is() {
        var queued = job("j1");
        store().create(queued);
        var failed = queued.next(State.FAILED, Value.of("why"), clock.instant());
        assertThat(store().replace(failed)).isTrue();
        assertThat(store().replace(failed)).as("the same again").isTrue();

        assertThat(store().replace(failed.next(State.RUNNING, Value.NULL, clock.instant())))
                .isFalse();
        assertThat(store().replace(failed.next(State.SUCCEEDED, Value.NULL, clock.instant())))
                .isFalse();
        assertThat(store().get("j1")).contains(failed);
    }

    @Test
    void unfinished_jobs_are_found_oldest_first() {
        for (var id : new String[] {"c", "a", "b", "d"}) {
            store().create(job(id));
            clock.advance(Duration.ofSeconds(1));
        }
        var a = store().get("a").orElseThrow();
        store().replace(a.next(State.SUCCEEDED, RECEIPT, clock.instant()));
        var b = store().get("b").orElseThrow();
        store().replace(b.next(State.RUNNING, Value.NULL, clock.instant()));

        assertThat(store().open(10)).extracting(Job::id).containsExactly("c", "b", "d");
        assertThat(store().open(2)).extracting(Job::id).containsExactly("c", "b");
    }

    @Test
    void a_finished_job_is_forgotten_after_thirty_days_and_an_open_one_never() {
        store().create(job("open"));
        var queued = job("done");
        store().create(queued);
        store().replace(queued.next(State.SUCCEEDED, RECEIPT, clock.instant()));
        clock.advance(JobStore.KEPT.minusSeconds(1));
        assertThat(store().get("done")).isPresent();
        clock.advance(Duration.ofSeconds(1));

        assertThat(store().get("done")).isEmpty();
        assertThat(store().get("open")).isPresent();
        assertThat(store().create(job("done"))).isTrue();
    }
}
