/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.calendly;

import io.signalbox.model.Connection;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.SecretForm;
import io.signalbox.vendors.samples.People;
import io.signalbox.vendors.samples.VendorSamples;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Deliveries as Calendly sends them: somebody fills in a routing form, books, and moves the meeting. */
final class CalendlySamples implements VendorSamples {

    private static final String API = "https://api.calendly.com/";

    @Override
    public String newSecret(RandomGenerator random) {
        return SecretForm.newShared(random);
    }

    @Override
    public Signed sign(byte[] body, Connection connection, Instant now) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/json");
        headers.put("user-agent", "Calendly");
        headers.putAll(Calendly.SCHEME.sign(
                VendorSamples.secret(connection, now),
                "POST",
                connection.publicUrl().toString(),
                now,
                null,
                body));
        return Signed.post(headers, body);
    }

    /** A booking is a meeting and an engagement. */
    @Override
    public int eventsIn(byte[] body) {
        try {
            var type = Json.parse(body).at("event").asText();
            return type != null && type.startsWith("invitee.") ? 2 : 1;
        } catch (Json.Malformed e) {
            return 0;
        }
    }

    @Override
    public Life life(RandomGenerator random, Instant now) {
        var person = People.draw(random);
        var start = now.minus(Duration.ofDays(3)).minusSeconds(random.nextInt(3_600));
        var script = new Script(random, person);
        var bodies = List.of(
                script.routed(start),
                script.invitee("invitee.created", "active", start.plusSeconds(120)),
                script.invitee("invitee.canceled", "canceled", now.minus(Duration.ofHours(20))),
                script.invitee(
                        "invitee.created",
                        "active",
                        now.minus(Duration.ofHours(20)).plusSeconds(1)));
        return new Life(
                ObjectType.CONTACT,
                null,
                person.email(),
                bodies,
                bodies.stream().mapToInt(this::eventsIn).sum());
    }

    private static final class Script {
        private final RandomGenerator random;
        private final People.Person person;

        Script(RandomGenerator random, People.Person person) {
            this.random = random;
            this.person = person;
        }

        private String uri(String kind) {
            return API + kind + "/" + new UUID(random.nextLong(), random.nextLong());
        }

        byte[] routed(Instant time) {
            var payload = new LinkedHashMap<String, Value>();
            payload.put("uri", Value.of(uri("routing_form_submissions")));
            payload.put("routing_form", Value.of(API + "routing_forms/demo"));
            payload.put(
                    "questions_and_answers",
                    Value.of(List.of(
                            answer("What is your work e-mail?", person.email()),
                            answer("How many people work for you?", Integer.toString(person.employees())))));
            return body("routing_form_submission.created", time, payload);
        }

        private static Value answer(String question, String answer) {
            return Value.of(Map.of("question", Value.of(question), "answer", Value.of(answer)));
        }

        byte[] invitee(String type, String status, Instant time) {
            var meeting = new LinkedHashMap<String, Value>();
            meeting.put("uri", Value.of(uri("scheduled_events")));
            meeting.put("name", Value.of("Demo, 30 minutes"));
            meeting.put("status", Value.of(status));
            meeting.put("start_time", Value.of(time.plus(Duration.ofDays(2)).toString()));
            meeting.put(
                    "end_time",
                    Value.of(time.plus(Duration.ofDays(2)).plusSeconds(1_800).toString()));
            var payload = new LinkedHashMap<String, Value>();
            payload.put("email", Value.of(person.email()));
            payload.put("first_name", Value.of(person.firstName()));
            payload.put("last_name", Value.of(person.lastName()));
            payload.put("name", Value.of(person.firstName() + " " + person.lastName()));
            payload.put("timezone", Value.of("Europe/Berlin"));
            payload.put("rescheduled", Value.of(status.equals("canceled")));
            payload.put("uri", Value.of(uri("scheduled_events/x/invitees")));
            payload.put("scheduled_event", Value.of(meeting));
            return body(type, time, payload);
        }

        private static byte[] body(String type, Instant time, Map<String, Value> payload) {
            var body = new LinkedHashMap<String, Value>();
            body.put("created_at", Value.of(time.toString()));
            body.put("created_by", Value.of(API + "users/me"));
            body.put("event", Value.of(type));
            body.put("payload", Value.of(payload));
            return Json.bytes(Value.of(body));
        }
    }
}
