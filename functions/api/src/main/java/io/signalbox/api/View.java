/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.model.FieldDef;
import io.signalbox.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which fields of a record a caller wants to see: {@code fields=email,first_name,custom.tier}; {@code *} is all of them.
 * What names the record is always there.
 */
final class View {

    static final View ALL = new View(Set.of());

    private static final Set<String> ALWAYS = Set.of("id", "object", "version", "deleted_at", "erased", "_links");
    private static final List<String> BESIDES = List.of(
            "created_at",
            "updated_at",
            "custom",
            "external_ids",
            "lead_health_score",
            "lead_health_band",
            "score",
            "expanded");

    private final Set<String> fields;

    private View(Set<String> fields) {
        this.fields = fields;
    }

    /** @param text what the parameter says; null for none */
    static View of(Kind kind, String text) {
        if (text == null || text.strip().equals("*")) {
            return ALL;
        }
        var fields = new LinkedHashSet<String>(ALWAYS);
        fields.add("expanded");
        for (var name : text.split(",")) {
            fields.add(known(kind, name.strip()));
        }
        return new View(fields);
    }

    private static String known(Kind kind, String name) {
        var isKnown = kind.schema().field(name).isPresent()
                || BESIDES.contains(name)
                || ALWAYS.contains(name)
                || name.startsWith("custom.") && name.length() > "custom.".length();
        if (!isKnown) {
            var names = new ArrayList<>(BESIDES);
            kind.schema().fields().stream().map(FieldDef::name).forEach(names::add);
            throw Call.badParameter(
                    "fields",
                    "UNKNOWN_FIELD",
                    "fields names something that a " + kind.object() + " does not have."
                            + Nearest.to(name, names)
                                    .map(near -> " Did you mean " + near + "?")
                                    .orElse(""));
        }
        return name;
    }

    Value of(Value record) {
        if (fields.isEmpty() || !(record instanceof Value.Obj(var members))) {
            return record;
        }
        var shown = new LinkedHashMap<String, Value>();
        members.forEach((name, value) -> {
            if (fields.contains(name)) {
                shown.put(name, value);
            } else if (name.equals("custom")) {
                custom(shown, value);
            }
        });
        return Value.of(shown);
    }

    private void custom(LinkedHashMap<String, Value> shown, Value custom) {
        var some = new LinkedHashMap<String, Value>();
        for (var field : fields) {
            if (field.startsWith("custom.")) {
                var name = field.substring("custom.".length());
                some.put(name, custom.at(name));
            }
        }
        if (!some.isEmpty()) {
            shown.put("custom", Value.of(some));
        }
    }
}
