/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.openapi;

import io.signalbox.model.CustomField;
import io.signalbox.model.FieldDef;
import io.signalbox.model.FieldType;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Operations;
import io.signalbox.model.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records as schemas: what is answered ({@code Contact}) and what is sent ({@code ContactInput}), and an example. */
final class RecordSchemas {

    private static final String TEXT = "^[\\s\\S]*$";

    /** Numbers are exact whatever their size; no field of business is larger. */
    private static final BigDecimal LARGEST = BigDecimal.TEN.pow(36);

    private final Set<ObjectType> scored;

    RecordSchemas(Set<ObjectType> scored) {
        this.scored = Set.copyOf(scored);
    }

    Map<String, Value> schemas(ObjectSchema object) {
        if (object.equals(Operations.OWN)) {
            return Map.of(object.one(), any(object), object.one() + "Input", anyInput());
        }
        return Map.of(object.one(), answered(object), object.one() + "Input", sent(object));
    }

    /** A record of an object of a user's own: its fields are those of its schema. */
    private Value any(ObjectSchema object) {
        var schema = Tree.copy(answered(object));
        var properties = Tree.copy(schema.get("properties"));
        properties.put(
                "object",
                Tree.of(
                        "type",
                        Value.of("string"),
                        "maxLength",
                        Value.of(40),
                        "pattern",
                        Value.of("^[a-z][a-z0-9_]*$")));
        schema.put("properties", Value.of(properties));
        schema.put(
                "description",
                Value.of("With the fields of its schema, `GET /api/v4/schemas/{object}`, beside these."));
        schema.put("additionalProperties", Tree.ref("schemas", "Anything"));
        return Value.of(schema);
    }

    private static Value anyInput() {
        return Tree.of(
                "type",
                Value.of("object"),
                "description",
                Value.of("Fields of its schema, by their names."),
                "maxProperties",
                Value.of(300),
                "additionalProperties",
                Tree.ref("schemas", "Anything"));
    }

    private Value answered(ObjectSchema object) {
        var properties = new LinkedHashMap<String, Value>();
        properties.put("id", Tree.ref("schemas", "Id"));
        properties.put(
                "object",
                Tree.of(
                        "type",
                        Value.of("string"),
                        "enum",
                        Value.of(List.of(Value.of(object.object().name())))));
        properties.put("version", Tree.ref("schemas", "Count"));
        properties.put("created_at", schema(FieldType.DATETIME));
        properties.put("updated_at", schema(FieldType.DATETIME));
        properties.put("stale_since", staleSince());
        properties.put("deleted_at", deletedAt());
        properties.put("erased", erased());
        object.fields()
                .forEach(field -> properties.put(
                        field.name(),
                        object.own(field.name()).map(RecordSchemas::own).orElseGet(() -> field(field, true))));
        properties.put("custom", custom(object));
        properties.put("external_ids", list(Tree.ref("schemas", "ExternalId")));
        // The others are left out when a caller asks for some fields only.
        var required = List.of("id", "object", "version", "_links");
        properties.put("_links", Tree.ref("schemas", "Links"));
        properties.put("expanded", Tree.ref("schemas", "Expanded"));
        if (scored.contains(object.object())) {
            properties.put("lead_health_score", health());
            properties.put("lead_health_band", band());
            properties.put("score", Tree.ref("schemas", "Score"));
        }
        return object(properties, required);
    }

    private static Value sent(ObjectSchema object) {
        var properties = new LinkedHashMap<String, Value>();
        object.fields()
                .forEach(field -> properties.put(
                        field.name(),
                        object.own(field.name()).map(RecordSchemas::own).orElseGet(() -> field(field, true))));
        properties.put("custom", custom(object));
        var schema = Tree.copy(object(properties, List.of()));
        schema.put("additionalProperties", Value.FALSE);
        return Value.of(schema);
    }

