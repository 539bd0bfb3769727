/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.host;

import io.signalbox.emulator.json.Json;
import io.signalbox.emulator.lambda.Outcome;
import io.signalbox.emulator.sqs.Queue;
import io.signalbox.emulator.sqs.SqsException;
import io.signalbox.emulator.template.Trigger.StreamSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Brings a table's changes to a function as Lambda does: in order within a shard, a failing batch again from its first
 * failed record, halved where the template says so, and given up to the on-failure queue after so many retries. A batch
 * that may be retried for ever keeps its shard waiting.
 */
final class StreamMapping implements Source {

    /** Lambda asks each shard four times a second. */
    private static final long POLL_MILLIS = 250;

    private final StreamSource source;
    private final Shards shards;
    private final Invocation function;
    private final Optional<Queue> onFailure;
    private final InstantSource clock;

    StreamMapping(
            StreamSource source, Shards shards, Invocation function, Optional<Queue> onFailure, InstantSource clock) {
        this.source = source;
        this.shards = shards;
        this.function = function;
        this.onFailure = onFailure;
        this.clock = clock;
    }

    @Override
    public boolean step() {
        try {
            var progress = false;
            for (var page : shards.read(source.batchSize())) {
                progress |= handle(page, page.records());
            }
            return progress;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void run() throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                for (var page : shards.read(source.batchSize())) {
                    handle(page, gather(page));
                }
            } catch (IOException e) {
                // Asked again at the next poll; nothing was checkpointed.
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Waits for the window to pass or the batch to be full. */
    private List<Map<String, Object>> gather(Shards.Page first) throws IOException, InterruptedException {
        var batch = new ArrayList<>(first.records());
        if (batch.stream().noneMatch(source.filter()::matches)) {
            return batch;
        }
        var end = System.nanoTime() + source.window().toNanos();
        while (batch.size() < source.batchSize() && System.nanoTime() < end) {
            Thread.sleep(POLL_MILLIS);
            for (var page : shards.read(source.batchSize() - batch.size())) {
                if (page.shard().equals(first.shard())) {
                    batch.addAll(page.records());
                } else {
                    handle(page, page.records());
                }
            }
        }
        return batch;
    }

    /** Delivers what passes the filter; what does not is done with. False when something stays where it is. */
    private boolean handle(Shards.Page page, List<Map<String, Object>> batch) throws IOException {
        var wanted = batch.stream().filter(source.filter()::matches).toList();
        if (!wanted.isEmpty() && !deliver(page, wanted)) {
            return false;
        }
        shards.handled(page.shard(), sequence(batch.getLast()));
        return true;
    }

    /** Until the batch has succeeded or is given up; false when it stays where it is. */
    private boolean deliver(Shards.Page page, List<Map<String, Object>> batch) throws IOException {
        var rest = batch;
        for (var attempt = 1; ; attempt++) {
            var failed = firstFailure(page, rest);
            if (failed == rest.size()) {
                shards.handled(page.shard(), sequence(rest.getLast()));
                return true;
            }
            if (failed > 0) {
                // What came before the failure is done, and the retries count from here.
                shards.handled(page.shard(), sequence(rest.get(failed - 1)));
                rest = rest.subList(failed, rest.size());
                attempt = 1;
            } else if (source.bisect() && rest.size() > 1) {
                var half = rest.size() / 2;
                return deliver(page, rest.subList(0, half)) && deliver(page, rest.subList(half, rest.size()));
            }
            if (source.maximumRetries() < 0 || Thread.currentThread().isInterrupted()) {
                shards.rewind(page.shard());
                return false;
            }
            if (attempt > source.maximumRetries()) {
                giveUp(page, rest, attempt);
                shards.handled(page.shard(), sequence(rest.getLast()));
                return true;
            }
        }
    }

    /** The place of the first record that failed; the size of the batch when none did. */
    private int firstFailure(Shards.Page page, List<Map<String, Object>> batch) {
        var ids = new LinkedHashSet<String>();
        batch.forEach(record -> ids.add(sequence(record)));
        Outcome outcome = function.of(event(page, batch));
        var failed = BatchAnswer.failures(outcome, source.partialFailures(), ids);
        for (var i = 0; i < batch.size(); i++) {
            if (failed.contains(sequence(batch.get(i)))) {
                return i;
            }
        }
        return batch.size();
    }

    private static byte[] event(Shards.Page page, List<Map<String, Object>> batch) {
        var records = batch.stream()
                .map(record -> {
                    var copy = new LinkedHashMap<>(record);
                    copy.remove("userIdentity", null);
                    copy.put("eventSourceARN", page.streamArn());
                    return copy;
                })
                .toList();
        return Json.bytes(Map.of("Records", records));
    }

    /** The message that Lambda sends: where the records are, not what is in them. */
    private void giveUp(Shards.Page page, List<Map<String, Object>> batch, int attempts) throws IOException {
        if (onFailure.isEmpty()) {
            return;
        }
        var info = new LinkedHashMap<String, Object>();
        info.put("shardId", page.shard());
        info.put("startSequenceNumber", sequence(batch.getFirst()));
        info.put("endSequenceNumber", sequence(batch.getLast()));
        info.put("batchSize", batch.size());
        info.put("streamArn", page.streamArn());
        var message = new LinkedHashMap<String, Object>();
        message.put(
                "requestContext",
                Map.of(
                        "requestId",
                        UUID.randomUUID().toString(),
                        "functionArn",
                        source.function(),
                        "condition",
                        "RetryAttemptsExhausted",
                        "approximateInvokeCount",
                        attempts));
        message.put("version", "1.0");
        message.put("timestamp", clock.instant().toString());
        message.put("DDBStreamBatchInfo", info);
        try {
            onFailure.get().send(new String(Json.bytes(message), StandardCharsets.UTF_8));
        } catch (SqsException e) {
            throw new IOException("the on-failure queue took nothing", e);
        }
    }

    private static String sequence(Map<String, Object> record) {
        return (String) ((Map<?, ?>) record.get("dynamodb")).get("SequenceNumber");
    }
}
