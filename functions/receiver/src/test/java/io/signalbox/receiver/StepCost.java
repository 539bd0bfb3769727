/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.receiver;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Delivery;
import io.signalbox.model.Rejection;
import io.signalbox.model.VendorId;
import io.signalbox.parameters.ConnectionParameters;
import io.signalbox.parameters.MemoryParameters;
import io.signalbox.queue.DeliveryCodec;
import io.signalbox.queue.EventQueue;
import io.signalbox.runtime.Env;
import io.signalbox.runtime.Log;
import io.signalbox.runtime.Metrics;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Vendors;
import io.signalbox.vendors.signing.Signatures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * Prints what each step of accepting one delivery costs, in nanoseconds of CPU, against one HMAC and one copy of its body. Run
 * by hand: it judges nothing, for a busy machine would decide.
 */
final class StepCost {

    private static final int ROUNDS = 9;
    private static final int CALLS = 20_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    static volatile Object sink;

    private StepCost() {}

    public static void main(String[] args) throws Exception {
        var clock = Clock.systemUTC();
        var samples = Vendors.find(new VendorId("hubspot")).orElseThrow().samples();
        var secret = samples.newSecret(new Random(1));
        var connection = new Connection(
                new ConnectionId("acme"),
                new VendorId("hubspot"),
                URI.create("https://signalbox.test/hooks/v1/hubspot/acme"),
                List.of(new Connection.Secret("s1", secret, clock.instant(), Optional.empty())),
                Map.of(),
                clock.instant());
        var body = samples.life(new Random(2), clock.instant()).bodies().get(1);
        var event = HttpEvents.post(
                        "hubspot",
                        "acme",
                        samples.sign(body, connection, clock.instant()).headers(),
                        body)
                .json();
        var parameters = new MemoryParameters();
        new ConnectionParameters(parameters, clock).save(connection);
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var handler = new ReceiverHandler(
                new Receiver(new Env(Map.of()), new ConnectionParameters(parameters, clock), new Encoder(), clock),
                new Log("receiver", clock, nowhere),
                new Metrics("receiver", clock, nowhere));
        var key = secret.getBytes(StandardCharsets.UTF_8);
        var delivery =
                new Delivery(new VendorId("hubspot"), connection.id(), clock.instant(), "1-test-test", Map.of(), body);
        var answer = Answer.ACCEPTED;

        System.out.printf("body %d bytes, event %d bytes%n", body.length, event.length);
        var hmac = measure("one HMAC of the body", () -> Signatures.hmacSha256(key, body));
        var copy = measure("one copy of the body", body::clone);
        measure("read the event", () -> HookRequest.read(new ByteArrayInputStream(event)));
        measure("write the envelope", () -> DeliveryCodec.encode(delivery));
        var inbound = new InboundRequest(
                "POST", "", HookRequest.read(new ByteArrayInputStream(event)).headers(), body);
        var vendor = Vendors.find("hubspot").orElseThrow();
        var now = clock.instant();
        measure("verify", () -> vendor.verify(inbound, connection, now));
        var log = new Log("receiver", clock, nowhere);
        measure("write the log line", () -> {
            log.info(
                    "request",
                    Log.line()
                            .with("correlation_id", "1-test-test")
                            .with("outcome", "accepted")
                            .with("ms", 1));
            return log;
        });
        measure("write the answer", () -> answer.event("1-test-test"));
        var whole = measure("the whole request", () -> {
            var out = new ByteArrayOutputStream(512);
            handler.handleRequest(new ByteArrayInputStream(event), out, null);
            return out;
        });
        System.out.printf("whole / (3 HMAC + copy) = %.2f%n", whole / (3 * hmac + copy));
    }

    /** The median of rounds, after as many that do not count. */
    private static double measure(String name, Callable<?> step) throws Exception {
        var nanos = new double[ROUNDS];
        for (var round = -ROUNDS; round < ROUNDS; round++) {
            var start = THREADS.getCurrentThreadCpuTime();
            for (var call = 0; call < CALLS; call++) {
                sink = step.call();
            }
            if (round >= 0) {
                nanos[round] = (THREADS.getCurrentThreadCpuTime() - start) / (double) CALLS;
            }
        }
        Arrays.sort(nanos);
        System.out.printf("%-24s %8.0f ns%n", name, nanos[ROUNDS / 2]);
        return nanos[ROUNDS / 2];
    }

    private static final class Encoder implements EventQueue {
        @Override
        public void send(Delivery delivery) {
            sink = DeliveryCodec.encode(delivery);
        }

        @Override
        public void note(Rejection rejection) {
            throw new IllegalStateException("the sample was refused");
        }
    }
}
