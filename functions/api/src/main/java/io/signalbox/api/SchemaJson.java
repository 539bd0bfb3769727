/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.model.CustomField;
import io.signalbox.model.CustomField.Upkeep;
import io.signalbox.model.FieldDef;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.model.filter.Filterable;
import io.signalbox.store.Definition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Objects and their fields as JSON, standard ones and users' own alike. */
final class SchemaJson {

    /** Standard fields that say something of a person. */
    private static final Set<String> PERSONAL = Set.of(
            "address",
            "birth_date",
            "email",
            "first_name",
            "last_name",
            "linkedin_url",
            "mobile_phone",
            "phone",
            "postal_code",
            "salutation");

    private SchemaJson() {}

    static String path(ObjectSchema schema) {
        return "/api/v4/schemas/" + schema.object();
    }

    static Value schema(Call call, Definition definition) {
        var schema = definition.schema();
        var json = new LinkedHashMap<String, Value>();
        json.put("object", Value.of(schema.object().name()));
        json.put("path", Value.of("/api/v4/" + schema.path()));
        json.put("custom", Value.of(schema.isCustom()));
        json.put("label", Value.of(definition.label()));
        json.put("plural_label", Value.of(definition.pluralLabel()));
        json.put("description", Value.of(definition.description()));
        json.put("version", Value.of(definition.version()));
        json.put("fields", Value.of(fields(call, schema)));
        var self = call.link(path(schema));
        json.put(
                "_links",
                Value.of(Map.of(
                        "self", RecordJson.link(self),
                        "fields", RecordJson.link(self + "/fields"),
                        "records", RecordJson.link(call.link("/api/v4/" + schema.path())))));
        return Value.of(json);
    }

    /** Standard ones first. */
    static List<Value> fields(Call call, ObjectSchema schema) {
        var all = new ArrayList<Value>();
        names(schema).forEach(name -> field(call, schema, name).ifPresent(all::add));
        return all;
    }

    private static List<String> names(ObjectSchema schema) {
        var names = new ArrayList<String>();
        schema.fields().forEach(field -> names.add(field.name()));
        schema.own().stream()
                .map(CustomField::name)
                .filter(name -> !names.contains(name))
                .forEach(names::add);
        return names;
    }

    static Optional<Value> field(Call call, ObjectSchema schema, String name) {
        var own = schema.own(name);
        var standard = schema.isCustom() ? Optional.<FieldDef>empty() : schema.field(name);
        return standard.or(() -> own.map(CustomField::def))
                .map(def -> field(call, schema, def, own, standard.isPresent()));
    }

    private static Value field(
            Call call, ObjectSchema schema, FieldDef def, Optional<CustomField> own, boolean isStandard) {
        var isPerson = new Kind(schema).isPerson();
        var filterable = Filterable.standard(schema.object()).type(def.name()).isPresent() && isStandard
                ? Upkeep.READY
                : own.map(CustomField::filterable).orElse(Upkeep.OFF);
        var unique = isStandard
                ? isPerson && def.name().equals(UniqueKey.EMAIL) ? Upkeep.READY : Upkeep.OFF
                : own.map(CustomField::unique).orElse(Upkeep.OFF);
        var json = new LinkedHashMap<String, Value>();
        json.put("name", Value.of(def.name()));
        json.put("shown_as", Value.of(isStandard ? def.name() : schema.shownName(own.orElseThrow())));
        json.put("custom", Value.of(!isStandard));
        json.put("label", Value.of(own.map(CustomField::label).orElseGet(() -> SchemaInput.words(def.name()))));
        json.put("type", Value.of(SchemaInput.word(def.type())));
        json.put("description", Value.of(def.description()));
        json.put(
                "options",
                Value.of(def.values().stream().map(option -> Value.of(option)).toList()));
        json.put("unique", Value.of(unique.isKept()));
        json.put("unique_state", Value.of(SchemaInput.word(unique)));
        json.put("filterable", Value.of(filterable.isKept()));
        json.put("filterable_state", Value.of(SchemaInput.word(filterable)));
        json.put(
                "pii",
                Value.of(
                        isStandard
                                ? isPerson && PERSONAL.contains(def.name())
                                : own.orElseThrow().pii()));
        json.put("deprecated", Value.of(own.map(CustomField::deprecated).orElse(false)));
        json.put("job_id", Value.of(own.flatMap(CustomField::job).orElse(null)));
        var self = call.link(path(schema) + "/fields/" + def.name());
        json.put("_links", Value.of(Map.of("self", RecordJson.link(self))));
        return Value.of(json);
    }
}
