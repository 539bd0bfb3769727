/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.marketo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.EventType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Subject;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.JsonBodies;
import io.signalbox.vendors.Query;
import io.signalbox.vendors.Report;
import io.signalbox.vendors.Times;
import io.signalbox.vendors.Vendor.Unreadable;
import io.signalbox.vendors.generic.GenericEvent;
import io.signalbox.vendors.signing.Signatures;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A body that its author wrote: a flat JSON object or a form. Three names mean something: {@code event} is the type,
 * {@code lead.updated} unless it is given; {@code id} or else {@code email} names the lead; {@code time}, in ISO 8601
 * with an offset, says when it was, the arrival otherwise. All other members are the lead's fields; of an event that is
 * not about a lead, {@code form.submitted} for one, they are its data.
 *
 * <p>A token without a value is written as nothing, and clears the field; one that Marketo does not know is left as it
 * stands, {@code {{lead.Typo}}}, and says nothing.
 */
final class MarketoBody {

    private static final String DEFAULT = EventType.of(ObjectType.LEAD, EventType.UPDATED);
    private static final int MOST_FIELDS = 300;

    private MarketoBody() {}

    static CanonicalEvent read(Delivery delivery) throws Unreadable {
        var body = body(delivery);
        var fields = new LinkedHashMap<>(body.members());
        fields.values().removeIf(value -> value instanceof Value.Text(var text) && text.startsWith("{{"));
        var event = fields.remove("event");
        var type = event == null || event.isNull() ? DEFAULT : event.asText();
        var rawType = type == null ? "" : type;
        var said = Times.iso(fields.getOrDefault("time", Value.NULL));
        fields.remove("time");
        var report = new Report(
                delivery, rawType, said.orElse(delivery.receivedAt()), Signatures.sha256Hex(delivery.body()));
        if (!GenericEvent.isType(rawType) || fields.size() > MOST_FIELDS) {
            return report.raw("the event is not like lead.updated, or has too many fields", body);
        }
        return mapped(report, rawType, fields, body);
    }

    private static CanonicalEvent mapped(Report report, String type, Map<String, Value> fields, Value body) {
        var object = GenericEvent.object(type).orElse(ObjectType.LEAD);
        var id = fields.remove("id");
        var subject = Ids.text(id == null ? Value.NULL : id)
                .<Subject>map(report::external)
                .or(() -> keyed(object, fields.getOrDefault(UniqueKey.EMAIL, Value.NULL)));
        if (subject.isEmpty()) {
            return report.raw("the body has neither the record's id nor an email", body);
        }
        if (GenericEvent.object(type).isEmpty()) {
            var email = fields.remove(UniqueKey.EMAIL);
            var known = email == null ? Map.<String, Value>of() : Map.of(UniqueKey.EMAIL, email);
            return report.event(type, object, subject.get(), known, fields);
        }
        return EventType.verb(type).equals(EventType.DELETED)
                ? report.event(type, object, subject.get(), Map.of(), fields)
                : report.event(type, object, subject.get(), fields, Map.of());
    }

    private static Optional<Subject> keyed(ObjectType object, Value email) {
        var findsByEmail = object.equals(ObjectType.CONTACT) || object.equals(ObjectType.LEAD);
        return findsByEmail && email instanceof Value.Text(var address)
                ? UniqueKey.email(object, address).map(Subject.Keyed::new)
                : Optional.empty();
    }

    private static Value.Obj body(Delivery delivery) throws Unreadable {
        var text = new String(delivery.body(), UTF_8);
        var isForm = text.indexOf('=') > 0 && text.charAt(0) != '{' && text.charAt(0) != '[' && text.charAt(0) != '"';
        if (!isForm) {
            return JsonBodies.object(delivery);
        }
        var members = new LinkedHashMap<String, Value>();
        for (var pair : Query.pairs(text)) {
            members.putIfAbsent(pair.name(), Value.of(pair.value()));
        }
        return new Value.Obj(members);
    }
}
