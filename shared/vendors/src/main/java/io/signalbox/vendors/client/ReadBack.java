/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.client;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Delivery;
import io.signalbox.model.EventId;
import io.signalbox.model.EventType;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.Vendor.Unreadable;
import io.signalbox.vendors.signing.Signatures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was read back from a vendor, on its way through the events queue: the vendor's own answer as a {@link Delivery}
 * that says by a header that it is one. So the events queue stays the only way into the records, and a dead letter holds
 * what the vendor said. No sender can forge it: the receiver passes on only the headers a vendor names, and none may
 * name this.
 *
 * <p>A thin event sets the property {@link #PENDING} of its record, and what was read back clears it a millisecond later,
 * whichever comes first: a record that shows it is known to lack something. It costs no write of its own.
 */
public final class ReadBack {

    /** The header that tells what was read back from what a vendor sent. */
    public static final String HEADER = "signalbox-read";

    /** The property of a record that is still to be read back: true, since the thin event's time. */
    public static final String PENDING = "signalbox_pending";

    /** The verb of a whole state: it repeats old changes, so it is no engagement. */
    public static final String SYNCED = "synced";

    /** The verb of the event that ends {@link #PENDING}. */
    public static final String COMPLETED = "completed";

    private static final Value ONE = Value.of(1);

    private ReadBack() {}

    public static boolean isOne(Delivery delivery) {
        return delivery.headers().containsKey(HEADER);
    }

    /** The thin event with its record marked. */
    public static CanonicalEvent pending(CanonicalEvent event) {
        var properties = new LinkedHashMap<>(event.properties());
        properties.put(PENDING, Value.TRUE);
        return with(event, event.type(), properties, event.data());
    }

    /** An event that reports what this system wrote to the vendor itself: a state, and no engagement. */
    public static CanonicalEvent echo(CanonicalEvent event) {
        var data = new LinkedHashMap<>(event.data());
        data.put("echo", Value.TRUE);
        return with(event, EventType.of(event.object(), SYNCED), event.properties(), data);
    }

    private static CanonicalEvent with(
            CanonicalEvent event, String type, Map<String, Value> properties, Map<String, Value> data) {
        return new CanonicalEvent(
                event.id(),
                type,
                event.rawType(),
                event.vendor(),
                event.connection(),
                event.object(),
                event.subject(),
                event.time(),
                properties,
                event.merged(),
                data);
    }

    /**
     * The delivery of an answer.
     *
     * @param type our type of the records
     * @param object the vendor's type of the records
     * @param asOf for each id that this settles, the time of the newest event that asked for it, in milliseconds; an id
     *     that the answer does not hold is there no more
     * @param answer the vendor's, whole
     */
    public static Delivery delivery(
            VendorId vendor,
            ConnectionId connection,
            ObjectType type,
            String object,
            Map<String, Long> asOf,
            Value answer,
            Instant now,
            String correlationId) {
        var times = new LinkedHashMap<String, Value>();
        asOf.forEach((id, millis) -> times.put(id, Value.of(millis)));
        var body = new LinkedHashMap<String, Value>();
        body.put("v", ONE);
        body.put("type", Value.of(type.name()));
        body.put("object", Value.of(object));
        body.put("as_of", Value.of(times));
        body.put("answer", answer);
        return new Delivery(vendor, connection, now, correlationId, Map.of(HEADER, "1"), Json.bytes(Value.of(body)));
    }

    /**
     * The events of a delivery that was read back: for each record its state, {@code contact.synced}, at the time the
     * vendor says it was last changed, and {@code contact.completed} for each id that was asked for. The same state read
     * again is the same event.
     */
    public static List<CanonicalEvent> normalize(Client client, Delivery delivery) throws Unreadable {
        var body = parse(delivery);
        if (!body.at("v").equals(ONE)
                || !(body.at("as_of") instanceof Value.Obj(var asOf))
                || !(body.at("object") instanceof Value.Text(var object))
                || !(body.at("type") instanceof Value.Text(var type))) {
            throw new Unreadable("this is no answer that was read back");
        }
        var events = new ArrayList<CanonicalEvent>();
        for (var record : client.records(object, body.at("answer"))) {
            if (asOf.containsKey(record.id())) {
                events.add(synced(record, delivery));
            }
        }
        for (var each : asOf.entrySet()) {
            if (each.getValue() instanceof Value.Num(var millis)) {
                var at = Instant.ofEpochMilli(millis.longValue() + 1);
                events.add(completed(new ObjectType(type), each.getKey(), at, delivery));
            }
        }
        return events;
    }

    private static Value parse(Delivery delivery) throws Unreadable {
        try {
            return Json.parse(delivery.body());
        } catch (Json.Malformed e) {
            throw new Unreadable(e.getMessage());
        }
    }

    private static CanonicalEvent synced(RemoteRecord record, Delivery delivery) {
        var content = Signatures.sha256Hex(Json.bytes(Value.of(record.properties())));
        return event(record.object(), SYNCED, record.id(), record.modified(), delivery, content)
                .apply(record.properties(), record.data());
    }

    private static CanonicalEvent completed(ObjectType type, String id, Instant at, Delivery delivery) {
        return event(type, COMPLETED, id, at, delivery, "").apply(Map.of(PENDING, Value.NULL), Map.of());
    }

    /** An event but for what it says. */
    @FunctionalInterface
    private interface Said {
        CanonicalEvent apply(Map<String, Value> properties, Map<String, Value> data);
    }

    private static Said event(ObjectType type, String verb, String id, Instant at, Delivery delivery, String content) {
        var connection = delivery.connection();
        var eventId = EventId.of(
                delivery.vendor().value(),
                connection.value(),
                "read",
                verb,
                type.name(),
                id,
                Long.toString(at.toEpochMilli()),
                content);
        return (properties, data) -> new CanonicalEvent(
                eventId,
                EventType.of(type, verb),
                "api." + verb,
                delivery.vendor(),
                connection,
                type,
                new Subject.External(new ExternalId(connection, id)),
                at,
                properties,
                List.of(),
                data);
    }
}
