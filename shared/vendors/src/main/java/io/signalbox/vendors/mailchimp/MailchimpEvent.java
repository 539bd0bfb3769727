/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.mailchimp;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Subject;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.vendors.FormBody;
import io.signalbox.vendors.Report;
import io.signalbox.vendors.Times;
import io.signalbox.vendors.Vendor.Unreadable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One event of an audience. A member is the contact with the member's id, and without one the contact with that e-mail
 * address. Whoever changes their address gets a new id: {@code upemail} is told of the contact with the old address,
 * and makes the one with the new id part of it.
 *
 * <p>A member that subscribes may be known already, which {@code contact.created} does no harm to. The Mailchimp status
 * is kept as {@code status}. There is no id of a delivery: two events of one type about one member in one second cannot
 * be told apart.
 */
final class MailchimpEvent {

    private static final int LONGEST_ID = 200;

    /** All but {@code campaign}, which is about nobody. */
    private static final Set<String> TYPES = Set.of("subscribe", "unsubscribe", "profile", "upemail", "cleaned");

    private final FormBody form;
    private final String type;
    private final Report report;
    private final boolean hasTime;

    private MailchimpEvent(Delivery delivery, FormBody form) {
        this.form = form;
        type = form.first("type");
        var time = Times.spacedUtc(form.first("fired_at"));
        hasTime = time.isPresent();
        report = new Report(
                delivery,
                type,
                time.orElse(delivery.receivedAt()),
                type,
                form.first("data[list_id]"),
                form.first("data[id]"),
                form.first("data[email]"),
                form.first("data[new_email]"),
                form.first("fired_at"));
    }

    static MailchimpEvent read(Delivery delivery) throws Unreadable {
        var form = FormBody.read(delivery.body());
        if (form.first("type").isEmpty()) {
            throw new Unreadable("the body is not a form with a type");
        }
        return new MailchimpEvent(delivery, form);
    }

    List<CanonicalEvent> canonical() {
        if (!TYPES.contains(type)) {
            return List.of(report.raw("the event type has no counterpart here", form.whole()));
        }
        var subject = subject();
        if (!hasTime || subject.isEmpty()) {
            return List.of(report.raw("the event has no time like 2026-03-01 10:00:00, or names nobody", form.whole()));
        }
        var who = subject.get();
        return switch (type) {
            case "subscribe" ->
                List.of(
                        event(report, "contact.created", who, profile()),
                        event(report.part("consent"), "consent.opted_in", who, consent("subscribed", false)));
            case "unsubscribe" -> List.of(event(report, "consent.opted_out", who, consent("unsubscribed", true)));
            case "profile" -> List.of(event(report, "contact.updated", who, profile()));
            case "upemail" ->
                List.of(report.event(
                        "contact.updated",
                        ObjectType.CONTACT,
                        who,
                        Map.of("email", Value.of(form.first("data[new_email]").strip())),
                        newId(),
                        data()));
            case "cleaned" -> List.of(event(report, "email.bounced", who, status("cleaned")));
            default -> throw new AssertionError("not one of " + TYPES);
        };
    }

    private Optional<Subject> subject() {
        if (type.equals("upemail")) {
            return form.first("data[new_email]").isBlank() ? Optional.empty() : email("data[old_email]");
        }
        var id = form.first("data[id]").strip();
        return id.isEmpty() || id.length() > LONGEST_ID ? email("data[email]") : Optional.of(report.external(id));
    }

    private Optional<Subject> email(String name) {
        return UniqueKey.email(ObjectType.CONTACT, form.first(name)).map(Subject.Keyed::new);
    }

    /** By which the member goes from now on, and may have gone in an event that overtook this one. */
    private List<String> newId() {
        var id = form.first("data[new_id]").strip();
        return id.isEmpty() || id.length() > LONGEST_ID ? List.of() : List.of(id);
    }

    private CanonicalEvent event(Report report, String said, Subject who, Map<String, Value> properties) {
        return report.event(said, ObjectType.CONTACT, who, properties, data());
    }

    private static Map<String, Value> status(String status) {
        return Map.of("status", Value.of(status));
    }

    private static Map<String, Value> consent(String status, boolean isOut) {
        var consent = new LinkedHashMap<String, Value>();
        consent.put("status", Value.of(status));
        consent.put("unsubscribed", Value.of(isOut));
        return consent;
    }

    /** The address and the merge fields; an empty one was cleared. The field EMAIL repeats the address. */
    private Map<String, Value> profile() {
        var properties = new LinkedHashMap<String, Value>();
        var email = form.first("data[email]").strip();
        if (!email.isEmpty()) {
            properties.put("email", Value.of(email));
        }
        if (form.tree("data[merges]") instanceof Value.Obj(var merges)) {
            merges.forEach((name, value) -> {
                switch (name) {
                    case "EMAIL" -> properties.putIfAbsent("email", value);
                    case "ADDRESS" -> address(value, properties);
                    default -> properties.put(name, value);
                }
            });
        }
        return properties;
    }

    /** {@code data[merges][ADDRESS][addr1]=…}, or one text. */
    private static void address(Value value, Map<String, Value> properties) {
        if (value instanceof Value.Obj(var parts)) {
            parts.forEach((part, text) -> properties.put("ADDRESS_" + part, text));
        } else {
            properties.put("ADDRESS", value);
        }
    }

    private Map<String, Value> data() {
        var data = new LinkedHashMap<String, Value>();
        for (var name : List.of("list_id", "campaign_id", "action", "reason", "new_id", "old_email")) {
            var text = form.first("data[" + name + "]");
            if (!text.isEmpty()) {
                data.put(name, Value.of(text));
            }
        }
        if (type.equals("cleaned") && data.containsKey("reason")) {
            data.put("bounce", data.get("reason"));
        }
        return data;
    }
}
