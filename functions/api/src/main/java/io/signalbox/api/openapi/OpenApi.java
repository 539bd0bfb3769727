/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.openapi;

import static java.util.Objects.requireNonNull;

import io.signalbox.api.versions.Deprecations;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The contract as documents: OpenAPI 3.0.4, and 3.1 and AsyncAPI 3.0 derived from it. The source is {@code spec.json}, the files of
 * {@code src/main/openapi} in one; making a document takes some milliseconds and the same arguments make the same one.
 */
public final class OpenApi {

    private static final String FILE = "spec.json";

    /** Where the source has what the previous version has alone. */
    private static final String PREVIOUS = "v3";

    private final Value.Obj source;

    public OpenApi() {
        this(read(FILE));
    }

    OpenApi(Value.Obj source) {
        this.source = requireNonNull(source, "source is null");
    }

    /**
     * OpenAPI 3.0.4.
     *
     * @param objects the types of records there are, a user's own among them
     * @param scored those of them that the score model is about
     * @param baseUrl where the API is reached: {@code https://crm.example.com}
     */
    public Value.Obj document(List<ObjectSchema> objects, Set<ObjectType> scored, String baseUrl) {
        var current = Tree.copy(source);
        current.remove(PREVIOUS);
        return document(new Value.Obj(current), objects, scored, baseUrl);
    }

    /**
     * OpenAPI 3.0.4 of the version before the current one.
     *
     * @param deprecations what is marked as such in it
     */
    public Value.Obj previous(
            List<ObjectSchema> objects, Set<ObjectType> scored, String baseUrl, Deprecations deprecations) {
        var both = Tree.copy(source);
        var own = both.remove(PREVIOUS);
        var whole = (Value.Obj) Tree.joined(new Value.Obj(both), own);
        return new Version3(objects, deprecations).of(document(whole, objects, scored, baseUrl));
    }

    private static Value.Obj document(
            Value.Obj source, List<ObjectSchema> objects, Set<ObjectType> scored, String baseUrl) {
        var records = new RecordSchemas(scored);
        var components = Tree.copy(source.get("components"));
        var schemas = Tree.copy(components.get("schemas"));
        var examples = Tree.copy(source.get("examples"));
        for (var object : objects) {
            schemas.putAll(records.schemas(object));
            var name = Templates.exampleOf(object);
            examples.putIfAbsent(name, records.example(object));
            examples.putIfAbsent(name + "Input", records.inputExample(object));
        }
        var writer = new OperationWriter(schemas, examples);
        var paths = writer.paths(new Templates(objects).paths(source.get("paths")));
        schemas.putAll(writer.pages());
        components.put("schemas", writer.schemas(schemas));
        components.put("examples", new ErrorAnswers().examples());
        components.put("securitySchemes", withScopes(components.get("securitySchemes"), writer.scopes()));

        var document = Tree.copy(source);
        document.remove("examples");
        document.remove("asyncapi");
        document.put(
                "servers",
                Value.of(List.of(Tree.of(
                        "url",
                        Value.of(baseUrl),
                        "description",
                        Value.of("Production: the instance that answered."),
                        "x-internal",
                        Value.FALSE))));
        document.put("paths", paths);
        document.put("components", Value.of(components));
        return withoutUnused(document);
    }

    /** OpenAPI 3.1, whose schemas are JSON Schema 2020-12, and which has the vendors' hooks as {@code webhooks}. */
    public static Value.Obj upgraded(Value.Obj document) {
        return new Hooks().addedTo(Version31.of(document));
    }

    /**
     * AsyncAPI 3.0: hooks, events and queues.
     *
     * @param document of {@link #document}
     * @param baseUrl as there
     */
    public Value.Obj asynchronous(Value.Obj document, String baseUrl) {
        return new AsyncApi(source.get("asyncapi"), Version31.of(document), new Hooks()).document(baseUrl);
    }

    /** Objects that nobody may write have no use for the schema of what is sent, nor some codes for an example. */
    private static Value.Obj withoutUnused(Map<String, Value> document) {
        var text = Json.text(document.get("paths"));
        var components = Tree.copy(document.get("components"));
        var schemas = Tree.copy(components.get("schemas"));
        schemas.keySet().removeIf(name -> name.endsWith("Input") && !text.contains("/schemas/" + name + "\""));
        components.put("schemas", Value.of(schemas));
        var examples = Tree.copy(components.get("examples"));
        examples.keySet().removeIf(name -> !text.contains("/examples/" + name + "\""));
        components.put("examples", Value.of(examples));
        document.put("components", Value.of(components));
        return new Value.Obj(document);
    }

    private static Value withScopes(Value schemes, Value scopes) {
        return Tree.at(schemes, scopes, "oauth2", "flows", "clientCredentials", "scopes");
    }

    static Value.Obj read(String file) {
        try (var in = requireNonNull(OpenApi.class.getResourceAsStream(file), "no " + file)) {
            return (Value.Obj) Json.parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Json.Malformed e) {
            throw new IllegalStateException(file + " is not JSON", e);
        }
    }
}
