/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CustomField;
import io.signalbox.model.CustomField.Upkeep;
import io.signalbox.model.FieldDef;
import io.signalbox.model.FieldType;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import io.signalbox.model.SchemaSet;
import io.signalbox.model.Schemas;
import io.signalbox.model.Value;
import io.signalbox.store.DocumentStore.Document;
import io.signalbox.store.DocumentStore.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What users defined: objects of their own, and fields of these and of standard objects. One document an object, changed
 * on the version it was read at; a standard object has one as soon as something was added to it.
 *
 * <p>Cost: a read unit for every 4 KB of all of them, some 40 fields; a write unit a kilobyte for a change.
 */
public final class Definitions {

    /** How many objects users may define. */
    public static final int MOST_OBJECTS = 50;

    /** How many fields users may define of one object. */
    public static final int MOST_FIELDS = 200;

    /** How many of them may be filterable: each costs two write units when it changes. */
    public static final int MOST_FILTERABLE = 20;

    /** How many of them may be unique: each is an item of its own in the transaction that saves a record. */
    public static final int MOST_UNIQUE = 10;

    private final DocumentStore documents;

    public Definitions(DocumentStore documents) {
        this.documents = requireNonNull(documents, "documents is null");
    }

    /** All objects: the standard ones, in the order they are documented, then users' own by name. */
    public List<Definition> all() {
        var held = new TreeMap<String, Document>();
        documents.all(Kind.SCHEMA).forEach(document -> held.put(document.id(), document));
        var all = new ArrayList<Definition>();
        for (var schema : Schemas.STANDARD) {
            var document = held.remove(schema.object().name());
            all.add(document == null ? untouched(schema) : read(document));
        }
        held.values().forEach(document -> all.add(read(document)));
        return all;
    }

    /** The same as schemas. */
    public static SchemaSet schemas(List<Definition> all) {
        return new SchemaSet(all.stream().map(Definition::schema).toList());
    }

    public Optional<Definition> get(ObjectType object) {
        return documents
                .get(Kind.SCHEMA, object.name())
                .map(Definitions::read)
                .or(() -> Schemas.of(object).map(Definitions::untouched));
    }

    /** Writes it if the one held has the version before; else false. True again for the same call. */
    public boolean put(Definition definition) {
        return documents.put(
                Kind.SCHEMA, new Document(definition.object().name(), definition.version(), write(definition)));
    }

    /** Removes it if it is at that version; false when it is not, or not there. */
    public boolean delete(Definition definition) {
        return documents.delete(Kind.SCHEMA, definition.object().name(), definition.version());
    }

    private static Definition untouched(ObjectSchema schema) {
        return new Definition(schema, words(schema.one()), words(schema.many()), "", 0);
    }

    /** {@code Raw event} of {@code RawEvent}. */
    private static String words(String name) {
        var words = new StringBuilder();
        for (var i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            words.append(i > 0 && Character.isUpperCase(c) ? " " + Character.toLowerCase(c) : String.valueOf(c));
        }
        return words.toString();
    }

    private static Value write(Definition definition) {
        var json = new LinkedHashMap<String, Value>();
        json.put("label", Value.of(definition.label()));
        json.put("plural", Value.of(definition.pluralLabel()));
        json.put("description", Value.of(definition.description()));
        json.put(
                "fields",
                Value.of(definition.schema().own().stream()
                        .map(Definitions::write)
                        .toList()));
        return Value.of(json);
    }

    private static Value write(CustomField field) {
        var json = new LinkedHashMap<String, Value>();
        json.put("name", Value.of(field.name()));
        json.put("type", Value.of(field.def().type().name()));
        json.put("label", Value.of(field.label()));
        json.put("description", Value.of(field.def().description()));
        json.put(
                "options",
                Value.of(field.def().values().stream()
                        .map(option -> Value.of(option))
                        .toList()));
        json.put("pii", Value.of(field.pii()));
        json.put("deprecated", Value.of(field.deprecated()));
        json.put("unique", Value.of(field.unique().name()));
        json.put("filterable", Value.of(field.filterable().name()));
        json.put("job", Value.of(field.job().orElse(null)));
        return Value.of(json);
    }

    private static Definition read(Document document) {
        var object = new ObjectType(document.id());
        var content = document.content();
        var own = items(content.at("fields")).stream().map(Definitions::field).toList();
        var schema =
                Schemas.of(object).map(known -> known.withOwn(own)).orElseGet(() -> ObjectSchema.custom(object, own));
        return new Definition(
                schema,
                content.at("label").asText(),
                content.at("plural").asText(),
                content.at("description").asText(),
                document.version());
    }

    private static CustomField field(Value json) {
        var options = items(json.at("options")).stream().map(Value::asText).toList();
        var def = new FieldDef(
                json.at("name").asText(),
                FieldType.valueOf(json.at("type").asText()),
                json.at("description").asText(),
                options);
        return new CustomField(
                def,
                json.at("label").asText(),
                Value.TRUE.equals(json.at("pii")),
                Value.TRUE.equals(json.at("deprecated")),
                Upkeep.valueOf(json.at("unique").asText()),
                Upkeep.valueOf(json.at("filterable").asText()),
                Optional.ofNullable(json.at("job").asText()));
    }

    private static List<Value> items(Value value) {
        return value instanceof Value.Arr(var items) ? items : List.of();
    }
}
