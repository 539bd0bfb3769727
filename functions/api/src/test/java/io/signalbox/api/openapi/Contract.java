/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.signalbox.api.versions.Deprecations;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Operation;
import io.signalbox.model.Operations;
import io.signalbox.model.Schemas;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Holds answers against the contract: the status is one that is written down, and the body is what is written there. */
public final class Contract {

    static final String BASE = "https://crm.example.com";
    static final List<ObjectSchema> OBJECTS =
            Stream.concat(Schemas.STANDARD.stream(), Stream.of(Operations.OWN)).toList();
    static final Set<ObjectType> SCORED = Set.of(ObjectType.CONTACT, ObjectType.LEAD);

    private static final Value.Obj DOCUMENT = new OpenApi().document(OBJECTS, SCORED, BASE);
    private static final Value.Obj PREVIOUS = new OpenApi().previous(OBJECTS, SCORED, BASE, Deprecations.read());
    private static final Value.Obj STRICT = closed(DOCUMENT);
    private static final Value.Obj STRICT_PREVIOUS = closed(PREVIOUS);
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<String, Schema> COMPILED = new ConcurrentHashMap<>();

    private Contract() {}

    static Value.Obj document() {
        return DOCUMENT;
    }

    /** The contract of v3. */
    static Value.Obj previous() {
        return PREVIOUS;
    }

    /** Whether an operation lists in pages that a cursor leads through. */
    public static boolean isPaged(Operation operation) {
        return Tree.items(operation(operation).at("parameters")).contains(Tree.ref("parameters", "after"));
    }

    /** The body that an operation's example shows, as JSON; empty where it has none. */
    public static String example(Operation operation) {
        return Tree.copy(operation(operation).at("requestBody").at("content")).entrySet().stream()
                .filter(content -> content.getKey().endsWith("json"))
                .map(content -> Json.text(content.getValue().at("example")))
                .findFirst()
                .orElse("");
    }

    private static Value operation(Operation operation) {
        var whole = DOCUMENT.at("paths").at(operation.template()).isNull() ? PREVIOUS : DOCUMENT;
        return whole.at("paths").at(operation.template()).at(operation.method().toLowerCase(Locale.ROOT));
    }

    /**
     * Fails when the contract has no such answer. What is answered to no operation at all (404, 405) is held against the
     * error body.
     *
     * @param contentType of the answer; null when it has none
     */
    public static void check(String method, String path, int status, String contentType, String body) {
        var problem = Tree.ref("schemas", "Problem");
        if (!(Operations.match(method, path) instanceof Operations.Match.Found found)) {
            if (status >= 400 && !method.equals("HEAD")) {
                assertThat(problems(STRICT, problem, body)).as(body).isEmpty();
            }
            return;
        }
        var operation = found.operation();
        var whole = STRICT.at("paths").at(operation.template()).isNull() ? STRICT_PREVIOUS : STRICT;
        var item = whole.at("paths").at(operation.template());
        var described = item.at(operation.method().toLowerCase(Locale.ROOT));
        var answer = described.at("responses").at(Integer.toString(status));
        var what = method + " " + operation.template() + " -> " + status + " " + body;
        // What is too large is refused before anybody asks whether the operation takes a body at all.
        var isUnasked = status == 413 && described.at("requestBody").isNull();
        if (status == 405 || isUnasked || (status == 204 && method.equals("OPTIONS"))) {
            return;
        }
        assertThat(answer.isNull()).as("not in the contract: " + what).isFalse();
        if (body.isEmpty()) {
            return;
        }
        var type = contentType.split(";", 2)[0].strip();
        var content = answer.at("content").at(type);
        if (content.isNull() && status >= 400) {
            content = answer.at("content").at("application/problem+json");
        }
        assertThat(content.isNull())
                .as("media type " + type + " not in the contract: " + what)
                .isFalse();
        if (type.endsWith("json")) {
            assertThat(problems(whole, content.at("schema"), body)).as(what).isEmpty();
        }
    }

    /** What is wrong with a value, by a schema of the document; members that are not written down are wrong. */
    static List<String> problems(Value schema, Value value) {
        return problems(STRICT, schema, Json.text(value));
    }

    /** The same, by a schema of the contract of v3. */
    static List<String> previousProblems(Value schema, Value value) {
        return problems(STRICT_PREVIOUS, schema, Json.text(value));
    }

    /** The text as it is, for an answer may be nested deeper than what is taken. */
    private static List<String> problems(Value.Obj document, Value schema, String json) {
        var key = document.at("info").at("version").asText() + Json.text(schema);
        var compiled = COMPILED.computeIfAbsent(key, _ -> {
            var whole = Tree.copy(Tree.each(schema, Contract::strict));
            whole.put("components", document.at("components"));
            return REGISTRY.getSchema(Json.text(Value.of(whole)), InputFormat.JSON);
        });
        return compiled.validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static Value.Obj closed(Value.Obj document) {
        return (Value.Obj) Tree.each(OpenApi.upgraded(document), Contract::strict);
    }

    private static Value.Obj strict(Value.Obj object) {
        var isObject = Value.of("object").equals(object.get("type"));
        if (!isObject
                || !object.get("additionalProperties").isNull()
                || object.get("properties").isNull()) {
            return object;
        }
        var closed = Tree.copy(object);
        closed.put("additionalProperties", Value.FALSE);
        return new Value.Obj(closed);
    }
}
