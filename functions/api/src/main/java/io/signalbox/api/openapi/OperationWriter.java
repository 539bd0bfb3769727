/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.openapi;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes the abbreviations of operations out: scope, errors, pages and examples; see {@code common.yaml}. */
final class OperationWriter {

    private static final List<ErrorCode> ALWAYS = List.of(
            ErrorCode.MALFORMED_REQUEST,
            ErrorCode.NOT_ACCEPTABLE,
            ErrorCode.RATE_LIMITED,
            ErrorCode.INTERNAL,
            ErrorCode.UNAVAILABLE);
    private static final List<ErrorCode> GUARDED =
            List.of(ErrorCode.UNAUTHENTICATED, ErrorCode.TOKEN_EXPIRED, ErrorCode.INSUFFICIENT_SCOPE);

    /** Of every write: the gate takes the key before it asks who answers. */
    private static final List<ErrorCode> ONCE =
            List.of(ErrorCode.IDEMPOTENCY_IN_PROGRESS, ErrorCode.IDEMPOTENCY_KEY_REUSED);

    private final Map<String, Value> known;
    private final Map<String, Value> examples;
    private final Map<String, Value> pages = new TreeMap<>();
    private final TreeSet<String> scopes = new TreeSet<>();
    private final ErrorAnswers errors = new ErrorAnswers();

    OperationWriter(Map<String, Value> schemas, Map<String, Value> examples) {
        this.known = requireNonNull(schemas, "schemas is null");
        this.examples = requireNonNull(examples, "examples is null");
    }

    Value paths(Map<String, Value> source) {
        var paths = new LinkedHashMap<String, Value>();
        source.forEach((path, item) -> {
            var operations = new LinkedHashMap<String, Value>();
            Tree.copy(item).forEach((method, operation) -> operations.put(method, operation(method, operation)));
            paths.put(path, Value.of(operations));
        });
        return Value.of(paths);
    }

    /** Schemas of the pages that the operations answer; after {@link #paths}. */
    Map<String, Value> pages() {
        return pages;
    }

    /** The scopes that the operations ask for, each with what it is for; after {@link #paths}. */
    Value scopes() {
        var described = new LinkedHashMap<String, Value>();
        for (var scope : scopes) {
            var dot = scope.lastIndexOf('.');
            var what = scope.substring(0, dot).replace('_', ' ');
            described.put(scope, Value.of(scope.substring(dot + 1) + " " + what));
        }
        return Value.of(described);
    }

    /** The schemas with their own abbreviations written out, and the list of error codes. */
    Value schemas(Map<String, Value> source) {
        var schemas = new TreeMap<String, Value>();
        source.forEach((name, schema) -> schemas.put(name, Tree.each(schema, this::joined)));
        schemas.put("ErrorCode", errors.codes());
        return Value.of(schemas);
    }

    private Value.Obj joined(Value.Obj object) {
        if (!(object.get("x-properties-of") instanceof Value.Text(var other))) {
            return object;
        }
        var members = Tree.copy(object);
        members.remove("x-properties-of");
        members.putAll(Tree.copy(known.get(other).at("properties")));
        return new Value.Obj(members);
    }

    private Value operation(String method, Value source) {
        var operation = Tree.copy(source);
        var parameters = new ArrayList<>(Tree.items(operation.getOrDefault("parameters", Value.NULL)));
        var responses = new TreeMap<>(Tree.copy(operation.getOrDefault("responses", Value.NULL)));
        var codes = EnumSet.noneOf(ErrorCode.class);
        codes.addAll(ALWAYS);
        Tree.items(operation.getOrDefault("x-errors", Value.NULL))
                .forEach(code -> codes.add(ErrorCode.valueOf(code.asText())));
        if (operation.remove("x-scope") instanceof Value.Text(var scope)) {
            scopes.add(scope);
            codes.addAll(GUARDED);
            if (!method.equals("get")) {
                codes.addAll(ONCE);
                parameters.add(Tree.ref("parameters", "idempotencyKey"));
            }
            operation.put("security", Value.of(List.of(Tree.of("oauth2", Value.of(List.of(Value.of(scope)))))));
        }
        if (operation.remove("x-page") instanceof Value.Text(var item)) {
            parameters.add(Tree.ref("parameters", "limit"));
            parameters.add(Tree.ref("parameters", "after"));
            responses.put("200", page(item));
        }
        if (operation.remove("x-found") instanceof Value.Text(var item)) {
            responses.put("200", found(item));
        }
        parameters.add(Tree.ref("parameters", "correlation"));
        errors.byStatus(codes).forEach(responses::putIfAbsent);
        responses.replaceAll((status, response) -> withUsualHeaders(Tree.each(response, this::exampled)));
        operation.computeIfPresent("requestBody", (_, body) -> Tree.each(body, this::exampled));
        operation.remove("x-errors");
        operation.put("parameters", Value.of(parameters.stream().distinct().toList()));
        operation.put("responses", Value.of(responses));
        return Value.of(operation);
    }

