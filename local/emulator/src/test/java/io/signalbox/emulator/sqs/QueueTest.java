/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueueTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource clock = () -> now;
    private final Queues queues = Queues.inMemory(clock);
    private Queue queue;

    @BeforeEach
    void create() throws SqsException {
        queues.create("dead", Map.of());
        queue = queues.create(
                "q",
                Map.of(
                        "VisibilityTimeout",
                        "30",
                        "RedrivePolicy",
                        "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:dead\",\"maxReceiveCount\":3}"));
    }

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }

    private List<Received> receive() throws SqsException {
        return queue.receive(10, Duration.ZERO);
    }

    @Test
    void a_received_message_is_hidden_until_its_timeout_and_then_comes_again() throws Exception {
        queue.send("m");
        var first = receive().getFirst();
        assertThat(first.receiveCount()).isEqualTo(1);
        pass(29);
        assertThat(receive()).isEmpty();
        pass(1);
        var second = receive().getFirst();
        assertThat(second.receiveCount()).isEqualTo(2);
        assertThat(second.message()).isEqualTo(first.message());
        assertThat(second.firstReceivedAt()).isEqualTo(first.firstReceivedAt());
    }

    @Test
    void a_deleted_message_never_comes_again_and_deleting_twice_is_no_error() throws Exception {
        queue.send("m");
        var handle = receive().getFirst().receiptHandle();
        queue.delete(handle);
        queue.delete(handle);
        pass(1_000);
        assertThat(receive()).isEmpty();
    }

    @Test
    void a_handle_that_a_later_receive_replaced_deletes_nothing() throws Exception {
        queue.send("m");
        var old = receive().getFirst().receiptHandle();
        pass(30);
        receive();
        queue.delete(old);
        assertThat(queue.depth().inFlight()).isEqualTo(1);
    }

    @Test
    void a_handle_still_deletes_after_its_timeout_when_nobody_else_received() throws Exception {
        queue.send("m");
        var handle = receive().getFirst().receiptHandle();
        pass(31);
        queue.delete(handle);
        assertThat(queue.depth().total()).isZero();
    }

    @Test
    void visibility_can_be_ended_and_prolonged_only_while_in_flight() throws Exception {
        queue.send("m");
        var handle = receive().getFirst().receiptHandle();
        queue.changeVisibility(handle, 100);
        pass(99);
        assertThat(receive()).isEmpty();
        queue.changeVisibility(handle, 0);
        var again = receive().getFirst();
        assertThatThrownBy(() -> queue.changeVisibility(handle, 10))
                .isInstanceOfSatisfying(
                        SqsException.class, e -> assertThat(e.error()).isEqualTo(SqsError.MESSAGE_NOT_INFLIGHT));
        queue.delete(again.receiptHandle());
        assertThatThrownBy(() -> queue.changeVisibility(again.receiptHandle(), 10))
                .isInstanceOfSatisfying(
                        SqsException.class, e -> assertThat(e.error()).isEqualTo(SqsError.INVALID_PARAMETER_VALUE));
    }

    @Test
    void after_its_receives_a_message_is_a_dead_letter_with_its_id_and_its_source() throws Exception {
        var id = queue.send("poison");
        for (var i = 1; i <= 3; i++) {
            assertThat(receive())
                    .singleElement()
                    .satisfies(r -> assertThat(r.message().id()).isEqualTo(id));
            pass(30);
        }
        assertThat(receive()).isEmpty();
        var dead = queues.get("dead").receive(1, Duration.ZERO).getFirst();
        assertThat(dead.message().id()).isEqualTo(id);
        assertThat(dead.systemAttributes()).containsEntry("DeadLetterQueueSourceArn", queue.arn());
        assertThat(queue.depth().total()).isZero();
    }

    @Test
    void dead_letters_in_front_do_not_hide_the_messages_behind_them() throws Exception {
        queue.send("poison");
        for (var i = 1; i <= 3; i++) {
            receive();
            pass(30);
        }
        queue.send("good");
        assertThat(queue.receive(1, Duration.ZERO))
                .singleElement()
                .satisfies(r -> assertThat(r.message().body()).isEqualTo("good"));
    }

    @Test
    void a_delayed_message_comes_when_it_is_due() throws Exception {
        queue.send("SendMessage", List.of(new Message.Draft("m", Map.of(), Map.of(), 60)));
        assertThat(queue.depth()).isEqualTo(new Queue.Depth(0, 0, 1));
        assertThat(receive()).isEmpty();
        pass(60);
        assertThat(receive()).hasSize(1);
    }

    @Test
    void what_is_older_than_the_retention_is_gone() throws Exception {
        queue.set(Map.of("MessageRetentionPeriod", "60"));
        queue.send("m");
        pass(60);
        assertThat(receive()).isEmpty();
        assertThat(queue.depth().total()).isZero();
    }

    @Test
    void a_waiting_receive_gets_a_message_that_arrives_and_one_whose_time_has_come() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> queue.receive(1, Duration.ofSeconds(20)));
            queue.send("m");
            assertThat(waiting.get()).hasSize(1);

            var again = threads.submit(() -> queue.receive(1, Duration.ofSeconds(20)));
            pass(30);
            assertThat(again.get()).hasSize(1);
        }
    }

    @Test
    void closing_ends_a_waiting_receive() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> queue.receive(1, Duration.ofSeconds(20)));
            queues.close();
            assertThat(waiting.get()).isEmpty();
        }
    }

    @Test
    void a_message_that_ten_receivers_want_goes_to_one_of_them() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 500; i++) {
                queue.send("m" + i);
            }
            var tasks = new ArrayList<java.util.concurrent.Future<List<String>>>();
            for (var t = 0; t < 10; t++) {
                tasks.add(threads.submit(() -> {
                    var bodies = new ArrayList<String>();
                    for (var got = queue.receive(10, Duration.ZERO);
                            !got.isEmpty();
                            got = queue.receive(10, Duration.ZERO)) {
                        got.forEach(r -> bodies.add(r.message().body()));
                    }
                    return bodies;
                }));
            }
            var all = new ArrayList<String>();
            for (var task : tasks) {
                all.addAll(task.get());
            }
            assertThat(all).hasSize(500).doesNotHaveDuplicates();
        }
    }

    @Test
    void disorder_repeats_and_shuffles_the_same_for_the_same_seed_and_loses_nothing() throws Exception {
        var one = drain(new Disorder(new Random(5), 0.3, 20));
        var two = drain(new Disorder(new Random(5), 0.3, 20));
        assertThat(one).isEqualTo(two);
        assertThat(new HashSet<>(one)).hasSize(200);
        assertThat(one.size()).isBetween(230, 290);
        assertThat(one).isNotEqualTo(one.stream().sorted().toList());
    }

    private List<String> drain(Disorder disorder) throws SqsException {
        queues.disorder(disorder);
        for (var i = 0; i < 200; i++) {
            queue.send("m%03d".formatted(i));
        }
        var bodies = new ArrayList<String>();
        for (var got = receive(); !got.isEmpty(); got = receive()) {
            for (var received : got) {
                bodies.add(received.message().body());
                queue.delete(received.receiptHandle());
            }
        }
        return bodies;
    }

    @Test
    void without_disorder_messages_come_in_order_once() throws Exception {
        assertThat(drain(null)).hasSize(200).isSorted();
    }
}
