/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.standard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.model.Connection;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.People;
import io.signalbox.vendors.Samples;
import io.signalbox.vendors.signing.Signatures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Deliveries of a user's own system, signed by v1. */
final class StandardSamples implements Samples {

    @Override
    public Signed sign(byte[] body, Connection connection, String deliveryId, Instant now) {
        var secret = connection.secrets().reversed().stream()
                .filter(each -> each.isLive(now) && !Keys.isPublic(each.value()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the connection has no live whsec_ secret"));
        var time = Long.toString(now.getEpochSecond());
        var signed = (deliveryId + "." + time + ".").getBytes(UTF_8);
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/json");
        headers.put(StandardVerifier.WEBHOOK_ID, deliveryId);
        headers.put("webhook-timestamp", time);
        headers.put(
                "webhook-signature",
                "v1," + Signatures.base64(Signatures.hmacSha256(Keys.bytes(secret.value()), signed, body)));
        return new Signed(headers, body);
    }

    @Override
    public Story life(RandomGenerator random, Instant now) {
        var person = People.draw(random);
        var id = "usr_" + Long.toString(random.nextLong(1L << 60), 36);
        var start = now.minus(Duration.ofDays(3)).minusSeconds(random.nextInt(3_600));
        var steps = new ArrayList<Step>();

        var who = contact(id);
        who.put("email", Value.of(person.email()));
        who.put("firstname", Value.of(person.firstName()));
        who.put("lastname", Value.of(person.lastName()));
        steps.add(step("A contact is created", "contact.created", start, who));

        var more = contact(id);
        more.put("jobtitle", Value.of(person.jobTitle()));
        more.put("company", Value.of(person.company()));
        more.put("numberofemployees", Value.of(person.employees()));
        more.put("industry", Value.of(person.industry()));
        more.put("country", Value.of(person.country()));
        more.put("lifecyclestage", Value.of("lead"));
        steps.add(step("Sales fills in who it is", "contact.updated", start.plus(Duration.ofHours(2)), more));

        var view = engagement(id);
        view.put("path", Value.of("/pricing"));
        view.put("url", Value.of("https://www.example.com/pricing"));
        steps.add(step("The contact reads the pricing page", "web.page_view", now.minus(Duration.ofHours(20)), view));

        var form = engagement(id);
        form.put("form", Value.of("demo"));
        steps.add(step("The contact asks for a demo", "form.submitted", now.minus(Duration.ofHours(2)), form));

        steps.add(
                step("The contact answers a mail", "email.replied", now.minus(Duration.ofMinutes(5)), engagement(id)));
        return new Story(id, person.email(), steps);
    }

    private static Map<String, Value> contact(String id) {
        var data = new LinkedHashMap<String, Value>();
        data.put("id", Value.of(id));
        return data;
    }

    private static Map<String, Value> engagement(String contactId) {
        var data = new LinkedHashMap<String, Value>();
        data.put("contact_id", Value.of(contactId));
        return data;
    }

    private static Step step(String title, String type, Instant time, Map<String, Value> data) {
        var body = new LinkedHashMap<String, Value>();
        body.put("type", Value.of(type));
        body.put("timestamp", Value.of(time.toString()));
        body.put("data", Value.of(data));
        return new Step(title, Json.bytes(Value.of(body)), 1);
    }
}
