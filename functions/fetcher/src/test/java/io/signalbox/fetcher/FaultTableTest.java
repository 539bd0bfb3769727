/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Value;
import io.signalbox.outbound.Attention;
import io.signalbox.outbound.Breaker;
import io.signalbox.queue.FetchJob;
import io.signalbox.testkit.fakes.CrmShape;
import io.signalbox.testkit.fakes.CrmShapes;
import io.signalbox.testkit.fakes.FakeApi.Answer;
import io.signalbox.testkit.fakes.FakeApi.Answer.Manner;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same faults at every vendor that has a client. HubSpot's are in {@link FetchesTest}, at greater length. */
@Timeout(60)
class FaultTableTest {

    static Stream<CrmShape> vendors() {
        return CrmShapes.all().stream();
    }

    static Stream<CrmShape> vendorsThatRenewTokens() {
        return vendors().filter(shape -> !shape.tokenEndpoint().isEmpty());
    }

    static Stream<CrmShape> vendorsWithATokenForGood() {
        return vendors().filter(shape -> shape.tokenEndpoint().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void records_are_read_back_as_many_in_a_call_as_it_takes(CrmShape shape) throws Exception {
        try (var vendor = new VendorBench(shape)) {
            var most = vendor.client.batchSize();
            var ids = vendor.records(2 * most + 1);
            vendor.bench.handle(vendor.read(ids), vendor.read(ids.subList(0, 1)));
            assertThat(vendor.synced()).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(vendor.completed()).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(vendor.bench.became())
                    .filteredOn(event -> event.type().endsWith(".synced"))
                    .allSatisfy(event -> assertThat(event.properties().get("email"))
                            .isInstanceOfSatisfying(
                                    Value.Text.class,
                                    email -> assertThat(email.value()).endsWith("@example.com")));
            assertThat(vendor.bench.api.calls()).hasSize(3);
            assertThat(vendor.bench.jobs.take()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("vendorsThatRenewTokens")
    void a_token_that_ends_in_mid_batch_is_renewed_once_and_nothing_is_lost(CrmShape shape) throws Exception {
        try (var vendor = new VendorBench(shape)) {
            var ids = vendor.records(2 * vendor.client.batchSize() + 1);
            var chunk = new int[1];
            vendor.bench.handle(
                    vendor.bench.fetcher(),
                    () -> {
                        if (chunk[0]++ == 1) {
                            vendor.crm.tokens.expire();
                        }
                        return true;
                    },
                    List.of(vendor.read(ids)));
            assertThat(vendor.refreshes()).isEqualTo(1);
            assertThat(vendor.synced()).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(vendor.bench.jobs.take()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("vendorsThatRenewTokens")
    void of_two_fetchers_whose_token_ended_one_renews_it(CrmShape shape) throws Exception {
        try (var vendor = new VendorBench(shape)) {
            var ids = vendor.records(2);
            vendor.crm.tokens.expire();
            var ready = new CountDownLatch(2);
            try (var two = Executors.newFixedThreadPool(2)) {
                for (var id : ids) {
                    two.submit(() -> {
                        ready.countDown();
                        ready.await();
                        return vendor.bench.handle(
                                vendor.bench.fetcher(), () -> true, List.of(vendor.read(List.of(id))));
                    });
                }
            }
            vendor.bench.settle(5);
            assertThat(vendor.synced()).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(vendor.refreshes()).isEqualTo(1);
            assertThat(vendor.reach().attention()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void a_storm_of_429_loses_nothing_and_waits_as_long_as_it_is_asked_to(CrmShape shape) throws Exception {
        try (var vendor = new VendorBench(shape)) {
            var ids = vendor.records(1);
            var slow = shape.slowDown();
            vendor.bench.api.fail(slow, slow, slow);
            vendor.bench.handle(vendor.read(ids));
            var waiting = vendor.bench.jobs.take();
            assertThat(waiting).singleElement().extracting(FetchJob::notBefore).isEqualTo(Workbench.NOW.plusSeconds(7));
            vendor.bench.handle(vendor.read(ids));
            assertThat(vendor.bench.api.calls()).as("others wait too").hasSize(1);
            vendor.bench.settle(20);
            assertThat(vendor.synced()).containsOnlyOnceElementsOf(ids);
            assertThat(vendor.reach().breaker()).isEqualTo(Breaker.Closed.WELL);
            assertThat(vendor.reach().attention()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void half_an_answer_is_no_answer(CrmShape shape) throws Exception {
        try (var vendor = new VendorBench(shape)) {
            var ids = vendor.records(1);
            vendor.bench.api.fail(
                    Answer.of(200, "{\"data\":[],\"value\":[],\"results\":[]}").sent(Manner.CUT),
                    Answer.of(200, "{\"data\":[{\"id\":\"1\","));
            vendor.bench.handle(vendor.read(ids));
            assertThat(vendor.completed()).isEmpty();
            vendor.bench.settle(20);
            assertThat(vendor.synced()).containsExactlyElementsOf(ids);
        }
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void an_answer_that_does_not_come_in_time_is_asked_for_again(CrmShape shape) throws Exception {
        try (var vendor = new VendorBench(shape)) {
            var ids = vendor.records(1);
            vendor.bench.api.fail(Answer.of(200, "").sent(Manner.NEVER), Answer.of(503, ""));
            vendor.bench.handle(vendor.read(ids));
            assertThat(vendor.synced()).isEmpty();
            assertThat(vendor.reach().failingSince()).contains(Workbench.NOW);
            vendor.bench.settle(20);
            assertThat(vendor.synced()).containsExactlyElementsOf(ids);
            assertThat(vendor.reach().failingSince()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void a_record_that_is_gone_does_not_stop_the_others(CrmShape shape) throws Exception {
        try (var vendor = new VendorBench(shape)) {
            var ids = vendor.records(2);
            var gone = shape.id(99);
            vendor.bench.handle(vendor.read(List.of(ids.getFirst(), gone, ids.getLast())));
            vendor.bench.settle(20);
            assertThat(vendor.synced()).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(vendor.completed()).containsAll(ids);
            assertThat(vendor.reach().attention()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("vendorsThatRenewTokens")
    void a_revoked_grant_is_told_once_and_nothing_is_sent_meanwhile(CrmShape shape) throws Exception {
        try (var vendor = new VendorBench(shape)) {
            vendor.crm.tokens.revoke();
            vendor.bench.handle(vendor.read(vendor.records(1)));
            var told = vendor.reach().attention().orElseThrow();
            assertThat(told.code()).isEqualTo(Attention.Code.GRANT_REVOKED);
            var calls = vendor.bench.api.calls().size();
            vendor.bench.handle(vendor.bench.jobs.take().toArray(FetchJob[]::new));
            assertThat(vendor.bench.api.calls()).hasSize(calls);
            assertThat(vendor.reach().attention()).contains(told);
        }
    }

    @ParameterizedTest
    @MethodSource("vendorsWithATokenForGood")
    void a_token_that_was_taken_back_is_told_once(CrmShape shape) throws Exception {
        try (var vendor = new VendorBench(shape)) {
            vendor.crm.tokens.expire();
            vendor.bench.handle(vendor.read(vendor.records(1)));
            assertThat(vendor.reach().attention()).map(Attention::code).contains(Attention.Code.GRANT_REVOKED);
            assertThat(vendor.bench.jobs.take()).as("put off, not lost").hasSize(1);
        }
    }
}
