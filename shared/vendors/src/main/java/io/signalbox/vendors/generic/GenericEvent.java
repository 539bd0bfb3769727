/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.generic;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.EventType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Subject;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.OtherObjects;
import io.signalbox.vendors.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an event of a sender of one's own means. Two families of type:
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
 * <p>One of neither family whose {@code data.id} is all that it names is about a record of an object that is not
 * standard, {@code invoice.paid}: the connection's settings say what that is here, see {@link OtherObjects}.
 *
 * <p>An event that names no record, or has a type without a dot, is kept as {@code vendor.raw}.
 *
 * @param type canonical
 * @param data what it says
 * @param subject the record's id where the data holds none; null for none
 * @param email the contact's address where the data holds none; null for none
 * @param whole all of the event, for one that cannot be mapped
 */
public record GenericEvent(String type, Value data, Value subject, Value email, Value whole) {

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z0-9_]+){1,5}");
    private static final int LONGEST_TYPE = 100;

    private static final List<ObjectType> OBJECTS = List.of(
            ObjectType.CONTACT,
            ObjectType.COMPANY,
            ObjectType.LEAD,
            ObjectType.DEAL,
            ObjectType.ACTIVITY,
            ObjectType.TICKET);

    public GenericEvent {
        requireNonNull(type, "type is null");
        requireNonNull(data, "data is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(email, "email is null");
        requireNonNull(whole, "whole is null");
    }

    /** Whether the text can be a canonical type: lower-case words with dots between. */
    public static boolean isType(String text) {
        return text.length() <= LONGEST_TYPE && TYPE.matcher(text).matches();
    }

    /** The event in the canonical vocabulary but for the names of its properties. */
    public CanonicalEvent canonical(Report report) {
        if (!isType(type)) {
            return report.raw("the type is not like contact.created: lower-case words with dots between", whole);
        }
        if (!(data instanceof Value.Obj(var members))) {
            return report.raw("data is not an object", whole);
        }
        var object = object(type);
        return object.isPresent() ? about(object.get(), report, members) : engagement(report, members);
    }

    /** The object that a canonical type is about; none for an engagement. */
    public static Optional<ObjectType> object(String type) {
        return OBJECTS.stream()
                .filter(known -> type.startsWith(known.name() + "."))
                .findFirst();
    }

    private CanonicalEvent about(ObjectType object, Report report, Map<String, Value> members) {
        var found = id(members.get("id"))
                .or(() -> id(subject))
                .<Subject>map(report::external)
                .or(() -> keyed(object, members.getOrDefault(UniqueKey.EMAIL, email)));
        if (found.isEmpty()) {
            return report.raw("data has no id that names the " + object, whole);
        }
        var about = found.get();
        var rest = new LinkedHashMap<>(members);
        rest.remove("id");
        if (!email.isNull() && !EventType.verb(type).equals(EventType.DELETED)) {
            rest.putIfAbsent(UniqueKey.EMAIL, email);
        }
        return switch (EventType.verb(type)) {
            case EventType.DELETED, EventType.RESTORED -> report.event(type, object, about, Map.of(), rest);
            case EventType.MERGED -> {
                var merged = merged(rest.remove("merged_ids"), about, report);
                yield report.event(type, object, about, rest, merged, Map.of());
            }
            default -> report.event(type, object, about, rest, Map.of());
        };
    }

    private CanonicalEvent engagement(Report report, Map<String, Value> members) {
        var id = id(members.get("contact_id"));
        if (id.isPresent()) {
            return report.event(type, ObjectType.CONTACT, report.external(id.get()), Map.of(), members);
        }
        var address = members.getOrDefault(UniqueKey.EMAIL, email);
        var keyed = keyed(ObjectType.CONTACT, address);
        if (keyed.isEmpty()) {
            return id(members.get("id"))
                    .map(own -> other(own, report, members))
                    .orElseGet(() -> report.raw("data has neither a contact_id nor an email", whole));
        }
        var rest = new LinkedHashMap<>(members);
        rest.remove(UniqueKey.EMAIL);
        return report.event(type, ObjectType.CONTACT, keyed.get(), Map.of(UniqueKey.EMAIL, address), rest);
    }

    /** About a record of an object that is not standard: the connection's settings say what it is here. */
    private CanonicalEvent other(String id, Report report, Map<String, Value> members) {
        var name = type.substring(0, type.indexOf('.'));
        var object = OtherObjects.named(name);
        var rest = new LinkedHashMap<>(members);
        rest.remove("id");
        return report.event(
                EventType.of(object, type.substring(name.length() + 1)),
                object,
                report.external(id),
                rest,
                OtherObjects.data(object, Map.of(), whole));
    }

    private static Optional<String> id(Value id) {
        return id == null ? Optional.empty() : Ids.text(id);
    }

    private static Optional<Subject> keyed(ObjectType object, Value email) {
        var findsByEmail = object.equals(ObjectType.CONTACT) || object.equals(ObjectType.LEAD);
        return findsByEmail && email instanceof Value.Text(var address)
                ? UniqueKey.email(object, address).map(Subject.Keyed::new)
                : Optional.empty();
    }

    private static List<String> merged(Value ids, Subject subject, Report report) {
        var merged = new ArrayList<String>();
        if (ids instanceof Value.Arr(var items)) {
            for (var item : items) {
                Ids.text(item)
                        .filter(id -> !subject.equals(report.external(id)))
                        .ifPresent(merged::add);
            }
        }
        return merged;
    }
}
