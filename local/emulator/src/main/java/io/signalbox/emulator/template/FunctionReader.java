/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.template;

import static io.signalbox.emulator.template.TemplateReader.seconds;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads functions, with what the template's Globals give to all of them, and their events. */
final class FunctionReader {

    private static final Set<String> READ =
            Set.of("CodeUri", "Environment", "Events", "Handler", "MemorySize", "Runtime", "SnapStart", "Timeout");
    private static final Set<String> SKIPPED = Set.of(
            "Architectures",
            "AutoPublishAlias",
            "AutoPublishAliasAllProperties",
            "DeploymentPreference",
            "Description",
            "LoggingConfig",
            "Policies",
            "RecursiveLoop",
            "ReservedConcurrentExecutions",
            "Role",
            "Tags",
            "Tracing");

    private final Path folder;
    private final Optional<Part> globals;
    private final TriggerReader triggers;

    FunctionReader(Intrinsics intrinsics, Path folder, Optional<Part> globals, Optional<HttpApi> api) {
        this.folder = folder;
        this.globals = globals;
        this.triggers = new TriggerReader(intrinsics, api);
    }

    /** The part of Globals that is about functions; Globals about anything else are refused. */
    static Optional<Part> globals(Part globals) {
        globals.expect("Globals", Set.of("Function"), Set.of());
        globals.find("Function").ifPresent(part -> part.expect("a function", READ, SKIPPED));
        return globals.find("Function");
    }

    Function read(String id, Part properties) {
        properties.expect("a function", READ, SKIPPED);
        var runtime = value(properties, "Runtime").orElseThrow(() -> properties.wrong("Runtime is missing"));
        if (!runtime.text().startsWith("java")) {
            throw runtime.wrong("only Java functions run here");
        }
        var environment = new HashMap<String, String>();
        globals.ifPresent(part -> variables(part, environment));
        variables(properties, environment);
        return new Function(
                id,
                required(properties, "Handler").text(),
                folder.resolve(required(properties, "CodeUri").text()).normalize(),
                seconds(owner(properties, "Timeout"), "Timeout", 3),
                value(properties, "MemorySize").map(Part::number).orElse(128),
                value(properties, "SnapStart")
                        .map(part -> part.text("ApplyOn", "None").equals("PublishedVersions"))
                        .orElse(false),
                environment);
    }

    List<Trigger> triggers(String id, Part properties) {
        return properties
                .find("Events")
                .map(Part::members)
                .map(events -> events.entrySet().stream()
                        .map(event -> triggers.read(id, event.getKey(), event.getValue()))
                        .toList())
                .orElse(List.of());
    }

    private void variables(Part properties, HashMap<String, String> environment) {
        properties
                .find("Environment")
                .ifPresent(part ->
                        part.get("Variables").members().forEach((name, value) -> environment.put(name, value.text())));
    }

    private Part owner(Part properties, String key) {
        return properties.find(key).isPresent() ? properties : globals.orElse(properties);
    }

    private Optional<Part> value(Part properties, String key) {
        return owner(properties, key).find(key);
    }

    private Part required(Part properties, String key) {
        return value(properties, key).orElseThrow(() -> properties.wrong(key + " is missing"));
    }
}
