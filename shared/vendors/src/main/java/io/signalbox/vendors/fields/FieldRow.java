/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.fields;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ObjectType;

/**
 * A row of a vendor's table.
 *
 * @param object the object's canonical name; {@code *} for any
 * @param field what the vendor calls the field; one {@code *} in it stands for any text
 * @param target what it is stored as; {@code =} for the vendor's own name
 * @param reading how its values are read
 */
public record FieldRow(String object, String field, String target, Reading reading) {

    static final String ANY = "*";
    static final String SAME = "=";

    public FieldRow {
        requireNonNull(object, "object is null");
        requireNonNull(field, "field is null");
        requireNonNull(target, "target is null");
        requireNonNull(reading, "reading is null");
    }

    boolean isOf(ObjectType type) {
        return object.equals(ANY) || object.equals(type.name());
    }

    boolean isPattern() {
        return field.indexOf('*') >= 0;
    }

    /** Whether the field is meant, by a row that holds a pattern. */
    boolean meets(String name) {
        var star = field.indexOf('*');
        return name.length() >= field.length() - 1
                && name.startsWith(field.substring(0, star))
                && name.endsWith(field.substring(star + 1));
    }
}
