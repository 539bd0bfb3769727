/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.slack;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.EventType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.JsonBodies;
import io.signalbox.vendors.Report;
import io.signalbox.vendors.Times;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An event of the Events API. {@code team_join} and {@code user_change} tell of a member's profile; every other event
 * that names a user is that member's engagement {@code slack.{type}}, {@code slack.message} for one, with the event's
 * plain members as its data. What is left, and messages of bots and about messages, is kept as {@code vendor.raw}.
 */
final class SlackEvent {

    private static final Set<String> PROFILES = Set.of("team_join", "user_change", "user_profile_changed");
    private static final Set<String> TALK = Set.of("", "file_share", "thread_broadcast", "me_message");
    private static final Set<String> SAID_ELSEWHERE = Set.of("type", "user", "user_id", "event_ts", "client_msg_id");
    private static final int LONGEST_WORD = 64;

    private final Value.Obj envelope;
    private final Value event;
    private final String type;
    private final Report report;

    private SlackEvent(Value.Obj envelope, Value event, String type, Report report) {
        this.envelope = envelope;
        this.event = event;
        this.type = type;
        this.report = report;
    }

    static CanonicalEvent of(Delivery delivery, Value.Obj body) {
        var envelope = JsonBodies.without(body, "token");
        var outer = text(envelope.get("type"));
        var event = envelope.get("event");
        var type = text(event.at("type"));
        var time = moment(text(event.at("event_ts"))).or(() -> Times.seconds(envelope.get("event_time")));
        var rawType = type.isEmpty() ? outer : type;
        var subtype = text(event.at("subtype"));
        if (!subtype.isEmpty()) {
            rawType += "." + subtype;
        }
        var at = time.orElse(delivery.receivedAt());
        var report = Ids.text(envelope.get("event_id"))
                .map(id -> new Report(delivery, type.isEmpty() ? outer : type, at, "event", id))
                .orElse(Report.ofContent(delivery, rawType, at, envelope));
        return new SlackEvent(envelope, event, type, report).canonical(time.isPresent());
    }

    private CanonicalEvent canonical(boolean hasTime) {
        if (!hasTime || !isWord(type)) {
            return report.raw("this is no event of a workspace with a time and a type", envelope);
        }
        if (PROFILES.contains(type)) {
            return profile();
        }
        var user = Ids.text(event.at("user")).or(() -> Ids.text(event.at("user_id")));
        if (user.isEmpty()) {
            return report.raw("the event names no user", envelope);
        }
        if (!event.at("bot_id").isNull() || (type.equals("message") && !TALK.contains(text(event.at("subtype"))))) {
            return report.raw("the event is a bot's, or about a message", envelope);
        }
        return report.event("slack." + type, ObjectType.CONTACT, report.external(user.get()), Map.of(), said());
    }

    private CanonicalEvent profile() {
        var user = event.at("user");
        var id = Ids.text(user.at("id"));
        if (id.isEmpty() || Value.TRUE.equals(user.at("is_bot"))) {
            return report.raw("the profile is not that of a member", envelope);
        }
        var properties = new LinkedHashMap<String, Value>();
        for (var name : new String[] {"name", "real_name", "tz", "locale", "deleted", "is_restricted"}) {
            JsonBodies.copy(user, name, properties);
        }
        for (var name :
                new String[] {"email", "first_name", "last_name", "real_name", "display_name", "title", "phone"}) {
            JsonBodies.copy(user.at("profile"), name, properties);
        }
        var verb = type.equals("team_join") ? EventType.CREATED : EventType.UPDATED;
        var data = new LinkedHashMap<String, Value>();
        JsonBodies.copy(envelope, "team_id", data);
        return report.event(
                EventType.of(ObjectType.CONTACT, verb),
                ObjectType.CONTACT,
                report.external(id.get()),
                properties,
                data);
    }

    /** The event's members that are no objects or lists. */
    private Map<String, Value> said() {
        var said = new LinkedHashMap<String, Value>();
        JsonBodies.copy(envelope, "team_id", said);
        if (event instanceof Value.Obj(var members)) {
            members.forEach((name, value) -> {
                if (value.asText() != null && !SAID_ELSEWHERE.contains(name)) {
                    said.put(name, value);
                }
            });
        }
        JsonBodies.copy(event.at("item"), "channel", said, "item_channel");
        JsonBodies.copy(event.at("item"), "ts", said, "item_ts");
        return said;
    }

    /** {@code 1772359140.000200}: seconds, and what makes it the only one of its second. */
    private static Optional<Instant> moment(String text) {
        var dot = text.indexOf('.');
        var seconds = dot < 0 ? text : text.substring(0, dot);
        var fraction = dot < 0 ? "" : text.substring(dot + 1);
        if (!fraction.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        var millis = (fraction + "000").substring(0, 3);
        return Times.seconds(Value.of(seconds)).map(at -> at.plusMillis(Integer.parseInt(millis)));
    }

    private static String text(Value value) {
        return value instanceof Value.Text(var text) ? text : "";
    }

    /** Whether the text can stand in a type of ours. */
    static boolean isWord(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_WORD
                && text.charAt(0) >= 'a'
                && text.charAt(0) <= 'z'
                && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_');
    }
}
