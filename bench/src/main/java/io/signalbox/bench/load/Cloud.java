/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.load;

import io.signalbox.bench.measure.Project;
import io.signalbox.emulator.aws.AwsEndpoint;
import io.signalbox.emulator.aws.Usage;
import io.signalbox.emulator.sqs.Queue;
import io.signalbox.emulator.sqs.SqsException;
import io.signalbox.emulator.template.Stack;
import io.signalbox.emulator.template.Table;
import io.signalbox.emulator.template.Template;
import io.signalbox.runtime.Aws;
import io.signalbox.runtime.Env;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;

/** The tables and queues of template.yaml, in memory, on an endpoint in this JVM that counts what is consumed. */
public final class Cloud implements AutoCloseable {

    private final AwsEndpoint endpoint;
    private final Template template;
    private final Env env;
    private final DynamoDbClient dynamo;

    private Cloud(AwsEndpoint endpoint, Template template) {
        this.endpoint = endpoint;
        this.template = template;
        var variables = new TreeMap<>(template.environment());
        variables.put("AWS_ENDPOINT_URL", endpoint.url());
        variables.put("AWS_REGION", "us-east-1");
        variables.put("PUBLIC_URL", "https://hub.example.com");
        this.env = new Env(variables);
        this.dynamo = Aws.client(DynamoDbClient.builder(), env);
    }

    /** @param clock moves the timeouts of queues */
    public static Cloud start(InstantSource clock) throws IOException, SqsException {
        var endpoint = AwsEndpoint.start(new AwsEndpoint.Options(0, null, clock));
        var template = Template.read(
                Project.root().resolve("template.yaml"), Stack.local("bench", URI.create(endpoint.url())));
        var cloud = new Cloud(endpoint, template);
        for (var queue : template.queues().values()) {
            var seconds = Long.toString(queue.visibilityTimeout().toSeconds());
            endpoint.queues().create(queue.name(), Map.of("VisibilityTimeout", seconds));
        }
        template.tables().values().forEach(cloud::create);
        return cloud;
    }

    private void create(Table table) {
        var request = CreateTableRequest.builder()
                .tableName(table.name())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(keys(table.key()))
                .attributeDefinitions(table.attributes().entrySet().stream()
                        .map(attribute -> AttributeDefinition.builder()
                                .attributeName(attribute.getKey())
                                .attributeType(attribute.getValue())
                                .build())
                        .toList());
        if (!table.indexes().isEmpty()) {
            request.globalSecondaryIndexes(table.indexes().stream()
                    .map(index -> GlobalSecondaryIndex.builder()
                            .indexName(index.name())
                            .keySchema(keys(index.key()))
                            .projection(Projection.builder()
                                    .projectionType(index.projection())
                                    .build())
                            .build())
                    .toList());
        }
        table.streamView().ifPresent(view -> request.streamSpecification(StreamSpecification.builder()
                .streamEnabled(true)
                .streamViewType(view)
                .build()));
        dynamo.createTable(request.build());
    }

    private static List<KeySchemaElement> keys(Table.Key key) {
        var keys = new ArrayList<KeySchemaElement>();
        keys.add(KeySchemaElement.builder()
                .attributeName(key.hash())
                .keyType(KeyType.HASH)
                .build());
        key.range().ifPresent(range -> keys.add(KeySchemaElement.builder()
                .attributeName(range)
                .keyType(KeyType.RANGE)
                .build()));
        return keys;
    }

    /** The variables of every function together. */
    public Env env() {
        return env;
    }

    public Template template() {
        return template;
    }

    public AwsEndpoint endpoint() {
        return endpoint;
    }

    /** By its logical id in the template. */
    public Queue queue(String id) throws SqsException {
        return endpoint.queues().get(template.queues().get(id).name());
    }

    public Usage usage() {
        return endpoint.usage();
    }

    @Override
    public void close() throws IOException {
        dynamo.close();
        endpoint.close();
    }
}
