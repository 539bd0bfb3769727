/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

/**
 * A field of a kind of record.
 *
 * @param name as this API calls it
 * @param property as normalised events, and so stored records, call it: HubSpot's internal name
 */
record Field(String name, String property, FieldType type) {
    Field {
        requireNonNull(name, "name is null");
        requireNonNull(property, "property is null");
        requireNonNull(type, "type is null");
    }
}
