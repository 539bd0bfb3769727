/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.hmac;

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
import java.util.Map;
import java.util.random.RandomGenerator;

/** Deliveries of a shop that signs {@code t=…,v1=…} and calls contacts customers. */
final class HmacSamples implements VendorSamples {

    @Override
    public String newSecret(RandomGenerator random) {
        return SecretForm.newShared(random);
    }

    @Override
    public Map<String, Value> options() {
        var types = new LinkedHashMap<String, Value>();
        types.put("customer.created", Value.of("contact.created"));
        types.put("customer.updated", Value.of("contact.updated"));
        types.put("page.viewed", Value.of("web.page_view"));
        types.put("form.sent", Value.of("form.submitted"));
        types.put("mail.answered", Value.of("email.replied"));
        var options = new LinkedHashMap<String, Value>();
        options.put("signature_header", Value.of("Shop-Signature"));
        options.put("separator", Value.of(","));
        options.put("prefix", Value.of("v1="));
        options.put("timestamp_element", Value.of("t"));
        options.put("signed_content", Value.of("{timestamp}.{body}"));
        options.put("type_path", Value.of("/event"));
        options.put("time_path", Value.of("/at"));
        options.put("data_path", Value.of("/object"));
        options.put("subject_path", Value.of("/customer"));
        options.put("types", Value.of(types));
        return options;
    }

    @Override
    public Signed sign(byte[] body, Connection connection, Instant now) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/json");
        headers.putAll(HmacOptions.scheme(connection)
                .sign(
                        VendorSamples.secret(connection, now),
                        "POST",
                        connection.publicUrl().toString(),
                        now,
                        "msg_1",
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
        var script = new Script(random, "cus_" + Long.toString(random.nextLong(1L << 60), 36));
        var start = now.minus(Duration.ofDays(3)).minusSeconds(random.nextInt(3_600));
        script.send(
                "customer.created",
                start,
                Map.of(
                        "email", Value.of(person.email()),
                        "first_name", Value.of(person.firstName()),
                        "last_name", Value.of(person.lastName())));
        script.send(
                "customer.updated",
                start.plus(Duration.ofHours(2)),
                Map.of(
                        "job_title", Value.of(person.jobTitle()),
                        "company", Value.of(person.company()),
                        "employees", Value.of(person.employees()),
                        "industry", Value.of(person.industry()),
                        "country", Value.of(person.country()),
                        "lifecycle_stage", Value.of("lead")));
        script.send(
                "page.viewed",
                now.minus(Duration.ofHours(20)),
                Map.of("path", Value.of("/pricing"), "url", Value.of("https://www.example.com/pricing")));
        script.send("form.sent", now.minus(Duration.ofHours(2)), Map.of("form", Value.of("demo")));
        script.send("mail.answered", now.minus(Duration.ofMinutes(5)), Map.of());
        return new Life(ObjectType.CONTACT, script.customer, person.email(), script.bodies, script.bodies.size());
    }

    private static final class Script {
        private final RandomGenerator random;
        private final String customer;
        private final ArrayList<byte[]> bodies = new ArrayList<>();

        Script(RandomGenerator random, String customer) {
            this.random = random;
            this.customer = customer;
        }

        void send(String type, Instant time, Map<String, Value> object) {
            var body = new LinkedHashMap<String, Value>();
            body.put("id", Value.of("evt_" + Long.toString(random.nextLong(1L << 60), 36)));
            body.put("event", Value.of(type));
            body.put("at", Value.of(time.toEpochMilli()));
            body.put("customer", Value.of(customer));
            body.put("object", Value.of(new java.util.TreeMap<>(object)));
            bodies.add(Json.bytes(Value.of(body)));
        }
    }
}
