/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.salesforce;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.EventId;
import io.signalbox.model.EventType;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.OtherObjects;
import io.signalbox.vendors.RawEvents;
import io.signalbox.vendors.Vendor.Unreadable;
import io.signalbox.vendors.Xml;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The SOAP 1.1 body of an Outbound Message: up to 100 notifications of one object type, each with the fields that the
 * administrator selected, in their state when it was sent. {@code SessionId}, a credential that the administrator can have
 * sent along, is never read. Source: Salesforce SOAP API Developer Guide, "Outbound Messaging".
 *
 * <p>A notification has no time of its own: it is that of {@code LastModifiedDate} or {@code SystemModstamp} where one
 * of them is selected, so that a late message cannot undo a later change; else the time of receipt. It does not say
 * either whether the record is new: it is where {@code CreatedDate} is the same moment.
 */
final class OutboundMessage {

    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String OUTBOUND = "http://soap.sforce.com/2005/09/outbound";

    /** Fields that SOAP writes as {@code 1.25E7} when they are large; no exponent of theirs has three digits. */
    private static final Set<String> NUMBERS =
            Set.of("Amount", "AnnualRevenue", "ExpectedRevenue", "NumberOfEmployees", "TotalOpportunityQuantity");

    private static final Pattern SCIENTIFIC = Pattern.compile("-?[0-9]{1,3}(\\.[0-9]{1,20})?E-?[0-9]{1,2}");

    /** Salesforce sends up to 100; the rest is room. */
    private static final int MAX_NOTIFICATIONS = 1_000;

    private final Delivery delivery;
    private final Xml.Element notifications;

    private OutboundMessage(Delivery delivery, Xml.Element notifications) {
        this.delivery = delivery;
        this.notifications = notifications;
    }

    static List<CanonicalEvent> read(Delivery delivery) throws Unreadable {
        var notifications = notifications(Xml.parse(delivery.body()));
        var all = notifications.children().stream()
                .filter(child -> child.name().equals("Notification"))
                .toList();
        if (all.isEmpty()) {
            throw new Unreadable("the message holds no notification");
        }
        if (all.size() > MAX_NOTIFICATIONS) {
            throw new Unreadable("a message of more than " + MAX_NOTIFICATIONS + " notifications");
        }
        var message = new OutboundMessage(delivery, notifications);
        var events = new ArrayList<CanonicalEvent>(all.size());
        for (var notification : all) {
            events.add(message.event(notification));
        }
        return events;
    }

    /** The organization that a message says it is from; empty when it is no such message. */
    static String organization(byte[] body) {
        try {
            return notifications(Xml.parse(body)).textOf("OrganizationId");
        } catch (Unreadable e) {
            return "";
        }
    }

    private static Xml.Element notifications(Xml.Element envelope) throws Unreadable {
        if (!envelope.name().equals("Envelope") || !envelope.space().equals(SOAP)) {
            throw new Unreadable("the document is no SOAP 1.1 envelope");
        }
        return envelope.child("Body")
                .flatMap(body -> body.child("notifications"))
                .filter(found -> found.space().equals(OUTBOUND))
                .orElseThrow(() -> new Unreadable("the envelope holds no outbound message"));
    }

    private CanonicalEvent event(Xml.Element notification) throws Unreadable {
        var sObject = notification.child("sObject").orElse(null);
        var fields = sObject == null ? Map.<String, Value>of() : fields(sObject);
        RawEvents.requireStorable(Value.of(fields), delivery);
        var type = sObject == null ? "" : local(sObject.attributes().getOrDefault("type", ""));
        var modified = time(fields, "LastModifiedDate").or(() -> time(fields, "SystemModstamp"));
        var id = id(notification.textOf("Id"), type, fields);
        var record = Ids.text(fields.getOrDefault("Id", Value.NULL)).flatMap(SalesforceIds::full);
        var object = SObjects.named(type);
        if (object.isEmpty() || record.isEmpty()) {
            var reason =
                    record.isEmpty() ? "the notification names no record" : "the object type has no counterpart here";
            return RawEvents.of(delivery, id, type, modified.orElse(delivery.receivedAt()), reason, Value.of(fields));
        }
        return mapped(id, type, object.get(), record.get(), modified, fields);
    }

    private CanonicalEvent mapped(
            EventId id,
            String type,
            ObjectType object,
            String record,
            Optional<Instant> modified,
            Map<String, Value> fields) {
        var properties = new LinkedHashMap<>(fields);
        properties.remove("Id");
        var isNew = modified.isPresent() && modified.equals(time(fields, "CreatedDate"));
        // The state of a stage says nothing of whether it was the stage that changed.
        var change = SObjects.change(object, properties);
        var verb = isNew ? EventType.CREATED : change.equals("converted") ? change : EventType.UPDATED;
        return new CanonicalEvent(
                id,
                EventType.of(object, verb),
                type,
                Salesforce.ID,
                delivery.connection(),
                object,
                new Subject.External(new ExternalId(delivery.connection(), record)),
                modified.orElse(delivery.receivedAt()),
                properties,
                List.of(),
                OtherObjects.data(object, SObjects.data(type, properties), Value.of(fields)));
    }

    /** The same in every attempt, though a later one may show a later state. */
    private EventId id(String notification, String type, Map<String, Value> fields) {
        var organization = SalesforceIds.head(notifications.textOf("OrganizationId"));
        return notification.isEmpty()
                ? EventId.of(
                        Salesforce.ID.value(), delivery.connection().value(), organization, type, fields.toString())
                : EventId.of(Salesforce.ID.value(), delivery.connection().value(), organization, notification);
    }

    private static Map<String, Value> fields(Xml.Element sObject) {
        var fields = new LinkedHashMap<String, Value>();
        collect("", sObject, fields);
        return fields;
    }

    private static void collect(String prefix, Xml.Element element, Map<String, Value> fields) {
        for (var child : element.children()) {
            var name = prefix + child.name();
            if (!child.children().isEmpty()) {
                collect(name + ".", child, fields);
            } else {
                fields.putIfAbsent(name, value(child));
            }
        }
    }

    private static Value value(Xml.Element field) {
        var nil = field.attributes().get("nil");
        if ("true".equals(nil) || "1".equals(nil)) {
            return Value.NULL;
        }
        return NUMBERS.contains(field.name())
                        && SCIENTIFIC.matcher(field.text()).matches()
                ? Value.of(new BigDecimal(new BigDecimal(field.text()).toPlainString()))
                : Value.of(field.text());
    }

    /** The name without its namespace's prefix: {@code sf:Contact}. */
    private static String local(String qualified) {
        return qualified.strip().substring(qualified.strip().indexOf(':') + 1);
    }

    private static Optional<Instant> time(Map<String, Value> fields, String name) {
        return Ids.iso(fields.getOrDefault(name, Value.NULL));
    }
}
