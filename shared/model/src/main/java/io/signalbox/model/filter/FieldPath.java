/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model.filter;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ObjectType;
import java.util.Optional;

/**
 * A field of the record itself, {@code amount}, or of records it is linked to, {@code company.country}.
 *
 * @param relation the type of the linked records
 */
public record FieldPath(Optional<ObjectType> relation, String field) {
    public FieldPath {
        requireNonNull(relation, "relation is null");
        requireNonNull(field, "field is null");
    }

    public static FieldPath of(String field) {
        return new FieldPath(Optional.empty(), field);
    }

    @Override
    public String toString() {
        return relation.map(object -> object + ".").orElse("") + field;
    }
}
