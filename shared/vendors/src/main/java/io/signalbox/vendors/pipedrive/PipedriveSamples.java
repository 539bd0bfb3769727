/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.pipedrive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.model.Connection;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.SecretForm;
import io.signalbox.vendors.samples.People;
import io.signalbox.vendors.samples.VendorSamples;
import io.signalbox.vendors.signing.Signatures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Deliveries of a Pipedrive webhook of version 2 about persons. */
final class PipedriveSamples implements VendorSamples {

    private static final long COMPANY = 11_149_162;

    @Override
    public String newSecret(RandomGenerator random) {
        return SecretForm.newShared(random);
    }

    @Override
    public Signed sign(byte[] body, Connection connection, Instant now) {
        var pair = Pipedrive.USER.text(connection) + ":" + VendorSamples.secret(connection, now);
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/json");
        headers.put("user-agent", "Pipedrive Webhooks");
        headers.put("authorization", "Basic " + Signatures.base64(pair.getBytes(UTF_8)));
        return Signed.post(headers, body);
    }

    /** The password's last character is another one: the body is not signed. */
    @Override
    public Signed tampered(Signed signed) {
        var headers = new LinkedHashMap<>(signed.headers());
        var pair = java.util.Base64.getDecoder()
                .decode(headers.get("authorization").substring("Basic ".length()));
        pair[pair.length - 1] ^= 1;
        headers.put("authorization", "Basic " + Signatures.base64(pair));
        return new Signed(signed.method(), signed.query(), headers, signed.body());
    }

    @Override
    public int eventsIn(byte[] body) {
        return new String(body, UTF_8).contains("\"previous\":{\"marketing_status\"") ? 2 : 1;
    }

    @Override
    public Life life(RandomGenerator random, Instant now) {
        var person = People.draw(random);
        var id = random.nextLong(1, 1L << 40);
        var start = now.minus(Duration.ofDays(3)).minusSeconds(random.nextInt(3_600));
        var data = new LinkedHashMap<String, Value>();
        data.put("id", Value.of(id));
        data.put("name", Value.of(person.firstName() + " " + person.lastName()));
        data.put("first_name", Value.of(person.firstName()));
        data.put("last_name", Value.of(person.lastName()));
        data.put("emails", contacts(person.email()));
        data.put("phones", contacts(""));
        data.put("owner_id", Value.of(15_000_001));
        data.put("marketing_status", Value.of("no_consent"));
        data.put("add_time", Value.of(start.toString()));
        data.put("custom_fields", Value.of(Map.of()));
        var bodies = new ArrayList<byte[]>();
        bodies.add(body(random, "create", id, start, data, Value.NULL));
        data.put("job_title", Value.of(person.jobTitle()));
        bodies.add(
                body(random, "change", id, start.plus(Duration.ofHours(2)), data, previous("job_title", Value.NULL)));
        data.put("marketing_status", Value.of("subscribed"));
        bodies.add(body(
                random,
                "change",
                id,
                now.minus(Duration.ofHours(20)),
                data,
                previous("marketing_status", Value.of("no_consent"))));
        data.put("phones", contacts("+49 30 1234567"));
        bodies.add(
                body(random, "change", id, now.minus(Duration.ofMinutes(5)), data, previous("phones", contacts(""))));
        return new Life(ObjectType.CONTACT, Long.toString(id), person.email(), bodies, bodies.size() + 1);
    }

    private static Value contacts(String value) {
        var one = new LinkedHashMap<String, Value>();
        one.put("label", Value.of("work"));
        one.put("value", Value.of(value));
        one.put("primary", Value.TRUE);
        return Value.of(List.of(Value.of(one)));
    }

    private static Value previous(String name, Value value) {
        return Value.of(Map.of(name, value));
    }

    private static byte[] body(
            RandomGenerator random, String action, long id, Instant time, Map<String, Value> data, Value previous) {
        var meta = new LinkedHashMap<String, Value>();
        meta.put("action", Value.of(action));
        meta.put("entity", Value.of("person"));
        meta.put("entity_id", Value.of(Long.toString(id)));
        meta.put("company_id", Value.of(Long.toString(COMPANY)));
        meta.put("id", Value.of(new UUID(random.nextLong(), random.nextLong()).toString()));
        meta.put("is_bulk_edit", Value.FALSE);
        meta.put("timestamp", Value.of(time.toString()));
        meta.put("type", Value.of("general"));
        meta.put("version", Value.of("2.0"));
        meta.put("change_source", Value.of("app"));
        meta.put("attempt", Value.of(1));
        meta.put("host", Value.of("northwind.pipedrive.example"));
        var body = new LinkedHashMap<String, Value>();
        body.put("data", Value.of(data));
        body.put("previous", previous);
        body.put("meta", Value.of(meta));
        return Json.bytes(Value.of(body));
    }
}
