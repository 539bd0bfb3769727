/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.standard;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.EventId;
import io.signalbox.model.EventType;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Subject;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.RawEvents;
import io.signalbox.vendors.Vendor.Unreadable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a body means. Two families of type:
 *
 * <ul>
 *   <li>{@code object.verb} with an object of contact, company, lead, deal, activity, ticket: about the record
 *       {@code data.id} at the sender, or, for contacts and leads, the one with {@code data.email}. All members of
 *       {@code data} but the id become properties. {@code deleted} and {@code restored} set none; {@code merged} names
 *       the ids that are now part of the record in {@code data.merged_ids}.
 *   <li>anything else with a dot, {@code web.page_view}, {@code form.submitted}, {@code email.replied}: an engagement of
 *       the contact {@code data.contact_id} at the sender, or of the one with {@code data.email}. It sets no property
 *       but the e-mail address where that is all that names the contact.
 * </ul>
 *
 * <p>An event that names no record, has no time, or a type without a dot is kept as {@code vendor.raw}. The time must be
 * in the body, for a retry is signed at another time and has to be the same event.
 */
final class StandardBody {

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z0-9_]+){1,5}");
    private static final int LONGEST_TYPE = 100;

    private static final List<ObjectType> OBJECTS = List.of(
            ObjectType.CONTACT,
            ObjectType.COMPANY,
            ObjectType.LEAD,
            ObjectType.DEAL,
            ObjectType.ACTIVITY,
            ObjectType.TICKET);

    private final Delivery delivery;
    private final Message message;

    private StandardBody(Delivery delivery, Message message) {
        this.delivery = delivery;
        this.message = message;
    }

    static CanonicalEvent read(Delivery delivery) throws Unreadable {
        Value json;
        try {
            json = Json.parse(delivery.body());
        } catch (Json.Malformed e) {
            throw new Unreadable(e.getMessage());
        }
        if (!(json instanceof Value.Obj object)) {
            throw new Unreadable("the body is not a JSON object");
        }
        RawEvents.requireStorable(object, delivery);
        return new StandardBody(delivery, Message.of(object)).canonical();
    }

    private CanonicalEvent canonical() {
        if (message.time().isEmpty()) {
            return raw(delivery.receivedAt(), "the body has no timestamp; a retry could not be told from a new event");
        }
        var time = message.time().get();
        var type = message.type();
        if (type.length() > LONGEST_TYPE || !TYPE.matcher(type).matches()) {
            return raw(time, "the type is not like contact.created: lower-case words with dots between");
        }
        if (!(message.data() instanceof Value.Obj(var data))) {
            return raw(time, "data is not an object");
        }
        var object = type.substring(0, type.indexOf('.'));
        for (var known : OBJECTS) {
            if (known.name().equals(object)) {
                return about(known, type, time, data);
            }
        }
        return engagement(type, time, data);
    }

    private CanonicalEvent about(ObjectType object, String type, Instant time, Map<String, Value> data) {
        var id = external(data.get("id")).or(() -> external(message.subject()));
        var subject = id.<Subject>map(Subject.External::new).or(() -> keyed(object, data.get("email")));
        if (subject.isEmpty()) {
            return raw(time, "data has no id that names the " + object);
        }
        var verb = EventType.verb(type);
        var rest = new LinkedHashMap<>(data);
        rest.remove("id");
        return switch (verb) {
            case EventType.DELETED, EventType.RESTORED ->
                event(type, time, object, subject.get(), Map.of(), List.of(), rest);
            case EventType.MERGED -> {
                var merged = rest.remove("merged_ids");
                yield event(type, time, object, subject.get(), rest, merged(merged, subject.get()), Map.of());
            }
            default -> event(type, time, object, subject.get(), rest, List.of(), Map.of());
        };
    }

    private CanonicalEvent engagement(String type, Instant time, Map<String, Value> data) {
        var id = external(data.get("contact_id"));
        if (id.isPresent()) {
            return event(type, time, ObjectType.CONTACT, new Subject.External(id.get()), Map.of(), List.of(), data);
        }
        var keyed = keyed(ObjectType.CONTACT, data.get("email"));
        if (keyed.isEmpty()) {
            return raw(time, "data has neither a contact_id nor an email");
        }
        var rest = new LinkedHashMap<>(data);
        var properties = Map.of(UniqueKey.EMAIL, rest.remove(UniqueKey.EMAIL));
        return event(type, time, ObjectType.CONTACT, keyed.get(), properties, List.of(), rest);
    }

    private Optional<ExternalId> external(Value id) {
        return id == null ? Optional.empty() : Ids.text(id).map(text -> new ExternalId(delivery.connection(), text));
    }

    private static Optional<Subject> keyed(ObjectType object, Value email) {
        var findsByEmail = object.equals(ObjectType.CONTACT) || object.equals(ObjectType.LEAD);
        return findsByEmail && email instanceof Value.Text(var address)
                ? UniqueKey.email(object, address).map(Subject.Keyed::new)
                : Optional.empty();
    }

    private List<ExternalId> merged(Value ids, Subject subject) {
        var merged = new ArrayList<ExternalId>();
        if (ids instanceof Value.Arr(var items)) {
            for (var item : items) {
                external(item)
                        .filter(id -> !subject.equals(new Subject.External(id)))
                        .ifPresent(merged::add);
            }
        }
        return merged;
    }

    private CanonicalEvent event(
            String type,
            Instant time,
            ObjectType object,
            Subject subject,
            Map<String, Value> properties,
            List<ExternalId> merged,
            Map<String, Value> data) {
        return new CanonicalEvent(
                id(),
                type,
                message.rawType(),
                StandardWebhooks.ID,
                delivery.connection(),
                object,
                subject,
                time,
                properties,
                merged,
                data);
    }

    private EventId id() {
        if (message.cloudEventId().isPresent()) {
            return EventId.of(
                    StandardWebhooks.ID.value(),
                    delivery.connection().value(),
                    "cloudevent",
                    message.source(),
                    message.cloudEventId().get());
        }
        var headers = delivery.headers();
        var id = headers.getOrDefault(StandardVerifier.WEBHOOK_ID, headers.getOrDefault(StandardVerifier.SVIX_ID, ""));
        return EventId.of(StandardWebhooks.ID.value(), delivery.connection().value(), id);
    }

    private CanonicalEvent raw(Instant time, String reason) {
        return RawEvents.of(delivery, id(), message.rawType(), time, reason, message.body());
    }
}
