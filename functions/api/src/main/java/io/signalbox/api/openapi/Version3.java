/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.openapi;

import static java.util.Objects.requireNonNull;

import io.signalbox.api.versions.Deprecation;
import io.signalbox.api.versions.Deprecations;
import io.signalbox.api.versions.PreviousRecords;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.Operation;
import io.signalbox.model.Operations;
import io.signalbox.model.PreviousVersion;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The contract of v3, derived from that of v4 as v3's answers are derived from v4's: what is added to v4 is in both. It
 * is a document of its own, so that a client of v4 generates no line for what is deprecated.
 */
final class Version3 {

    private static final String CURRENT_LINK = "https://crm.example.com/api/v4";
    private static final Set<ErrorCode> EVERYWHERE = EnumSet.of(ErrorCode.API_VERSION_SUNSET);
    private static final Set<ErrorCode> ON_WRITES =
            EnumSet.of(ErrorCode.API_VERSION_SUNSET, ErrorCode.CONFLICTING_DEPRECATED_FIELD);

    private final Map<String, Operation> operations = new HashMap<>();
    private final ErrorAnswers errors = new ErrorAnswers();
    private final TreeSet<String> answered = new TreeSet<>();
    private final List<ObjectSchema> objects;
    private final Deprecation version;
    private final Deprecation score;

    Version3(List<ObjectSchema> objects, Deprecations deprecations) {
        this.objects = List.copyOf(requireNonNull(objects, "objects is null"));
        this.version = deprecations.named("v3").orElseThrow();
        this.score = deprecations.named(PreviousRecords.SCORE).orElseThrow();
        for (var operation : Operations.ALL) {
            if (PreviousVersion.has(operation)) {
                operations.put(operation.method() + " " + operation.template(), operation);
            }
        }
    }

    /** @param current the contract of v4, with the paths that v3 has alone */
    Value.Obj of(Value.Obj current) {
        var document = Tree.copy(current);
        var info = Tree.copy(document.get("info"));
        info.put("version", Value.of("v3"));
        info.put(
                "description",
                Value.of("The version before v4. It goes on " + version.sunsetAt() + ".\n\n" + version.instead()));
        document.put("info", Value.of(info));
        document.put("paths", paths(Tree.copy(current.get("paths"))));
        var components = Tree.copy(current.get("components"));
        components.put("schemas", schemas(Tree.copy(components.get("schemas"))));
        components.put("examples", errors.examples());
        document.put("components", Value.of(components));
        return withoutUnused(document);
    }

    private Value paths(Map<String, Value> current) {
        var paths = new LinkedHashMap<String, Value>();
        current.forEach((path, item) -> {
            var here = path.startsWith("/api/v4") ? PreviousVersion.PATH + path.substring("/api/v4".length()) : path;
            var kept = new LinkedHashMap<String, Value>();
            Tree.copy(item).forEach((method, operation) -> {
                var known = operations.get(method.toUpperCase(Locale.ROOT) + " " + here);
                // The contract of v3 is told of in that of v4.
                var isSame = known != null
                        && known.id().equals(operation.at("operationId").asText() + "V3");
                if (known != null && (path.startsWith("/api/v4") ? isSame : !known.isPublic())) {
                    kept.put(method, operation(known, path, Tree.copy(operation)));
                }
            });
            if (!kept.isEmpty()) {
                paths.put(here, Value.of(kept));
            }
        });
        return Value.of(paths);
    }

    private Value operation(Operation known, String path, Map<String, Value> operation) {
        operation.put("operationId", Value.of(known.id()));
        operation.put("deprecated", Value.TRUE);
        operation.put("x-sunset", Value.of(version.sunsetAt().toString()));
        if (path.startsWith("/api/v4")) {
            operation.put("x-replaced-by", Value.of(path));
        }
        var parameters = new ArrayList<Value>();
        Tree.items(operation.get("parameters")).stream()
                .filter(parameter -> !parameter.equals(Tree.ref("parameters", "atomic")))
                .forEach(parameters::add);
        if (!known.isPublic()) {
            parameters.add(Tree.ref("parameters", "warnings"));
        }
        operation.put("parameters", Value.of(parameters));
        var responses = Tree.copy(operation.get("responses"));
        responses.remove("301");
        if (!known.isPublic()) {
            add(responses, writes(known) ? ON_WRITES : EVERYWHERE);
            responses.replaceAll((status, response) -> signalled(status, response));
        }
        operation.put("responses", Tree.each(Value.of(responses), this::exampled));
        operation.computeIfPresent("requestBody", (_, body) -> Tree.each(body, this::exampled));
        return Value.of(operation);
    }

    private static boolean writes(Operation operation) {
        return Set.of("POST", "PUT", "PATCH").contains(operation.method());
    }

    /** With codes more, in the answers there are where there is one of the status. */
    private void add(Map<String, Value> responses, Set<ErrorCode> codes) {
        errors.byStatus(codes)
                .forEach((status, answer) -> responses.merge(status, answer, (one, other) -> {
                    var path = new String[] {"content", "application/problem+json", "examples"};
                    var content = one.at("content").at(path[1]);
                    var examples = Tree.copy(content.at("examples"));
                    examples.putAll(Tree.copy(other.at("content").at(path[1]).at("examples")));
                    return content.isNull() ? one : Tree.at(one, Value.of(examples), path);
                }));
    }

