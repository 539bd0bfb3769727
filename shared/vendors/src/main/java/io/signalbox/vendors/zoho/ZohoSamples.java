/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.zoho;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/** Notifications of a channel about a lead. The token goes into the body, so a body is complete only once signed. */
final class ZohoSamples implements VendorSamples {

    @Override
    public String newSecret(RandomGenerator random) {
        return SecretForm.newShared(random);
    }

    @Override
    public Signed sign(byte[] body, Connection connection, Instant now) {
        var json = new String(body, UTF_8).strip();
        var secret = VendorSamples.secret(connection, now);
        var headers = new LinkedHashMap<String, String>();
        if (!Zoho.IN_BODY.equals(Zoho.PROOF.text(connection))) {
            headers.put("content-type", "application/x-www-form-urlencoded");
            headers.put(Zoho.HEADER, secret);
            return new Signed("POST", Zoho.TOKEN + "=" + secret, headers, body);
        }
        headers.put("content-type", "application/json");
        var open = json.substring(0, json.lastIndexOf('}')).replaceAll(",?\\s*\"token\"\\s*:\\s*\"[^\"]*\"", "");
        return Signed.post(headers, (open + ",\"token\":\"" + secret + "\"}").getBytes(UTF_8));
    }

    /** The body is not signed; the token, which ends it, is what must not differ. */
    @Override
    public Signed tampered(Signed signed) {
        var body = signed.body().clone();
        body[body.length - 4] ^= 1;
        return new Signed(signed.method(), signed.query(), signed.headers(), body);
    }

    @Override
    public int eventsIn(byte[] body) {
        return 1;
    }

    @Override
    public Life life(RandomGenerator random, Instant now) {
        var person = People.draw(random);
        var id = "5725767000" + (100_000_000L + random.nextInt(900_000_000));
        var start = now.minus(Duration.ofDays(3)).minusSeconds(random.nextInt(3_600));
        var bodies = List.of(
                body("insert", id, start, Map.of()),
                body(
                        "update",
                        id,
                        start.plusSeconds(120),
                        Map.of(
                                "Email", person.email(),
                                "First_Name", person.firstName(),
                                "Last_Name", person.lastName())),
                body(
                        "update",
                        id,
                        start.plus(Duration.ofHours(2)),
                        Map.of(
                                "Designation", person.jobTitle(),
                                "Company", person.company(),
                                "No_of_Employees", Integer.toString(person.employees()),
                                "Industry", person.industry(),
                                "Country", person.country())),
                body("update", id, now.minus(Duration.ofMinutes(5)), Map.of("Lead_Status", "Contacted")));
        return new Life(ObjectType.LEAD, id, person.email(), bodies, bodies.size());
    }

    private static byte[] body(String operation, String id, Instant time, Map<String, String> changes) {
        var body = new LinkedHashMap<String, Value>();
        body.put("server_time", Value.of(time.toEpochMilli()));
        var values = new LinkedHashMap<String, Value>();
        new java.util.TreeMap<>(changes).forEach((name, value) -> values.put(name, Value.of(value)));
        if (!values.isEmpty()) {
            body.put(
                    "affected_values",
                    Value.of(List.of(Value.of(Map.of("record_id", Value.of(id), "values", Value.of(values))))));
        }
        body.put("query_params", Value.of(Map.of()));
        body.put("module", Value.of("Leads"));
        body.put("resource_uri", Value.of("https://www.zohoapis.com/crm/v8/Leads"));
        body.put("ids", Value.of(List.of(Value.of(id))));
        var names = values.keySet().stream().map(Value::of).toList();
        body.put(
                "affected_fields",
                Value.of(names.isEmpty() ? List.of() : List.of(Value.of(Map.of(id, Value.of(names))))));
        body.put("operation", Value.of(operation));
        body.put("channel_id", Value.of("1000000068001"));
        return Json.bytes(Value.of(body));
    }
}
