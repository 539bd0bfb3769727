/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import io.signalbox.model.Value;
import io.signalbox.runtime.Aws;
import io.signalbox.runtime.Env;
import io.signalbox.runtime.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;

/** One small function in place of each of the system's: they pass a body along the same way, and no more. */
public final class Stubs {

    /** How keys of records start; the relay is told of nothing else but these and the journal's. */
    private static final String RECORD = "R#";

    /** What the relay saw, as {@code pk} without its start; what the clock was woken with, as {@code detail-type}. */
    static final List<String> SEEN = new CopyOnWriteArrayList<>();

    private Stubs() {}

    private static Value read(InputStream in) throws IOException {
        try {
            return Json.parse(in.readAllBytes());
        } catch (Json.Malformed e) {
            throw new IOException(e);
        }
    }

    private static void answer(OutputStream out, Map<String, Value> members) throws IOException {
        out.write(Json.bytes(Value.of(members)));
    }

    /** Puts the body on the queue. */
    public static final class Receiver implements RequestStreamHandler {
        private final Env env;
        private final SqsClient sqs;

        public Receiver(Env env, Clock clock) {
            this.env = env;
            this.sqs = Aws.client(SqsClient.builder(), env);
        }

        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            var body = read(in).at("body").asText();
            sqs.sendMessage(
                    send -> send.queueUrl(env.require("EVENTS_QUEUE_URL")).messageBody(body));
            answer(out, Map.of("statusCode", Value.of(202)));
        }
    }

    /** Puts each body into the table as a key. */
    public static final class Processor implements RequestHandler<SQSEvent, SQSBatchResponse> {
        private final Env env;
        private final DynamoDbClient dynamo;

        public Processor(Env env, Clock clock) {
            this.env = env;
            this.dynamo = Aws.client(DynamoDbClient.builder(), env);
        }

        @Override
        public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
            for (var record : event.getRecords()) {
                var key = AttributeValue.fromS(RECORD + record.getBody());
                dynamo.putItem(put -> put.tableName(env.require("RECORDS_TABLE"))
                        .item(Map.of("pk", key, "sk", key))
                        .returnConsumedCapacity("TOTAL"));
            }
            return new SQSBatchResponse(List.of());
        }
    }

    /** Does nothing. */
    public static final class Fetcher implements RequestHandler<SQSEvent, SQSBatchResponse> {
        public Fetcher(Env env, Clock clock) {}

        @Override
        public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
            return new SQSBatchResponse(List.of());
        }
    }

    /** Notes each change. */
    public static final class Relay implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
        public Relay(Env env, Clock clock) {}

        @Override
        public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
            event.getRecords()
                    .forEach(record -> SEEN.add(
                            record.getDynamodb().getKeys().get("pk").getS().substring(RECORD.length())));
            return new StreamsEventResponse(List.of());
        }
    }

    /** Tells what it was told of its caller. */
    public static final class Api implements RequestStreamHandler {
        private final Env env;

        public Api(Env env, Clock clock) {
            this.env = env;
        }

        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            var request = read(in).at("requestContext");
            var caller = request.at("authorizer").at("lambda").at("client_id").asText();
            answer(
                    out,
                    Map.of(
                            "statusCode",
                            Value.of(200),
                            "body",
                            Value.of(
                                    request.at("routeKey").asText() + " " + caller + " " + env.require("PUBLIC_URL"))));
        }
    }

    /** Lets everybody in as the value of their Authorization header. */
    public static final class Authorizer implements RequestStreamHandler {
        public Authorizer(Env env, Clock clock) {}

        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            var caller = read(in).at("headers").at("authorization");
            answer(out, Map.of("isAuthorized", Value.TRUE, "context", Value.of(Map.of("client_id", caller))));
        }
    }

    /** Notes that it was woken. */
    public static final class Ticker implements RequestHandler<ScheduledEvent, Void> {
        private final Env env;

        public Ticker(Env env, Clock clock) {
            this.env = env;
        }

        @Override
        public Void handleRequest(ScheduledEvent event, Context context) {
            if (env.find("BREAK").isPresent()) {
                throw new IllegalStateException("broken on purpose");
            }
            SEEN.add(event.getDetailType());
            return null;
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
