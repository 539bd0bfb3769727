/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.emulator.aws.AwsEndpoint.Options;
import io.signalbox.emulator.aws.Usage.Units;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.sqs.SqsClient;

class UsageTest {

    private static AwsEndpoint endpoint;
    private static DynamoDbClient dynamo;

    private Usage before;

    @BeforeAll
    static void start() throws IOException {
        endpoint = AwsEndpoint.start(Options.inMemory());
        dynamo = Clients.of(DynamoDbClient.builder(), endpoint.url());
        dynamo.createTable(t -> t.tableName("Things")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute("pk"), attribute("other"))
                .keySchema(hash("pk"))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName("ByOther")
                        .keySchema(hash("other"))
                        .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY))
                        .build()));
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement hash(String name) {
        return KeySchemaElement.builder()
                .attributeName(name)
                .keyType(KeyType.HASH)
                .build();
    }

    @BeforeEach
    void mark() {
        before = endpoint.usage();
    }

    @AfterAll
    static void stop() throws IOException {
        dynamo.close();
        endpoint.close();
    }

    private static Map<String, AttributeValue> item(String key) {
        return Map.of("pk", AttributeValue.fromS(key));
    }

    private Usage since() {
        return endpoint.usage().minus(before);
    }

    @Test
    void writes_are_counted_by_the_kilobyte_and_reads_by_four() {
        var large = Map.of("pk", AttributeValue.fromS("large"), "v", AttributeValue.fromS("x".repeat(5_000)));
        dynamo.putItem(p -> p.tableName("Things").item(large).returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
        dynamo.getItem(g -> g.tableName("Things")
                .key(item("large"))
                .consistentRead(true)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));

        assertThat(since().tables()).containsExactly(Map.entry("Things", new Units(5, 2)));
    }

    @Test
    void an_index_s_part_stands_apart_when_the_answer_gives_it() {
        var indexed = Map.of("pk", AttributeValue.fromS("i"), "other", AttributeValue.fromS("o"));
        dynamo.putItem(p -> p.tableName("Things").item(indexed).returnConsumedCapacity(ReturnConsumedCapacity.INDEXES));

        assertThat(since().tables()).isEqualTo(Map.of("Things", new Units(1, 0), "Things/ByOther", new Units(1, 0)));
        assertThat(since().writeUnits()).isEqualTo(2);
    }

    @Test
    void batches_count_each_item_and_transactions_twice() {
        dynamo.batchWriteItem(b -> b.returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                .requestItems(Map.of("Things", List.of(put("b1"), put("b2"), put("b3")))));
        assertThat(since().writeUnits()).isEqualTo(3);

        dynamo.transactWriteItems(
                t -> t.returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).transactItems(create("t1"), create("t2")));
        assertThat(since().writeUnits()).isEqualTo(3 + 4);
    }

    private static WriteRequest put(String key) {
        return WriteRequest.builder().putRequest(p -> p.item(item(key))).build();
    }

    private static TransactWriteItem create(String key) {
        return TransactWriteItem.builder()
                .put(p -> p.tableName("Things").item(item(key)).conditionExpression("attribute_not_exists(pk)"))
                .build();
    }

    @Test
    void a_refused_write_costs_what_dynamodb_charges_for_it() {
        dynamo.putItem(p -> p.tableName("Things").item(item("there")));
        assertThatThrownBy(() -> dynamo.putItem(
                        p -> p.tableName("Things").item(item("there")).conditionExpression("attribute_not_exists(pk)")))
                .isInstanceOf(ConditionalCheckFailedException.class);
        assertThat(since().writeUnits()).isEqualTo(1);

        assertThatThrownBy(() -> dynamo.transactWriteItems(t -> t.transactItems(create("new"), create("there"))))
                .isInstanceOf(TransactionCanceledException.class);
        assertThat(since().writeUnits()).isEqualTo(1 + 4);
    }

    @Test
    void queue_requests_are_counted_in_chunks_of_64_kilobytes() {
        try (var sqs = Clients.of(SqsClient.builder(), endpoint.url())) {
            var url = sqs.createQueue(q -> q.queueName("counted")).queueUrl();
            sqs.sendMessage(m -> m.queueUrl(url).messageBody("small"));
            sqs.sendMessage(m -> m.queueUrl(url).messageBody("x".repeat(65_537)));
            var received = sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10))
                    .messages();
            sqs.deleteMessage(
                    d -> d.queueUrl(url).receiptHandle(received.getFirst().receiptHandle()));
            sqs.receiveMessage(r -> r.queueUrl(url));
        }
        assertThat(since().sqsRequests())
                .isEqualTo(Map.of("CreateQueue", 1L, "SendMessage", 3L, "ReceiveMessage", 3L, "DeleteMessage", 1L));
    }

    @Test
    void what_did_not_change_is_not_in_the_difference() {
        assertThat(since()).isEqualTo(Usage.NONE);
    }
}