    private static Value object(Map<String, Value> properties, List<String> required) {
        var schema = new LinkedHashMap<String, Value>();
        schema.put("type", Value.of("object"));
        if (!required.isEmpty()) {
            schema.put(
                    "required",
                    Value.of(required.stream().map(name -> Value.of(name)).toList()));
        }
        schema.put("properties", Value.of(properties));
        return Value.of(schema);
    }

    private static Value list(Value items) {
        return Tree.of("type", Value.of("array"), "maxItems", Value.of(10_000), "items", items);
    }

    private static Value health() {
        var schema = Tree.copy(number("number", "double"));
        schema.put("minimum", Value.of(0));
        schema.put("maximum", Value.of(100));
        schema.put("description", Value.of("`score.value` under the name that clients know it by."));
        schema.put("readOnly", Value.TRUE);
        return Value.of(schema);
    }

    private static Value band() {
        var schema = Tree.copy(text(20, "pattern", "^[ -~]+$"));
        schema.put("description", Value.of("`score.label`: a letter for fit and a digit for engagement."));
        schema.put("readOnly", Value.TRUE);
        return Value.of(schema);
    }

    /** A field that users defined, with what they said of it; a vendor's value may be another. */
    private static Value own(CustomField field) {
        var schema = Tree.copy(field(field.def(), true));
        if (field.def().type() == FieldType.ENUM) {
            var values = new ArrayList<Value>();
            field.def().values().forEach(option -> values.add(Value.of(option)));
            schema.put("x-options", Value.of(values));
        }
        schema.put("title", Value.of(field.label()));
        if (field.deprecated()) {
            schema.put("deprecated", Value.TRUE);
        }
        if (field.pii()) {
            schema.put("x-pii", Value.TRUE);
        }
        return Value.of(schema);
    }

    private static Value staleSince() {
        var schema = Tree.copy(schema(FieldType.DATETIME));
        schema.put(
                "description",
                Value.of("Since when the vendor has known more than is here; null when nothing is left to read back."));
        schema.put("nullable", Value.TRUE);
        return Value.of(schema);
    }

    private static Value deletedAt() {
        var schema = Tree.copy(schema(FieldType.DATETIME));
        schema.put("description", Value.of("Since when it is gone; only a record that is gone has it."));
        schema.put("nullable", Value.TRUE);
        return Value.of(schema);
    }

    private static Value erased() {
        return Tree.of(
                "type",
                Value.of("boolean"),
                "description",
                Value.of("Whether it is gone for good; only a record that is gone has it."));
    }

    private static Value custom(ObjectSchema object) {
        var schema = new LinkedHashMap<String, Value>();
        schema.put("type", Value.of("object"));
        schema.put("description", Value.of("Fields that are not of the canonical vocabulary, by their own names."));
        schema.put("maxProperties", Value.of(2_000));
        schema.put("additionalProperties", Tree.ref("schemas", "Anything"));
        var own = new LinkedHashMap<String, Value>();
        for (var field : object.own()) {
            if (object.field(field.name()).isEmpty()) {
                own.put(field.name(), own(field));
            }
        }
        if (!own.isEmpty()) {
            schema.put("properties", Value.of(own));
        }
        return Value.of(schema);
    }

    private static Value field(FieldDef field, boolean nullable) {
        var schema = Tree.copy(schema(field.type()));
        var description = new StringBuilder(field.description());
        if (!field.values().isEmpty()) {
            description
                    .append(description.isEmpty() ? "" : "; ")
                    .append("usually one of ")
                    .append(String.join(", ", field.values()));
        }
        if (!description.isEmpty()) {
            description.setCharAt(0, Character.toUpperCase(description.charAt(0)));
            schema.put("description", Value.of(description.append('.').toString()));
        }
        if (nullable) {
            schema.put("nullable", Value.TRUE);
        }
        return Value.of(schema);
    }

