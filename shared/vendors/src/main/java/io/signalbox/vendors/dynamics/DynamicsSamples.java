/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.dynamics;

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

/** The contexts of steps about a lead, with the secret in a header. */
final class DynamicsSamples implements VendorSamples {

    private static final String ORGANIZATION = "4ef5b371-e89e-e711-8122-000d3aa2331c";
    private static final String HOST = "example.crm4.dynamics.com";

    @Override
    public String newSecret(RandomGenerator random) {
        return SecretForm.newShared(random);
    }

    @Override
    public Map<String, Value> options() {
        return Map.of("organization", Value.of(HOST));
    }

    @Override
    public Signed sign(byte[] body, Connection connection, Instant now) {
        var secret = VendorSamples.secret(connection, now);
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/json");
        headers.put(Dynamics.ORGANIZATION_HEADER, HOST);
        var place = Dynamics.PROOF.text(connection);
        if (Dynamics.IN_HEADER.equals(place)) {
            headers.put(Dynamics.HEADER, secret);
            return Signed.post(headers, body);
        }
        return new Signed("POST", (place.equals("code") ? "code=" : "token=") + secret, headers, body);
    }

    /** The body is not signed; the secret is what must not differ. */
    @Override
    public Signed tampered(Signed signed) {
        var headers = new LinkedHashMap<>(signed.headers());
        headers.computeIfPresent(
                Dynamics.HEADER,
                (_, secret) ->
                        secret.substring(0, secret.length() - 1) + (char) (secret.charAt(secret.length() - 1) ^ 1));
        return new Signed(signed.method(), signed.query().replace("=", "=x"), headers, signed.body());
    }

    @Override
    public int eventsIn(byte[] body) {
        return 1;
    }

    @Override
    public Life life(RandomGenerator random, Instant now) {
        var person = People.draw(random);
        var id = uuid(random);
        var start = now.minus(Duration.ofDays(3)).minusSeconds(random.nextInt(3_600));
        var bodies = new ArrayList<byte[]>();
        bodies.add(body(
                random,
                "Create",
                id,
                start,
                Map.of(
                        "emailaddress1", Value.of(person.email()),
                        "firstname", Value.of(person.firstName()),
                        "lastname", Value.of(person.lastName()))));
        bodies.add(body(
                random,
                "Update",
                id,
                start.plus(Duration.ofHours(2)),
                Map.of(
                        "jobtitle", Value.of(person.jobTitle()),
                        "companyname", Value.of(person.company()),
                        "numberofemployees", Value.of(person.employees()),
                        "address1_country", Value.of(person.country()),
                        "statuscode", typed("OptionSetValue", Value.of(1)))));
        bodies.add(body(
                random,
                "Update",
                id,
                now.minus(Duration.ofMinutes(5)),
                Map.of("statuscode", typed("OptionSetValue", Value.of(2)))));
        return new Life(ObjectType.LEAD, id, person.email(), bodies, bodies.size());
    }

    private static String uuid(RandomGenerator random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private static Value typed(String type, Value value) {
        var typed = new LinkedHashMap<String, Value>();
        typed.put("__type", Value.of(type + ":http://schemas.microsoft.com/xrm/2011/Contracts"));
        typed.put("Value", value);
        return Value.of(typed);
    }

    private static Value entry(String key, Value value) {
        var entry = new LinkedHashMap<String, Value>();
        entry.put("key", Value.of(key));
        entry.put("value", value);
        return Value.of(entry);
    }

    private static byte[] body(
            RandomGenerator random, String message, String id, Instant time, Map<String, Value> attributes) {
        var date = Value.of("/Date(" + time.toEpochMilli() / 1_000 * 1_000 + ")/");
        var list = new ArrayList<Value>();
        new java.util.TreeMap<>(attributes).forEach((name, value) -> list.add(entry(name, value)));
        list.add(entry("leadid", Value.of(id)));
        list.add(entry("modifiedon", date));
        var target = new LinkedHashMap<String, Value>();
        target.put("__type", Value.of("Entity:http://schemas.microsoft.com/xrm/2011/Contracts"));
        target.put("Attributes", Value.of(list));
        target.put("Id", Value.of(id));
        target.put("LogicalName", Value.of("lead"));
        var body = new LinkedHashMap<String, Value>();
        body.put("CorrelationId", Value.of(uuid(random)));
        body.put("Depth", Value.of(1));
        body.put("InputParameters", Value.of(List.of(entry("Target", Value.of(target)))));
        body.put("MessageName", Value.of(message));
        body.put("Mode", Value.of(1));
        body.put("OperationCreatedOn", date);
        body.put("OperationId", Value.of(uuid(random)));
        body.put("OrganizationId", Value.of(ORGANIZATION));
        body.put("OutputParameters", Value.of(List.of()));
        body.put("OwningExtension", Value.of(Map.of("Id", Value.of("75417616-4ea2-e711-8122-000d3aa2331c"))));
        body.put("PostEntityImages", Value.of(List.of()));
        body.put("PrimaryEntityId", Value.of(id));
        body.put("PrimaryEntityName", Value.of("lead"));
        body.put("Stage", Value.of(40));
        return Json.bytes(Value.of(body));
    }
}
