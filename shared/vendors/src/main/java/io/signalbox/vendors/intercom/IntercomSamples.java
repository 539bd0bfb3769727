/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.intercom;

import io.signalbox.model.Connection;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
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

/** Deliveries as Intercom sends them: a user signs up, and writes. */
final class IntercomSamples implements VendorSamples {

    @Override
    public String newSecret(RandomGenerator random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    @Override
    public Signed sign(byte[] body, Connection connection, Instant now) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/json");
        headers.put("user-agent", "intercom-parrot-service-client/1.0");
        headers.putAll(Intercom.SCHEME.sign(
                VendorSamples.secret(connection, now),
                "POST",
                connection.publicUrl().toString(),
                now,
                null,
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
        var script = new Script(random, Long.toHexString(random.nextLong(1L << 40, 1L << 60)));
        var start = now.minus(Duration.ofDays(3)).minusSeconds(random.nextInt(3_600));
        var user = script.user();
        user.put("email", Value.of(person.email()));
        user.put("name", Value.of(person.firstName() + " " + person.lastName()));
        script.send("contact.user.created", start, user);
        var custom = new LinkedHashMap<String, Value>();
        custom.put("job_title", Value.of(person.jobTitle()));
        custom.put("company", Value.of(person.company()));
        custom.put("employees", Value.of(person.employees()));
        user.put("location", Value.of(Map.of("country", Value.of(person.country()))));
        user.put("custom_attributes", Value.of(custom));
        script.send("contact.user.updated", start.plus(Duration.ofHours(2)), user);
        script.send("conversation.user.created", now.minus(Duration.ofHours(2)), script.conversation());
        script.send("conversation.user.replied", now.minus(Duration.ofMinutes(5)), script.conversation());
        return new Life(ObjectType.CONTACT, script.contact, person.email(), script.bodies, script.bodies.size());
    }

    private static final class Script {
        private final RandomGenerator random;
        private final String contact;
        private final List<byte[]> bodies = new ArrayList<>();

        Script(RandomGenerator random, String contact) {
            this.random = random;
            this.contact = contact;
        }

        Map<String, Value> user() {
            var user = new LinkedHashMap<String, Value>();
            user.put("type", Value.of("contact"));
            user.put("id", Value.of(contact));
            user.put("role", Value.of("user"));
            return user;
        }

        Map<String, Value> conversation() {
            var conversation = new LinkedHashMap<String, Value>();
            conversation.put("type", Value.of("conversation"));
            conversation.put("id", Value.of("215468"));
            conversation.put("state", Value.of("open"));
            conversation.put("source", Value.of(Map.of("type", Value.of("conversation"))));
            var who = Value.of(Map.of("type", Value.of("contact"), "id", Value.of(contact)));
            conversation.put(
                    "contacts", Value.of(Map.of("type", Value.of("contact.list"), "contacts", Value.of(List.of(who)))));
            return conversation;
        }

        void send(String topic, Instant time, Map<String, Value> item) {
            var data = new LinkedHashMap<String, Value>();
            data.put("type", Value.of("notification_event_data"));
            data.put("item", Value.of(item));
            var body = new LinkedHashMap<String, Value>();
            body.put("type", Value.of("notification_event"));
            body.put("app_id", Value.of("a86dr8yl"));
            body.put("data", Value.of(data));
            body.put("id", Value.of("notif_" + new UUID(random.nextLong(), random.nextLong())));
            body.put("topic", Value.of(topic));
            body.put("delivery_status", Value.of("pending"));
            body.put("delivery_attempts", Value.of(1));
            body.put("delivered_at", Value.of(0));
            body.put("first_sent_at", Value.of(time.getEpochSecond()));
            body.put("created_at", Value.of(time.getEpochSecond()));
            bodies.add(Json.bytes(Value.of(body)));
        }
    }
}