    static Value schema(FieldType type) {
        return switch (type) {
            case STRING, PHONE, ENUM -> text(8_192, "pattern", TEXT);
            case EMAIL -> text(320, "format", "email");
            case URL -> text(8_192, "format", "uri");
            case DATE -> text(10, "format", "date");
            case DATETIME -> text(40, "format", "date-time");
            case INTEGER -> number("integer", "int64");
            case NUMBER -> number("number", "double");
            case BOOLEAN -> Tree.of("type", Value.of("boolean"));
        };
    }

    private static Value text(int longest, String member, String value) {
        var schema = new LinkedHashMap<String, Value>();
        schema.put("type", Value.of("string"));
        schema.put("maxLength", Value.of(longest));
        schema.put(member, Value.of(value));
        return Value.of(schema);
    }

    private static Value number(String type, String format) {
        var schema = new LinkedHashMap<String, Value>();
        schema.put("type", Value.of(type));
        schema.put("format", Value.of(format));
        schema.put("minimum", Value.of(LARGEST.negate()));
        schema.put("maximum", Value.of(LARGEST));
        return Value.of(schema);
    }

    /** A record of that type that nobody wrote an example for. */
    Value example(ObjectSchema object) {
        var example = new LinkedHashMap<String, Value>();
        example.put("id", Value.of("891417656333777"));
        var isAny = object.equals(Operations.OWN);
        example.put("object", Value.of(isAny ? "vehicle" : object.object().name()));
        example.put("version", Value.of(3));
        example.put("created_at", Value.of("2026-03-01T10:00:00Z"));
        example.put("updated_at", Value.of("2026-03-04T09:30:12.418Z"));
        example.put("stale_since", Value.NULL);
        object.fields().forEach(field -> example.put(field.name(), example(field)));
        if (isAny) {
            example.put("plate", Value.of("B-AB 1234"));
        }
        example.put("custom", Value.of(Map.of()));
        example.put("external_ids", Value.of(List.of()));
        var self = "https://crm.example.com" + object.pathOf("891417656333777").replace("{object}", "vehicle");
        example.put("_links", Tree.of("self", Tree.of("href", Value.of(self))));
        if (scored.contains(object.object())) {
            example.put("lead_health_score", Value.of(0));
            example.put("lead_health_band", Value.of("C3"));
            example.put("score", score());
        }
        return Value.of(example);
    }

    /** What a client might send to make it. */
    Value inputExample(ObjectSchema object) {
        var example = new LinkedHashMap<String, Value>();
        object.fields().stream().limit(6).forEach(field -> example.put(field.name(), example(field)));
        if (object.equals(Operations.OWN)) {
            return Tree.of("plate", Value.of("B-AB 1234"));
        }
        example.put("custom", Tree.of("source_page", Value.of("/pricing")));
        return Value.of(example);
    }

    private static Value score() {
        var score = new LinkedHashMap<String, Value>();
        score.put("value", Value.of(0));
        score.put("fit", Value.of(0));
        score.put("engagement", Value.of(0));
        score.put("label", Value.of("C3"));
        score.put("next_change_at", Value.NULL);
        score.put("model", Value.of("lead-default@1"));
        score.put("reasons", Value.of(List.of()));
        return Value.of(score);
    }

    private static Value example(FieldDef field) {
        if (!field.values().isEmpty()) {
            return Value.of(field.values().getFirst());
        }
        return switch (field.type()) {
            case STRING, ENUM -> Value.of(field.name().replace('_', ' '));
            case PHONE -> Value.of("+442079460018");
            case EMAIL -> Value.of("ada@example.com");
            case URL -> Value.of("https://example.com");
            case DATE -> Value.of("2026-03-01");
            case DATETIME -> Value.of("2026-03-01T10:00:00Z");
            case INTEGER -> Value.of(42);
            case NUMBER -> Value.of(50_000);
            case BOOLEAN -> Value.FALSE;
        };
    }
}
