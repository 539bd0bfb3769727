/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model.filter;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.FieldType;

/** What records are sorted by; those with the same value by id. Records without the field are not among them. */
public record Sort(String field, FieldType type, boolean descending) {
    public Sort {
        requireNonNull(field, "field is null");
        requireNonNull(type, "type is null");
    }
}
