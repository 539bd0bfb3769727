/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.processor;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Delivery;
import io.signalbox.model.Rejection;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.queue.DeliveryCodec;
import io.signalbox.queue.RejectionCodec;
import io.signalbox.runtime.Env;
import io.signalbox.runtime.Log;
import io.signalbox.runtime.MemoryHttp;
import io.signalbox.runtime.Metrics;
import io.signalbox.runtime.Priming;
import io.signalbox.vendors.Vendors;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Runs the whole function before its snapshot is taken: a contact's life from every vendor and a refused request,
 * through the real handler, the real stores and the real SDK, down to a wire that answers from memory.
 */
final class Rehearsal implements Priming.Step {

    private static final String QUEUE = "https://sqs.us-east-1.amazonaws.com/000000000000/";
    private static final Env NOWHERE = new Env(Map.of(
            "RECORDS_TABLE",
            "records",
            "CONTROL_TABLE",
            "control",
            "EVENTS_DLQ_URL",
            QUEUE + "dead",
            "FETCH_QUEUE_URL",
            QUEUE + "fetch",
            "REJECTIONS_QUEUE_URL",
            QUEUE + "rejections"));
    /** From a DynamoDB that holds nothing and takes everything, and an SQS likewise, a good answer to every call. */
    private static final Value EMPTY =
            Value.of(Map.of("Responses", Value.of(Map.of()), "UnprocessedKeys", Value.of(Map.of())));

    private static final ConnectionId CONNECTION = new ConnectionId("rehearsal");

    private final Clock clock;

    Rehearsal(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void run() {
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none"));
        var http = new MemoryHttp((_, _) -> new MemoryHttp.Answer(200, EMPTY));
        var silence = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var handler = new ProcessorHandler(
                NOWHERE,
                clock,
                DynamoDbClient.builder()
                        .region(Region.US_EAST_1)
                        .credentialsProvider(credentials)
                        .httpClient(http)
                        .build(),
                SqsClient.builder()
                        .region(Region.US_EAST_1)
                        .credentialsProvider(credentials)
                        .httpClient(http)
                        .build(),
                new Log("processor", clock, silence),
                new Metrics("processor", clock, silence));
        var event = new SQSEvent();
        event.setRecords(messages(clock.instant()));
        if (!handler.handleRequest(event, null).getBatchItemFailures().isEmpty()) {
            throw new IllegalStateException("the rehearsal's messages were not handled");
        }
    }

    private static List<SQSMessage> messages(Instant now) {
        var messages = new ArrayList<SQSMessage>();
        for (var vendor : Vendors.all()) {
            for (var body : vendor.samples().life(new SplittableRandom(1), now).bodies()) {
                messages.add(
                        message("events", DeliveryCodec.encode(delivery(vendor.id(), now, body, messages.size()))));
            }
        }
        messages.add(message("rejections", RejectionCodec.encode(rejection(now))));
        return messages;
    }

    private static Delivery delivery(VendorId vendor, Instant now, byte[] body, int number) {
        return new Delivery(vendor, CONNECTION, now, "rehearsal", Map.of("webhook-id", "rehearsal" + number), body);
    }

    private static Rejection rejection(Instant now) {
        return new Rejection(CONNECTION, now, "REHEARSAL", "", 401, "POST", "127.0.0.1", Map.of(), 0, "rehearsal");
    }

    private static SQSMessage message(String queue, String body) {
        var message = new SQSMessage();
        message.setMessageId("rehearsal");
        message.setEventSourceArn("arn:aws:sqs:us-east-1:000000000000:" + queue);
        message.setBody(body);
        return message;
    }
}
