/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.model.Connection;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.signing.Signatures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Deliveries of a user's own system, signed by v1. */
public final class StandardSamples implements VendorSamples {

    private static final String SYMMETRIC = "whsec_";

    @Override
    public String newSecret(RandomGenerator random) {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return SYMMETRIC + Signatures.base64(bytes);
    }

    /** The delivery is named after its body, so the same body is the same delivery. */
    @Override
    public Signed sign(byte[] body, Connection connection, Instant now) {
        var secret = connection.secrets().stream()
                .filter(each -> each.isLive(now) && each.value().startsWith(SYMMETRIC))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the connection has no live whsec_ secret"));
        var key = Base64.getDecoder().decode(secret.value().substring(SYMMETRIC.length()));
        var id = "msg_" + Signatures.sha256Hex(body).substring(0, 24);
        var time = Long.toString(now.getEpochSecond());
        var head = (id + "." + time + ".").getBytes(UTF_8);
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/json");
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", time);
        headers.put("webhook-signature", "v1," + Signatures.base64(Signatures.hmacSha256(key, head, body)));
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
        var start = now.minus(Duration.ofDays(3)).minusSeconds(random.nextInt(3_600));
        var bodies = new ArrayList<byte[]>();

        var who = contact(id);
        who.put("email", Value.of(person.email()));
        who.put("first_name", Value.of(person.firstName()));
        who.put("last_name", Value.of(person.lastName()));
        bodies.add(body("contact.created", start, who));

        var more = contact(id);
        more.put("job_title", Value.of(person.jobTitle()));
        more.put("company", Value.of(person.company()));
        more.put("employees", Value.of(person.employees()));
        more.put("industry", Value.of(person.industry()));
        more.put("country", Value.of(person.country()));
        more.put("lifecycle_stage", Value.of("lead"));
        bodies.add(body("contact.updated", start.plus(Duration.ofHours(2)), more));

        var view = engagement(id);
        view.put("path", Value.of("/pricing"));
        view.put("url", Value.of("https://www.example.com/pricing"));
        bodies.add(body("web.page_view", now.minus(Duration.ofHours(20)), view));

        var form = engagement(id);
        form.put("form", Value.of("demo"));
        bodies.add(body("form.submitted", now.minus(Duration.ofHours(2)), form));

        bodies.add(body("email.replied", now.minus(Duration.ofMinutes(5)), engagement(id)));
        return new Life(ObjectType.CONTACT, id, person.email(), bodies, bodies.size());
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

    private static byte[] body(String type, Instant time, Map<String, Value> data) {
        var body = new LinkedHashMap<String, Value>();
        body.put("type", Value.of(type));
        body.put("timestamp", Value.of(time.toString()));
        body.put("data", Value.of(data));
        return Json.bytes(Value.of(body));
    }
}
