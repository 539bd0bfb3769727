/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.emulator.aws.AwsEndpoint.Options;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sqs.model.BatchRequestTooLongException;
import software.amazon.awssdk.services.sqs.model.EmptyBatchRequestException;
import software.amazon.awssdk.services.sqs.model.InvalidMessageContentsException;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sqs.model.TooManyEntriesInBatchRequestException;

/** The protocol as the SDK speaks it; the SDK itself checks every MD5. */
class SqsProtocolTest {

    private static AwsEndpoint endpoint;
    private static SqsClient sqs;
    private static int count;

    private String url;

    @BeforeAll
    static void start() throws IOException {
        endpoint = AwsEndpoint.start(Options.inMemory());
        sqs = Clients.of(SqsClient.builder(), endpoint.url());
    }

    @BeforeEach
    void queue() {
        url = sqs.createQueue(q -> q.queueName("q" + count++)).queueUrl();
    }

    @AfterAll
    static void stop() throws IOException {
        sqs.close();
        endpoint.close();
    }

    private static void refused(ThrowingCallable call, Class<? extends SqsException> as) {
        assertThatThrownBy(call).isInstanceOf(as);
    }

    private static void refused(ThrowingCallable call, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SqsException.class, e -> {
            assertThat(e.statusCode()).isEqualTo(400);
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
        });
    }

    private static SendMessageBatchRequestEntry entry(String id, String body) {
        return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
    }

    @Test
    void bodies_and_attributes_of_every_type_come_back_as_they_were_sent() {
        var attributes = Map.of(
                "text",
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue("größe 😀")
                                .build(),
                "number",
                        MessageAttributeValue.builder()
                                .dataType("Number.int")
                                .stringValue("42")
                                .build(),
                "raw",
                        MessageAttributeValue.builder()
                                .dataType("Binary")
                                .binaryValue(SdkBytes.fromByteArray(new byte[] {0, -1, 7}))
                                .build());
        sqs.sendMessage(m -> m.queueUrl(url).messageBody("{\"größe\":\"😀\"}\n").messageAttributes(attributes));

        var message = sqs.receiveMessage(r -> r.queueUrl(url)
                        .messageAttributeNames("All")
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages()
                .getFirst();
        assertThat(message.body()).isEqualTo("{\"größe\":\"😀\"}\n");
        assertThat(message.messageAttributes()).isEqualTo(attributes);
        assertThat(message.attributes())
                .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1")
                .containsKeys(
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP,
                        MessageSystemAttributeName.SENDER_ID);
    }

    @Test
    void only_the_attributes_asked_for_come_back() {
        var value = MessageAttributeValue.builder()
                .dataType("String")
                .stringValue("v")
                .build();
        sqs.sendMessage(m ->
                m.queueUrl(url).messageBody("m").messageAttributes(Map.of("a.one", value, "a.two", value, "b", value)));

        var message = sqs.receiveMessage(r -> r.queueUrl(url)
                        .messageAttributeNames("a.*")
                        .messageSystemAttributeNames(MessageSystemAttributeName.SENT_TIMESTAMP))
                .messages()
                .getFirst();
        assertThat(message.messageAttributes()).containsOnlyKeys("a.one", "a.two");
        assertThat(message.attributes()).containsOnlyKeys(MessageSystemAttributeName.SENT_TIMESTAMP);
    }

    @Test
    void a_trace_header_and_a_message_group_travel_with_the_message() {
        sqs.sendMessage(m -> m.queueUrl(url)
                .messageBody("m")
                .messageGroupId("tenant-1")
                .messageSystemAttributesWithStrings(Map.of(
                        MessageSystemAttributeNameForSends.AWS_TRACE_HEADER.toString(),
                        software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue.builder()
                                .dataType("String")
                                .stringValue("Root=1-5759e988")
                                .build())));

        var message = sqs.receiveMessage(
                        r -> r.queueUrl(url).messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages()
                .getFirst();
        assertThat(message.attributes())
                .containsEntry(MessageSystemAttributeName.AWS_TRACE_HEADER, "Root=1-5759e988")
                .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "tenant-1");
    }

    @Test
    void a_batch_keeps_what_is_good_and_names_what_is_not() {
        var sent = sqs.sendMessageBatch(
                b -> b.queueUrl(url).entries(entry("good", "m"), entry("bad", "\u0001"), entry("fine", "n")));

        assertThat(sent.successful()).extracting("id").containsExactly("good", "fine");
        assertThat(sent.failed()).singleElement().satisfies(f -> {
            assertThat(f.id()).isEqualTo("bad");
            assertThat(f.senderFault()).isTrue();
            assertThat(f.code()).isEqualTo("InvalidMessageContents");
        });
        var received =
                sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10)).messages();
        assertThat(received).extracting("body").containsExactlyInAnyOrder("m", "n");

        var deleted = sqs.deleteMessageBatch(d -> d.queueUrl(url)
                .entries(
                        e -> e.id("one").receiptHandle(received.getFirst().receiptHandle()),
                        e -> e.id("two").receiptHandle("nonsense")));
        assertThat(deleted.successful()).extracting("id").containsExactly("one");
        assertThat(deleted.failed()).extracting("code").containsExactly("ReceiptHandleIsInvalid");

        var changed = sqs.changeMessageVisibilityBatch(c -> c.queueUrl(url)
                .entries(
                        e -> e.id("one")
                                .receiptHandle(received.getLast().receiptHandle())
                                .visibilityTimeout(0),
                        e -> e.id("two")
                                .receiptHandle(received.getFirst().receiptHandle())
                                .visibilityTimeout(0)));
        assertThat(changed.successful()).extracting("id").containsExactly("one");
        assertThat(changed.failed()).extracting("code").containsExactly("InvalidParameterValue");
        assertThat(sqs.receiveMessage(r -> r.queueUrl(url)).messages()).hasSize(1);
    }

    @Test
    void batches_that_sqs_refuses_as_a_whole_are_refused() {
        refused(() -> sqs.sendMessageBatch(b -> b.queueUrl(url).entries(List.of())), EmptyBatchRequestException.class);
        refused(
                () -> sqs.sendMessageBatch(b -> b.queueUrl(url).entries(entry("same", "m"), entry("same", "n"))),
                BatchEntryIdsNotDistinctException.class);
        var eleven = IntStream.range(0, 11).mapToObj(i -> entry("e" + i, "m")).toList();
        refused(
                () -> sqs.sendMessageBatch(b -> b.queueUrl(url).entries(eleven)),
                TooManyEntriesInBatchRequestException.class);
        var large = "x".repeat(600_000);
        refused(
                () -> sqs.sendMessageBatch(b -> b.queueUrl(url).entries(entry("a", large), entry("b", large))),
                BatchRequestTooLongException.class);
        assertThat(sqs.receiveMessage(r -> r.queueUrl(url)).messages()).isEmpty();
    }

    @Test
    void a_message_may_have_one_mebibyte_and_no_byte_more() {
        sqs.sendMessage(m -> m.queueUrl(url).messageBody("x".repeat(1 << 20)));
        refused(
                () -> sqs.sendMessage(m -> m.queueUrl(url).messageBody("x".repeat((1 << 20) + 1))),
                "InvalidParameterValue");
        assertThat(sqs.receiveMessage(r -> r.queueUrl(url))
                        .messages()
                        .getFirst()
                        .body())
                .hasSize(1 << 20);
    }

    @Test
    void bad_requests_are_refused_with_the_codes_of_sqs() {
        refused(
                () -> sqs.sendMessage(m -> m.queueUrl(url).messageBody("\uFFFF")),
                InvalidMessageContentsException.class);
        refused(() -> sqs.sendMessage(m -> m.queueUrl(url).messageBody("")), "MissingParameter");
        refused(
                () -> sqs.sendMessage(m -> m.queueUrl(url).messageBody("m").delaySeconds(901)),
                "InvalidParameterValue");
        refused(() -> sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(11)), "InvalidParameterValue");
        refused(() -> sqs.receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(21)), "InvalidParameterValue");
        refused(() -> sqs.receiveMessage(r -> r.queueUrl(url).visibilityTimeout(43_201)), "InvalidParameterValue");
        refused(
                () -> sqs.deleteMessage(d -> d.queueUrl(url).receiptHandle("nonsense")),
                ReceiptHandleIsInvalidException.class);
        refused(() -> sqs.sendMessage(m -> m.queueUrl(url + "-no").messageBody("m")), QueueDoesNotExistException.class);
        refused(() -> sqs.getQueueUrl(q -> q.queueName("no-such")), QueueDoesNotExistException.class);
        refused(
                () -> sqs.createQueue(q -> q.queueName("q0").attributes(Map.of(QueueAttributeName.DELAY_SECONDS, "1"))),
                QueueNameExistsException.class);
        refused(
                () -> sqs.setQueueAttributes(
                        s -> s.queueUrl(url).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "-1"))),
                "InvalidAttributeValue");
        refused(() -> sqs.listQueueTags(t -> t.queueUrl(url)), "AWS.SimpleQueueService.UnsupportedOperation");
    }

    @Test
    void queues_are_found_configured_counted_purged_and_deleted() {
        sqs.setQueueAttributes(s -> s.queueUrl(url)
                .attributes(Map.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT,
                        "90",
                        QueueAttributeName.SQS_MANAGED_SSE_ENABLED,
                        "true")));
        sqs.sendMessageBatch(b -> b.queueUrl(url).entries(entry("a", "1"), entry("b", "2")));
        sqs.receiveMessage(r -> r.queueUrl(url));

        var attributes = sqs.getQueueAttributes(g -> g.queueUrl(url).attributeNames(QueueAttributeName.ALL));
        assertThat(attributes.attributes())
                .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "90")
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "1")
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "1");
        var name = url.substring(url.lastIndexOf('/') + 1);
        assertThat(sqs.getQueueUrl(q -> q.queueName(name)).queueUrl()).isEqualTo(url);
        assertThat(sqs.listQueues(l -> l.queueNamePrefix(name)).queueUrls()).contains(url);

        sqs.purgeQueue(p -> p.queueUrl(url));
        assertThat(sqs.receiveMessage(r -> r.queueUrl(url)).messages()).isEmpty();
        sqs.deleteQueue(d -> d.queueUrl(url));
        refused(() -> sqs.receiveMessage(r -> r.queueUrl(url)), QueueDoesNotExistException.class);
    }
}
