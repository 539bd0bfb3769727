/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.segment;

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
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Deliveries of Segment's webhook destination, one message a request. */
final class SegmentSamples implements VendorSamples {

    @Override
    public String newSecret(RandomGenerator random) {
        return SecretForm.newShared(random);
    }

    @Override
    public Signed sign(byte[] body, Connection connection, Instant now) {
        var isArrayOfOne = body.length > 1 && body[0] == '[' && body[body.length - 1] == ']';
        var signed = isArrayOfOne ? java.util.Arrays.copyOfRange(body, 1, body.length - 1) : body;
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/json");
        headers.put("user-agent", "Segment.io/1.0");
        headers.putAll(SegmentVerifier.SCHEME.sign(
                VendorSamples.secret(connection, now),
                "POST",
                connection.publicUrl().toString(),
                now,
                null,
                signed));
        return Signed.post(headers, body);
    }

    @Override
    public int eventsIn(byte[] body) {
        return 1;
    }

    @Override
    public Life life(RandomGenerator random, Instant now) {
        var person = People.draw(random);
        var id = "usr_" + Long.toString(random.nextLong(1L << 60), 36);
        var script = new Script(random, id);
        var start = now.minus(Duration.ofDays(3)).minusSeconds(random.nextInt(3_600));

        var traits = new LinkedHashMap<String, Value>();
        traits.put("email", Value.of(person.email()));
        traits.put("firstName", Value.of(person.firstName()));
        traits.put("lastName", Value.of(person.lastName()));
        script.tell("identify", start, "traits", traits, null);

        var company = new LinkedHashMap<String, Value>();
        company.put("name", Value.of(person.company()));
        company.put("industry", Value.of(person.industry()));
        company.put("employee_count", Value.of(person.employees()));
        var more = new LinkedHashMap<String, Value>();
        more.put("title", Value.of(person.jobTitle()));
        more.put("company", Value.of(company));
        more.put("address", Value.of(Map.of("country", Value.of(person.country()))));
        script.tell("identify", start.plus(Duration.ofHours(2)), "traits", more, null);

        var page = new LinkedHashMap<String, Value>();
        page.put("path", Value.of("/pricing"));
        page.put("url", Value.of("https://www.example.com/pricing"));
        page.put("title", Value.of("Pricing"));
        script.tell("page", now.minus(Duration.ofHours(20)), "properties", page, null);

        script.tell(
                "track",
                now.minus(Duration.ofHours(2)),
                "properties",
                Map.of("form_name", Value.of("demo")),
                "Form Submitted");
        script.tell(
                "track",
                now.minus(Duration.ofMinutes(5)),
                "properties",
                Map.of("campaign_name", Value.of("Spring")),
                "Email Opened");
        return new Life(ObjectType.CONTACT, id, person.email(), script.bodies, script.bodies.size());
    }

    private static final class Script {
        private final RandomGenerator random;
        private final String id;
        private final List<byte[]> bodies = new ArrayList<>();

        Script(RandomGenerator random, String id) {
            this.random = random;
            this.id = id;
        }

        void tell(String type, Instant time, String name, Map<String, Value> held, String event) {
            var at = Value.of(time.toString());
            var body = new LinkedHashMap<String, Value>();
            body.put("type", Value.of(type));
            if (event != null) {
                body.put("event", Value.of(event));
            }
            body.put("messageId", Value.of("ajs-next-" + new UUID(random.nextLong(), random.nextLong())));
            body.put("userId", Value.of(id));
            body.put("anonymousId", Value.of(new UUID(random.nextLong(), random.nextLong()).toString()));
            body.put(name, Value.of(held));
            body.put("context", Value.of(Map.of("library", Value.of(Map.of("name", Value.of("analytics.js"))))));
            body.put("originalTimestamp", at);
            body.put("sentAt", at);
            body.put("receivedAt", at);
            body.put("timestamp", at);
            body.put("version", Value.of(2));
            bodies.add(Json.bytes(Value.of(body)));
        }
    }
}
