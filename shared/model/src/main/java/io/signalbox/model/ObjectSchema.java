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
 * {@code custom}. So are the fields that users add to a standard object; those of an object of their own are its fields.
 *
 * @param path its part of the path: {@code contacts}
 * @param one as it stands in operation ids: {@code Contact}
 * @param many the same in the plural
 * @param fields what stands at the top of a record
 * @param own the fields that users defined; those of an object of their own are among {@code fields} as well, and so are
 *     standard ones that they made filterable or deprecated
 */
public record ObjectSchema(
        ObjectType object, String path, String one, String many, List<FieldDef> fields, List<CustomField> own) {

    private static final String CUSTOM = "custom.";

    public ObjectSchema {
        requireNonNull(object, "object is null");
        requireNonNull(path, "path is null");
        requireNonNull(one, "one is null");
        requireNonNull(many, "many is null");
        fields = List.copyOf(fields);
        own = List.copyOf(own);
    }

    /** One that users have added nothing to. */
    public ObjectSchema(ObjectType object, String path, String one, String many, List<FieldDef> fields) {
        this(object, path, one, many, fields, List.of());
    }

    /**
     * An object of a user's own.
     *
     * @param name in the singular; its path is {@code objects/name}
     */
    public static ObjectSchema custom(ObjectType name, List<CustomField> own) {
        var one = new StringBuilder();
        for (var word : name.name().split("_")) {
            if (!word.isEmpty()) {
                one.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
            }
        }
        var fields = own.stream().map(CustomField::def).toList();
        return new ObjectSchema(name, "objects/" + name, one + "Record", one + "Records", fields, own);
    }

    /** The same with other fields of users' own. */
    public ObjectSchema withOwn(List<CustomField> others) {
        return isCustom() ? custom(object, others) : new ObjectSchema(object, path, one, many, fields, others);
    }

    /** Whether users made it. */
    public boolean isCustom() {
        return Schemas.of(object).isEmpty();
    }

    public Optional<CustomField> own(String name) {
        for (var field : own) {
            if (field.name().equals(name)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /** How a field is called in records, filters and paths: {@code custom.tier}, or {@code seats}. */
    public String shownName(CustomField field) {
        return field(field.name()).isPresent() ? field.name() : CUSTOM + field.name();
    }

    /** The field so called in records, filters and paths, if it is one of users' own. */
    public Optional<CustomField> ownByShownName(String shown) {
        var name = shown.startsWith(CUSTOM) ? shown.substring(CUSTOM.length()) : shown;
        return own(name).filter(field -> shownName(field).equals(shown));
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
