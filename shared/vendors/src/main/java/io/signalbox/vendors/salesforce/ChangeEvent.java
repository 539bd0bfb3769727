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
import io.signalbox.runtime.Json;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.OtherObjects;
import io.signalbox.vendors.RawEvents;
import io.signalbox.vendors.Vendor.Unreadable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One event of Change Data Capture, or a platform event, in the envelope in which Event Relay brings it to Amazon
 * EventBridge. A change names one or more records and carries the changed fields; a gap event ({@code GAP_UPDATE} and so
 * on) says that a record changed and not how, so its reader must read the record back. Source: Change Data Capture
 * Developer Guide, "Change Event Header Fields"; that the event lies in {@code detail.payload} rests on third parties.
 */
final class ChangeEvent {

    private static final String GAP = "GAP_";

    /** Salesforce merges equal changes of one transaction into one event; the rest is room. */
    private static final int MAX_RECORDS = 1_000;

    private final Delivery delivery;
    private final Value.Obj envelope;
    private final Value payload;
    private final Value header;
    private final String entity;
    private final String changeType;
    private final String rawType;

    private ChangeEvent(Delivery delivery, Value.Obj envelope) {
        this.delivery = delivery;
        this.envelope = envelope;
        var detail = envelope.get("detail");
        // AppFlow, Salesforce's other way to EventBridge, puts the fields into the detail itself.
        this.payload = detail.at("payload") instanceof Value.Obj inner ? inner : detail;
        this.header = payload.at("ChangeEventHeader");
        this.entity = text(header.at("entityName"));
        this.changeType = text(header.at("changeType"));
        this.rawType =
                header.isNull() ? text(envelope.get("detail-type")) : text(header.at("entityName")) + "." + changeType;
    }

    static List<CanonicalEvent> read(Delivery delivery) throws Unreadable {
        Value json;
        try {
            json = Json.parse(delivery.body());
        } catch (Json.Malformed e) {
            throw new Unreadable(e.getMessage());
        }
        if (!(json instanceof Value.Obj envelope) || !(envelope.get("detail") instanceof Value.Obj)) {
            throw new Unreadable("the body is neither SOAP nor an event with a detail");
        }
        RawEvents.requireStorable(envelope.get("detail"), delivery);
        return new ChangeEvent(delivery, envelope).events();
    }

    private List<CanonicalEvent> events() throws Unreadable {
        if (header.isNull()) {
            return List.of(platformEvent());
        }
        var time = Ids.millis(header.at("commitTimestamp"));
        var ids = header.at("recordIds") instanceof Value.Arr(var items) ? items : List.<Value>of();
        if (ids.size() > MAX_RECORDS) {
            throw new Unreadable("a change of more than " + MAX_RECORDS + " records");
        }
        var object = SObjects.named(entity);
        if (time.isEmpty() || object.isEmpty() || ids.isEmpty() || verb().isEmpty()) {
            var reason = time.isEmpty()
                    ? "there is no commitTimestamp"
                    : object.isEmpty()
                            ? "the object type has no counterpart here"
                            : verb().isEmpty() ? "the type of change has no counterpart here" : "no record is named";
            return List.of(raw(id(""), time.orElse(delivery.receivedAt()), reason));
        }
        var properties = properties();
        var events = new ArrayList<CanonicalEvent>(ids.size());
        for (var each : ids) {
            var said = Ids.text(each).orElse("");
            var record = SalesforceIds.full(said);
            events.add(
                    record.isEmpty()
                            ? raw(id(said), time.get(), "not one record is named, but many: read the object anew")
                            : event(object.get(), record.get(), time.get(), properties));
        }
        return events;
    }

    /** What its maker calls it is its object, and the event is its record: nothing else of it has an id. */
    private CanonicalEvent platformEvent() {
        var object = SObjects.named(rawType).filter(named -> rawType.endsWith("__e"));
        if (object.isEmpty()) {
            return raw(platformEventId(), platformEventTime(), "neither a change with its header nor a platform event");
        }
        return new CanonicalEvent(
                platformEventId(),
                EventType.of(object.get(), EventType.CREATED),
                rawType,
                Salesforce.ID,
                delivery.connection(),
                object.get(),
                new Subject.External(
                        new ExternalId(delivery.connection(), platformEventId().value())),
                platformEventTime(),
                properties(),
                List.of(),
                OtherObjects.data(object.get(), Map.of(), payload));
    }

