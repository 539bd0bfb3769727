/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.marketo;

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
import java.util.random.RandomGenerator;

/** Deliveries by a template like that of the setup's steps. */
final class MarketoSamples implements VendorSamples {

    @Override
    public String newSecret(RandomGenerator random) {
        return SecretForm.newShared(random);
    }

    @Override
    public Signed sign(byte[] body, Connection connection, Instant now) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/json");
        headers.put(Marketo.SECRET, VendorSamples.secret(connection, now));
        return Signed.post(headers, body);
    }

    /** Nothing signs the body, so it is the secret that is changed. */
    @Override
    public Signed tampered(Signed signed) {
        var secret = signed.headers().get(Marketo.SECRET);
        var headers = new LinkedHashMap<>(signed.headers());
        headers.put(Marketo.SECRET, secret.substring(1) + secret.charAt(0));
        return new Signed(signed.method(), signed.query(), headers, signed.body());
    }

    @Override
    public int eventsIn(byte[] body) {
        return 1;
    }

    @Override
    public Life life(RandomGenerator random, Instant now) {
        var person = People.draw(random);
        var id = Integer.toString(1_000_000 + random.nextInt(9_000_000));
        var start = now.minus(Duration.ofDays(3)).minusSeconds(random.nextInt(3_600));
        var bodies = List.of(
                body(
                        "lead.created",
                        id,
                        start,
                        Map.of(
                                "email", person.email(),
                                "first_name", person.firstName(),
                                "last_name", person.lastName())),
                body(
                        "lead.updated",
                        id,
                        start.plus(Duration.ofHours(2)),
                        Map.of(
                                "job_title", person.jobTitle(),
                                "company", person.company(),
                                "employees", Integer.toString(person.employees()),
                                "country", person.country())),
                body("form.submitted", id, now.minus(Duration.ofHours(2)), Map.of("form", "demo")),
                body("email.clicked", id, now.minus(Duration.ofMinutes(5)), Map.of("link", "/pricing")));
        return new Life(ObjectType.LEAD, id, person.email(), bodies, bodies.size());
    }

    private static byte[] body(String event, String id, Instant time, Map<String, String> fields) {
        var body = new LinkedHashMap<String, Value>();
        body.put("event", Value.of(event));
        body.put("id", Value.of(id));
        body.put("time", Value.of(time.toString()));
        new java.util.TreeMap<>(fields).forEach((name, value) -> body.put(name, Value.of(value)));
        return Json.bytes(Value.of(body));
    }
}
