/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.promises;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.local.Instance;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.UniqueKey;
import io.signalbox.testkit.LocalAws;
import io.signalbox.testkit.SettableClock;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Acked means kept, on one machine too: what an instance acknowledged before its process was killed is in its records
 * after the next start on the same folder, each event once.
 */
class KillTest {

    private static final int ROUNDS = Integer.getInteger("kill.rounds", 1);
    private static final int DELIVERIES = 300;
    private static final int SENDERS = 4;

    @TempDir
    Path data;

    private final Random random = new Random(31);
    private final SettableClock clock = new SettableClock(Instant.now());

    @Test
    void what_was_acknowledged_before_a_kill_is_there_once_after_it() throws Exception {
        // Makes the connection, which the child then finds.
        rig().close();
        for (var round = 0; round < ROUNDS; round++) {
            round();
        }
    }

    private Rig rig() throws Exception {
        return Rig.start(Instance.Options.inMemory(LocalAws.root(), clock).withData(data));
    }

    private void round() throws Exception {
        var lives = new HashMap<UniqueKey, List<byte[]>>();
        var acked = ConcurrentHashMap.<byte[]>newKeySet();
        Sender sender;
        try (var rig = rig()) {
            for (var bodies = 0; bodies < DELIVERIES; ) {
                var life = rig.samples.life(random, Instant.now());
                var id = new ExternalId(rig.connection().id(), life.externalId());
                lives.put(UniqueKey.external(ObjectType.CONTACT, id), life.bodies());
                bodies += life.bodies().size();
            }
            sender = new Sender(
                    rig,
                    lives.values().stream().flatMap(List::stream).toList(),
                    acked,
                    DELIVERIES / 4 + random.nextInt(DELIVERIES / 2));
        }
        sender.loadUntilKilled();

        clock.set(Instant.now());
        try (var rig = rig()) {
            rig.settle(clock);
            var reference = new Reference(rig.connection(), clock);
            var lost = 0;
            var unacked = 0;
            for (var life : lives.entrySet()) {
                var kept = rig.view(life.getKey())
                        .map(view -> Set.copyOf(view.history()))
                        .orElse(Set.of());
                for (var body : life.getValue()) {
                    var ids = reference.apply(body);
                    if (!acked.contains(body)) {
                        unacked++;
                    } else if (!kept.containsAll(ids)) {
                        lost++;
                    }
                }
            }
            assertThat(lost)
                    .as("lost of %d acknowledged deliveries", acked.size())
                    .isZero();
            assertThat(unacked).as("deliveries the kill came before").isPositive();

            // The vendor repeats what it knows nothing of, and some that it does.
            for (var body : sender.bodies) {
                if (!acked.contains(body) || random.nextInt(10) == 0) {
                    assertThat(rig.post(body)).isEqualTo(200);
                }
            }
            rig.settle(clock);
            for (var key : lives.keySet()) {
                assertThat(rig.view(key)).as("%s", key).isEqualTo(reference.view(key));
            }
        }
    }

    /** Posts to a child process from several threads, and kills it in the middle. */
    private final class Sender {
        private final Rig rig;
        private final List<byte[]> bodies;
        private final Set<byte[]> acked;
        private final int killAfter;

        Sender(Rig rig, List<byte[]> bodies, Set<byte[]> acked, int killAfter) {
            this.rig = rig;
            this.bodies = bodies;
            this.acked = acked;
            this.killAfter = killAfter;
        }

        void loadUntilKilled() throws Exception {
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var child = new ProcessBuilder(
                            java,
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Child.class.getName(),
                            data.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                var base = URI.create(started(child));
                post(base, child);
            } finally {
                child.destroyForcibly();
                assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
        }

        /** Functions log to the same stream, before and after. */
        private static String started(Process child) throws IOException {
            var out = child.inputReader(UTF_8);
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(Child.AT)) {
                    Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
                    return line.substring(Child.AT.length());
                }
            }
            throw new IOException("the child did not start");
        }

        private void post(URI base, Process child) {
            var next = new AtomicInteger();
            try (var threads = Executors.newFixedThreadPool(SENDERS)) {
                for (var i = 0; i < SENDERS; i++) {
                    threads.submit(() -> {
                        for (var n = next.getAndIncrement(); n < bodies.size(); n = next.getAndIncrement()) {
                            if (one(base, bodies.get(n)) && acked.size() >= killAfter) {
                                child.destroyForcibly();
                            }
                        }
                        return null;
                    });
                }
            }
        }

        private boolean one(URI base, byte[] body) throws InterruptedException {
            var headers =
                    rig.samples.sign(body, rig.connection(), Instant.now()).headers();
            var path = rig.connection().publicUrl().getRawPath();
            try {
                return rig.post(base, path, body, headers).statusCode() / 100 == 2 && acked.add(body);
            } catch (IOException e) {
                // The kill came first; the delivery may have been kept all the same.
                return false;
            }
        }
    }

    /** An instance that runs until it is killed, or its parent is gone. */
    static final class Child {

        static final String AT = "at ";

        private Child() {}

        public static void main(String[] args) throws Exception {
            var instance = Instance.start(Instance.Options.inMemory(LocalAws.root(), Clock.systemUTC())
                    .withData(Path.of(args[0])));
            instance.run();
            System.out.println(AT + instance.baseUrl());
            // Ends with its parent, whose side of the pipe closes.
            System.in.transferTo(OutputStream.nullOutputStream());
            Runtime.getRuntime().halt(1);
        }
    }
}
