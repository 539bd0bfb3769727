/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.client;

import io.signalbox.model.ObjectType;
import java.util.Map;
import java.util.Optional;

/** A vendor's names of types of records, each with ours. */
public record ObjectNames(Map<String, ObjectType> types) {

    public ObjectNames {
        types = Map.copyOf(types);
    }

    /** The vendor's name of our type; the first in order of the alphabet where there are several. */
    public Optional<String> of(ObjectType type) {
        return types.entrySet().stream()
                .filter(entry -> entry.getValue().equals(type))
                .map(Map.Entry::getKey)
                .min(String::compareTo);
    }

    /** Our type; that of an activity for a name that is not known. */
    public ObjectType type(String name) {
        return types.getOrDefault(name, ObjectType.ACTIVITY);
    }
}
