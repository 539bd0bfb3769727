/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.hubspot;

import io.signalbox.model.ObjectType;
import io.signalbox.vendors.fields.FieldTable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** HubSpot's types by the names that paths of its API have for them, and what is read of each. */
final class HubSpotPaths {

    private static final Map<String, ObjectType> TYPES = Map.of(
            "contacts", ObjectType.CONTACT,
            "companies", ObjectType.COMPANY,
            "deals", ObjectType.DEAL,
            "tickets", ObjectType.TICKET,
            "leads", ObjectType.LEAD,
            "products", new ObjectType("product"),
            "line_items", new ObjectType("line_item"));

    /** By the kind of activity, as {@link HubSpotObjects#activityKind} names it. */
    private static final Map<String, String> ACTIVITIES = Map.of(
            "communication", "communications",
            "task", "tasks",
            "note", "notes",
            "meeting", "meetings",
            "call", "calls",
            "email", "emails",
            "postal_mail", "postal_mail");

    private HubSpotPaths() {}

    /** @param kind of activity; null for none */
    static Optional<String> of(ObjectType type, String kind) {
        if (type.equals(ObjectType.ACTIVITY)) {
            return kind == null ? Optional.empty() : Optional.ofNullable(ACTIVITIES.get(kind));
        }
        return TYPES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(type))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    static ObjectType type(String path) {
        return TYPES.getOrDefault(path, ObjectType.ACTIVITY);
    }

    static Optional<String> activityKind(String path) {
        return ACTIVITIES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(path))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** All that the table of fields has a name for. */
    static Set<String> properties(String path) {
        return FieldTable.beside(HubSpot.class).fieldsOf(type(path));
    }
}
