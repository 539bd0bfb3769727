/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads one file: parameters first, then the names of all resources, then the resources one by one. */
final class TemplateReader {

    static final String FUNCTION = "AWS::Serverless::Function";
    static final String HTTP_API = "AWS::Serverless::HttpApi";
    static final String QUEUE = "AWS::SQS::Queue";
    static final String TABLE = "AWS::DynamoDB::Table";

    /** Resource types that only the cloud has a use for. */
    private static final Set<String> CLOUD_ONLY = Set.of(
            "AWS::CloudWatch::Alarm",
            "AWS::CloudWatch::Dashboard",
            "AWS::Events::Rule",
            "AWS::IAM::Role",
            "AWS::IAM::ManagedPolicy",
            "AWS::KMS::Key",
            "AWS::Lambda::Permission",
            "AWS::Logs::LogGroup",
            "AWS::Logs::MetricFilter",
            "AWS::SNS::Topic",
            "AWS::SNS::Subscription",
            "AWS::SQS::QueuePolicy");

    private final Path file;
    private final Stack stack;
    private final Intrinsics intrinsics;

    private final LinkedHashMap<String, Function> functions = new LinkedHashMap<>();
    private final LinkedHashMap<String, Queue> queues = new LinkedHashMap<>();
    private final LinkedHashMap<String, Table> tables = new LinkedHashMap<>();
    private final List<HttpApi> apis = new ArrayList<>();
    private final List<Part> functionParts = new ArrayList<>();

    TemplateReader(Path file, Stack stack) {
        this.file = file;
        this.stack = stack;
        this.intrinsics = new Intrinsics(file.getFileName().toString(), stack);
    }

    Template read() throws IOException {
        var root = parse();
        root.expect(
                "the template",
                Set.of(
                        "AWSTemplateFormatVersion",
                        "Conditions",
                        "Description",
                        "Globals",
                        "Outputs",
                        "Parameters",
                        "Resources",
                        "Transform"),
                Set.of("Metadata"));
        root.find("Parameters").ifPresent(part -> new ParameterReader(intrinsics, stack).read(part));
        root.find("Conditions").ifPresent(part -> part.members().forEach(intrinsics::condition));
        var resources = root.get("Resources").members();
        resources.forEach((id, resource) -> intrinsics.resource(id, resource.text("Type")));
        resources.forEach(this::resource);

        var reader = new FunctionReader(
                intrinsics,
                file.toAbsolutePath().getParent(),
                root.find("Globals").flatMap(FunctionReader::globals),
                apis.stream().findFirst());
        var triggers = new ArrayList<Trigger>();
        for (var part : functionParts) {
            var function = reader.read(id(part), part.get("Properties"));
            functions.put(function.id(), function);
            triggers.addAll(reader.triggers(function.id(), part.get("Properties")));
        }
        return new Template(functions, queues, tables, apis.stream().findFirst(), triggers, intrinsics.skipped());
    }

    private Part parse() throws IOException {
        try {
            var settings = LoadSettings.builder().setLabel(intrinsics.file()).build();
            var node = new Compose(settings).composeString(Files.readString(file));
            return new Part(
                    intrinsics,
                    "",
                    node.orElseThrow(() -> new UnreadableTemplate(intrinsics.file() + ": the file is empty")));
        } catch (YamlEngineException e) {
            throw new UnreadableTemplate(intrinsics.file() + ": not YAML: " + e.getMessage());
        }
    }

    private void resource(String id, Part resource) {
        resource.expect(
                "a resource",
                Set.of("Condition", "DependsOn", "Properties", "Type"),
                Set.of("DeletionPolicy", "Metadata", "UpdateReplacePolicy"));
        var condition = resource.find("Condition");
        if (condition.isPresent() && !intrinsics.holds(resource, condition.get().text())) {
            return;
        }
        var type = resource.text("Type");
        switch (type) {
            case FUNCTION -> functionParts.add(resource);
            case QUEUE -> queues.put(id, ResourceReader.queue(intrinsics, stack, id, resource.find("Properties")));
            case TABLE -> tables.put(id, ResourceReader.table(stack, id, resource.get("Properties")));
            case HTTP_API -> {
                if (!apis.isEmpty()) {
                    throw resource.wrong("one HTTP API is as many as this machine serves");
                }
                apis.add(ResourceReader.api(intrinsics, id, resource.get("Properties")));
            }
            default -> {
                if (!CLOUD_ONLY.contains(type)) {
                    throw resource.wrong("resources of type " + type + " are not understood");
                }
                intrinsics.skip(type);
            }
        }
    }

    private static String id(Part resource) {
        return resource.path().substring(resource.path().lastIndexOf('/') + 1);
    }

    static Duration seconds(Part part, String key, int otherwise) {
        return Duration.ofSeconds(part.number(key, otherwise));
    }

    static Optional<String> optional(Part part, String key) {
        return part.find(key).map(Part::text);
    }
}
