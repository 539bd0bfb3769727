/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.hmac;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.JsonBodies;
import io.signalbox.vendors.RawEvents;
import io.signalbox.vendors.Report;
import io.signalbox.vendors.Vendor.Unreadable;
import io.signalbox.vendors.generic.GenericEvent;
import io.signalbox.vendors.generic.GenericTime;
import io.signalbox.vendors.signing.Signatures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Finds the events of a body by the connection's options. An event without a time of its own has that of its arrival;
 * one without an id is the same when its delivery's id is, or else when the body is.
 */
final class HmacBody {

    private final Delivery delivery;
    private final BodyOptions options;
    private final Value body;

    private HmacBody(Delivery delivery, BodyOptions options, Value body) {
        this.delivery = delivery;
        this.options = options;
        this.body = body;
    }

    static List<CanonicalEvent> read(Delivery delivery) throws Unreadable {
        var body = JsonBodies.read(delivery);
        if (!(body instanceof Value.Obj) && !(body instanceof Value.Arr)) {
            throw new Unreadable("the body is neither a JSON object nor an array");
        }
        var options = BodyOptions.of(delivery.headers().get(HmacDoor.BODY_OPTIONS));
        return new HmacBody(delivery, options, body).events();
    }

    private List<CanonicalEvent> events() throws Unreadable {
        var path = options.pointer(HmacOptions.EVENTS_PATH);
        var found = path == null ? body : BodyOptions.at(body, path);
        var items = found instanceof Value.Arr(var several) ? several : List.of(path == null ? body : Value.NULL);
        if (items.size() > JsonBodies.MAX_EVENTS) {
            throw new Unreadable("an array of more than " + JsonBodies.MAX_EVENTS + " events");
        }
        var events = new ArrayList<CanonicalEvent>(items.size());
        for (var item : items) {
            RawEvents.requireStorable(item, delivery);
            events.add(event(item, events.size()));
        }
        return events;
    }

    private CanonicalEvent event(Value event, int index) throws Unreadable {
        var rawType = rawType(event);
        var report = new Report(
                delivery, rawType, time(event).orElse(delivery.receivedAt()), identity(event, rawType, index));
        if (!(event instanceof Value.Obj)) {
            // Where the path leads to nothing, the whole body is what is known.
            RawEvents.requireStorable(body, delivery);
            return report.raw("there is no event where events_path says", event.isNull() ? body : event);
        }
        var subject = BodyOptions.at(event, options.pointer(HmacOptions.SUBJECT_PATH));
        var type = options.type(rawType);
        return new GenericEvent(
                        type,
                        data(event, type, subject),
                        subject,
                        BodyOptions.at(event, options.pointer(HmacOptions.EMAIL_PATH)),
                        event)
                .canonical(report);
    }

    /** The event's data, with the record's id in it where the options say that it stands elsewhere. */
    private Value data(Value event, String type, Value subject) {
        var data = BodyOptions.at(event, options.pointer(HmacOptions.DATA_PATH));
        if (data instanceof Value.Obj(var members) && !subject.isNull()) {
            var named = new LinkedHashMap<>(members);
            named.put(GenericEvent.object(type).isPresent() ? "id" : "contact_id", subject);
            return Value.of(named);
        }
        return data;
    }

    private String rawType(Value event) {
        var words = new ArrayList<String>(2);
        for (var pointer : options.pointer(HmacOptions.TYPE_PATH).split(" ")) {
            var word = BodyOptions.at(event, pointer).asText();
            if (word != null) {
                words.add(word);
            }
        }
        return String.join(".", words);
    }

    private Optional<Instant> time(Value event) {
        var pointer = options.pointer(HmacOptions.TIME_PATH);
        for (var each : pointer == null ? List.of("/timestamp", "/occurred_at", "/created_at") : List.of(pointer)) {
            var time = GenericTime.of(BodyOptions.at(event, each)).or(() -> GenericTime.of(BodyOptions.at(body, each)));
            if (time.isPresent()) {
                return time;
            }
        }
        return Optional.empty();
    }

    private String[] identity(Value event, String rawType, int index) {
        var id = Ids.text(BodyOptions.at(event, options.pointer(HmacOptions.ID_PATH)));
        if (id.isPresent()) {
            return new String[] {"id", id.get(), rawType};
        }
        var sent = delivery.headers().get(HmacDoor.DELIVERY_ID);
        return sent == null
                ? new String[] {"body", Signatures.sha256Hex(delivery.body()), Integer.toString(index)}
                : new String[] {"delivery", sent, Integer.toString(index)};
    }
}
