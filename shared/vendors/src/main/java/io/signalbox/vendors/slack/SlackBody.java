/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.JsonBodies;
import io.signalbox.vendors.Query;
import io.signalbox.vendors.Report;
import io.signalbox.vendors.Times;
import io.signalbox.vendors.Vendor.Unreadable;
import io.signalbox.vendors.signing.Signatures;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells Slack's bodies apart: JSON is an event, a form is a slash command or, in its {@code payload}, an interaction.
 * The form has no time of its own; the time it was signed at stands for it, for Slack sends those once only.
 *
 * <p>Verification tokens and response URLs are credentials, so neither is kept.
 */
final class SlackBody {

    private SlackBody() {}

    static CanonicalEvent read(Delivery delivery) throws Unreadable {
        var body = delivery.body();
        if (body.length > 0 && body[0] == '{') {
            return SlackEvent.of(delivery, JsonBodies.object(delivery));
        }
        var form = new LinkedHashMap<String, String>();
        for (var pair : Query.pairs(new String(body, UTF_8))) {
            form.putIfAbsent(pair.name(), pair.value());
        }
        if (form.containsKey("payload")) {
            return interaction(delivery, form.get("payload"));
        }
        if (form.containsKey("command")) {
            return command(delivery, form);
        }
        throw new Unreadable("the body is neither an event in JSON nor the form of a command or an interaction");
    }

    private static CanonicalEvent command(Delivery delivery, Map<String, String> form) throws Unreadable {
        var said = new LinkedHashMap<String, Value>();
        for (var name : new String[] {"command", "text", "channel_id", "channel_name", "team_id", "team_domain"}) {
            if (form.containsKey(name)) {
                said.put(name, Value.of(form.get(name)));
            }
        }
        var report = report(delivery, "slash_command", form.getOrDefault("trigger_id", ""));
        var user = Ids.text(Value.of(form.getOrDefault("user_id", "")));
        return user.isEmpty()
                ? report.raw("the command names no user", Value.of(said))
                : report.event("slack.command", ObjectType.CONTACT, report.external(user.get()), Map.of(), said);
    }

    private static CanonicalEvent interaction(Delivery delivery, String payload) throws Unreadable {
        Value json;
        try {
            json = Json.parse(payload);
        } catch (Json.Malformed e) {
            throw new Unreadable("the form's payload: " + e.getMessage());
        }
        if (!(json instanceof Value.Obj object)) {
            throw new Unreadable("the form's payload is not a JSON object");
        }
        var type = object.get("type").asText() == null ? "" : object.get("type").asText();
        var report = report(delivery, type, Ids.text(object.get("trigger_id")).orElse(""));
        var user = Ids.text(object.get("user").at("id"));
        if (user.isEmpty() || !SlackEvent.isWord(type)) {
            var safe = JsonBodies.without(object, "token", "response_url", "response_urls");
            io.signalbox.vendors.RawEvents.requireStorable(safe, delivery);
            return report.raw("the interaction names no user or no type", safe);
        }
        var said = new LinkedHashMap<String, Value>();
        JsonBodies.copy(object, "callback_id", said);
        JsonBodies.copy(object.get("view"), "callback_id", said);
        JsonBodies.copy(object.get("channel"), "id", said, "channel");
        if (object.get("actions") instanceof Value.Arr(var actions) && !actions.isEmpty()) {
            JsonBodies.copy(actions.getFirst(), "action_id", said);
            JsonBodies.copy(actions.getFirst(), "value", said);
        }
        return report.event("slack." + type, ObjectType.CONTACT, report.external(user.get()), Map.of(), said);
    }

    private static Report report(Delivery delivery, String rawType, String trigger) {
        var time = Times.seconds(Value.of(delivery.headers().getOrDefault(Slack.TIMESTAMP, "")))
                .orElse(delivery.receivedAt());
        return trigger.isEmpty()
                ? ofBody(delivery, rawType, time)
                : new Report(delivery, rawType, time, "trigger", trigger);
    }

    private static Report ofBody(Delivery delivery, String rawType, Instant time) {
        return new Report(delivery, rawType, time, "body", Signatures.sha256Hex(delivery.body()));
    }
}
