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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Deliveries as HubSpot sends them: arrays of subscription events, signed by v3. */
public final class HubSpotSamples implements VendorSamples {

    private static final long PORTAL = 62_515;
    private static final long APP = 54_321;

    @Override
    public String newSecret(RandomGenerator random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    @Override
    public Signed sign(byte[] body, Connection connection, Instant now) {
        var secret = VendorSamples.secret(connection, now);
        var time = Long.toString(now.toEpochMilli());
        var signature = Signatures.base64(Signatures.hmacSha256(
                secret.getBytes(UTF_8),
                "POST".getBytes(UTF_8),
                connection.publicUrl().toString().getBytes(UTF_8),
                body,
                time.getBytes(UTF_8)));
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/json");
        headers.put("user-agent", "HubSpot Connect 2.0 (http://dev.hubspot.com/) - WebhooksExternal");
        headers.put("x-hubspot-signature-v3", signature);
        headers.put("x-hubspot-request-timestamp", time);
        return Signed.post(headers, body);
    }

    @Override
    public int eventsIn(byte[] body) {
        try {
            return Json.parse(body) instanceof Value.Arr(var events) ? events.size() : 1;
        } catch (Json.Malformed e) {
            return 0;
        }
    }

    @Override
    public Life life(RandomGenerator random, Instant now) {
        var person = People.draw(random);
        var script = new Script(random, 1_000_000_000L + random.nextLong(1_000_000_000_000L));
        var start = now.minus(Duration.ofDays(3)).minusSeconds(random.nextInt(3_600));
        script.at(start);
        script.created();
        script.set("email", person.email());
        script.set("firstname", person.firstName());
        script.set("lastname", person.lastName());
        script.send();
        script.at(start.plus(Duration.ofHours(2)));
        script.set("jobtitle", person.jobTitle());
        script.set("company", person.company());
        script.set("numberofemployees", Integer.toString(person.employees()));
        script.set("industry", person.industry());
        script.set("country", person.country());
        script.set("lifecyclestage", "lead");
        script.send();
        script.at(now.minus(Duration.ofHours(20)));
        script.set("hs_analytics_last_url", "https://www.example.com/pricing");
        script.set("hs_analytics_num_page_views", "7");
        script.send();
        script.at(now.minus(Duration.ofHours(2)));
        script.set("recent_conversion_event_name", "Talk to sales: Request a demo");
        script.set("num_conversion_events", "1");
        script.send();
        script.at(now.minus(Duration.ofMinutes(5)));
        script.set(
                "hs_email_last_reply_date", Long.toString(now.minusSeconds(300).toEpochMilli()));
        script.set("lifecyclestage", "marketingqualifiedlead");
        script.send();
        return new Life(ObjectType.CONTACT, Long.toString(script.contact), person.email(), script.bodies, script.count);
    }

    /** Collects events into bodies; the events of one body are milliseconds apart. */
    private static final class Script {
        private final RandomGenerator random;
        private final long contact;
        private final List<byte[]> bodies = new ArrayList<>();
        private List<Value> events = new ArrayList<>();
        private long millis;
        private int count;

        Script(RandomGenerator random, long contact) {
            this.random = random;
            this.contact = contact;
        }

        void at(Instant time) {
            millis = time.toEpochMilli();
        }

        void created() {
            var event = event("contact.creation", 25);
            event.put("changeFlag", Value.of("NEW"));
            events.add(Value.of(event));
        }

        void set(String property, String value) {
            var event = event("contact.propertyChange", 26);
            event.put("propertyName", Value.of(property));
            event.put("propertyValue", Value.of(value));
            events.add(Value.of(event));
        }

        private Map<String, Value> event(String type, long subscription) {
            var event = new LinkedHashMap<String, Value>();
            event.put("eventId", Value.of(random.nextLong(1, 1L << 32)));
            event.put("subscriptionId", Value.of(subscription));
            event.put("portalId", Value.of(PORTAL));
            event.put("appId", Value.of(APP));
            event.put("occurredAt", Value.of(millis++));
            event.put("subscriptionType", Value.of(type));
            event.put("attemptNumber", Value.of(0));
            event.put("objectId", Value.of(contact));
            event.put("changeSource", Value.of("CRM_UI"));
            return event;
        }

        void send() {
            bodies.add(Json.bytes(Value.of(events)));
            count += events.size();
            events = new ArrayList<>();
        }
    }
}