    private String verb() {
        var type = changeType.startsWith(GAP) ? changeType.substring(GAP.length()) : changeType;
        return switch (type) {
            case "CREATE" -> EventType.CREATED;
            case "UPDATE" -> EventType.UPDATED;
            case "DELETE" -> EventType.DELETED;
            case "UNDELETE" -> EventType.RESTORED;
            default -> "";
        };
    }

    private CanonicalEvent event(ObjectType object, String record, Instant time, Map<String, Value> properties) {
        var master = SObjects.master(properties).filter(winner -> !winner.equals(record));
        var isUpdate = verb().equals(EventType.UPDATED);
        var verb = master.isPresent() ? EventType.MERGED : isUpdate ? SObjects.change(object, properties) : verb();
        var subject = new ExternalId(delivery.connection(), master.orElse(record));
        var sets = master.isPresent() || verb.equals(EventType.DELETED) || changeType.startsWith(GAP)
                ? Map.<String, Value>of()
                : properties;
        var data = new LinkedHashMap<>(SObjects.data(entity, sets));
        data.put("change_origin", header.at("changeOrigin"));
        if (changeType.startsWith(GAP)) {
            data.put("is_gap", Value.TRUE);
        }
        data.values().removeIf(Value::isNull);
        return new CanonicalEvent(
                id(record),
                EventType.of(object, verb),
                rawType,
                Salesforce.ID,
                delivery.connection(),
                object,
                new Subject.External(subject),
                time,
                sets,
                master.isPresent() ? List.of(new ExternalId(delivery.connection(), record)) : List.of(),
                OtherObjects.data(object, data, payload));
    }

    /** The fields as flat names; those that are said to have changed and do not occur were cleared. */
    private Map<String, Value> properties() {
        var properties = new LinkedHashMap<String, Value>();
        if (payload instanceof Value.Obj(var members)) {
            members.forEach((name, value) -> {
                if (!name.equals("ChangeEventHeader")) {
                    flatten(name, value, properties);
                }
            });
        }
        for (var list : List.of("nulledFields", "changedFields")) {
            if (header.at(list) instanceof Value.Arr(var names)) {
                for (var name : names) {
                    // A bitmap, as the Pub/Sub API writes them, would need the event's schema.
                    if (name instanceof Value.Text(var path) && !path.startsWith("0x")) {
                        properties.putIfAbsent(flat(path), Value.NULL);
                    }
                }
            }
        }
        return properties;
    }

    private static void flatten(String name, Value value, Map<String, Value> properties) {
        if (value instanceof Value.Obj(var parts)) {
            parts.forEach((part, inner) -> properties.put(flat(name + "." + part), inner));
        } else {
            properties.put(name, value);
        }
    }

    /** {@code Name.LastName} and {@code MailingAddress.City} under the names that the REST API has for them. */
    private static String flat(String path) {
        if (path.startsWith("Name.")) {
            return path.substring("Name.".length());
        }
        var address = path.indexOf("Address.");
        return address < 0 ? path : path.substring(0, address) + path.substring(address + "Address.".length());
    }

    private EventId id(String record) {
        return EventId.of(
                Salesforce.ID.value(),
                delivery.connection().value(),
                "change",
                organization(),
                entity,
                changeType,
                text(header.at("transactionKey")),
                Ids.text(header.at("sequenceNumber")).orElse(""),
                record);
    }

    /** EventBridge's own id may change when the relay sends an event again; the event's does not. */
    private EventId platformEventId() {
        var own = Ids.text(payload.at("EventUuid"))
                .or(() -> Ids.text(envelope.get("detail").at("EventUuid")))
                .or(() -> Ids.text(envelope.get("id")))
                .orElseGet(() -> Json.text(payload));
        return EventId.of(
                Salesforce.ID.value(), delivery.connection().value(), "platform", organization(), rawType, own);
    }

    private Instant platformEventTime() {
        var created = payload.at("CreatedDate");
        return Ids.millis(created)
                .or(() -> Ids.iso(created))
                .or(() -> Ids.iso(envelope.get("time")))
                .orElse(delivery.receivedAt());
    }

    /** Of {@code aws.partner/salesforce.com/{organization}/{channel}}. */
    private String organization() {
        var parts = text(envelope.get("source")).split("/", -1);
        return parts.length > 2 ? parts[2] : "";
    }

    private CanonicalEvent raw(EventId id, Instant time, String reason) {
        return RawEvents.of(delivery, id, rawType, time, reason, payload);
    }

    private static String text(Value value) {
        return value instanceof Value.Text(var text) ? text : "";
    }
}
