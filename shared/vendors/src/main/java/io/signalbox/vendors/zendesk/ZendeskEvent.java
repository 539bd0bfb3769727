/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.zendesk;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.EventType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.JsonBodies;
import io.signalbox.vendors.Report;
import io.signalbox.vendors.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An event of a subscription: {@code detail} is the object as it is now, without its own fields, {@code event} what
 * changed. The change counts where both say it. Zendesk says that deactivating a user deletes it softly, so
 * {@code user.active_changed} is a deletion or a restoration.
 */
final class ZendeskEvent {

    private static final Map<String, ObjectType> OBJECTS = Map.of(
            "user", ObjectType.CONTACT,
            "organization", ObjectType.COMPANY,
            "ticket", ObjectType.TICKET);

    private final Value.Obj body;
    private final Value detail;
    private final Value change;
    private final String type;
    private final String verb;
    private final Report report;
    private final boolean hasTime;

    /** @param type without the prefix: {@code ticket.created} */
    ZendeskEvent(Delivery delivery, Value.Obj body, String type) {
        this.body = body;
        this.type = type;
        detail = body.get("detail");
        change = body.get("event");
        verb = type.substring(type.indexOf('.') + 1);
        var time = Times.iso(body.get("time"));
        hasTime = time.isPresent();
        var at = time.orElse(delivery.receivedAt());
        report = Ids.text(body.get("id"))
                .map(id -> new Report(delivery, type, at, "event", id))
                .orElseGet(() -> Report.ofContent(delivery, type, at, body));
    }

    List<CanonicalEvent> canonical() {
        var events = new ArrayList<CanonicalEvent>();
        events.add(first());
        if (hasTime && !events.getFirst().object().equals(ObjectType.RAW_EVENT)) {
            links().forEach(events::add);
        }
        return events;
    }

    private CanonicalEvent first() {
        var object = type.indexOf('.') < 0 ? null : OBJECTS.get(type.substring(0, type.indexOf('.')));
        if (object == null) {
            return report.raw("the event type has no counterpart here", body);
        }
        var id = Ids.text(detail.at("id"));
        if (!hasTime || id.isEmpty()) {
            return report.raw("the event has no time, or its detail no id", body);
        }
        return switch (verb) {
            case "created" -> event(object, EventType.CREATED, id.get(), properties());
            case "deleted", "soft_deleted", "permanently_deleted" ->
                event(object, EventType.DELETED, id.get(), Map.of());
            case "undeleted" -> event(object, EventType.RESTORED, id.get(), Map.of());
            case "merged" -> merged(object, id.get());
            case "active_changed" -> active(object, id.get());
            case "organization_membership_created" -> membership(object, id.get(), true);
            case "organization_membership_deleted" -> membership(object, id.get(), false);
            case "comment_added" -> comment(id.get(), EventType.CREATED);
            case "comment_made_private",
                    "comment_redacted",
                    "attachment_linked_to_comment",
                    "attachment_redacted_from_comment" -> comment(id.get(), EventType.UPDATED);
            default ->
                isUpdate()
                        ? event(object, EventType.UPDATED, id.get(), properties())
                        : report.raw("the event type has no counterpart here", body);
        };
    }

    private boolean isUpdate() {
        return verb.endsWith("_changed")
                || verb.equals("marked_as_spam")
                || verb.startsWith("csat_")
                || verb.startsWith("identity_")
                || verb.startsWith("group_membership_");
    }

    private CanonicalEvent event(ObjectType object, String said, String id, Map<String, Value> properties) {
        return report.event(EventType.of(object, said), object, report.external(id), properties, data());
    }

    /** The detail is of the one that is gone; what is left of it belongs to the one it became part of. */
    private CanonicalEvent merged(ObjectType object, String gone) {
        var left = object.equals(ObjectType.TICKET)
                ? Ids.text(change.at("target_ticket_id"))
                : Ids.text(change.at("target_user_id"))
                        .or(() -> Ids.text(change.at("user").at("id")));
        return left.isEmpty() || left.get().equals(gone)
                ? report.raw("the event does not say what it was merged into", body)
                : report.event(
                        EventType.of(object, EventType.MERGED),
                        object,
                        report.external(left.get()),
                        Map.of(),
                        List.of(gone),
                        data());
    }

    private CanonicalEvent active(ObjectType object, String id) {
        return switch (change.at("current")) {
            case Value.Bool(var isActive) ->
                event(object, isActive ? EventType.RESTORED : EventType.DELETED, id, Map.of());
            case Value.Null _, Value.Text _, Value.Num _, Value.Arr _, Value.Obj _ ->
                report.raw("the event does not say whether the user is active", body);
        };
    }

    private CanonicalEvent membership(ObjectType object, String id, boolean isAdded) {
        var organization =
                Ids.text(change.at("organization").at("id")).or(() -> Ids.text(change.at("organization_id")));
        if (organization.isEmpty() || !object.equals(ObjectType.CONTACT)) {
            return report.raw("the event names no organization", body);
        }
        return report.link(isAdded, object, report.external(id), ObjectType.COMPANY, organization.get(), data());
    }

