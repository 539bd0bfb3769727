/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.receiver;

import io.signalbox.bench.load.Contacts;
import io.signalbox.bench.load.HubSpot;
import io.signalbox.bench.load.Invocation;
import io.signalbox.bench.measure.Paired;
import io.signalbox.bench.measure.Report;
import io.signalbox.model.Delivery;
import io.signalbox.model.Rejection;
import io.signalbox.parameters.ConnectionParameters;
import io.signalbox.parameters.MemoryParameters;
import io.signalbox.queue.DeliveryCodec;
import io.signalbox.queue.EventQueue;
import io.signalbox.receiver.ReceiverHandler;
import io.signalbox.runtime.Env;
import io.signalbox.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * What the receiver adds to what cannot be avoided: its CPU time for one delivery, from the event's bytes to the answer's
 * bytes with everything but the call of SQS, over one HMAC of the same body and one copy of it.
 */
final class ReceiverBench {

    private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");

    /** Takes a delivery as far as the text of the message that SQS would be sent. */
    private static final class Encoding implements EventQueue {
        private long characters;

        @Override
        public void send(Delivery delivery) {
            characters += DeliveryCodec.encode(delivery).length();
        }

        @Override
        public void note(Rejection rejection) {
            throw new IllegalStateException("refused: " + rejection.reason());
        }
    }

    private ReceiverBench() {}

    public static void main(String[] args) throws Exception {
        var out = System.out;
        // The log line is part of the work; where it goes is not.
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        var report = new Report(out, "receiver");
        for (var events : new int[] {7, 70}) {
            measure(events, report);
        }
        System.exit(report.missed() == 0 ? 0 : 1);
    }

    private static void measure(int events, Report report) throws Exception {
        var body = HubSpot.body(new Contacts(50).change(NOW, 5, events));
        var signed = HubSpot.signed(body, NOW.toEpochMilli());
        var mac = HubSpot.mac();
        var event = HubSpot.request(body, NOW);
        var queue = new Encoding();
        var handler = handler(queue);
        var context = new Invocation();
        var measured = Paired.measure(_ -> mac.doFinal(signed)[0] + body.clone()[0], _ -> {
            var answer = new ByteArrayOutputStream(512);
            handler.handleRequest(new ByteArrayInputStream(event), answer, context);
            return answer.size() + queue.characters;
        });
        check(handler, event, context);
        var size = "%.1f KB body of %d events".formatted(body.length / 1_000.0, events);
        report.figure(size + ", HMAC and copy", measured.base() / 1_000, " µs");
        report.figure(size + ", receiver", measured.candidate() / 1_000, " µs");
        report.atMost(size + ", ratio", measured.ratio(), 3.0, "");
    }

    private static ReceiverHandler handler(EventQueue queue) throws Exception {
        var clock = new SettableClock(NOW);
        var parameters = new MemoryParameters();
        new ConnectionParameters(parameters, clock).save(HubSpot.connection(NOW));
        return new ReceiverHandler(new Env(Map.of("PUBLIC_URL", "https://hub.example.com")), clock, parameters, queue);
    }

    private static void check(ReceiverHandler handler, byte[] event, Invocation context) throws IOException {
        var answer = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(event), answer, context);
        if (!answer.toString(StandardCharsets.UTF_8).contains("accepted")) {
            throw new IllegalStateException("the receiver answered " + answer.toString(StandardCharsets.UTF_8));
        }
    }
}
