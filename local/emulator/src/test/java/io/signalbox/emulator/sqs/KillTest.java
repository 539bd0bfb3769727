/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a queue acknowledged before its process was killed is there afterwards; what it deleted is not. */
class KillTest {

    private static final int ROUNDS = 5;

    @TempDir
    Path directory;

    @Test
    void every_acknowledged_send_and_delete_survives_kill_9() throws Exception {
        var random = new Random(11);
        Set<String> sent = new HashSet<>();
        Set<String> deleted = new HashSet<>();
        for (var round = 0; round < ROUNDS; round++) {
            var lines = loadUntilKilled(round, 200 + random.nextInt(800));
            lines.forEach(
                    line -> (line.startsWith("sent ") ? sent : deleted).add(line.substring(line.indexOf(' ') + 1)));

            try (var queues = Queues.open(directory, InstantSource.system())) {
                var there = new HashSet<String>();
                queues.get("q")
                        .peek(Integer.MAX_VALUE)
                        .forEach(r -> there.add(r.message().body()));
                var expected = new HashSet<>(sent);
                expected.removeAll(deleted);
                // A call that was killed before its answer may have been kept: a send more, or a delete.
                var missing = new HashSet<>(expected);
                missing.removeAll(there);
                assertThat(missing).hasSizeLessThanOrEqualTo(Load.THREADS);
                assertThat(there).doesNotContainAnyElementsOf(deleted);
                deleted.addAll(missing);
            }
        }
        assertThat(sent).hasSizeGreaterThan(ROUNDS * 100);
        assertThat(deleted).hasSizeGreaterThan(ROUNDS * 10);
    }

    private List<String> loadUntilKilled(int round, int lines) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Load.class.getName(),
                        directory.toString(),
                        Integer.toString(round))
                .redirectError(new File(directory.toFile(), "errors"))
                .start();
        var read = new ArrayList<String>();
        try (BufferedReader out = process.inputReader(UTF_8)) {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                read.add(line);
                if (read.size() == lines) {
                    // By its handle, which leaves the pipe open: what was said before the end is still to be read.
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(read).hasSizeGreaterThanOrEqualTo(lines);
        return read;
    }

    /** Sends and deletes until it is killed, and says each after it was acknowledged. */
    static final class Load {

        static final int THREADS = 4;

        private Load() {}

        public static void main(String[] args) throws Exception {
            var queues = Queues.open(Path.of(args[0]), InstantSource.system());
            var queue = queues.create("q", Map.of());
            for (var t = 0; t < THREADS; t++) {
                var prefix = args[1] + "." + t + ".";
                Thread.ofPlatform().start(() -> work(queue, prefix));
            }
        }

        private static void work(Queue queue, String prefix) {
            try {
                for (var i = 0; ; i++) {
                    var body = prefix + i;
                    queue.send(body);
                    say("sent " + body);
                    if (i % 3 == 0) {
                        for (var received : queue.receive(1, Duration.ZERO)) {
                            queue.delete(received.receiptHandle());
                            say("deleted " + received.message().body());
                        }
                    }
                }
            } catch (SqsException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void say(String line) {
            var bytes = (line + "\n").getBytes(UTF_8);
            synchronized (Load.class) {
                System.out.write(bytes, 0, bytes.length);
                System.out.flush();
            }
        }
    }
}
