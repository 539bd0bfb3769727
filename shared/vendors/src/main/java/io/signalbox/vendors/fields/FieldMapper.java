/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.fields;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.EventType;
import io.signalbox.model.FieldDef;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Schemas;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Applies a vendor's table, and what a connection has changed of it, to the vendor's events: from what a normalizer made, with properties as the vendor calls them, to
 * what is stored. Pure: the same event becomes the same, whatever came before.
 */
public final class FieldMapper {

    private static final String TYPE = "type";
    private static final Set<String> SETTING = Set.of(EventType.CREATED, "synced");
    private static final List<String> KINDS = Schemas.of(ObjectType.ACTIVITY)
            .flatMap(schema -> schema.field(TYPE))
            .map(FieldDef::values)
            .orElseThrow();

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
        var type = activityType(event);
        if ((event.properties().isEmpty() && type == null) || event.object().equals(ObjectType.RAW_EVENT)) {
            return event;
        }
        var mapped = objects.computeIfAbsent(event.object(), object -> new ObjectMapper(table, object, settings))
                .map(event.properties(), event.vendor().value());
        if (type != null && mapped.getOrDefault(TYPE, Value.NULL).isNull()) {
            mapped = new LinkedHashMap<>(mapped);
            mapped.put(TYPE, type);
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
                mapped,
                event.merged(),
                event.data());
    }

    /** What kind of activity it is, where the vendor has a type of object for each kind and so no field that says it. */
    private static Value activityType(CanonicalEvent event) {
        var verb = EventType.verb(event.type());
        var sets = event.type().equals(EventType.of(ObjectType.ACTIVITY, verb)) && SETTING.contains(verb);
        return sets && event.data().get("kind") instanceof Value.Text kind && KINDS.contains(kind.value())
                ? kind
                : null;
    }
}
