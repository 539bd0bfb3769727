/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the events of a connection are read, where it is not as its vendor's table says. Nothing here decides whether a
 * request is genuine, so it is kept apart from the {@link Connection}.
 *
 * @param mappings by object and the vendor's name of a field: the field it is stored as; empty to drop it
 * @param defaultCountry whose national phone numbers these are: ISO 3166, two capitals
 * @param joinsRecords whether its records become one with those of other vendors that share an e-mail address or domain;
 *     empty for what suits the vendor
 * @param objects by the vendor's object, in lower case: the object its records are stored as, a standard one or one of
 *     the user's own; an object that is neither standard nor here is kept as {@link ObjectType#RAW_EVENT}
 */
public record ConnectionSettings(
        Map<ObjectType, Map<String, Optional<String>>> mappings,
        Optional<String> defaultCountry,
        Optional<Boolean> joinsRecords,
        Map<ObjectType, ObjectType> objects) {

    /** A connection that nobody has changed anything of. */
    public static final ConnectionSettings NONE =
            new ConnectionSettings(Map.of(), Optional.empty(), Optional.empty(), Map.of());

    public ConnectionSettings {
        var copy = new TreeMap<ObjectType, Map<String, Optional<String>>>();
        mappings.forEach((object, fields) -> copy.put(object, Collections.unmodifiableMap(new TreeMap<>(fields))));
        mappings = Collections.unmodifiableMap(copy);
        requireNonNull(defaultCountry, "defaultCountry is null");
        requireNonNull(joinsRecords, "joinsRecords is null");
        objects = Collections.unmodifiableMap(new TreeMap<>(objects));
    }

    /** The changed mappings of that object. */
    public Map<String, Optional<String>> mappings(ObjectType object) {
        return mappings.getOrDefault(object, Map.of());
    }
}
