/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.units;

import io.signalbox.bench.load.Contacts;
import io.signalbox.bench.measure.Report;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;

/** What an event consumes on its way from HubSpot's request to a scored record, by how the events arrive. */
final class UnitsBench {

    /** Lambda starts five pollers a queue; at a steady rate each gathers its share of a second's messages. */
    private static final int POLLERS = 5;

    private static final int STREAM_WINDOW_SECONDS = 5;

    private static final PrintStream OUT = System.out;

    private UnitsBench() {}

    public static void main(String[] args) {
        // The functions log to standard output; a figure is hard to find among their lines.
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        try {
            System.exit(run() == 0 ? 0 : 1);
        } catch (Exception | LinkageError e) {
            // Threads of the embedded services would keep the JVM alive.
            e.printStackTrace();
            System.exit(2);
        }
    }

    private static int run() throws Exception {
        var missed = alone(1, 2.2) + alone(STREAM_WINDOW_SECONDS, 2.2);
        missed += steady(100, 1.4);
        missed += batched("a delivery of ten events on ten contacts", 10, 10, 1.4);
        missed += batched("a delivery of ten events on one contact", 1, 10, 0.3);
        OUT.println();
        OUT.println(Price.ASSUMPTION);
        return missed;
    }

    /** Events that come one by one, each alone in its batch; so many share a window of the stream. */
    private static int alone(int perStreamWindow, double goal) throws Exception {
        try (var hub = new Hub()) {
            var contacts = new Contacts(1);
            prepare(hub, contacts);
            for (var i = 0; i < 20; i++) {
                for (var j = 0; j < perStreamWindow; j++) {
                    hub.advance(Duration.ofSeconds(1));
                    hub.post(contacts.change(hub.now(), 1, 1));
                    hub.process(100);
                }
                hub.relay();
            }
            return print(
                    hub.meter(),
                    perStreamWindow == 1
                            ? "one event alone in its batch and in its window of the stream, contact of 30 fields"
                            : "one event a second, each alone in its batch, contact of 30 fields",
                    goal);
        }
    }

    /** Single-event deliveries at a steady rate, spread over the contacts. */
    private static int steady(int perSecond, double goal) throws Exception {
        try (var hub = new Hub()) {
            var contacts = new Contacts(500);
            prepare(hub, contacts);
            for (var second = 1; second <= 10; second++) {
                hub.advance(Duration.ofSeconds(1));
                for (var i = 0; i < perSecond; i++) {
                    hub.post(contacts.change(hub.now(), 1, 1));
                }
                hub.process(perSecond / POLLERS);
                if (second % STREAM_WINDOW_SECONDS == 0) {
                    hub.relay();
                }
            }
            return print(hub.meter(), "single events at " + perSecond + "/s on 500 contacts of 30 fields", goal);
        }
    }

    /** One delivery a second, alone in its batch. */
    private static int batched(String title, int touched, int events, double goal) throws Exception {
        try (var hub = new Hub()) {
            var contacts = new Contacts(50);
            prepare(hub, contacts);
            for (var second = 1; second <= 20; second++) {
                hub.advance(Duration.ofSeconds(1));
                hub.post(contacts.change(hub.now(), touched, events));
                hub.process(100);
                if (second % STREAM_WINDOW_SECONDS == 0) {
                    hub.relay();
                }
            }
            return print(hub.meter(), title, goal);
        }
    }

    /** Makes the contacts, each with 30 fields set by 30 events, a minute apart. */
    private static void prepare(Hub hub, Contacts contacts) throws Exception {
        for (var round = 0; round < Contacts.FIELDS; round++) {
            hub.advance(Duration.ofMinutes(1));
            for (var delivery : contacts.round(hub.now(), round)) {
                hub.post(delivery);
            }
            hub.process(100);
            hub.relay();
        }
        hub.meter().reset();
    }

    private static int print(Meter meter, String title, double goal) {
        var events = (double) meter.events;
        var report = new Report(OUT, "units: " + title);
        report.atMost("write units per event", meter.writes() / events, goal, "");
        report.figure("&nbsp; records, keys and journal", meter.recordsWrites / events, "");
        report.figure("&nbsp; list index", meter.indexWrites / events, "");
        report.figure("&nbsp; due hints", meter.hintWrites / events, "");
        report.figure("&nbsp; relay: feed with counters, index entries", meter.relayWrites / events, "");
        meter.items()
                .forEach((kind, items) -> report.text(
                        "&nbsp; items " + kind,
                        "%.3f an event, %.0f bytes each".formatted(items.count() / events, items.meanBytes())));
        report.figure("read units per event", meter.reads / events, "");
        report.figure("SQS requests per event, sends", meter.sends / events, "");
        report.figure("SQS requests per event, receives and deletes", meter.polls / events, "");
        report.text("list price per million events", Price.of(meter).toString());
        return report.missed();
    }
}
