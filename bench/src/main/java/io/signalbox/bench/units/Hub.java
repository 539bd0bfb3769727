/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.units;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.signalbox.bench.load.HubSpot;
import io.signalbox.bench.load.Invocation;
import io.signalbox.emulator.aws.Usage;
import io.signalbox.emulator.sqs.Queue;
import io.signalbox.emulator.sqs.Received;
import io.signalbox.parameters.ConnectionParameters;
import io.signalbox.parameters.SsmParameters;
import io.signalbox.processor.ProcessorHandler;
import io.signalbox.receiver.ReceiverHandler;
import io.signalbox.relay.RelayHandler;
import io.signalbox.testkit.LocalAws;
import io.signalbox.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The functions as they are deployed, on counted tables and queues, one step at a time: the caller says which messages
 * share a batch and which changes share a stream batch, for that is what the cost of an event depends on.
 */
final class Hub implements AutoCloseable {

    /** What one ReceiveMessage and one DeleteMessageBatch hold at most. */
    private static final int SQS_BATCH = 10;

    private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

    private final SettableClock clock = new SettableClock(START);
    private final LocalAws cloud;
    private final Queue events;
    private final ReceiverHandler receiver;
    private final ProcessorHandler processor;
    private final RelayHandler relay;
    private final Changes changes;
    private final Meter meter = new Meter();

    Hub() throws Exception {
        cloud = LocalAws.dedicated(clock);
        new ConnectionParameters(SsmParameters.of(cloud.env()), clock).save(HubSpot.connection(START));
        events = cloud.queue("EventsQueue");
        receiver = new ReceiverHandler(cloud.env(), clock);
        processor = new ProcessorHandler(cloud.env(), clock);
        relay = new RelayHandler(cloud.env(), clock);
        changes = Changes.of(cloud);
    }

    Instant now() {
        return clock.instant();
    }

    void advance(Duration by) {
        clock.advance(by);
    }

    Meter meter() {
        return meter;
    }

    /** One delivery, posted as HubSpot posts it. */
    void post(List<HubSpot.Event> delivery) throws Exception {
        var answer = new ByteArrayOutputStream();
        var before = cloud.usage();
        var request = HubSpot.request(HubSpot.body(delivery), clock.instant());
        receiver.handleRequest(new ByteArrayInputStream(request), answer, new Invocation());
        var text = answer.toString(StandardCharsets.UTF_8);
        if (!text.contains("\"statusCode\":200")) {
            throw new IllegalStateException("the receiver answered " + text);
        }
        meter.receiver(cloud.usage().minus(before), delivery.size());
    }

    /** Hands everything that waits to the processor, so many messages a batch, and forgets what it handled. */
    void process(int batchSize) throws Exception {
        for (var batch = receive(batchSize); !batch.isEmpty(); batch = receive(batchSize)) {
            var before = cloud.usage();
            check(processor.handleRequest(event(batch), new Invocation()));
            meter.processor(cloud.usage().minus(before));
            delete(batch);
        }
    }

    /** Hands every change made since the last time to the relay, as one batch. */
    void relay() throws Exception {
        var batch = changes.read();
        if (batch.getRecords().isEmpty()) {
            return;
        }
        batch.getRecords().forEach(record -> meter.item(record.getDynamodb()));
        var before = cloud.usage();
        var response = relay.handleRequest(batch, new Invocation());
        if (response != null && !response.getBatchItemFailures().isEmpty()) {
            throw new IllegalStateException("the relay failed");
        }
        meter.relay(cloud.usage().minus(before));
    }

    private List<Received> receive(int batchSize) throws Exception {
        var before = cloud.usage();
        var batch = new ArrayList<Received>();
        while (batch.size() < batchSize && events.depth().visible() > 0) {
            batch.addAll(events.receive(Math.min(SQS_BATCH, batchSize - batch.size()), Duration.ZERO));
        }
        meter.poller(cloud.usage().minus(before));
        return batch;
    }

    private void delete(List<Received> batch) throws Exception {
        var before = cloud.usage();
        for (var i = 0; i < batch.size(); i += SQS_BATCH) {
            var handles = batch.subList(i, Math.min(batch.size(), i + SQS_BATCH)).stream()
                    .map(Received::receiptHandle)
                    .toList();
            for (var outcome : events.delete("DeleteMessageBatch", handles)) {
                outcome.orThrow();
            }
        }
        meter.poller(cloud.usage().minus(before));
    }

    private SQSEvent event(List<Received> batch) {
        var records = new ArrayList<SQSEvent.SQSMessage>();
        for (var received : batch) {
            var message = new SQSEvent.SQSMessage();
            message.setMessageId(received.message().id());
            message.setReceiptHandle(received.receiptHandle());
            message.setBody(received.message().body());
            message.setAttributes(received.systemAttributes());
            message.setEventSource("aws:sqs");
            message.setEventSourceArn(events.arn());
            records.add(message);
        }
        var event = new SQSEvent();
        event.setRecords(records);
        return event;
    }

    private static void check(SQSBatchResponse response) {
        if (response != null && !response.getBatchItemFailures().isEmpty()) {
            throw new IllegalStateException(
                    "the processor failed " + response.getBatchItemFailures().size() + " messages");
        }
    }

    Usage usage() {
        return cloud.usage();
    }

    @Override
    public void close() throws Exception {
        changes.close();
        cloud.close();
    }
}
