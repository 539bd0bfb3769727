/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.hubspot;

import io.signalbox.model.ObjectType;
import io.signalbox.vendors.OtherObjects;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** HubSpot's object types in ours. */
final class HubSpotObjects {

    private static final ObjectType PRODUCT = new ObjectType("product");
    private static final ObjectType LINE_ITEM = new ObjectType("line_item");

    /** A thread of HubSpot's inbox; named by subscriptions of its own, and by no objectTypeId. */
    static final ObjectType CONVERSATION = new ObjectType("conversation");

    /** By the first part of a subscription type: {@code contact.creation}. */
    private static final Map<String, ObjectType> BY_NAME = Map.of(
            "contact", ObjectType.CONTACT,
            "company", ObjectType.COMPANY,
            "deal", ObjectType.DEAL,
            "ticket", ObjectType.TICKET,
            "product", PRODUCT,
            "line_item", LINE_ITEM,
            "conversation", CONVERSATION);

    /** By {@code objectTypeId}, as generic {@code object.*} subscriptions and workflows name the type. */
    private static final Map<String, ObjectType> BY_ID = Map.of(
            "0-1", ObjectType.CONTACT,
            "0-2", ObjectType.COMPANY,
            "0-3", ObjectType.DEAL,
            "0-5", ObjectType.TICKET,
            "0-7", PRODUCT,
            "0-8", LINE_ITEM,
            "0-136", ObjectType.LEAD);

    /** Kinds of activity, by {@code objectTypeId}; HubSpot numbers them all from one sequence. */
    private static final Map<String, String> ACTIVITIES = Map.of(
            "0-18", "communication",
            "0-27", "task",
            "0-46", "note",
            "0-47", "meeting",
            "0-48", "call",
            "0-49", "email",
            "0-116", "postal_mail");

    /** An object of HubSpot's own, {@code 0-14}, or of a user's, {@code 2-3465404}: {@code object_2_3465404} here. */
    private static final Pattern TYPE_ID = Pattern.compile("[0-9]{1,3}-[0-9]{1,15}");

    private HubSpotObjects() {}

    static Optional<ObjectType> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    static Optional<ObjectType> ofTypeId(String typeId) {
        if (typeId == null) {
            return Optional.empty();
        }
        if (ACTIVITIES.containsKey(typeId)) {
            return Optional.of(ObjectType.ACTIVITY);
        }
        return Optional.ofNullable(BY_ID.get(typeId))
                .or(() ->
                        TYPE_ID.matcher(typeId).matches() ? Optional.of(OtherObjects.named(typeId)) : Optional.empty());
    }

    /** What kind of activity it is, when it is one. */
    static Optional<String> activityKind(String typeId) {
        return typeId == null ? Optional.empty() : Optional.ofNullable(ACTIVITIES.get(typeId));
    }
}
