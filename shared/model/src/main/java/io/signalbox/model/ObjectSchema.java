/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A type of record and its fields: one table for what is stored, shown, accepted and named in errors.
 *
 * <p>A property that is in no row is stored under the name that whoever set it has for it, and shown and accepted under
 * {@code custom}.
 *
 * @param path its part of the path: {@code contacts}
 * @param one as it stands in operation ids: {@code Contact}
 * @param many the same in the plural
 */
public record ObjectSchema(ObjectType object, String path, String one, String many, List<FieldDef> fields) {

    public ObjectSchema {
        requireNonNull(object, "object is null");
        requireNonNull(path, "path is null");
        requireNonNull(one, "one is null");
        requireNonNull(many, "many is null");
        fields = List.copyOf(fields);
    }

    /** The fields by name, in their order; made anew by each call. */
    public Map<String, FieldDef> byName() {
        var map = new LinkedHashMap<String, FieldDef>();
        fields.forEach(field -> map.put(field.name(), field));
        return map;
    }

    public Optional<FieldDef> field(String name) {
        for (var field : fields) {
            if (field.name().equals(name)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /** The path of a record of this type. */
    public String pathOf(Object id) {
        return "/api/v4/" + path + "/" + id;
    }
}
