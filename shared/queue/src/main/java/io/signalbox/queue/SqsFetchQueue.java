/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.queue;

import static java.util.Objects.requireNonNull;

import io.signalbox.queue.EventQueue.QueueUnavailable;
import io.signalbox.runtime.Env;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** The queue on SQS: one {@code SendMessageBatch} for up to ten jobs. */
public final class SqsFetchQueue implements FetchQueue {

    private static final int TOGETHER = 10;

    /** What SQS takes as a delay. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final SqsClient sqs;
    private final String url;
    private final String deadLettersUrl;
    private final InstantSource clock;

    /** @param deadLettersUrl null where nothing is ever given up */
    public SqsFetchQueue(SqsClient sqs, String url, String deadLettersUrl, InstantSource clock) {
        this.sqs = requireNonNull(sqs, "sqs is null");
        this.url = requireNonNull(url, "url is null");
        this.deadLettersUrl = deadLettersUrl;
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Reads {@code FETCH_QUEUE_URL}, and {@code FETCH_DLQ_URL} where it is set. */
    public SqsFetchQueue(SqsClient sqs, Env env, InstantSource clock) {
        this(sqs, env.require("FETCH_QUEUE_URL"), env.find("FETCH_DLQ_URL").orElse(null), clock);
    }

    @Override
    public void send(List<FetchJob> jobs) throws QueueUnavailable {
        for (var from = 0; from < jobs.size(); from += TOGETHER) {
            var entries = new ArrayList<SendMessageBatchRequestEntry>();
            for (var job : jobs.subList(from, Math.min(jobs.size(), from + TOGETHER))) {
                entries.add(SendMessageBatchRequestEntry.builder()
                        .id(Integer.toString(entries.size()))
                        .messageBody(FetchCodec.encode(job))
                        .delaySeconds(delay(job))
                        .build());
            }
            sendAll(entries);
        }
    }

    private int delay(FetchJob job) {
        var wait = Duration.between(clock.instant(), job.notBefore());
        var bounded = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        return bounded.isNegative() ? 0 : Math.toIntExact((bounded.toMillis() + 999) / 1_000);
    }

    private void sendAll(List<SendMessageBatchRequestEntry> entries) throws QueueUnavailable {
        try {
            var answer = sqs.sendMessageBatch(request -> request.queueUrl(url).entries(entries));
            if (!answer.failed().isEmpty()) {
                throw new QueueUnavailable("the queue did not take all messages", null);
            }
        } catch (SdkException e) {
            throw new QueueUnavailable("the queue did not take the messages", e);
        }
    }

    @Override
    public void bury(String message, String reason, String detail) throws QueueUnavailable {
        var attributes = new HashMap<String, MessageAttributeValue>();
        attributes.put("reason", text(reason));
        if (!detail.isEmpty()) {
            attributes.put("detail", text(detail));
        }
        try {
            sqs.sendMessage(request -> request.queueUrl(
                            requireNonNull(deadLettersUrl, "this queue has no place for what is given up"))
                    .messageBody(message)
                    .messageAttributes(attributes));
        } catch (SdkException e) {
            throw new QueueUnavailable("the dead-letter queue did not take the message", e);
        }
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }
}
