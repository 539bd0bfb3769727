/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.host;

import io.signalbox.emulator.json.Json;
import io.signalbox.emulator.sqs.Attribute;
import io.signalbox.emulator.sqs.Queue;
import io.signalbox.emulator.sqs.Received;
import io.signalbox.emulator.sqs.SqsException;
import io.signalbox.emulator.template.Trigger.QueueSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Brings a queue's messages to a function as Lambda's poller does: in batches of a size, a window and at most 6 MB;
 * deletes what succeeded and leaves the rest to its visibility timeout, its receive count and its dead-letter queue.
 */
final class QueueMapping implements Source {

    private static final int MAX_RECEIVE = 10;
    private static final Duration LONG_POLL = Duration.ofSeconds(20);
    private static final long LOOK_MILLIS = 10;

    /** Bytes of event; a body is reckoned twice, for the quotes in it become two characters each. */
    private static final int MAX_EVENT = 6 << 20;

    private static final int RECORD_OVERHEAD = 2_000;

    /** Without a limit of its own, as many batches as Lambda begins with. */
    private static final int CONCURRENCY = 5;

    private final QueueSource source;
    private final Queue queue;
    private final Invocation function;

    QueueMapping(QueueSource source, Queue queue, Invocation function) {
        this.source = source;
        this.queue = queue;
        this.function = function;
    }

    @Override
    public boolean step() {
        try {
            var batch = fill(new ArrayList<>());
            handle(batch);
            return !batch.isEmpty();
        } catch (SqsException e) {
            return false;
        }
    }

    @Override
    public void run() throws InterruptedException {
        var places = new Semaphore(source.maximumConcurrency().orElse(CONCURRENCY));
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            while (true) {
                places.acquire();
                var batch = await();
                workers.execute(() -> {
                    try {
                        handle(batch);
                    } finally {
                        places.release();
                    }
                });
            }
        }
    }

    /** Waits for a first message, then for the window to pass or the batch to be full. */
    private List<Received> await() throws InterruptedException {
        while (!Thread.interrupted()) {
            try {
                var batch = new ArrayList<>(queue.receive(Math.min(source.batchSize(), MAX_RECEIVE), LONG_POLL));
                if (!batch.isEmpty()) {
                    // Looks at the depth rather than receive as messages trickle in: each receive is a billed request.
                    var end = System.nanoTime() + source.window().toNanos();
                    while (System.nanoTime() < end
                            && batch.size() + queue.depth().visible() < source.batchSize()) {
                        Thread.sleep(LOOK_MILLIS);
                    }
                    return fill(batch);
                }
            } catch (SqsException e) {
                // Interrupted, or the queue is gone for a moment.
                Thread.sleep(LOOK_MILLIS);
            }
        }
        throw new InterruptedException();
    }

    private List<Received> fill(List<Received> batch) throws SqsException {
        while (batch.size() < source.batchSize()) {
            var more = queue.receive(Math.min(source.batchSize() - batch.size(), MAX_RECEIVE), Duration.ZERO);
            batch.addAll(more);
            if (more.isEmpty()) {
                break;
            }
        }
        return batch;
    }

    private void handle(List<Received> batch) {
        var part = new ArrayList<Received>();
        var bytes = 0L;
        for (var message : batch) {
            var size = 2L * message.message().body().length() + RECORD_OVERHEAD;
            if (bytes + size > MAX_EVENT && !part.isEmpty()) {
                invoke(part);
                part.clear();
                bytes = 0;
            }
            part.add(message);
            bytes += size;
        }
        if (!part.isEmpty()) {
            invoke(part);
        }
    }

    private void invoke(List<Received> batch) {
        var ids = new LinkedHashSet<String>();
        batch.forEach(received -> ids.add(received.message().id()));
        var records = batch.stream().map(this::record).toList();
        var outcome = function.of(Json.bytes(Map.of("Records", records)));
        var failed = BatchAnswer.failures(outcome, source.partialFailures(), ids);
        var done = batch.stream()
                .filter(received -> !failed.contains(received.message().id()))
                .map(Received::receiptHandle)
                .toList();
        for (var from = 0; from < done.size(); from += MAX_RECEIVE) {
            try {
                queue.delete("DeleteMessageBatch", done.subList(from, Math.min(from + MAX_RECEIVE, done.size())));
            } catch (SqsException e) {
                // Delivered again after its timeout: at least once is all that was promised.
            }
        }
    }

    private Map<String, Object> record(Received received) {
        var message = received.message();
        var attributes = new LinkedHashMap<String, Object>();
        message.attributes().forEach((name, attribute) -> attributes.put(name, attribute(attribute)));
        var record = new LinkedHashMap<String, Object>();
        record.put("messageId", message.id());
        record.put("receiptHandle", received.receiptHandle());
        record.put("body", message.body());
        record.put("attributes", received.systemAttributes());
        record.put("messageAttributes", attributes);
        record.put("md5OfBody", md5(message.body()));
        record.put("eventSource", "aws:sqs");
        record.put("eventSourceARN", queue.arn());
        record.put("awsRegion", queue.arn().split(":", -1)[3]);
        return record;
    }

    private static Map<String, Object> attribute(Attribute attribute) {
        var wire = new LinkedHashMap<String, Object>();
        if (attribute.text() == null) {
            wire.put("binaryValue", attribute.binary());
        } else {
            wire.put("stringValue", attribute.text());
        }
        wire.put("stringListValues", List.of());
        wire.put("binaryListValues", List.of());
        wire.put("dataType", attribute.dataType());
        return wire;
    }

    private static String md5(String body) {
        try {
            var digest = MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
