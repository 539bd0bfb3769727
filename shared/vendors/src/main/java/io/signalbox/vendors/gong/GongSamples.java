/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.gong;

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
import java.util.random.RandomGenerator;

/**
 * Deliveries as Gong sends them, with a key in the URL: for a signed JWT the connection has Gong's public key, and the
 * private one is Gong's.
 */
final class GongSamples implements VendorSamples {

    @Override
    public String newSecret(RandomGenerator random) {
        return SecretForm.newShared(random);
    }

    @Override
    public Signed sign(byte[] body, Connection connection, Instant now) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/json");
        return new Signed("POST", "key=" + VendorSamples.secret(connection, now), headers, body);
    }

    /** Nothing signs the body, so it is the key that is changed. */
    @Override
    public Signed tampered(Signed signed) {
        return signed.tamperedQuery();
    }

    @Override
    public int eventsIn(byte[] body) {
        return 2;
    }

    @Override
    public Life life(RandomGenerator random, Instant now) {
        var person = People.draw(random);
        var bodies = List.of(
                call("Discovery", person, random, now.minus(Duration.ofDays(3)).minusSeconds(random.nextInt(3_600))),
                call("Demo", person, random, now.minus(Duration.ofHours(2))));
        return new Life(ObjectType.CONTACT, null, person.email(), bodies, 2 * bodies.size());
    }

    private static byte[] call(String title, People.Person person, RandomGenerator random, Instant time) {
        var about = new LinkedHashMap<String, Value>();
        about.put("id", Value.of(Long.toString(random.nextLong(1L << 60, 1L << 62))));
        about.put("url", Value.of("https://app.gong.io/call?id=1"));
        about.put("title", Value.of(title + " with " + person.company()));
        about.put("started", Value.of(time.toString()));
        about.put("duration", Value.of(600 + random.nextInt(2_400)));
        about.put("direction", Value.of("Conference"));
        about.put("system", Value.of("Zoom"));
        about.put("scope", Value.of("External"));
        var outside = new LinkedHashMap<String, Value>();
        outside.put("id", Value.of("1"));
        outside.put("emailAddress", Value.of(person.email()));
        outside.put("name", Value.of(person.firstName() + " " + person.lastName()));
        outside.put("title", Value.of(person.jobTitle()));
        outside.put("affiliation", Value.of("External"));
        var inside = new LinkedHashMap<String, Value>();
        inside.put("id", Value.of("2"));
        inside.put("emailAddress", Value.of("sales@northwind.example"));
        inside.put("affiliation", Value.of("Internal"));
        var call = new LinkedHashMap<String, Value>();
        call.put("metaData", Value.of(about));
        call.put("parties", Value.of(List.of(Value.of(inside), Value.of(outside))));
        var body = new LinkedHashMap<String, Value>();
        body.put("callData", Value.of(call));
        body.put("isTest", Value.FALSE);
        body.put("isPrivate", Value.FALSE);
        return Json.bytes(Value.of(body));
    }
}
