/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.signalbox.emulator.aws.AwsEndpoint;
import io.signalbox.emulator.json.Json;
import io.signalbox.emulator.lambda.Outcome;
import io.signalbox.emulator.template.Stack;
import io.signalbox.emulator.template.Template;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTest {

    private static final String TEMPLATE = """
            Globals: {Function: {Runtime: java25, Timeout: 10, CodeUri: none.zip, Handler: H}}
            Resources:
              Work:
                Type: AWS::SQS::Queue
                Properties: {VisibilityTimeout: 60, RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 2}}
              Dead: {Type: AWS::SQS::Queue}
              Lost: {Type: AWS::SQS::Queue}
              Things:
                Type: AWS::DynamoDB::Table
                Properties:
                  BillingMode: PAY_PER_REQUEST
                  AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]
                  KeySchema: [{AttributeName: pk, KeyType: HASH}]
                  StreamSpecification: {StreamViewType: NEW_IMAGE}
              Worker:
                Type: AWS::Serverless::Function
                Properties:
                  Events:
                    In:
                      Type: SQS
                      Properties:
                        Queue: !GetAtt Work.Arn
                        BatchSize: 25
                        MaximumBatchingWindowInSeconds: 1
                        FunctionResponseTypes: [ReportBatchItemFailures]
              Relay:
                Type: AWS::Serverless::Function
                Properties:
                  Events:
                    In:
                      Type: DynamoDB
                      Properties:
                        Stream: !GetAtt Things.StreamArn
                        StartingPosition: TRIM_HORIZON
                        BatchSize: 10
                        BisectBatchOnFunctionError: true
                        MaximumRetryAttempts: 2
                        FunctionResponseTypes: [ReportBatchItemFailures]
                        DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Lost.Arn}}
              Ticker:
                Type: AWS::Serverless::Function
                Properties:
                  Events: {Minute: {Type: Schedule, Properties: {Schedule: rate(1 minute)}}}
            """;

    private static final class Time implements InstantSource {
        private volatile Instant now = Instant.parse("2026-03-04T05:06:07Z");

        @Override
        public Instant instant() {
            return now;
        }

        void advance(Duration by) {
            now = now.plus(by);
        }
    }

    /** What a function is to do with an event. */
    @FunctionalInterface
    private interface Behaviour {
        String on(Map<String, Object> event) throws Exception;
    }

    @TempDir
    Path folder;

    private final Time time = new Time();
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final List<String> trouble = new CopyOnWriteArrayList<>();
    private AwsEndpoint endpoint;
    private Host host;

    @BeforeEach
    void start() throws IOException {
        endpoint = AwsEndpoint.start(new AwsEndpoint.Options(0, null, time));
        host = host();
    }

    @AfterEach
    void stop() throws IOException {
        host.close();
        endpoint.close();
    }

    private Host host() throws IOException {
        var file = Files.writeString(folder.resolve("template.yaml"), TEMPLATE);
        var template = Template.read(file, Stack.local("s", URI.create(endpoint.url())));
        return new Host(
                template,
                endpoint,
                new Host.Options(
                        (function, variables) -> (RequestStreamHandler) (in, out, context) -> {
                            try {
                                var answer = behaviours
                                        .getOrDefault(function.id(), event -> "")
                                        .on(Json.object(in.readAllBytes()));
                                out.write(answer.getBytes(StandardCharsets.UTF_8));
                            } catch (IOException | RuntimeException e) {
                                throw e;
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        4,
                        Map.of(),
                        folder.resolve("checkpoints"),
                        null,
                        time,
                        (function, failure) -> trouble.add(function + " " + failure.message())));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> records(Map<String, Object> event) {
        return (List<Map<String, Object>>) event.get("Records");
    }

    private static String failures(List<String> ids) {
        return new String(
                Json.bytes(Map.of(
                        "batchItemFailures",
                        ids.stream().map(id -> Map.of("itemIdentifier", id)).toList())),
                StandardCharsets.UTF_8);
    }

    private void put(String... keys) throws IOException {
        var aws = new AwsJson(URI.create(endpoint.url()), "us-east-1");
        for (var key : keys) {
            aws.call(
                    "DynamoDB_20120810.PutItem",
                    Map.of("TableName", "s-Things", "Item", Map.of("pk", Map.of("S", key))));
        }
    }

    private static String key(Map<String, Object> record) {
        var keys = (Map<?, ?>) ((Map<?, ?>) record.get("dynamodb")).get("Keys");
        return (String) ((Map<?, ?>) keys.get("pk")).get("S");
    }

    private static String sequence(Map<String, Object> record) {
        return (String) ((Map<?, ?>) record.get("dynamodb")).get("SequenceNumber");
    }

    @Test
    void messages_come_in_batches_and_are_deleted() throws Exception {
        var sizes = new ArrayList<Integer>();
        behaviours.put("Worker", event -> {
            sizes.add(records(event).size());
            assertThat(records(event).getFirst())
                    .containsEntry("eventSource", "aws:sqs")
                    .containsKey("receiptHandle");
            return "";
        });
        for (var i = 0; i < 60; i++) {
            host.queue("Work").send("m" + i);
        }
        host.drain();
        assertThat(sizes).containsExactly(25, 25, 10);
        assertThat(host.queue("Work").depth().total()).isZero();
        assertThat(host.invocations()).containsEntry("Worker", 3L).containsEntry("Relay", 0L);
    }

    @Test
    void messages_that_failed_come_again_after_the_timeout_and_end_in_the_dead_letter_queue() throws Exception {
        var received = new ArrayList<String>();
        behaviours.put("Worker", event -> {
            var failed = new ArrayList<String>();
            for (var record : records(event)) {
                received.add(record.get("body") + " "
                        + ((Map<?, ?>) record.get("attributes")).get("ApproximateReceiveCount"));
                if (record.get("body").equals("bad")) {
                    failed.add((String) record.get("messageId"));
                }
            }
            return failures(failed);
        });
        host.queue("Work").send("good");
        host.queue("Work").send("bad");
        host.drain();
        host.drain();
        assertThat(received).containsExactlyInAnyOrder("good 1", "bad 1");

        time.advance(Duration.ofSeconds(61));
        host.drain();
        time.advance(Duration.ofSeconds(61));
        host.drain();
        assertThat(received).containsExactlyInAnyOrder("good 1", "bad 1", "bad 2");
        assertThat(host.queue("Work").depth().total()).isZero();
        assertThat(host.queue("Dead").peek(10))
                .singleElement()
                .satisfies(dead -> assertThat(dead.message().body()).isEqualTo("bad"));
    }

    @Test
    void an_error_or_an_answer_that_makes_no_sense_keeps_the_whole_batch() throws Exception {
        for (var answer : List.of("throw", failures(List.of("nobody")), "{\"batchItemFailures\":[{}]}", "nonsense")) {
            behaviours.put("Worker", event -> {
                if (answer.equals("throw")) {
                    throw new IllegalStateException("broken");
                }
                return answer;
            });
            host.queue("Work").purge();
            host.queue("Work").send("m");
            host.drain();
            assertThat(host.queue("Work").depth().inFlight()).as(answer).isEqualTo(1);
        }
        assertThat(trouble).containsExactly("Worker broken");
    }

    @Test
    void changes_come_in_order_once_and_a_restart_goes_on_behind_them() throws Exception {
        var seen = new ArrayList<String>();
        behaviours.put("Relay", event -> {
            records(event).forEach(record -> {
                assertThat((String) record.get("eventSourceARN")).contains("s-Things/stream/");
                seen.add(record.get("eventName") + " " + key(record));
            });
            return "{}";
        });
        put("a", "b", "c");
        host.drain();
        assertThat(seen).containsExactly("INSERT a", "INSERT b", "INSERT c");

        put("d");
        host.close();
        host = host();
        host.drain();
        assertThat(seen).containsExactly("INSERT a", "INSERT b", "INSERT c", "INSERT d");
    }

    @Test
    void a_change_that_always_fails_is_cut_out_of_its_batch_and_told_to_the_failure_queue() throws Exception {
        var done = new ArrayList<String>();
        behaviours.put("Relay", event -> {
            if (records(event).stream().anyMatch(record -> key(record).equals("poison"))) {
                throw new IllegalStateException("poisoned");
            }
            records(event).forEach(record -> done.add(key(record)));
            return "";
        });
        put("a", "b", "poison", "c", "d");
        host.drain();
        assertThat(done).containsExactly("a", "b", "c", "d");
        var lost = host.queue("Lost").peek(10);
        assertThat(lost).hasSize(1);
        var info = (Map<?, ?>) Json.object(lost.getFirst().message().body().getBytes(StandardCharsets.UTF_8))
                .get("DDBStreamBatchInfo");
        assertThat(info.get("batchSize")).isEqualTo(1);
    }

    @Test
    void a_stream_goes_on_from_the_change_that_a_function_names() throws Exception {
        var attempts = new ArrayList<List<String>>();
        behaviours.put("Relay", event -> {
            attempts.add(records(event).stream().map(HostTest::key).toList());
            return attempts.size() == 1
                    ? failures(List.of(sequence(records(event).get(1))))
                    : "";
        });
        put("a", "b", "c");
        host.drain();
        assertThat(attempts).containsExactly(List.of("a", "b", "c"), List.of("b", "c"));
        assertThat(host.queue("Lost").depth().total()).isZero();
    }

    @Test
    void a_schedule_fires_by_the_clock_and_makes_up_for_nothing() {
        host.drain();
        assertThat(host.invocations()).containsEntry("Ticker", 0L);
        time.advance(Duration.ofMinutes(5));
        host.drain();
        host.drain();
        assertThat(host.invocations()).containsEntry("Ticker", 1L);
        assertThat(host.fire("Ticker")).isInstanceOf(Outcome.Answer.class);
    }

    @Test
    void threads_do_the_same_and_a_stop_lets_an_invocation_end() throws Exception {
        var begun = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        behaviours.put("Worker", event -> {
            begun.countDown();
            assertThat(new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS)).isFalse();
            ended.countDown();
            return "";
        });
        var changes = new CopyOnWriteArrayList<String>();
        behaviours.put("Relay", event -> {
            records(event).forEach(record -> changes.add(key(record)));
            return "";
        });
        put("a");
        host.queue("Work").send("m");
        host.start();
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        host.close();
        assertThat(ended.getCount()).isZero();
        assertThat(host.queue("Work").depth().total()).isZero();
        assertThat(changes).containsExactly("a");
    }
}
