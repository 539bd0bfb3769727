/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CustomField;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import java.util.List;

/**
 * An object as users defined it, or a standard one with what they added.
 *
 * @param label what people call one of them
 * @param pluralLabel what people call several
 * @param version 0 for a standard object nobody has added to
 */
public record Definition(ObjectSchema schema, String label, String pluralLabel, String description, long version) {
    public Definition {
        requireNonNull(schema, "schema is null");
        requireNonNull(label, "label is null");
        requireNonNull(pluralLabel, "pluralLabel is null");
        requireNonNull(description, "description is null");
    }

    public ObjectType object() {
        return schema.object();
    }

    /** The next version, with other fields of users' own. */
    public Definition next(List<CustomField> own) {
        return new Definition(schema.withOwn(own), label, pluralLabel, description, version + 1);
    }

    /** The next version, called otherwise. */
    public Definition next(String newLabel, String newPluralLabel, String newDescription) {
        return new Definition(schema, newLabel, newPluralLabel, newDescription, version + 1);
    }
}
