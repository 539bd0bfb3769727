/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.queue;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Delivery;
import io.signalbox.model.Rejection;
import io.signalbox.runtime.Env;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * The queue on SQS, one {@code SendMessage} a call. The client retries what may pass and compares SQS's MD5 of the text
 * with its own, so a return means that SQS holds these very bytes.
 */
public final class SqsEventQueue implements EventQueue {

    private final SqsClient sqs;
    private final String eventsUrl;
    private final String rejectionsUrl;

    public SqsEventQueue(SqsClient sqs, String eventsUrl, String rejectionsUrl) {
        this.sqs = requireNonNull(sqs, "sqs is null");
        this.eventsUrl = requireNonNull(eventsUrl, "eventsUrl is null");
        this.rejectionsUrl = requireNonNull(rejectionsUrl, "rejectionsUrl is null");
    }

    /** Reads {@code EVENTS_QUEUE_URL} and {@code REJECTIONS_QUEUE_URL}. */
    public SqsEventQueue(SqsClient sqs, Env env) {
        this(sqs, env.require("EVENTS_QUEUE_URL"), env.require("REJECTIONS_QUEUE_URL"));
    }

    /** The events queue alone, for who refuses nothing: reads {@code EVENTS_QUEUE_URL}. */
    public static SqsEventQueue forEvents(SqsClient sqs, Env env) {
        return new SqsEventQueue(sqs, env.require("EVENTS_QUEUE_URL"), "");
    }

    @Override
    public void send(Delivery delivery) throws QueueUnavailable {
        send(eventsUrl, DeliveryCodec.encode(delivery));
    }

    @Override
    public void note(Rejection rejection) throws QueueUnavailable {
        send(rejectionsUrl, RejectionCodec.encode(rejection));
    }

    private void send(String url, String text) throws QueueUnavailable {
        try {
            sqs.sendMessage(
                    SendMessageRequest.builder().queueUrl(url).messageBody(text).build());
        } catch (SdkException e) {
            throw new QueueUnavailable("the queue did not take the message", e);
        }
    }
}
