/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.intercom;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.EventType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.JsonBodies;
import io.signalbox.vendors.Report;
import io.signalbox.vendors.Times;
import io.signalbox.vendors.Vendor.Unreadable;
import io.signalbox.vendors.generic.GenericEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a notification means, by its topic. The same one sent again differs in what it says of its attempts alone. */
final class IntercomBody {

    private static final String LEAD = "lead";

    private final Value.Obj body;
    private final String topic;
    private final Value item;
    private final Report report;

    private IntercomBody(Value.Obj body, String topic, Report report) {
        this.body = body;
        this.topic = topic;
        this.item = body.get("data").at("item");
        this.report = report;
    }

    static List<CanonicalEvent> read(Delivery delivery) throws Unreadable {
        var body = JsonBodies.without(
                JsonBodies.object(delivery), "delivery_status", "delivery_attempts", "delivered_at", "first_sent_at");
        var topic = body.get("topic") instanceof Value.Text(var text) ? text : "";
        var time = Times.seconds(body.get("created_at"));
        var at = time.orElse(delivery.receivedAt());
        var report = Ids.text(body.get("id"))
                .map(id -> new Report(
                        delivery,
                        topic,
                        at,
                        "notification",
                        Ids.text(body.get("app_id")).orElse(""),
                        id))
                .orElse(Report.ofContent(delivery, topic, at, body));
        var read = new IntercomBody(body, topic, report);
        return time.isEmpty() ? List.of(read.raw("there is no created_at in seconds")) : read.events();
    }

    private List<CanonicalEvent> events() {
        if (Ids.text(item.at("id")).isEmpty()) {
            return List.of(raw("the notification names no object"));
        }
        var dot = topic.indexOf('.');
        return switch (dot < 0 ? topic : topic.substring(0, dot)) {
            case "contact" -> contact(topic.substring(dot + 1));
            case "company" -> List.of(company(topic.substring(dot + 1)));
            case "conversation" -> List.of(conversation());
            case "ticket" -> List.of(ticket());
            default -> List.of(raw("the topic has no counterpart here"));
        };
    }

    private List<CanonicalEvent> contact(String what) {
        var isLead = what.startsWith(LEAD + ".") || item.at("role").equals(Value.of(LEAD));
        var object = isLead ? ObjectType.LEAD : ObjectType.CONTACT;
        return switch (what) {
            case "created", "user.created", "lead.created" ->
                List.of(person(report, EventType.of(object, EventType.CREATED), object));
            case "lead.signed_up" ->
                List.of(
                        report.event("lead.converted", ObjectType.LEAD, subject(), Map.of(), Map.of()),
                        person(
                                report.part(ObjectType.CONTACT.name()),
                                EventType.of(ObjectType.CONTACT, EventType.CREATED),
                                ObjectType.CONTACT));
            case "deleted" ->
                List.of(report.event(EventType.of(object, EventType.DELETED), object, subject(), Map.of(), Map.of()));
            case "unsubscribed" -> List.of(person(report, "consent.opted_out", object));
            case "subscribed" -> List.of(person(report, "consent.opted_in", object));
            default -> List.of(person(report, EventType.of(object, EventType.UPDATED), object));
        };
    }

    private CanonicalEvent person(Report of, String type, ObjectType object) {
        var properties = IntercomFields.of(item);
        if (type.startsWith("consent.")) {
            properties.put("unsubscribed_from_emails", Value.of(type.endsWith("out")));
        }
        return of.event(type, object, subject(), properties, Map.of());
    }

    private CanonicalEvent company(String what) {
        var object = ObjectType.COMPANY;
        return switch (what) {
            case "created" ->
                report.event(
                        EventType.of(object, EventType.CREATED), object, subject(), IntercomFields.of(item), Map.of());
            case "deleted" ->
                report.event(EventType.of(object, EventType.DELETED), object, subject(), Map.of(), Map.of());
            case "updated" ->
                report.event(
                        EventType.of(object, EventType.UPDATED), object, subject(), IntercomFields.of(item), Map.of());
            default -> raw("the topic has no counterpart here");
        };
    }

    private CanonicalEvent ticket() {
        var object = ObjectType.TICKET;
        var verb = topic.equals("ticket.created") ? EventType.CREATED : EventType.UPDATED;
        var data = new LinkedHashMap<String, Value>();
        JsonBodies.copy(first("contacts"), "id", data, "contact_id");
        return report.event(EventType.of(object, verb), object, subject(), IntercomFields.of(item), data);
    }

    /** An engagement of the person in the conversation. */
    private CanonicalEvent conversation() {
        var author = item.at("source").at("author");
        var kind = author.at("type").asText();
        var isPerson = "user".equals(kind) || LEAD.equals(kind) || "contact".equals(kind);
        var person = Ids.text(first("contacts").at("id"))
                .or(() -> isPerson ? Ids.text(author.at("id")) : java.util.Optional.empty());
        if (person.isEmpty() || !GenericEvent.isType(topic)) {
            return raw("the conversation names no contact");
        }
        var data = new LinkedHashMap<String, Value>();
        JsonBodies.copy(item, "id", data, "conversation_id");
        JsonBodies.copy(item, "title", data);
        JsonBodies.copy(item, "state", data);
        JsonBodies.copy(item.at("source"), "subject", data);
        JsonBodies.copy(item.at("source"), "type", data, "channel");
        var object = LEAD.equals(kind) ? ObjectType.LEAD : ObjectType.CONTACT;
        return report.event(topic, object, report.external(person.get()), Map.of(), data);
    }

    /** The first of a list, as Intercom wraps them: {@code {"type": "contact.list", "contacts": [{…}]}}. */
    private Value first(String list) {
        return item.at(list).at(list) instanceof Value.Arr(var items) && !items.isEmpty()
                ? items.getFirst()
                : Value.NULL;
    }

    private Subject subject() {
        return report.external(Ids.text(item.at("id")).orElseThrow());
    }

    private CanonicalEvent raw(String reason) {
        return report.raw(reason, body);
    }
}
