/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.processor;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.signalbox.core.Pipeline;
import io.signalbox.core.SettingsCache;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Delivery;
import io.signalbox.model.VendorId;
import io.signalbox.outbound.Pushed;
import io.signalbox.outbound.Reaches;
import io.signalbox.processor.DeadLetters.Reason;
import io.signalbox.queue.DeliveryCodec;
import io.signalbox.queue.MemoryFetchQueue;
import io.signalbox.runtime.Log;
import io.signalbox.store.ControlStore;
import io.signalbox.store.MemoryStateStore;
import io.signalbox.store.RecordStore;
import io.signalbox.testkit.SettableClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Messages, and a place to handle them without any queue. */
final class Bench {

    static final Instant NOW = Instant.parse("2036-03-01T12:00:00Z");
    static final ConnectionId CONNECTION = new ConnectionId("shop");

    final SettableClock clock = new SettableClock(NOW);
    final Map<String, Reason> buried = new LinkedHashMap<>();
    final Tally tally = new Tally();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    final Log log = new Log("processor", clock, new PrintStream(printed, true, StandardCharsets.UTF_8));

    final MemoryStateStore states = new MemoryStateStore(clock);
    final MemoryFetchQueue fetches = new MemoryFetchQueue();

    boolean deadLettersAway;

    Deliveries deliveries(RecordStore records, ControlStore control) {
        var pipeline = new Pipeline(records, control, clock, new SplittableRandom(1));
        return new Deliveries(pipeline, new SettingsCache(control, clock), completions(), this::bury, 5, log);
    }

    private Completions completions() {
        return new Completions(new Reaches(states, clock), new Pushed(states, clock), fetches, clock);
    }

    private void bury(SQSMessage message, Reason reason) {
        if (deadLettersAway) {
            throw new IllegalStateException("the dead-letter queue is away");
        }
        buried.put(message.getMessageId(), reason);
    }

    /** Handles the messages; returns the ids of those that shall come again. */
    List<String> handle(Deliveries deliveries, SQSMessage... messages) {
        var done = new Done();
        deliveries.handle(List.of(messages), () -> true, tally, done);
        return again(done, messages);
    }

    static List<String> again(Done done, SQSMessage... messages) {
        return done.others(List.of(messages)).getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }

    String log() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    static SQSMessage standard(String id, String json) {
        return message(
                id,
                DeliveryCodec.encode(new Delivery(
                        new VendorId("standard"),
                        CONNECTION,
                        NOW,
                        "c-" + id,
                        Map.of("webhook-id", id),
                        json.getBytes(StandardCharsets.UTF_8))));
    }

    static SQSMessage contact(String id, String person, String property, String value) {
        return standard(
                id,
                "{\"type\":\"contact.updated\",\"timestamp\":\"2036-03-01T11:00:00Z\",\"data\":{\"id\":\"" + person
                        + "\",\"" + property + "\":\"" + value + "\"}}");
    }

    static SQSMessage message(String id, String body) {
        var message = new SQSMessage();
        message.setMessageId(id);
        message.setBody(body);
        message.setEventSourceArn("arn:aws:sqs:us-east-1:000000000000:events");
        message.setAttributes(new TreeMap<>(Map.of("ApproximateReceiveCount", "1")));
        return message;
    }

    static SQSMessage received(SQSMessage message, int times) {
        message.getAttributes().put("ApproximateReceiveCount", Integer.toString(times));
        return message;
    }
}
