/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.fields;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Applies a vendor's table, and what a connection has changed of it, to the vendor's events: from what a normalizer made, with properties as the vendor calls them, to
 * what is stored. Pure: the same event becomes the same, whatever came before.
 */
public final class FieldMapper {

    private final FieldTable table;
    private final ConnectionSettings settings;
    private final Map<ObjectType, ObjectMapper> objects = new ConcurrentHashMap<>();

    FieldMapper(FieldTable table, ConnectionSettings settings) {
        this.table = requireNonNull(table, "table is null");
        this.settings = requireNonNull(settings, "settings is null");
    }

    public List<CanonicalEvent> map(List<CanonicalEvent> events) {
        return events.stream().map(this::map).toList();
    }

    /**
     * Fields of an object as the vendor calls them, as they are stored.
     *
     * @param vendor whose name is before fields that have the name of another here
     */
    public Map<String, Value> properties(ObjectType object, Map<String, Value> fields, VendorId vendor) {
        return objects.computeIfAbsent(object, type -> new ObjectMapper(table, type, settings))
                .map(fields, vendor.value());
    }

    /** What the vendor calls a field that is stored so: by the connection's mapping, by the table, or just so. */
    public String vendorName(ObjectType object, String stored) {
        return settings.mappings(object).entrySet().stream()
                .filter(mapping -> mapping.getValue().equals(Optional.of(stored)))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> table.vendorName(object, stored));
    }

    public CanonicalEvent map(CanonicalEvent event) {
        if (event.properties().isEmpty() || event.object().equals(ObjectType.RAW_EVENT)) {
            return event;
        }
        return new CanonicalEvent(
                event.id(),
                event.type(),
                event.rawType(),
                event.vendor(),
                event.connection(),
                event.object(),
                event.subject(),
                event.time(),
                properties(event.object(), event.properties(), event.vendor()),
                event.merged(),
                event.data());
    }
}