    private Value page(String item) {
        var properties = new LinkedHashMap<String, Value>();
        properties.put("results", results(item));
        properties.put("paging", Tree.ref("schemas", "Paging"));
        properties.put("_links", Tree.ref("schemas", "PageLinks"));
        var next = Tree.of(
                "after", Value.of("eyJhIjoxfQ.c2ln"),
                "link", Value.of("https://crm.example.com/api/v4/?limit=1&after=eyJhIjoxfQ.c2ln"));
        var example = new LinkedHashMap<String, Value>();
        example.put("results", Value.of(List.of(example(exampleOf(item)))));
        example.put("paging", Tree.of("next", next));
        if (isRecord(item)) {
            addConsistency(properties, example);
        }
        return page(
                item + "Page",
                properties,
                example,
                Tree.of(
                        "description", Value.of("A page of them; `paging` is there when there is more."),
                        "headers", Tree.of("Link", Tree.ref("headers", "Link"))));
    }

    /** What a search by a body answers: it goes on by its cursor, not by a link. */
    private Value found(String item) {
        var properties = new LinkedHashMap<String, Value>();
        properties.put("results", results(item));
        properties.put("paging", Tree.ref("schemas", "SearchPaging"));
        var example = new LinkedHashMap<String, Value>();
        example.put("results", Value.of(List.of(example(exampleOf(item)))));
        example.put("paging", Tree.of("next", Tree.of("after", Value.of("eyJhIjoxfQ.c2ln"))));
        addConsistency(properties, example);
        return page(
                item + "Found",
                properties,
                example,
                Tree.of("description", Value.of("A page of them; `paging` is there when there is more.")));
    }

    private static Value results(String item) {
        return Tree.of("type", Value.of("array"), "maxItems", Value.of(100), "items", Tree.ref("schemas", item));
    }

    private static void addConsistency(Map<String, Value> properties, Map<String, Value> example) {
        properties.put("consistency", Tree.ref("schemas", "Consistency"));
        properties.put("changes_since", Tree.ref("schemas", "ChangesSince"));
        example.put("consistency", Value.of("eventual"));
    }

    private Value page(String name, Map<String, Value> properties, Map<String, Value> example, Value response) {
        pages.put(
                name,
                Tree.of(
                        "type", Value.of("object"),
                        "required", Value.of(List.of(Value.of("results"))),
                        "properties", Value.of(properties)));
        var whole = Tree.copy(response);
        whole.put(
                "content",
                Tree.of(
                        "application/json",
                        Tree.of("schema", Tree.ref("schemas", name), "example", Value.of(example))));
        return Value.of(whole);
    }

    /** Whether a schema is that of a type of record. */
    private boolean isRecord(String schema) {
        return !known.get(schema).at("properties").at("stale_since").isNull();
    }

    /** Examples of records are kept under the object's name, others under the schema's. */
    private String exampleOf(String schema) {
        var object = known.get(schema).at("properties").at("object").at("enum");
        var name = Tree.items(object).stream().findFirst().map(Value::asText).orElse(schema);
        return examples.containsKey(schema) ? schema : name;
    }

    private Value.Obj exampled(Value.Obj object) {
        if (!(object.get("x-example") instanceof Value.Text(var name))) {
            return object;
        }
        var members = Tree.copy(object);
        members.remove("x-example");
        members.put("example", example(name));
        return new Value.Obj(members);
    }

    private Value example(String name) {
        return requireNonNull(examples.get(name), () -> "there is no example " + name);
    }

    private static Value withUsualHeaders(Value response) {
        var copy = Tree.copy(response);
        var headers = Tree.copy(copy.getOrDefault("headers", Value.NULL));
        headers.put("X-Correlation-Id", Tree.ref("headers", "X-Correlation-Id"));
        headers.put("Access-Control-Allow-Origin", Tree.ref("headers", "Access-Control-Allow-Origin"));
        headers.put("RateLimit-Policy", Tree.ref("headers", "RateLimit-Policy"));
        headers.put("RateLimit", Tree.ref("headers", "RateLimit"));
        copy.put("headers", Value.of(headers));
        return Value.of(copy);
    }
}
