/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.signalbox.model.Connection;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Rejection;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.queue.RejectionCodec;
import io.signalbox.runtime.Log;
import io.signalbox.runtime.Metrics;
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.DynamoControlStore;
import io.signalbox.store.DynamoRecordStore;
import io.signalbox.testkit.LocalAws;
import io.signalbox.testkit.SettableClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole function on tables and queues that answer as AWS does. */
class ProcessorHandlerTest {

    private static final SettableClock CLOCK = new SettableClock(Bench.NOW);

    private static LocalAws aws;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final DynamoRecordStore records =
            new DynamoRecordStore(aws.dynamo(), aws.table("RecordsTable"), CLOCK, new ConsumedUnits());
    private final DynamoControlStore control = new DynamoControlStore(
            aws.dynamo(), aws.table("ControlTable"), CLOCK, new SplittableRandom(1), new ConsumedUnits());
    private final ProcessorHandler handler = handler();

    @BeforeAll
    static void start() {
        aws = LocalAws.fresh();
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    private ProcessorHandler handler() {
        var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new ProcessorHandler(
                aws.env(),
                CLOCK,
                aws.dynamo(),
                aws.sqs(),
                new Log("processor", CLOCK, out),
                new Metrics("processor", CLOCK, out));
    }

    private static SQSMessage from(String variable, SQSMessage message) {
        var url = aws.env().require(variable);
        message.setEventSourceArn("arn:aws:sqs:us-east-1:000000000000:" + url.substring(url.lastIndexOf('/') + 1));
        return message;
    }

    private List<String> handle(SQSMessage... messages) {
        var event = new SQSEvent();
        event.setRecords(List.of(messages));
        return handler.handleRequest(event, null).getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }

    @Test
    void a_delivery_becomes_a_scored_record_and_a_line_in_the_log() {
        assertThat(handle(from("EVENTS_QUEUE_URL", Bench.contact("m1", "1", "email", "ada@example.com"))))
                .isEmpty();
        var key = UniqueKey.external(ObjectType.CONTACT, new ExternalId(Bench.CONNECTION, "1"));
        var id = records.find(List.of(key)).get(key);
        var record = records.get(new RecordKey(ObjectType.CONTACT, id)).orElseThrow();
        assertThat(record.value("email")).isEqualTo(Value.of("ada@example.com"));
        assertThat(record.score()).isPresent();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("\"messages\":1", "\"events\":1", "\"applied\":1", "\"write_units\":", "\"Namespace\"")
                .doesNotContain("ada@");
    }

    @Test
    void a_dead_letter_keeps_its_body_and_says_why() {
        assertThat(handle(from("EVENTS_QUEUE_URL", Bench.message("m2", "not a delivery"))))
                .isEmpty();
        var letter = aws.sqs()
                .receiveMessage(request ->
                        request.queueUrl(aws.env().require("EVENTS_DLQ_URL")).messageAttributeNames("All"))
                .messages()
                .getFirst();
        assertThat(letter.body()).isEqualTo("not a delivery");
        assertThat(letter.messageAttributes().get("reason").stringValue()).isEqualTo("the message is not a delivery");
        assertThat(letter.messageAttributes().get("detail").stringValue()).contains("no header line");
        assertThat(letter.messageAttributes().get("original_message_id").stringValue())
                .isEqualTo("m2");
    }

    @Test
    void refused_requests_come_by_their_own_queue() {
        control.createConnection(new Connection(
                Bench.CONNECTION,
                new VendorId("standard"),
                URI.create("https://signalbox.test/hooks/v1/standard/shop"),
                List.of(),
                Map.of(),
                Bench.NOW));
        var refused = new Rejection(
                Bench.CONNECTION, Bench.NOW, "SIGNATURE_MISMATCH", "", 401, "POST", "192.0.2.1", Map.of(), 2, "c");
        assertThat(handle(
                        from("REJECTIONS_QUEUE_URL", Bench.message("m3", RejectionCodec.encode(refused))),
                        from("EVENTS_QUEUE_URL", Bench.contact("m4", "2", "city", "Graz"))))
                .isEmpty();
        assertThat(control.rejections(Bench.CONNECTION, 10)).containsExactly(refused);
        assertThat(control.rejected(Bench.CONNECTION)).isEqualTo(1);
    }

    @Test
    void the_rehearsal_walks_the_whole_way_without_a_network() {
        assertThatCode(() -> new Rehearsal(CLOCK).run()).doesNotThrowAnyException();
    }

    @Test
    void nothing_is_nothing() {
        assertThat(handle()).isEmpty();
    }
}
