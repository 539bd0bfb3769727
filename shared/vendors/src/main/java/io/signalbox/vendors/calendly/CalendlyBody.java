/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.calendly;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.EventType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Subject;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.JsonBodies;
import io.signalbox.vendors.Report;
import io.signalbox.vendors.Times;
import io.signalbox.vendors.Vendor.Unreadable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a webhook of Calendly means. Links by which whoever has them can cancel or move a meeting are not kept. */
final class CalendlyBody {

    private static final int MOST_ANSWERS = 100;

    private final Value.Obj body;
    private final Value payload;
    private final Report report;

    private CalendlyBody(Value.Obj body, Report report) {
        this.body = body;
        this.payload = body.get("payload");
        this.report = report;
    }

    static List<CanonicalEvent> read(Delivery delivery) throws Unreadable {
        var body = withoutLinks(JsonBodies.object(delivery));
        var type = body.get("event") instanceof Value.Text(var text) ? text : "";
        var time = Times.iso(body.get("created_at"));
        var at = time.orElse(delivery.receivedAt());
        var report = Ids.text(body.get("payload").at("uri"))
                .map(uri -> new Report(delivery, type, at, type, uri, at.toString()))
                .orElse(Report.ofContent(delivery, type, at, body));
        var read = new CalendlyBody(body, report);
        if (time.isEmpty()) {
            return List.of(read.raw("there is no created_at"));
        }
        return switch (type) {
            case "invitee.created" -> read.invitee(EventType.CREATED, "meeting.booked");
            case "invitee.canceled" -> read.invitee(EventType.UPDATED, "meeting.canceled");
            case "routing_form_submission.created" -> List.of(read.submission());
            default -> List.of(read.raw("the event has no counterpart here"));
        };
    }

    private static Value.Obj withoutLinks(Value.Obj body) {
        if (!(body.get("payload") instanceof Value.Obj payload)) {
            return body;
        }
        var members = new LinkedHashMap<>(body.members());
        members.put("payload", JsonBodies.without(payload, "cancel_url", "reschedule_url"));
        return new Value.Obj(members);
    }

    private List<CanonicalEvent> invitee(String verb, String engagement) {
        var events = new ArrayList<CanonicalEvent>(2);
        var meeting = payload.at("scheduled_event");
        Ids.text(meeting.at("uri"))
                .or(() -> Ids.text(payload.at("event")))
                .flatMap(uri -> Ids.text(Value.of(uri.substring(uri.lastIndexOf('/') + 1))))
                .ifPresent(id -> events.add(meeting(verb, id)));
        var email = payload.at("email");
        var person = person(email);
        if (person.isEmpty()) {
            events.add(raw("the invitee has no e-mail address"));
            return events;
        }
        var properties = new LinkedHashMap<String, Value>();
        for (var name : new String[] {"email", "first_name", "last_name", "name", "timezone", "text_reminder_number"}) {
            JsonBodies.copy(payload, name, properties);
        }
        events.add(report.event(engagement, ObjectType.CONTACT, person.get(), properties, data(meeting)));
        return events;
    }

    private CanonicalEvent meeting(String verb, String id) {
        var meeting = payload.at("scheduled_event");
        var properties = new LinkedHashMap<String, Value>();
        properties.put("kind", Value.of("meeting"));
        for (var name : new String[] {"name", "status", "start_time", "end_time", "event_type"}) {
            JsonBodies.copy(meeting, name, properties);
        }
        JsonBodies.copy(meeting.at("location"), "location", properties);
        JsonBodies.copy(meeting.at("location"), "join_url", properties);
        if (meeting.at("event_memberships") instanceof Value.Arr(var hosts) && !hosts.isEmpty()) {
            JsonBodies.copy(hosts.getFirst(), "user_email", properties, "host_email");
        }
        return report.part("meeting")
                .event(
                        EventType.of(ObjectType.ACTIVITY, verb),
                        ObjectType.ACTIVITY,
                        report.external(id),
                        properties,
                        Map.of());
    }

    private Map<String, Value> data(Value meeting) {
        var data = new LinkedHashMap<String, Value>();
        JsonBodies.copy(meeting, "name", data, "meeting");
        JsonBodies.copy(meeting, "start_time", data);
        JsonBodies.copy(payload, "rescheduled", data);
        JsonBodies.copy(payload.at("cancellation"), "reason", data, "cancel_reason");
        JsonBodies.copy(payload.at("cancellation"), "canceler_type", data, "canceled_by");
        addTracking(data);
        addAnswers(data);
        return data;
    }

    private void addTracking(Map<String, Value> data) {
        for (var name : new String[] {"utm_campaign", "utm_source", "utm_medium", "utm_content", "utm_term"}) {
            JsonBodies.copy(payload.at("tracking"), name, data);
        }
    }

    private void addAnswers(Map<String, Value> data) {
        var answers = answers();
        if (!answers.isEmpty()) {
            data.put("answers", Value.of(answers));
        }
    }

    private Map<String, Value> answers() {
        var answers = new LinkedHashMap<String, Value>();
        if (payload.at("questions_and_answers") instanceof Value.Arr(var items)) {
            for (var item : items.subList(0, Math.min(items.size(), MOST_ANSWERS))) {
                var question = item.at("question").asText();
                if (question != null && item.at("answer").asText() != null) {
                    answers.put(question, item.at("answer"));
                }
            }
        }
        return answers;
    }

    /** A routing form has no field for the address: it is the answer to a question that asks for it. */
    private CanonicalEvent submission() {
        for (var answer : answers().entrySet()) {
            var question = answer.getKey().toLowerCase(Locale.ROOT);
            var person = question.contains("mail") ? person(answer.getValue()) : Optional.<Subject>empty();
            if (person.isPresent()) {
                var data = new LinkedHashMap<String, Value>();
                JsonBodies.copy(payload, "routing_form", data, "form");
                JsonBodies.copy(payload.at("result"), "type", data, "result");
                addTracking(data);
                addAnswers(data);
                return report.event(
                        "form.submitted",
                        ObjectType.CONTACT,
                        person.get(),
                        Map.of(UniqueKey.EMAIL, answer.getValue()),
                        data);
            }
        }
        return raw("no answer to a question about mail is an e-mail address");
    }

    private static Optional<Subject> person(Value email) {
        return email instanceof Value.Text(var address)
                ? UniqueKey.email(ObjectType.CONTACT, address).map(Subject.Keyed::new)
                : Optional.empty();
    }

    private CanonicalEvent raw(String reason) {
        return report.raw(reason, body);
    }
}
