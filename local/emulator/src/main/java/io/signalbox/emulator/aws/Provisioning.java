/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import io.signalbox.emulator.json.Json;
import io.signalbox.emulator.sqs.Queues;
import io.signalbox.emulator.sqs.SqsException;
import io.signalbox.emulator.template.Queue;
import io.signalbox.emulator.template.Table;
import io.signalbox.emulator.template.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What CloudFormation does with the tables and queues of a template. */
final class Provisioning {

    private Provisioning() {}

    static void queues(Queues queues, Template template) throws IOException {
        try {
            var there = queues.names();
            for (var queue : template.queues().values()) {
                if (there.contains(queue.name())) {
                    queues.get(queue.name()).set(attributes(queue));
                } else {
                    queues.create(queue.name(), attributes(queue));
                }
            }
        } catch (SqsException e) {
            throw new IOException("the template's queues cannot be made: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> attributes(Queue queue) {
        var attributes = new LinkedHashMap<String, String>();
        attributes.put(
                "VisibilityTimeout", Long.toString(queue.visibilityTimeout().toSeconds()));
        attributes.put("MessageRetentionPeriod", Long.toString(queue.retention().toSeconds()));
        attributes.put("DelaySeconds", Long.toString(queue.delay().toSeconds()));
        var policy = queue.redrive()
                .map(redrive -> Json.bytes(Map.of(
                        "deadLetterTargetArn", redrive.deadLetterArn(), "maxReceiveCount", redrive.maxReceiveCount())))
                .orElse(new byte[0]);
        attributes.put("RedrivePolicy", new String(policy, StandardCharsets.UTF_8));
        return attributes;
    }

    static void tables(DynamoDb dynamoDb, Template template) throws IOException {
        for (var table : template.tables().values()) {
            var answer =
                    dynamoDb.call("DynamoDB_20120810.CreateTable", DynamoDb.CREDENTIALS, Json.bytes(definition(table)));
            var type = String.valueOf(Json.member(answer.body(), "__type"));
            if (answer.status() != 200 && !type.endsWith("#ResourceInUseException")) {
                throw new IOException(
                        "table " + table.id() + " cannot be made: " + Json.member(answer.body(), "Message"));
            }
            if (answer.status() == 200 && table.ttlAttribute().isPresent()) {
                timeToLive(dynamoDb, table, table.ttlAttribute().get());
            }
        }
    }

    private static void timeToLive(DynamoDb dynamoDb, Table table, String attribute) throws IOException {
        var request = Map.of(
                "TableName",
                table.name(),
                "TimeToLiveSpecification",
                Map.of("AttributeName", attribute, "Enabled", true));
        var answer = dynamoDb.call("DynamoDB_20120810.UpdateTimeToLive", DynamoDb.CREDENTIALS, Json.bytes(request));
        if (answer.status() != 200) {
            throw new IOException("table " + table.id() + " takes no time to live: "
                    + new String(answer.body(), StandardCharsets.UTF_8));
        }
    }

    private static Map<String, Object> definition(Table table) {
        var definition = new LinkedHashMap<String, Object>();
        definition.put("TableName", table.name());
        definition.put("BillingMode", "PAY_PER_REQUEST");
        var attributes = new ArrayList<>();
        table.attributes()
                .forEach((name, type) -> attributes.add(Map.of("AttributeName", name, "AttributeType", type)));
        definition.put("AttributeDefinitions", attributes);
        definition.put("KeySchema", schema(table.key()));
        if (!table.indexes().isEmpty()) {
            definition.put(
                    "GlobalSecondaryIndexes",
                    table.indexes().stream().map(Provisioning::index).toList());
        }
        table.streamView()
                .ifPresent(view ->
                        definition.put("StreamSpecification", Map.of("StreamEnabled", true, "StreamViewType", view)));
        return definition;
    }

    private static Map<String, Object> index(Table.Index index) {
        var projection = new LinkedHashMap<String, Object>();
        projection.put("ProjectionType", index.projection());
        if (!index.included().isEmpty()) {
            projection.put("NonKeyAttributes", index.included());
        }
        return Map.of("IndexName", index.name(), "KeySchema", schema(index.key()), "Projection", projection);
    }

    private static List<Object> schema(Table.Key key) {
        var schema = new ArrayList<>();
        schema.add(Map.of("AttributeName", key.hash(), "KeyType", "HASH"));
        key.range().ifPresent(range -> schema.add(Map.of("AttributeName", range, "KeyType", "RANGE")));
        return schema;
    }
}
