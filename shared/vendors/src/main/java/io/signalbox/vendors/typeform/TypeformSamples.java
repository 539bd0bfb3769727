/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.typeform;

import io.signalbox.model.Connection;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.SecretForm;
import io.signalbox.vendors.samples.People;
import io.signalbox.vendors.samples.VendorSamples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Deliveries as Typeform sends them: somebody fills in two forms. */
final class TypeformSamples implements VendorSamples {

    @Override
    public String newSecret(RandomGenerator random) {
        return SecretForm.newShared(random);
    }

    @Override
    public Signed sign(byte[] body, Connection connection, Instant now) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/json");
        headers.put("user-agent", "Typeform Webhooks");
        headers.putAll(Typeform.SCHEME.sign(
                VendorSamples.secret(connection, now),
                "POST",
                connection.publicUrl().toString(),
                now,
                null,
                body));
        return Signed.post(headers, body);
    }

    @Override
    public int eventsIn(byte[] body) {
        return 1;
    }

    @Override
    public Life life(RandomGenerator random, Instant now) {
        var person = People.draw(random);
        var start = now.minus(Duration.ofDays(3)).minusSeconds(random.nextInt(3_600));
        var newsletter = new Script(random, "Newsletter");
        newsletter.answer("email", "email", Value.of(person.email()));
        newsletter.answer("text", "first_name", Value.of(person.firstName()));
        newsletter.answer("text", "last_name", Value.of(person.lastName()));
        var demo = new Script(random, "Request a demo");
        demo.answer("email", "email", Value.of(person.email()));
        demo.answer("text", "job_title", Value.of(person.jobTitle()));
        demo.answer("text", "company", Value.of(person.company()));
        demo.answer("number", "employees", Value.of(person.employees()));
        demo.answer("choice", "country", Value.of(Map.of("label", Value.of(person.country()))));
        demo.answer("phone_number", "phone", Value.of("+4930901820"));
        var bodies = List.of(
                newsletter.body(start.truncatedTo(java.time.temporal.ChronoUnit.SECONDS)),
                demo.body(now.minus(Duration.ofMinutes(5))));
        return new Life(ObjectType.CONTACT, null, person.email(), bodies, bodies.size());
    }

    private static final class Script {
        private final RandomGenerator random;
        private final String title;
        private final List<Value> fields = new ArrayList<>();
        private final List<Value> answers = new ArrayList<>();

        Script(RandomGenerator random, String title) {
            this.random = random;
            this.title = title;
        }

        void answer(String type, String ref, Value value) {
            var field = new LinkedHashMap<String, Value>();
            field.put("id", Value.of(id()));
            field.put("ref", Value.of(ref));
            field.put("type", Value.of(type.equals("text") ? "short_text" : type));
            var titled = new LinkedHashMap<>(field);
            titled.put("title", Value.of("Your " + ref.replace('_', ' ') + "?"));
            fields.add(Value.of(titled));
            var answer = new LinkedHashMap<String, Value>();
            answer.put("type", Value.of(type));
            answer.put(type, value);
            answer.put("field", Value.of(field));
            answers.add(Value.of(answer));
        }

        private String id() {
            return Long.toString(random.nextLong(1L << 60), 36);
        }

        byte[] body(Instant time) {
            var definition = new LinkedHashMap<String, Value>();
            definition.put("id", Value.of("lT4Z3j"));
            definition.put("title", Value.of(title));
            definition.put("fields", Value.of(fields));
            var response = new LinkedHashMap<String, Value>();
            response.put("form_id", Value.of("lT4Z3j"));
            response.put("token", Value.of(id() + id()));
            response.put("landed_at", Value.of(time.minusSeconds(60).toString()));
            response.put("submitted_at", Value.of(time.toString()));
            response.put("definition", Value.of(definition));
            response.put("answers", Value.of(answers));
            var body = new LinkedHashMap<String, Value>();
            body.put("event_id", Value.of(id()));
            body.put("event_type", Value.of("form_response"));
            body.put("form_response", Value.of(response));
            return Json.bytes(Value.of(body));
        }
    }
}
