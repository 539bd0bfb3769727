/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.intercom;

import io.signalbox.model.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * An item's plain members as properties; those of its nested objects by both names, {@code location_city}; custom
 * attributes and a ticket's attributes by their own.
 */
final class IntercomFields {

    private static final Set<String> NESTED = Set.of("location", "location_data", "plan", "ticket_type");
    private static final Set<String> FLAT = Set.of("custom_attributes", "ticket_attributes");

    /** What an item is, and what only links to it. */
    private static final Set<String> ABOUT = Set.of("type", "id", "workspace_id", "app_id", "avatar");

    private static final int MOST = 300;

    private IntercomFields() {}

    static Map<String, Value> of(Value item) {
        var properties = new LinkedHashMap<String, Value>();
        if (item instanceof Value.Obj(var members)) {
            members.forEach((name, value) -> {
                if (value instanceof Value.Obj(var inner)) {
                    if (NESTED.contains(name)) {
                        inner.forEach((each, plain) -> putNested(name, each, plain, properties));
                    } else if (FLAT.contains(name)) {
                        inner.forEach((each, plain) -> put(each, plain, properties));
                    }
                } else if (!ABOUT.contains(name)) {
                    put(name, value, properties);
                }
            });
        }
        return properties;
    }

    private static void putNested(String outer, String name, Value value, Map<String, Value> properties) {
        if (!ABOUT.contains(name)) {
            put(outer + "_" + name, value, properties);
        }
    }

    private static void put(String name, Value value, Map<String, Value> properties) {
        var isPlain = value.asText() != null || value.isNull();
        if (isPlain && properties.size() < MOST && !name.isEmpty()) {
            properties.put(name, value);
        }
    }
}
