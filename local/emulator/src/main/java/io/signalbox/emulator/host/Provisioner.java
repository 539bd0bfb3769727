/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.host;

import io.signalbox.emulator.aws.AwsEndpoint;
import io.signalbox.emulator.json.Json;
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

/** Creates the tables and queues of a template; those that are there already keep their content. */
final class Provisioner {

    private static final String DYNAMODB = "DynamoDB_20120810.";

    private final AwsEndpoint endpoint;
    private final AwsJson dynamoDb;

    Provisioner(AwsEndpoint endpoint, AwsJson dynamoDb) {
        this.endpoint = endpoint;
        this.dynamoDb = dynamoDb;
    }

    void create(Template template) throws IOException {
        for (var queue : template.queues().values()) {
            create(queue);
        }
        for (var table : template.tables().values()) {
            create(table);
        }
    }

    private void create(Queue queue) throws IOException {
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("VisibilityTimeout", Long.toString(queue.visibilityTimeout().toSeconds()));
        attributes.put("MessageRetentionPeriod", Long.toString(queue.retention().toSeconds()));
        attributes.put("DelaySeconds", Long.toString(queue.delay().toSeconds()));
        queue.redrive()
                .ifPresent(redrive -> attributes.put(
                        "RedrivePolicy",
                        new String(
                                Json.bytes(Map.of(
                                        "deadLetterTargetArn",
                                        redrive.deadLetterArn(),
                                        "maxReceiveCount",
                                        redrive.maxReceiveCount())),
                                StandardCharsets.UTF_8)));
        try {
            if (endpoint.queues().names().contains(queue.name())) {
                endpoint.queues().get(queue.name()).set(attributes);
            } else {
                endpoint.queues().create(queue.name(), attributes);
            }
        } catch (SqsException e) {
            throw new IOException("the queue " + queue.id() + " cannot be made", e);
        }
    }

    private void create(Table table) throws IOException {
        var request = new LinkedHashMap<String, Object>();
        request.put("TableName", table.name());
        request.put("BillingMode", "PAY_PER_REQUEST");
        var attributes = new ArrayList<>();
        table.attributes().forEach((name, type) -> attributes.add(Map.of("AttributeName", name, "AttributeType", type)));
        request.put("AttributeDefinitions", attributes);
        request.put("KeySchema", schema(table.key()));
        if (!table.indexes().isEmpty()) {
            request.put("GlobalSecondaryIndexes", table.indexes().stream().map(Provisioner::index).toList());
        }
        table.streamView()
                .ifPresent(view -> request.put(
                        "StreamSpecification", Map.of("StreamEnabled", true, "StreamViewType", view)));
        try {
            dynamoDb.call(DYNAMODB + "CreateTable", request);
            if (table.ttlAttribute().isPresent()) {
                expire(table);
            }
        } catch (AwsJson.Refused e) {
            if (!e.is("ResourceInUseException")) {
                throw e;
            }
        }
    }

    private void expire(Table table) throws IOException {
        dynamoDb.call(
                DYNAMODB + "UpdateTimeToLive",
                Map.of(
                        "TableName",
                        table.name(),
                        "TimeToLiveSpecification",
                        Map.of("Enabled", true, "AttributeName", table.ttlAttribute().orElseThrow())));
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