    /** What the object hangs together with, as far as this event says or changes it. */
    private List<CanonicalEvent> links() {
        return switch (type) {
            case "ticket.created" ->
                links(
                        ObjectType.TICKET,
                        Map.of("requester_id", ObjectType.CONTACT, "organization_id", ObjectType.COMPANY));
            case "user.created" -> links(ObjectType.CONTACT, Map.of("organization_id", ObjectType.COMPANY));
            case "ticket.requester_changed" -> moved(ObjectType.CONTACT);
            case "ticket.organization_changed" -> moved(ObjectType.COMPANY);
            case "ticket.comment_added" ->
                Ids.text(change.at("comment").at("id"))
                        .flatMap(
                                comment -> link(true, ObjectType.ACTIVITY, comment, ObjectType.TICKET, detail.at("id")))
                        .stream()
                        .toList();
            default -> List.of();
        };
    }

    private List<CanonicalEvent> links(ObjectType object, Map<String, ObjectType> others) {
        var id = Ids.text(detail.at("id")).orElseThrow();
        return new TreeMap<>(others)
                .entrySet().stream()
                        .flatMap(other -> link(true, object, id, other.getValue(), detail.at(other.getKey())).stream())
                        .toList();
    }

    private List<CanonicalEvent> moved(ObjectType other) {
        var id = Ids.text(detail.at("id")).orElseThrow();
        return Stream.of(
                        link(false, ObjectType.TICKET, id, other, change.at("previous")),
                        link(true, ObjectType.TICKET, id, other, change.at("current")))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<CanonicalEvent> link(boolean isAdded, ObjectType object, String id, ObjectType other, Value to) {
        return Ids.text(unset(to)).map(text -> report.link(isAdded, object, report.external(id), other, text, data()));
    }

    private CanonicalEvent comment(String ticket, String said) {
        var comment = change.at("comment");
        var id = Ids.text(comment.at("id"));
        if (id.isEmpty() || !type.startsWith("ticket.")) {
            return report.raw("the event names no comment", body);
        }
        var properties = new LinkedHashMap<String, Value>();
        properties.put("type", Value.of("Comment"));
        properties.put("ticket_id", Value.of(ticket));
        JsonBodies.copy(comment, "body", properties);
        JsonBodies.copy(comment, "is_public", properties);
        JsonBodies.copy(comment.at("author"), "id", properties, "author_id");
        JsonBodies.copy(comment.at("author"), "is_staff", properties, "author_is_staff");
        return report.event(
                EventType.of(ObjectType.ACTIVITY, said),
                ObjectType.ACTIVITY,
                report.external(id.get()),
                properties,
                data());
    }

    private Map<String, Value> properties() {
        var properties = new LinkedHashMap<String, Value>();
        if (detail instanceof Value.Obj(var members)) {
            members.forEach((name, value) -> {
                switch (name) {
                    case "id", "actor_id", "updated_at" -> {}
                    case "via" -> JsonBodies.copy(value, "channel", properties, "via_channel");
                    default -> properties.put(name, name.endsWith("_id") ? unset(value) : value);
                }
            });
        }
        changed().ifPresent(name -> {
            if (!(change.at("current") instanceof Value.Obj) && !(change.at("current") instanceof Value.Arr)) {
                properties.put(name, change.at("current"));
            }
        });
        if (verb.equals("custom_field_changed")) {
            Ids.text(change.at("custom_field").at("id"))
                    .ifPresent(id -> properties.put("custom_field_" + id, fieldValue(change.at("current"))));
        }
        return properties;
    }

    /** Zendesk writes 0 for nobody. */
    private static Value unset(Value id) {
        var text = id.asText();
        return text == null || text.isEmpty() || text.equals("0") ? Value.NULL : id;
    }

    private static Value fieldValue(Value current) {
        return current instanceof Value.Obj held ? held.get("value") : current;
    }

    /** The property whose new value {@code event.current} is. */
    private Optional<String> changed() {
        if (!verb.endsWith("_changed")
                || !(change instanceof Value.Obj(var members))
                || !members.containsKey("current")) {
            return Optional.empty();
        }
        return switch (verb.substring(0, verb.length() - "_changed".length())) {
            case "agent_assignment" -> Optional.of("assignee_id");
            case "group_assignment", "brand", "organization", "requester", "submitter", "form", "custom_role" ->
                Optional.empty();
            case "custom_field", "identity", "photo", "password", "tags" -> Optional.empty();
            case String name -> Optional.of(name);
        };
    }

    private Map<String, Value> data() {
        var data = new LinkedHashMap<String, Value>();
        Ids.text(body.get("account_id")).ifPresent(id -> data.put("account_id", Value.of(id)));
        JsonBodies.copy(detail, "actor_id", data);
        JsonBodies.copy(change.at("meta").at("sequence"), "id", data, "sequence_id");
        JsonBodies.copy(change.at("meta").at("sequence"), "position", data, "sequence_position");
        for (var name : List.of("previous", "tags_added", "tags_removed", "users_added", "users_removed", "identity")) {
            JsonBodies.copy(change, name, data);
        }
        return data;
    }
}
