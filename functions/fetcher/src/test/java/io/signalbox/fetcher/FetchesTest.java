/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.fetcher;

import static io.signalbox.fetcher.Workbench.CONNECTION;
import static io.signalbox.fetcher.Workbench.NOW;
import static io.signalbox.fetcher.Workbench.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Value;
import io.signalbox.outbound.Attention;
import io.signalbox.outbound.Breaker;
import io.signalbox.queue.FetchJob;
import io.signalbox.testkit.fakes.FakeApi.Answer;
import io.signalbox.testkit.fakes.FakeApi.Answer.Manner;
import io.signalbox.vendors.client.ReadBack;
import io.signalbox.vendors.client.Remote;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FetchesTest {

    private static final Remote ONE = new Remote("contacts", "1");

    private final Workbench bench = new Workbench();

    @BeforeEach
    void grant() throws Exception {
        bench.granted();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void a_record_is_read_back_and_ends_its_mark() throws Exception {
        bench.contact("1", "ada@example.com");
        bench.handle(read("1"));
        assertThat(bench.became()).hasSize(2);
        var synced = bench.became().getFirst();
        assertThat(synced.type()).isEqualTo("contact.synced");
        assertThat(synced.time()).isEqualTo(NOW.minusSeconds(5));
        assertThat(synced.properties())
                .containsEntry("email", Value.of("ada@example.com"))
                .containsEntry("favourite_tea", Value.of("oolong"))
                .doesNotContainKey("first_name");
        var completed = bench.became().getLast();
        assertThat(completed.type()).isEqualTo("contact.completed");
        assertThat(completed.time()).isEqualTo(NOW.minusSeconds(10).plusMillis(1));
        assertThat(completed.properties()).containsExactly(Map.entry(ReadBack.PENDING, Value.NULL));
        assertThat(bench.jobs.take()).isEmpty();
    }

    @Test
    void the_same_state_read_again_is_the_same_event() throws Exception {
        bench.contact("1", "ada@example.com");
        bench.handle(read("1"));
        bench.handle(read("1"));
        assertThat(bench.events.deliveries()).hasSize(2);
        assertThat(bench.became().stream().map(event -> event.id()).distinct()).hasSize(2);
    }

    @Test
    void an_id_asked_for_twice_is_read_once_and_a_hundred_in_a_call() throws Exception {
        var ids = IntStream.range(0, 250).mapToObj(Integer::toString).toArray(String[]::new);
        for (var id : ids) {
            bench.contact(id, id + "@example.com");
        }
        bench.handle(read(ids), read(ids), read("7"));
        assertThat(bench.reads()).isEqualTo(3);
        assertThat(bench.ids("contact.synced")).hasSize(250).doesNotHaveDuplicates();
    }

    @Test
    void a_token_is_renewed_ahead_of_its_end() throws Exception {
        bench.contact("1", "ada@example.com");
        bench.clock.advance(Duration.ofMinutes(26));
        bench.handle(read("1"));
        assertThat(bench.refreshes()).isEqualTo(1);
        assertThat(bench.reads()).isEqualTo(1);
        assertThat(bench.ids("contact.synced")).containsExactly("1");
    }

    @Test
    void a_token_that_ends_in_mid_batch_is_renewed_once_and_nothing_is_lost() throws Exception {
        var ids = IntStream.range(0, 300).mapToObj(Integer::toString).toArray(String[]::new);
        for (var id : ids) {
            bench.contact(id, id + "@example.com");
        }
        var reads = new int[1];
        bench.handle(
                bench.fetcher(),
                () -> {
                    if (reads[0]++ == 1) {
                        bench.hubspot.tokens.expire();
                    }
                    return true;
                },
                List.of(read(ids)));
        assertThat(bench.refreshes()).isEqualTo(1);
        assertThat(bench.ids("contact.synced")).hasSize(300);
        assertThat(bench.jobs.take()).isEmpty();
    }

    @Test
    void of_two_fetchers_whose_token_ended_one_renews_it() throws Exception {
        bench.contact("1", "ada@example.com");
        bench.contact("2", "bob@example.com");
        bench.hubspot.tokens.expire();
        var ready = new CountDownLatch(2);
        try (var two = Executors.newFixedThreadPool(2)) {
            for (var id : List.of("1", "2")) {
                two.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return bench.handle(bench.fetcher(), () -> true, List.of(read(id)));
                });
            }
        }
        bench.settle(5);
        assertThat(bench.ids("contact.synced")).containsExactlyInAnyOrder("1", "2");
        assertThat(bench.refreshes()).isEqualTo(1);
        assertThat(bench.reach().attention()).isEmpty();
    }

    @Test
    void a_storm_of_429_loses_nothing_and_waits_as_long_as_it_is_asked_to() throws Exception {
        bench.contact("1", "ada@example.com");
        var slow = Answer.of(429, "{\"policyName\":\"TEN_SECONDLY_ROLLING\"}").with("Retry-After", "7");
        bench.api.fail(slow, slow, slow);
        bench.handle(read("1"));
        assertThat(bench.reads()).isEqualTo(1);
        var waiting = bench.jobs.take();
        assertThat(waiting).singleElement().extracting(FetchJob::notBefore).isEqualTo(NOW.plusSeconds(7));

        bench.handle(read("1"));
        assertThat(bench.reads()).as("others wait too").isEqualTo(1);
        bench.settle(20);
        assertThat(bench.ids("contact.synced")).isNotEmpty().containsOnly("1");
        assertThat(bench.reach().breaker()).isEqualTo(Breaker.Closed.WELL);
    }

    @Test
    void what_a_vendor_asks_for_is_bounded() {
        var hour = Answer.of(429, "{}").with("Retry-After", "99999999");
        bench.api.fail(hour);
        bench.handle(read("1"));
        assertThat(bench.reach().pausedUntil()).isEqualTo(NOW.plus(Duration.ofHours(1)));
    }

    @Test
    void half_an_answer_is_no_answer() throws Exception {
        bench.contact("1", "ada@example.com");
        bench.api.fail(
                Answer.of(200, "{\"status\":\"COMPLETE\",\"results\":[{\"id\":\"1\"}]}")
                        .sent(Manner.CUT),
                Answer.of(200, "{\"status\":\"COMPLETE\",\"resul"));
        bench.handle(read("1"));
        assertThat(bench.events.deliveries()).isEmpty();
        bench.settle(10);
        assertThat(bench.ids("contact.synced")).containsExactly("1");
        assertThat(bench.reads()).isEqualTo(3);
    }

    @Test
    void a_slow_answer_is_not_waited_for() throws Exception {
        bench.contact("1", "ada@example.com");
        bench.api.fail(Answer.of(200, "{}").sent(Manner.NEVER));
        bench.handle(read("1"));
        assertThat(bench.reach().failingSince()).contains(NOW);
        bench.settle(10);
        assertThat(bench.ids("contact.synced")).containsExactly("1");
        assertThat(bench.reach().failingSince()).isEmpty();
    }

    @Test
    void a_vendor_in_trouble_is_spared_and_then_probed_by_one() throws Exception {
        bench.contact("1", "ada@example.com");
        bench.api.fail(Collections.nCopies(6, Answer.of(503, "")).toArray(Answer[]::new));
        for (var i = 0; i < 5; i++) {
            bench.handle(read("1"));
        }
        bench.jobs.take();
        assertThat(bench.reach().breaker()).isInstanceOf(Breaker.Open.class);
        bench.handle(read("1"), read("1"));
        assertThat(bench.reads()).isEqualTo(5);

        bench.clock.set(NOW.plusSeconds(40));
        bench.handle(read("1"));
        assertThat(bench.reads()).as("the probe").isEqualTo(6);
        assertThat(bench.reach().breaker()).isEqualTo(new Breaker.Open(NOW.plusSeconds(40 + 60), 2));
        bench.settle(20);
        assertThat(bench.reach().breaker()).isEqualTo(Breaker.Closed.WELL);
        assertThat(bench.ids("contact.synced")).isNotEmpty();
    }

    @Test
    void a_revoked_grant_raises_attention_once_and_heals_when_granted_anew() throws Exception {
        bench.contact("1", "ada@example.com");
        bench.hubspot.tokens.revoke();
        bench.handle(read("1"));
        var first = bench.reach().attention().orElseThrow();
        assertThat(first.code()).isEqualTo(Attention.Code.GRANT_REVOKED);
        var calls = bench.api.calls().size();
        bench.clock.advance(Duration.ofHours(1));
        bench.handle(bench.jobs.take().toArray(FetchJob[]::new));
        assertThat(bench.api.calls()).as("nothing is sent meanwhile").hasSize(calls);
        assertThat(bench.reach().attention()).contains(first);
        assertThat(bench.reach().failingSince()).contains(NOW);
    }

    @Test
    void a_missing_scope_raises_attention_and_stops_that_kind_alone() throws Exception {
        bench.contact("1", "ada@example.com");
        bench.api.fail(Answer.of(403, "{\"category\":\"MISSING_SCOPES\"}"));
        bench.handle(read("1"));
        assertThat(bench.reach().attention()).map(Attention::code).contains(Attention.Code.SCOPE_MISSING);
        bench.contact("2", "bob@example.com");
        bench.handle(read("2"));
        assertThat(bench.ids("contact.synced")).containsExactly("2");
    }

    @Test
    void a_record_not_there_yet_is_looked_for_again_and_then_taken_for_gone() throws Exception {
        bench.contact("1", "ada@example.com");
        bench.handle(read("1", "late", "never"));
        assertThat(bench.ids("contact.completed")).containsExactly("1");
        bench.contact("late", "late@example.com");
        bench.settle(10);
        assertThat(bench.ids("contact.synced")).containsExactly("1", "late");
        assertThat(bench.ids("contact.completed")).containsExactly("1", "late", "never");
    }

    @Test
    void the_day_s_calls_are_counted_shown_and_left_to_others_when_they_run_out() {
        bench.contact("1", "ada@example.com");
        bench.hubspot.setRemaining(20_000);
        bench.handle(read("1"));
        assertThat(bench.reach().usage().calls()).isEqualTo(1);
        assertThat(bench.reach().usage().vendors())
                .map(quota -> quota.remaining())
                .contains(19_999L);
        bench.handle(read("1"));
        assertThat(bench.reads()).as("under five percent are left").isEqualTo(1);
        assertThat(bench.jobs.take())
                .allSatisfy(job -> assertThat(job.notBefore()).isAfterOrEqualTo(Instant.parse("2026-03-02T00:00:00Z")));
    }

    @Test
    void an_own_limit_of_calls_a_day_holds() {
        bench.reaches.update(CONNECTION, reach -> reach.withGrant(Workbench.granted(2)));
        bench.contact("1", "ada@example.com");
        for (var i = 0; i < 4; i++) {
            bench.handle(read("1"));
        }
        assertThat(bench.reads()).isEqualTo(2);
        bench.clock.set(Instant.parse("2026-03-02T00:00:01Z"));
        bench.handle(read("1"));
        assertThat(bench.reads()).isEqualTo(3);
    }

    @Test
    void without_time_left_nothing_is_begun_and_all_is_put_back() {
        bench.contact("1", "ada@example.com");
        assertThat(bench.handle(bench.fetcher(), () -> false, List.of(read("1"))))
                .isEmpty();
        assertThat(bench.reads()).isZero();
        assertThat(bench.jobs.take()).hasSize(1);
    }

    @Test
    void a_job_that_cannot_be_put_back_stays_on_the_queue() {
        bench.api.fail(Answer.of(503, ""));
        bench.jobs.setAway(true);
        assertThat(bench.handle(bench.fetcher(), () -> true, List.of(read("1"))))
                .hasSize(1);
    }

    @Test
    void what_nobody_could_do_for_three_days_is_given_up_with_its_reason() {
        bench.clock.advance(Duration.ofDays(3).plusSeconds(1));
        bench.handle(read("1"));
        assertThat(bench.jobs.buried()).containsExactly("given up after three days");
        assertThat(bench.reads()).isZero();
    }

    @Test
    void one_bad_id_does_not_stop_the_others() throws Exception {
        bench.contact("1", "ada@example.com");
        bench.contact("2", "bob@example.com");
        bench.api.fail(Answer.of(400, "{}"), Answer.of(400, "{}"));
        bench.handle(read("1", "2"));
        assertThat(bench.ids("contact.synced")).containsExactly("2");
        assertThat(bench.jobs.buried()).containsExactly("the vendor refuses to be asked this");
    }

    @Test
    void what_waits_for_a_connection_without_access_any_more_is_dropped() {
        bench.contact("1", "ada@example.com");
        bench.reaches.delete(CONNECTION);
        bench.handle(read("1"), Workbench.write("1", 5));
        assertThat(bench.api.calls()).isEmpty();
        assertThat(bench.jobs.take()).isEmpty();
    }

    @Test
    void fields_are_written_once_and_known_for_our_own() {
        bench.contact("1", "ada@example.com");
        var fields = Map.of("score", Value.of(42));
        bench.handle(Workbench.write("1", fields), Workbench.write("1", fields));
        assertThat(bench.hubspot.property("contacts", "1", "score")).isEqualTo("42");
        assertThat(bench.api.calls()).hasSize(1);
        assertThat(bench.reach().pushes()).containsExactly("score");
        assertThat(bench.pushed.values(CONNECTION, ONE)).isEqualTo(fields);
    }

    @Test
    void a_write_that_did_not_arrive_is_tried_again() {
        bench.contact("1", "ada@example.com");
        bench.api.fail(Answer.of(503, ""));
        bench.handle(Workbench.write("1", Map.of("score", Value.of(42))));
        assertThat(bench.pushed.values(CONNECTION, ONE)).isEmpty();
        bench.settle(5);
        assertThat(bench.hubspot.property("contacts", "1", "score")).isEqualTo("42");
    }

    @Test
    void a_write_that_was_cut_off_before_the_vendor_heard_of_it_is_done_when_it_comes_again() {
        bench.contact("1", "ada@example.com");
        var fields = Map.of("score", Value.of(42));
        bench.pushed.begin(CONNECTION, ONE, fields, Optional.empty());
        bench.handle(Workbench.write("1", fields));
        assertThat(bench.hubspot.property("contacts", "1", "score")).isEqualTo("42");
        bench.handle(Workbench.write("1", fields));
        assertThat(bench.api.calls()).hasSize(1);
    }

    @Test
    void the_value_of_the_later_version_stays_in_whatever_order_and_however_often_they_come() {
        bench.contact("1", "ada@example.com");
        for (var order : List.of(List.of(1, 2, 3), List.of(3, 1, 2), List.of(2, 3, 1, 3, 2), List.of(3, 2, 2, 1))) {
            var base = bench.api.calls().size() * 10;
            order.forEach(version -> bench.handle(Workbench.write("1", base + version)));
            assertThat(bench.hubspot.property("contacts", "1", "score")).isEqualTo(Integer.toString(base + 3));
        }
    }

    @Test
    void of_two_writers_at_once_the_older_value_does_not_stay() {
        bench.contact("1", "ada@example.com");
        var newer = Workbench.write("1", 6);
        // The other writer is through while the first one's call is under way.
        bench.api.before(() -> bench.handle(newer));
        bench.handle(Workbench.write("1", 5));
        bench.settle(3);
        assertThat(bench.hubspot.property("contacts", "1", "score")).isEqualTo("6");
    }

    @Test
    void a_write_to_a_record_that_is_not_there_is_given_up_with_its_reason() {
        bench.handle(Workbench.write("404", Map.of("score", Value.of(42))));
        assertThat(bench.jobs.buried()).containsExactly("the vendor does not know the record to write to");
    }

    @Test
    void nothing_secret_is_in_the_log() throws Exception {
        bench.contact("1", "ada@example.com");
        bench.hubspot.tokens.revoke();
        bench.handle(read("1"));
        assertThat(bench.printed.toString(UTF_8))
                .contains("needs its owner")
                .doesNotContain("access-", "refresh-", "app-secret", "ada@");
    }
}
