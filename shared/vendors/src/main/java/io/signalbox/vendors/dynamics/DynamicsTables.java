/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.dynamics;

import io.signalbox.model.EventType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.vendors.OtherObjects;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Dataverse's tables in our objects. */
final class DynamicsTables {

    private static final Map<String, ObjectType> BY_NAME = Map.of(
            "contact", ObjectType.CONTACT,
            "lead", ObjectType.LEAD,
            "account", ObjectType.COMPANY,
            "opportunity", ObjectType.DEAL,
            "incident", ObjectType.TICKET,
            "task", ObjectType.ACTIVITY,
            "phonecall", ObjectType.ACTIVITY,
            "appointment", ObjectType.ACTIVITY,
            "email", ObjectType.ACTIVITY,
            "product", new ObjectType("product"));

    /** The logical name of a table, of Dataverse's own or of a user's: {@code new_project}. */
    private static final Pattern LOGICAL_NAME = Pattern.compile("[a-z][a-z0-9_]{0,99}");

    private static final Map<String, String> KINDS =
            Map.of("task", "task", "phonecall", "call", "appointment", "meeting", "email", "email");

    /** Attributes of an opportunity by which its stage shows. */
    private static final Set<String> STAGE = Set.of("stageid", "stepname", "salesstage", "statecode", "statuscode");

    private DynamicsTables() {}

    static Optional<ObjectType> named(String table) {
        return Optional.ofNullable(BY_NAME.get(table))
                .or(() -> LOGICAL_NAME.matcher(table).matches()
                        ? Optional.of(OtherObjects.named(table))
                        : Optional.empty());
    }

    /** What kind of activity the table's rows are, when they are. */
    static Optional<String> kind(String table) {
        return Optional.ofNullable(KINDS.get(table));
    }

    /** What the change of those attributes means beyond itself. */
    static String change(ObjectType object, Map<String, Value> changed) {
        var isStage =
                object.equals(ObjectType.DEAL) && changed.keySet().stream().anyMatch(STAGE::contains);
        return isStage ? "stage_changed" : EventType.UPDATED;
    }
}
