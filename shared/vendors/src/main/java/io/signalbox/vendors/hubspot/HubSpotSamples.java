/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.hubspot;

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
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Deliveries as HubSpot sends them: arrays of subscription events, signed by v3. */
final class HubSpotSamples implements Samples {

    private static final long PORTAL = 62_515;
    private static final long APP = 54_321;

    @Override
    public Signed sign(byte[] body, Connection connection, String deliveryId, Instant now) {
        var secret = connection.secrets().reversed().stream()
                .filter(each -> each.isLive(now))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the connection has no live secret"));
        var time = Long.toString(now.toEpochMilli());
        var signature = Signatures.base64(Signatures.hmacSha256(
                secret.value().getBytes(UTF_8),
                "POST".getBytes(UTF_8),
                connection.publicUrl().toString().getBytes(UTF_8),
                body,
                time.getBytes(UTF_8)));
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/json");
        headers.put("user-agent", "HubSpot Connect 2.0 (http://dev.hubspot.com/) - WebhooksExternal");
        headers.put(HubSpotVerifier.SIGNATURE_V3, signature);
        headers.put(HubSpotVerifier.TIMESTAMP, time);
        return new Signed(headers, body);
    }

    @Override
    public Story life(RandomGenerator random, Instant now) {
        var person = People.draw(random);
        var life = new Life(random, 1_000_000_000L + random.nextLong(1_000_000_000_000L));
        var start = now.minus(Duration.ofDays(3)).minusSeconds(random.nextInt(3_600));
        life.at(start);
        life.created();
        life.set("email", person.email());
        life.set("firstname", person.firstName());
        life.set("lastname", person.lastName());
        life.step("A contact is created");
        life.at(start.plus(Duration.ofHours(2)));
        life.set("jobtitle", person.jobTitle());
        life.set("company", person.company());
        life.set("numberofemployees", Integer.toString(person.employees()));
        life.set("industry", person.industry());
        life.set("country", person.country());
        life.set("lifecyclestage", "lead");
        life.step("Sales fills in who it is");
        life.at(now.minus(Duration.ofHours(20)));
        life.set("hs_analytics_last_url", "https://www.example.com/pricing");
        life.set("hs_analytics_num_page_views", "7");
        life.step("The contact reads the pricing page");
        life.at(now.minus(Duration.ofHours(2)));
        life.set("recent_conversion_event_name", "Talk to sales: Request a demo");
        life.set("num_conversion_events", "1");
        life.step("The contact asks for a demo");
        life.at(now.minus(Duration.ofMinutes(5)));
        life.set("hs_email_last_reply_date", Long.toString(now.minusSeconds(300).toEpochMilli()));
        life.set("lifecyclestage", "marketingqualifiedlead");
        life.step("The contact answers a mail");
        return new Story(Long.toString(life.contact), person.email(), life.steps);
    }

    /** Collects events into steps; the events of one step are milliseconds apart. */
    private static final class Life {
        private final RandomGenerator random;
        private final long contact;
        private final List<Step> steps = new ArrayList<>();
        private List<Value> events = new ArrayList<>();
        private long millis;

        Life(RandomGenerator random, long contact) {
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

        void step(String title) {
            steps.add(new Step(title, Json.bytes(Value.of(events)), events.size()));
            events = new ArrayList<>();
        }
    }
}