    private Value signalled(String status, Value response) {
        var copy = Tree.copy(response);
        var headers = Tree.copy(copy.getOrDefault("headers", Value.NULL));
        for (var name : List.of(
                "Deprecation",
                "Sunset",
                "Link",
                "Api-Warnings",
                "X-Correlation-Id",
                "Access-Control-Allow-Origin",
                "RateLimit-Policy",
                "RateLimit")) {
            headers.putIfAbsent(name, Tree.ref("headers", name));
        }
        copy.put("headers", Value.of(headers));
        if (status.startsWith("2")) {
            var ref = response.at("content").at("application/json").at("schema").at("$ref");
            if (!ref.isNull()) {
                answered.add(ref.asText().substring(ref.asText().lastIndexOf('/') + 1));
            }
        }
        return Value.of(copy);
    }

    private Value schemas(Map<String, Value> schemas) {
        for (var object : objects) {
            schemas.computeIfPresent(object.one(), (_, schema) -> record(object, schema, false));
            schemas.computeIfPresent(object.one() + "Input", (_, schema) -> record(object, schema, true));
        }
        schemas.computeIfPresent(
                "Discovery",
                (_, schema) -> Tree.at(schema, Value.of(List.of(Value.of("v3"))), "properties", "version", "enum"));
        for (var name : answered) {
            schemas.computeIfPresent(name, (_, schema) -> Tree.at(schema, warnings(), "properties", "warnings"));
        }
        return Value.of(schemas);
    }

    private static Value warnings() {
        return Tree.of(
                "type", Value.of("array"),
                "maxItems", Value.of(20),
                "items", Tree.ref("schemas", "Warning"));
    }

    private Value record(ObjectSchema object, Value schema, boolean isInput) {
        var properties = Tree.copy(schema.at("properties"));
        var isScored =
                isInput ? PreviousRecords.areScored(object.object()) : properties.containsKey(PreviousRecords.HEALTH);
        properties.remove(PreviousRecords.BAND);
        for (var name : PreviousRecords.money(object.object())) {
            properties.computeIfPresent(name, (_, field) -> money(Tree.copy(field)));
        }
        if (isScored) {
            properties.put(
                    PreviousRecords.HEALTH,
                    number(isInput, "Of a lead's health; with `" + PreviousRecords.SCORE + "` one and the same."));
            properties.put(
                    PreviousRecords.SCORE,
                    deprecated(Tree.copy(number(isInput, "The old name of `" + PreviousRecords.HEALTH + "`."))));
        }
        var changed = Tree.copy(schema);
        changed.put("properties", Value.of(properties));
        if (isInput) {
            changed.put("description", Value.of("A field that nobody knows is left out, with a warning."));
            changed.put("maxProperties", Value.of(500));
            changed.put("additionalProperties", Tree.ref("schemas", "Anything"));
        }
        return Value.of(changed);
    }

    private static Value number(boolean nullable, String description) {
        var schema = new LinkedHashMap<String, Value>();
        schema.put("type", Value.of("number"));
        schema.put("format", Value.of("double"));
        schema.put("minimum", Value.of(0));
        schema.put("maximum", Value.of(100));
        schema.put("description", Value.of(description));
        if (nullable) {
            schema.put("nullable", Value.TRUE);
        }
        return Value.of(schema);
    }

    private Value deprecated(Map<String, Value> schema) {
        schema.put("deprecated", Value.TRUE);
        schema.put("x-sunset", Value.of(score.sunsetAt().toString()));
        schema.put("x-replaced-by", Value.of(score.replacement()));
        return Value.of(schema);
    }

    private static Value money(Map<String, Value> field) {
        field.keySet().removeAll(Set.of("format", "minimum", "maximum"));
        field.put("type", Value.of("string"));
        field.put("maxLength", Value.of(60));
        field.put("pattern", Value.of("^-?[0-9]+(\\.[0-9]+)?$"));
        return Value.of(field);
    }

    private Value.Obj exampled(Value.Obj object) {
        if (object.get("example").isNull() || object.get("schema").isNull()) {
            return object;
        }
        var members = Tree.copy(object);
        members.put("example", shown(object.get("example")));
        return new Value.Obj(members);
    }

    /** An example as v3 would have it: what is a record in it, or looks like the fields of one, and all links. */
    private Value shown(Value example) {
        return Tree.each(example, object -> {
            var members = Tree.copy(object);
            members.replaceAll((_, value) -> value instanceof Value.Text(var text) ? Value.of(here(text)) : value);
            var linked = new Value.Obj(members);
            return linked.get("object").isNull() || linked.get("_links").isNull()
                    ? fields(members)
                    : (Value.Obj) PreviousRecords.shown(linked, _ -> true);
        });
    }

    private static String here(String text) {
        return text.equals("v4") ? "v3" : text.replace(CURRENT_LINK, "https://crm.example.com" + PreviousVersion.PATH);
    }

    private static Value.Obj fields(Map<String, Value> members) {
        members.replaceAll((name, value) -> PreviousRecords.isMoney(name) ? PreviousRecords.text(value) : value);
        return new Value.Obj(members);
    }

    /** What of the components nothing leads to any more. */
    private static Value.Obj withoutUnused(Map<String, Value> document) {
        var kept = document;
        for (var before = -1; before != size(kept); ) {
            before = size(kept);
            var text = Json.text(Value.of(kept));
            var components = Tree.copy(kept.get("components"));
            components.replaceAll((section, those) -> {
                var some = Tree.copy(those);
                some.keySet()
                        .removeIf(name -> !section.equals("securitySchemes")
                                && !text.contains("\"#/components/" + section + "/" + name + "\""));
                return Value.of(some);
            });
            kept = new LinkedHashMap<>(kept);
            kept.put("components", Value.of(components));
        }
        return new Value.Obj(kept);
    }

    private static int size(Map<String, Value> document) {
        return Tree.copy(document.get("components")).values().stream()
                .mapToInt(section -> Tree.copy(section).size())
                .sum();
    }
}
