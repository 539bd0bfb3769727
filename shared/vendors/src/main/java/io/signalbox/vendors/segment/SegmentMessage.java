/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.segment;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.EventType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Subject;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.Report;
import io.signalbox.vendors.Times;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One message of the Segment Spec. A person is the contact with that {@code userId}; without one the contact with that
 * e-mail address among the traits; without either the contact {@code anonymous:…}, which an {@code alias} makes part of
 * another. An {@code identify} with both ids does not: a device is often shared.
 *
 * <p>{@code page}, {@code screen} and {@code track} are engagements of the contact ({@code web.page_view},
 * {@code app.screen_view}, {@link SegmentTrack}) and no records of their own: what a person did is to count in the
 * person's score, and a record for every page view would cost a write and say nothing more.
 */
final class SegmentMessage {

    private static final int LONGEST_ID = 190;

    private final Delivery delivery;
    private final Value message;
    private final String type;

    SegmentMessage(Delivery delivery, Value message) {
        this.delivery = delivery;
        this.message = message;
        var said = message.at("type").asText();
        type = said == null ? "" : said;
    }

    List<CanonicalEvent> canonical() {
        var time = Times.iso(message.at("timestamp"))
                .or(() -> Times.iso(message.at("originalTimestamp")))
                .or(() -> Times.iso(message.at("sentAt")))
                .or(() -> Times.iso(message.at("receivedAt")));
        var report = report(time.orElse(delivery.receivedAt()));
        var subject = subject(report);
        if (time.isEmpty() || subject.isEmpty()) {
            return List.of(report.raw("the message has no time, or names nobody", message));
        }
        var who = subject.get();
        return switch (type) {
            case "identify" ->
                List.of(contact(report, "contact.updated", who, new SegmentTraits(message.at("traits")).flat()));
            case "page" -> List.of(engagement(report, "web.page_view", who));
            case "screen" -> List.of(engagement(report, "app.screen_view", who));
            case "track" -> List.of(track(report, who));
            case "group" -> group(report, who);
            case "alias" -> List.of(alias(report));
            case "delete" -> List.of(contact(report, EventType.PRIVACY_DELETED, who, Map.of()));
            default -> List.of(report.raw("the message type has no counterpart here", message));
        };
    }

    private Report report(Instant time) {
        return Ids.text(message.at("messageId"))
                .map(id -> new Report(delivery, type, time, "message", id))
                .orElseGet(() -> Report.ofContent(delivery, type, time, message));
    }

    private Optional<Subject> subject(Report report) {
        return id("userId")
                .<Subject>map(report::external)
                .or(() -> email(message.at("traits")))
                .or(() -> email(message.at("context").at("traits")))
                .or(() -> id("anonymousId").map(id -> report.external(anonymous(id))));
    }

    private Optional<String> id(String name) {
        return Ids.text(message.at(name)).filter(id -> id.length() <= LONGEST_ID);
    }

    private static String anonymous(String id) {
        return "anonymous:" + id;
    }

    private static Optional<Subject> email(Value traits) {
        return UniqueKey.email(ObjectType.CONTACT, traits.at("email").asText()).map(Subject.Keyed::new);
    }

    private CanonicalEvent contact(Report report, String said, Subject who, Map<String, Value> properties) {
        return report.event(said, ObjectType.CONTACT, who, properties, data());
    }

    private CanonicalEvent engagement(Report report, String said, Subject who) {
        var data = data();
        Ids.text(message.at("name")).ifPresent(name -> data.put("name", Value.of(name)));
        if (message.at("properties") instanceof Value.Obj(var members)) {
            data.putAll(members);
        }
        return report.event(said, ObjectType.CONTACT, who, Map.of(), data);
    }

    private CanonicalEvent track(Report report, Subject who) {
        var track = new SegmentTrack(message);
        var data = data();
        data.putAll(track.data());
        return report.event(track.type(), ObjectType.CONTACT, who, track.properties(), data);
    }

    private List<CanonicalEvent> group(Report report, Subject who) {
        var group = id("groupId");
        if (group.isEmpty()) {
            return List.of(report.raw("the group has no groupId", message));
        }
        return List.of(
                report.event(
                        EventType.of(ObjectType.COMPANY, EventType.UPDATED),
                        ObjectType.COMPANY,
                        report.external(group.get()),
                        new SegmentTraits(message.at("traits")).flat(),
                        Map.of()),
                report.link(true, ObjectType.CONTACT, who, ObjectType.COMPANY, group.get(), data()));
    }

    /** The earlier id may be a user's or a device's. */
    private CanonicalEvent alias(Report report) {
        var user = id("userId");
        var previous = id("previousId");
        if (user.isEmpty() || previous.isEmpty() || user.equals(previous)) {
            return report.raw("the alias does not name two ids", message);
        }
        return report.event(
                EventType.of(ObjectType.CONTACT, EventType.MERGED),
                ObjectType.CONTACT,
                report.external(user.get()),
                Map.of(),
                List.of(previous.get(), anonymous(previous.get())),
                data());
    }

    private Map<String, Value> data() {
        var data = new LinkedHashMap<String, Value>();
        id("anonymousId").ifPresent(id -> data.put("anonymous_id", Value.of(id)));
        return data;
    }
}
