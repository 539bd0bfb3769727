/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.template;

import static io.signalbox.emulator.template.TemplateReader.seconds;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the properties of queues, tables and the HTTP API. */
final class ResourceReader {

    private static final int FOUR_DAYS = 345_600;

    private ResourceReader() {}

    static Queue queue(Intrinsics intrinsics, Stack stack, String id, Optional<Part> properties) {
        properties.ifPresent(part -> part.expect(
                "a queue",
                Set.of("DelaySeconds", "MessageRetentionPeriod", "RedrivePolicy", "VisibilityTimeout"),
                Set.of("KmsMasterKeyId", "RedriveAllowPolicy", "SqsManagedSseEnabled", "Tags")));
        var name = stack.physicalName(id);
        var redrive = properties.flatMap(part -> part.find("RedrivePolicy")).map(policy -> {
            policy.expect("a redrive policy", Set.of("deadLetterTargetArn", "maxReceiveCount"), Set.of());
            var target = policy.get("deadLetterTargetArn");
            intrinsics.resource(target, TemplateReader.QUEUE, "Arn");
            return new Queue.Redrive(
                    target.text(), policy.get("maxReceiveCount").number());
        });
        return new Queue(
                id,
                name,
                stack.queueUrl(id),
                stack.arn("sqs", name),
                properties.map(part -> seconds(part, "VisibilityTimeout", 30)).orElse(Duration.ofSeconds(30)),
                properties
                        .map(part -> seconds(part, "MessageRetentionPeriod", FOUR_DAYS))
                        .orElse(Duration.ofSeconds(FOUR_DAYS)),
                properties.map(part -> seconds(part, "DelaySeconds", 0)).orElse(Duration.ZERO),
                redrive);
    }

    static Table table(Stack stack, String id, Part properties) {
        properties.expect(
                "a table",
                Set.of(
                        "AttributeDefinitions",
                        "BillingMode",
                        "GlobalSecondaryIndexes",
                        "KeySchema",
                        "StreamSpecification",
                        "TimeToLiveSpecification"),
                Set.of("DeletionProtectionEnabled", "PointInTimeRecoverySpecification", "SSESpecification", "Tags"));
        if (!properties.text("BillingMode", "PROVISIONED").equals("PAY_PER_REQUEST")) {
            throw properties.wrong("only tables with BillingMode PAY_PER_REQUEST are understood");
        }
        var attributes = new HashMap<String, String>();
        for (var attribute : properties.get("AttributeDefinitions").items()) {
            attributes.put(attribute.text("AttributeName"), attribute.text("AttributeType"));
        }
        var name = stack.physicalName(id);
        return new Table(
                id,
                name,
                stack.arn("dynamodb", "table/" + name),
                attributes,
                key(properties),
                properties
                        .find("GlobalSecondaryIndexes")
                        .map(indexes -> indexes.items().stream()
                                .map(ResourceReader::index)
                                .toList())
                        .orElse(List.of()),
                properties.find("StreamSpecification").map(stream -> stream.text("StreamViewType")),
                properties
                        .find("TimeToLiveSpecification")
                        .filter(ttl -> ttl.flag("Enabled"))
                        .map(ttl -> ttl.text("AttributeName")));
    }

    private static Table.Index index(Part index) {
        index.expect("an index", Set.of("IndexName", "KeySchema", "Projection"), Set.of());
        var projection = index.get("Projection");
        projection.expect("a projection", Set.of("NonKeyAttributes", "ProjectionType"), Set.of());
        return new Table.Index(
                index.text("IndexName"),
                key(index),
                projection.text("ProjectionType"),
                projection.texts("NonKeyAttributes"));
    }

    private static Table.Key key(Part owner) {
        var byType = new HashMap<String, String>();
        for (var element : owner.get("KeySchema").items()) {
            byType.put(element.text("KeyType"), element.text("AttributeName"));
        }
        if (!byType.containsKey("HASH")) {
            throw owner.wrong("KeySchema has no HASH");
        }
        return new Table.Key(byType.get("HASH"), Optional.ofNullable(byType.get("RANGE")));
    }

    static HttpApi api(Intrinsics intrinsics, String id, Part properties) {
        properties.expect(
                "an HTTP API",
                Set.of("Auth"),
                Set.of(
                        "AccessLogSettings",
                        "DefaultRouteSettings",
                        "Description",
                        "DisableExecuteApiEndpoint",
                        "Domain",
                        "FailOnWarnings",
                        "Name",
                        "RouteSettings",
                        "StageName",
                        "Tags"));
        var authorizers = new HashMap<String, HttpApi.Authorizer>();
        var auth = properties.find("Auth");
        auth.ifPresent(part -> {
            part.expect("Auth", Set.of("Authorizers", "DefaultAuthorizer"), Set.of());
            part.find("Authorizers")
                    .map(Part::members)
                    .orElse(Map.of())
                    .forEach((name, authorizer) -> authorizers.put(name, authorizer(intrinsics, authorizer)));
        });
        var byDefault = auth.flatMap(part -> part.find("DefaultAuthorizer"));
        byDefault.ifPresent(part -> {
            if (!authorizers.containsKey(part.text())) {
                throw part.wrong("there is no authorizer of that name");
            }
        });
        return new HttpApi(id, authorizers, byDefault.map(Part::text));
    }

    private static HttpApi.Authorizer authorizer(Intrinsics intrinsics, Part part) {
        part.expect(
                "a Lambda authorizer",
                Set.of("AuthorizerPayloadFormatVersion", "EnableSimpleResponses", "FunctionArn", "Identity"),
                Set.of("EnableFunctionDefaultPermissions", "FunctionInvokeRole"));
        if (!part.text("AuthorizerPayloadFormatVersion").equals("2.0") || !part.flag("EnableSimpleResponses")) {
            throw part.wrong("only payload version 2.0 with simple responses is understood");
        }
        var identity = part.find("Identity");
        identity.ifPresent(sources -> sources.expect("Identity", Set.of("Headers", "ReauthorizeEvery"), Set.of()));
        if (identity.map(sources -> sources.number("ReauthorizeEvery", 0)).orElse(0) != 0) {
            throw part.wrong("only authorizers that are asked every time, ReauthorizeEvery: 0, are understood");
        }
        return new HttpApi.Authorizer(
                intrinsics.function(part.get("FunctionArn")),
                identity.map(sources -> sources.texts("Headers")).orElse(List.of()).stream()
                        .map(header -> header.toLowerCase(Locale.ROOT))
                        .toList());
    }
}
