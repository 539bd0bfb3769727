/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.template;

import static io.signalbox.emulator.template.TemplateReader.seconds;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a function's events: routes, queues, streams and schedules. */
final class TriggerReader {

    private static final Pattern RATE = Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)");

    private final Intrinsics intrinsics;
    private final Optional<HttpApi> api;

    TriggerReader(Intrinsics intrinsics, Optional<HttpApi> api) {
        this.intrinsics = intrinsics;
        this.api = api;
    }

    Trigger read(String function, String name, Part event) {
        event.expect("an event", Set.of("Properties", "Type"), Set.of());
        var properties = event.get("Properties");
        return switch (event.text("Type")) {
            case "HttpApi" -> route(function, properties);
            case "SQS" -> queue(function, properties);
            case "DynamoDB" -> stream(function, properties);
            case "Schedule" -> schedule(function, name, properties);
            default ->
                throw event.wrong("events of this type are not understood; HttpApi, SQS, DynamoDB, Schedule are");
        };
    }

    private Trigger.Route route(String function, Part properties) {
        properties.expect(
                "a route",
                Set.of("ApiId", "Auth", "Method", "Path", "PayloadFormatVersion"),
                Set.of("TimeoutInMillis"));
        var http = api.orElseThrow(() -> properties.wrong("the template has no HTTP API"));
        if (!properties.text("PayloadFormatVersion", "2.0").equals("2.0")) {
            throw properties.wrong("only payload version 2.0 is understood");
        }
        var named = properties.find("Auth").flatMap(auth -> {
            auth.expect("Auth", Set.of("Authorizer"), Set.of());
            return auth.find("Authorizer");
        });
        named.ifPresent(part -> {
            if (!part.text().equals("NONE") && !http.authorizers().containsKey(part.text())) {
                throw part.wrong("there is no authorizer of that name");
            }
        });
        var authorizer = named.map(Part::text).or(http::defaultAuthorizer).filter(name -> !name.equals("NONE"));
        var path = properties.text("Path", Trigger.Route.DEFAULT);
        return new Trigger.Route(
                function, properties.text("Method", Trigger.Route.ANY).toUpperCase(Locale.ROOT), path, authorizer);
    }

    private Trigger.QueueSource queue(String function, Part properties) {
        properties.expect(
                "an SQS event",
                Set.of(
                        "BatchSize",
                        "FunctionResponseTypes",
                        "MaximumBatchingWindowInSeconds",
                        "Queue",
                        "ScalingConfig"),
                Set.of());
        var batchSize = properties.number("BatchSize", 10);
        var window = seconds(properties, "MaximumBatchingWindowInSeconds", 0);
        if (batchSize > 10 && window.isZero()) {
            throw properties.wrong("a batch of more than 10 needs a window of at least one second");
        }
        var concurrency = properties
                .find("ScalingConfig")
                .map(part -> part.get("MaximumConcurrency").number());
        return new Trigger.QueueSource(
                function,
                intrinsics.resource(properties.get("Queue"), TemplateReader.QUEUE, "Arn"),
                batchSize,
                window,
                partialFailures(properties),
                concurrency.map(OptionalInt::of).orElse(OptionalInt.empty()));
    }

    private Trigger.StreamSource stream(String function, Part properties) {
        properties.expect(
                "a DynamoDB event",
                Set.of(
                        "BatchSize",
                        "BisectBatchOnFunctionError",
                        "DestinationConfig",
                        "FilterCriteria",
                        "FunctionResponseTypes",
                        "MaximumBatchingWindowInSeconds",
                        "MaximumRetryAttempts",
                        "StartingPosition",
                        "Stream"),
                Set.of("ParallelizationFactor"));
        var onFailure = properties.find("DestinationConfig").map(part -> part.get("OnFailure"));
        onFailure.ifPresent(part -> {
            if (!part.text("Type", "").equals("SQS")) {
                throw part.wrong("needs Type: SQS; without it SAM grants no right to send, and failures vanish");
            }
        });
        return new Trigger.StreamSource(
                function,
                intrinsics.resource(properties.get("Stream"), TemplateReader.TABLE, "StreamArn"),
                properties.text("StartingPosition").equals("TRIM_HORIZON"),
                properties.number("BatchSize", 100),
                seconds(properties, "MaximumBatchingWindowInSeconds", 0),
                properties.flag("BisectBatchOnFunctionError"),
                properties.number("MaximumRetryAttempts", -1),
                partialFailures(properties),
                onFailure.map(part -> intrinsics.resource(part.get("Destination"), TemplateReader.QUEUE, "Arn")),
                properties.find("FilterCriteria").map(EventFilter::read).orElse(EventFilter.ALL));
    }

    private Trigger.Schedule schedule(String function, String name, Part properties) {
        properties.expect("a schedule", Set.of("Schedule"), Set.of("Description", "Enabled", "Name", "RetryPolicy"));
        var text = properties.text("Schedule");
        var rate = RATE.matcher(text);
        if (!rate.matches()) {
            throw properties
                    .get("Schedule")
                    .wrong("only rate(n minutes), rate(n hours) and rate(n days) are understood");
        }
        var count = Integer.parseInt(rate.group(1));
        var unit = switch (rate.group(2)) {
            case "minute" -> Duration.ofMinutes(1);
            case "hour" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
        return new Trigger.Schedule(function, name, unit.multipliedBy(count));
    }

    private static boolean partialFailures(Part properties) {
        return properties.texts("FunctionResponseTypes").contains("ReportBatchItemFailures");
    }
}
