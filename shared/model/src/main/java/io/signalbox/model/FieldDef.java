/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A field of an object, under the one name it has in stored records, in rules and in the API.
 *
 * @param description what it holds, with its unit, in a phrase; may be empty where the name says it
 * @param values what an enumeration usually holds, and what vendors' values are mapped to; empty for any other field.
 *     The list is open: a stage of a user's own pipeline is as good
 */
public record FieldDef(String name, FieldType type, String description, List<String> values) {
    public FieldDef {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(description, "description is null");
        values = List.copyOf(values);
    }

    public FieldDef(String name, FieldType type) {
        this(name, type, "", List.of());
    }

    public FieldDef(String name, FieldType type, String description) {
        this(name, type, description, List.of());
    }
}
