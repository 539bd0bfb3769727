/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.emulator.aws.AwsEndpoint.Options;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

class AwsEndpointTest {

    private static AwsEndpoint endpoint;
    private static DynamoDbClient dynamo;

    @BeforeAll
    static void start() throws IOException {
        endpoint = AwsEndpoint.start(Options.inMemory());
        dynamo = Clients.of(DynamoDbClient.builder(), endpoint.url());
        createTable(dynamo, "Things");
    }

    @AfterAll
    static void stop() throws IOException {
        dynamo.close();
        endpoint.close();
    }

    private static void createTable(DynamoDbClient client, String name) {
        client.createTable(t -> t.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("pk")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("pk")
                        .keyType(KeyType.HASH)
                        .build())
                .streamSpecification(s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
    }

    private static Map<String, AttributeValue> item(String key, String value) {
        return Map.of("pk", AttributeValue.fromS(key), "value", AttributeValue.fromS(value));
    }

    @Test
    void dynamodb_answers_with_the_units_it_consumed() {
        var put = dynamo.putItem(p -> p.tableName("Things")
                .item(item("a", "x".repeat(2_000)))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));

        assertThat(put.consumedCapacity().capacityUnits()).isEqualTo(2);
        var got = dynamo.getItem(g -> g.tableName("Things").key(Map.of("pk", AttributeValue.fromS("a"))));
        assertThat(got.item().get("value").s()).hasSize(2_000);
    }

    @Test
    void a_failed_condition_comes_as_the_exception_of_the_sdk_with_the_item_that_is_there() {
        dynamo.putItem(p -> p.tableName("Things").item(item("b", "first")));

        assertThatThrownBy(() -> dynamo.putItem(p -> p.tableName("Things")
                        .item(item("b", "second"))
                        .conditionExpression("attribute_not_exists(pk)")
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)))
                .isInstanceOfSatisfying(
                        ConditionalCheckFailedException.class,
                        e -> assertThat(e.item().get("value").s()).isEqualTo("first"));
    }

    @Test
    void the_stream_of_a_table_is_on_the_same_endpoint() {
        createTable(dynamo, "Streamed");
        dynamo.putItem(p -> p.tableName("Streamed").item(item("c", "1")));

        try (var streams = Clients.of(DynamoDbStreamsClient.builder(), endpoint.url())) {
            var arn = streams.listStreams(l -> l.tableName("Streamed"))
                    .streams()
                    .getFirst()
                    .streamArn();
            var shard = streams.describeStream(d -> d.streamArn(arn))
                    .streamDescription()
                    .shards()
                    .getFirst()
                    .shardId();
            var iterator = streams.getShardIterator(
                            i -> i.streamArn(arn).shardId(shard).shardIteratorType("TRIM_HORIZON"))
                    .shardIterator();
            var records = streams.getRecords(r -> r.shardIterator(iterator)).records();
            assertThat(records).hasSize(1);
            assertThat(records.getFirst().dynamodb().newImage()).isEqualTo(item("c", "1"));
        }
    }

    @Test
    void a_request_that_names_no_service_is_not_found() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(endpoint.url())).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(404);
        }
    }

    @Test
    void a_taken_port_is_an_io_exception_and_leaves_the_directory_free(@TempDir Path directory) throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var options = new Options(taken.getLocalPort(), directory, InstantSource.system());
            assertThatThrownBy(() -> AwsEndpoint.start(options)).isInstanceOf(IOException.class);
        }
        AwsEndpoint.start(new Options(0, directory, InstantSource.system())).close();
    }

    @Test
    void what_is_on_disk_is_there_after_a_restart_on_another_port(@TempDir Path directory) throws IOException {
        var options = new Options(0, directory, InstantSource.system());
        try (var first = AwsEndpoint.start(options);
                var db = Clients.of(DynamoDbClient.builder(), first.url());
                var sqs = Clients.of(SqsClient.builder(), first.url())) {
            createTable(db, "Kept");
            db.putItem(p -> p.tableName("Kept").item(item("k", "v")));
            var url = sqs.createQueue(q -> q.queueName("kept")).queueUrl();
            sqs.sendMessage(m -> m.queueUrl(url).messageBody("hello"));
        }
        try (var second = AwsEndpoint.start(options);
                var db = Clients.of(DynamoDbClient.builder(), second.url());
                var sqs = Clients.of(SqsClient.builder(), second.url())) {
            var got = db.getItem(g -> g.tableName("Kept").key(Map.of("pk", AttributeValue.fromS("k"))));
            assertThat(got.item()).isEqualTo(item("k", "v"));
            var url = sqs.getQueueUrl(q -> q.queueName("kept")).queueUrl();
            assertThat(url).startsWith(second.url());
            assertThat(sqs.receiveMessage(r -> r.queueUrl(url)).messages())
                    .singleElement()
                    .satisfies(m -> assertThat(m.body()).isEqualTo("hello"));
        }
    }
}
