/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.zoho;

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
 * A notification of a channel: the ids of the records that one operation touched, and, where the channel was asked for
 * them, the values that changed. Without these the event is thin. Source: Zoho CRM API v8, "Notification APIs".
 */
final class ZohoNotification {

    /** Zoho does not say how many one notification may hold. */
    private static final int MAX_RECORDS = 1_000;

    private final Delivery delivery;
    private final Value.Obj body;
    private final String module;
    private final String operation;

    ZohoNotification(Delivery delivery, Value.Obj body) {
        this.delivery = delivery;
        this.body = body;
        this.module = ZohoEvents.text(body, "module");
        this.operation = ZohoEvents.text(body, "operation");
    }

    List<CanonicalEvent> events() throws Unreadable {
        var ids = body.get("ids") instanceof Value.Arr(var items) ? items : List.<Value>of();
        if (ids.size() > MAX_RECORDS) {
            throw new Unreadable("a notification of more than " + MAX_RECORDS + " records");
        }
        var time = Ids.millis(body.get("server_time"));
        var object = ZohoModules.named(module);
        var verb = ZohoModules.verb(operation);
        if (time.isEmpty() || object.isEmpty() || verb.isEmpty() || ids.isEmpty()) {
            var reason = time.isEmpty()
                    ? "there is no server_time in milliseconds"
                    : object.isEmpty()
                            ? "the module has no counterpart here"
                            : verb.isEmpty() ? "the operation has no counterpart here" : "no record is named";
            return List.of(raw(time.orElse(delivery.receivedAt()), reason));
        }
        var values = values();
        var events = new ArrayList<CanonicalEvent>(ids.size());
        for (var each : ids) {
            var id = Ids.text(each);
            events.add(
                    id.isEmpty()
                            ? raw(time.get(), "an id is no id")
                            : event(object.get(), verb.get(), id.get(), time.get(), values));
        }
        return events;
    }

    private CanonicalEvent event(
            ObjectType object, String verb, String id, Instant time, Map<String, Map<String, Value>> values) {
        var isDeleted = verb.equals(EventType.DELETED);
        var properties = isDeleted ? Map.<String, Value>of() : ZohoModules.flat(values.getOrDefault(id, Map.of()));
        var named = new LinkedHashMap<>(properties);
        fields(id).forEach(field -> named.putIfAbsent(field, Value.NULL));
        var data = new LinkedHashMap<String, Value>();
        ZohoModules.kind(module).ifPresent(kind -> data.put("kind", Value.of(kind)));
        Ids.text(body.get("channel_id")).ifPresent(channel -> data.put("channel_id", Value.of(channel)));
        return new CanonicalEvent(
                id(id),
                EventType.of(object, ZohoModules.change(object, verb, named)),
                module + "." + operation,
                Zoho.ID,
                delivery.connection(),
                object,
                new Subject.External(new ExternalId(delivery.connection(), id)),
                time,
                properties,
                List.of(),
                OtherObjects.data(object, data, body));
    }

    /** {@code affected_values}: a list of record ids with the values of each. */
    private Map<String, Map<String, Value>> values() {
        var values = new LinkedHashMap<String, Map<String, Value>>();
        if (body.get("affected_values") instanceof Value.Arr(var items)) {
            for (var item : items) {
                var id = Ids.text(item.at("record_id"));
                if (id.isPresent() && item.at("values") instanceof Value.Obj(var members)) {
                    values.put(id.get(), members);
                }
            }
        }
        return values;
    }

    /** {@code affected_fields}: a list of objects, each with a record's id and the names of its fields. */
    private List<String> fields(String id) {
        var names = new ArrayList<String>();
        if (body.get("affected_fields") instanceof Value.Arr(var items)) {
            for (var item : items) {
                if (item.at(id) instanceof Value.Arr(var fields)) {
                    fields.forEach(field -> Ids.text(field).ifPresent(names::add));
                }
            }
        }
        return names;
    }

    private EventId id(String record) {
        return EventId.of(
                Zoho.ID.value(),
                delivery.connection().value(),
                Ids.text(body.get("channel_id")).orElse(""),
                module,
                operation,
                Ids.text(body.get("server_time")).orElse(""),
                record);
    }

    private CanonicalEvent raw(Instant time, String reason) {
        var id = EventId.of(Zoho.ID.value(), delivery.connection().value(), "raw", Json.text(body));
        return RawEvents.of(delivery, id, module + "." + operation, time, reason, body);
    }
}
