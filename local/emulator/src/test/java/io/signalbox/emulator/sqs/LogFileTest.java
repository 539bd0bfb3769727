/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    private static final Map<String, String> TWO_TRIES = Map.of(
            "VisibilityTimeout",
            "0",
            "RedrivePolicy",
            "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:dead\",\"maxReceiveCount\":\"2\"}");

    @TempDir
    Path directory;

    private Queues open() throws IOException {
        return Queues.open(directory, InstantSource.system());
    }

    private Path log() {
        return directory.resolve("queues.log");
    }

    private static List<String> bodies(Queue queue) {
        return queue.peek(Integer.MAX_VALUE).stream()
                .map(r -> r.message().body())
                .toList();
    }

    @Test
    void messages_attributes_counts_and_settings_are_there_after_a_restart() throws Exception {
        var draft = new Message.Draft(
                "body",
                Map.of("kind", new Attribute("String", "a", null), "raw", new Attribute("Binary", null, "AQI=")),
                Map.of("AWSTraceHeader", "Root=1"),
                0);
        try (var queues = open()) {
            var queue = queues.create("q", Map.of("VisibilityTimeout", "120"));
            queue.send("SendMessage", List.of(draft)).getFirst().orThrow();
            queue.receive(1, Duration.ZERO);
        }
        try (var queues = open()) {
            var queue = queues.get("q");
            assertThat(queue.settings().visibility()).isEqualTo(120);
            var again = queue.receive(1, Duration.ZERO).getFirst();
            assertThat(again.receiveCount()).isEqualTo(2);
            assertThat(again.message().attributes()).isEqualTo(draft.attributes());
            assertThat(again.message().system()).isEqualTo(draft.system());
        }
    }

    @Test
    void a_receipt_handle_outlives_a_restart() throws Exception {
        String handle;
        try (var queues = open()) {
            var queue = queues.create("q", Map.of());
            queue.send("one");
            handle = queue.receive(1, Duration.ZERO).getFirst().receiptHandle();
        }
        try (var queues = open()) {
            queues.get("q").delete(handle);
        }
        try (var queues = open()) {
            assertThat(queues.get("q").depth().total()).isZero();
        }
    }

    @Test
    void a_dead_letter_stays_one_and_remembers_where_it_came_from() throws Exception {
        try (var queues = open()) {
            queues.create("dead", Map.of());
            var queue = queues.create("q", TWO_TRIES);
            queue.send("poison");
            for (var i = 0; i < 3; i++) {
                queue.receive(1, Duration.ZERO);
            }
        }
        try (var queues = open()) {
            assertThat(queues.get("q").depth().total()).isZero();
            var dead = queues.get("dead").receive(1, Duration.ZERO).getFirst();
            assertThat(dead.message().body()).isEqualTo("poison");
            assertThat(dead.deadLetterSource()).isEqualTo(queues.get("q").arn());
        }
    }

    /** Whatever a killed process leaves of its last write, the messages before it are all there. */
    @Test
    void a_torn_end_is_cut_off_wherever_it_was_torn() throws Exception {
        long before;
        try (var queues = open()) {
            var queue = queues.create("q", Map.of());
            queue.send("one");
            before = Files.size(log());
            queue.send("a longer one, so that its remains outlast the next message".repeat(2));
        }
        var whole = Files.readAllBytes(log());
        for (var length = (int) before; length < whole.length; length++) {
            Files.write(log(), java.util.Arrays.copyOf(whole, length));
            try (var queues = open()) {
                assertThat(bodies(queues.get("q"))).containsExactly("one");
                queues.get("q").send("three");
            }
            try (var queues = open()) {
                assertThat(bodies(queues.get("q"))).containsExactly("one", "three");
            }
        }
    }

    @Test
    void damage_before_the_end_is_refused() throws Exception {
        long inTheMiddle;
        try (var queues = open()) {
            var queue = queues.create("q", Map.of());
            queue.send("one");
            inTheMiddle = Files.size(log()) - 20;
            queue.send("two");
        }
        try (var file = new RandomAccessFile(log().toFile(), "rw")) {
            file.seek(inTheMiddle);
            var old = file.read();
            file.seek(inTheMiddle);
            file.write(old ^ 1);
        }
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("damaged");
    }

    @Test
    void one_directory_has_one_owner() throws Exception {
        try (var queues = open()) {
            assertThat(queues.names()).isEmpty();
            assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("open already");
        }
        open().close();
    }

    @Test
    void the_log_shrinks_when_most_of_it_is_dead_and_loses_nothing_alive() throws Exception {
        var large = "x".repeat(100_000);
        var kept = new ArrayList<String>();
        try (var queues = open()) {
            var queue = queues.create("q", Map.of());
            for (var i = 0; i < 400; i++) {
                queue.send(large);
                queue.delete(queue.receive(1, Duration.ZERO).getFirst().receiptHandle());
                if (i % 10 == 0) {
                    kept.add("keep " + i);
                    queue.send("SendMessage", List.of(new Message.Draft(kept.getLast(), Map.of(), Map.of(), 900)));
                }
            }
        }
        assertThat(Files.size(log())).isLessThan(10_000_000);
        try (var queues = open()) {
            assertThat(bodies(queues.get("q"))).containsExactlyInAnyOrderElementsOf(kept);
        }
    }

    /** Any calls in any order: what a restart finds is what was there. */
    @Test
    void a_restart_changes_nothing() throws Exception {
        for (var seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var at = directory.resolve(Integer.toString(seed));
            for (var restart = 0; restart < 4; restart++) {
                List<String> before;
                List<String> dead;
                try (var queues = Queues.open(at, InstantSource.system())) {
                    queues.create("dead", Map.of());
                    var queue = queues.create("q", TWO_TRIES);
                    for (var step = 0; step < 60; step++) {
                        step(queue, random);
                    }
                    before = bodies(queue);
                    dead = bodies(queues.get("dead"));
                }
                try (var queues = Queues.open(at, InstantSource.system())) {
                    assertThat(bodies(queues.get("q"))).containsExactlyInAnyOrderElementsOf(before);
                    assertThat(bodies(queues.get("dead"))).containsExactlyInAnyOrderElementsOf(dead);
                }
            }
        }
    }

    private static void step(Queue queue, Random random) throws SqsException {
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3, 4 -> queue.send("m" + random.nextInt(1_000_000));
            case 5, 6 -> queue.receive(1 + random.nextInt(3), Duration.ZERO);
            case 7, 8 -> {
                for (var received : queue.receive(2, Duration.ZERO)) {
                    queue.delete(received.receiptHandle());
                }
            }
            default -> {
                if (random.nextInt(10) == 0) {
                    queue.purge();
                }
            }
        }
    }
}
