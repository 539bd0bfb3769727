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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells notifications from workflow webhooks, and reads these. What a workflow sends its author decides, so it is asked
 * for by name: {@code module}, {@code operation}, {@code id} and {@code modified_time} (ISO 8601) say what happened to
 * which record, every other parameter is a field of it under its API name. The token is in none of the events.
 */
final class ZohoEvents {

    private static final Set<String> ABOUT = Set.of(Zoho.TOKEN, "module", "operation", "id", "modified_time");

    private ZohoEvents() {}

    static List<CanonicalEvent> read(Delivery delivery) throws Unreadable {
        var members = new LinkedHashMap<>(ZohoBody.read(delivery.body()).members());
        members.remove(Zoho.TOKEN);
        var body = new Value.Obj(members);
        if (members.isEmpty() || text(body, "module").isEmpty()) {
            throw new Unreadable("the body names no module: neither a notification nor a workflow's parameters");
        }
        RawEvents.requireStorable(body, delivery);
        return members.containsKey("ids")
                ? new ZohoNotification(delivery, body).events()
                : List.of(workflow(delivery, body));
    }

    private static CanonicalEvent workflow(Delivery delivery, Value.Obj body) {
        var module = text(body, "module");
        var operation = text(body, "operation").isEmpty() ? "update" : text(body, "operation");
        var rawType = module + "." + operation;
        var id = EventId.of(
                Zoho.ID.value(), delivery.connection().value(), "workflow", Json.text(Value.of(sorted(body))));
        var object = ZohoModules.named(module);
        var verb = ZohoModules.verb(operation);
        var record = Ids.text(body.get("id"));
        var time = Ids.iso(body.get("modified_time"));
        if (object.isEmpty() || verb.isEmpty() || record.isEmpty() || time.isEmpty()) {
            var reason = object.isEmpty()
                    ? "the module has no counterpart here"
                    : verb.isEmpty()
                            ? "the operation is none of insert, update and delete"
                            : record.isEmpty()
                                    ? "the parameter id names no record"
                                    : "the parameter modified_time is no time in ISO 8601; a retry could not be told"
                                            + " from a new event";
            return RawEvents.of(delivery, id, rawType, time.orElse(delivery.receivedAt()), reason, body);
        }
        return event(delivery, id, rawType, object.get(), verb.get(), record.get(), time.get(), body);
    }

    private static CanonicalEvent event(
            Delivery delivery,
            EventId id,
            String rawType,
            ObjectType object,
            String verb,
            String record,
            Instant time,
            Value.Obj body) {
        var fields = new LinkedHashMap<>(body.members());
        fields.keySet().removeAll(ABOUT);
        var properties = verb.equals(EventType.DELETED) ? Map.<String, Value>of() : ZohoModules.flat(fields);
        var data = new LinkedHashMap<String, Value>();
        ZohoModules.kind(text(body, "module")).ifPresent(kind -> data.put("kind", Value.of(kind)));
        return new CanonicalEvent(
                id,
                // A snapshot says what the stage is, not that it changed; a conversion shows.
                EventType.of(object, object.equals(ObjectType.DEAL) ? verb : ZohoModules.change(object, verb, fields)),
                rawType,
                Zoho.ID,
                delivery.connection(),
                object,
                new Subject.External(new ExternalId(delivery.connection(), record)),
                time,
                properties,
                List.of(),
                OtherObjects.data(object, data, body));
    }

    /** The parameters' order is the author's whim; the same ones are the same event. */
    private static Map<String, Value> sorted(Value.Obj body) {
        return new java.util.TreeMap<>(body.members());
    }

    static String text(Value.Obj body, String name) {
        return body.get(name) instanceof Value.Text(var text) ? text : "";
    }
}
