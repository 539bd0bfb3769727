/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.zoho;

import io.signalbox.model.EventType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.vendors.OtherObjects;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Zoho's modules in our objects, and what an operation on one means. */
final class ZohoModules {

    private static final Map<String, ObjectType> BY_NAME = Map.of(
            "Contacts", ObjectType.CONTACT,
            "Leads", ObjectType.LEAD,
            "Accounts", ObjectType.COMPANY,
            "Deals", ObjectType.DEAL,
            "Cases", ObjectType.TICKET,
            "Tasks", ObjectType.ACTIVITY,
            "Events", ObjectType.ACTIVITY,
            "Meetings", ObjectType.ACTIVITY,
            "Calls", ObjectType.ACTIVITY,
            "Products", new ObjectType("product"));

    /** The API name of a module, of Zoho's own or of a user's. */
    private static final Pattern API_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,79}");

    private static final Map<String, String> KINDS =
            Map.of("Tasks", "task", "Events", "meeting", "Meetings", "meeting", "Calls", "call");

    private ZohoModules() {}

    static Optional<ObjectType> named(String module) {
        return Optional.ofNullable(BY_NAME.get(module))
                .or(() -> API_NAME.matcher(module).matches()
                        ? Optional.of(OtherObjects.named(module))
                        : Optional.empty());
    }

    /** What kind of activity the module's records are, when they are. */
    static Optional<String> kind(String module) {
        return Optional.ofNullable(KINDS.get(module));
    }

    /** Operations are named after the database in notifications and after the event in what users write. */
    static Optional<String> verb(String operation) {
        return switch (operation) {
            case "insert", "create" -> Optional.of(EventType.CREATED);
            case "update", "edit" -> Optional.of(EventType.UPDATED);
            case "delete" -> Optional.of(EventType.DELETED);
            default -> Optional.empty();
        };
    }

    /** What the change of those fields means beyond itself. */
    static String change(ObjectType object, String verb, Map<String, Value> changed) {
        if (!verb.equals(EventType.UPDATED)) {
            return verb;
        }
        if (object.equals(ObjectType.DEAL) && changed.containsKey("Stage")) {
            return "stage_changed";
        }
        var converted = changed.getOrDefault("Converted__s", changed.getOrDefault("$converted", Value.NULL));
        var isConverted = converted.equals(Value.TRUE) || "true".equals(converted.asText());
        return object.equals(ObjectType.LEAD) && isConverted ? "converted" : verb;
    }

    /** Lookups come as objects: their id and their name stand beside each other under flat names. */
    static Map<String, Value> flat(Map<String, Value> fields) {
        var flat = new LinkedHashMap<String, Value>();
        fields.forEach((name, value) -> {
            if (value instanceof Value.Obj(var parts) && parts.containsKey("id")) {
                flat.put(name, parts.getOrDefault("name", Value.NULL));
                flat.put(name + ".id", parts.get("id"));
            } else {
                flat.put(name, value);
            }
        });
        return flat;
    }
}
