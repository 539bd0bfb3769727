/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.slack;

import io.signalbox.model.Connection;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.samples.People;
import io.signalbox.vendors.samples.VendorSamples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Deliveries as Slack sends them: a guest joins a shared workspace, and talks. */
final class SlackSamples implements VendorSamples {

    @Override
    public String newSecret(RandomGenerator random) {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public Signed sign(byte[] body, Connection connection, Instant now) {
        var headers = new LinkedHashMap<String, String>();
        var isForm = body.length > 0 && body[0] != '{';
        headers.put("content-type", isForm ? "application/x-www-form-urlencoded" : "application/json");
        headers.put("user-agent", "Slackbot 1.0 (+https://api.slack.com/robots)");
        headers.putAll(Slack.SCHEME.sign(
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
        var user = "U" + Long.toString(random.nextLong(1L << 50), 36).toUpperCase(Locale.ROOT);
        var script = new Script(random, user);
        var start = now.minus(Duration.ofDays(3)).minusSeconds(random.nextInt(3_600));
        var profile = new LinkedHashMap<String, Value>();
        profile.put("email", Value.of(person.email()));
        profile.put("first_name", Value.of(person.firstName()));
        profile.put("last_name", Value.of(person.lastName()));
        script.send(start, script.profile("team_join", profile));
        profile.put("title", Value.of(person.jobTitle()));
        profile.put("phone", Value.of("+49 30 901820"));
        script.send(start.plus(Duration.ofHours(2)), script.profile("user_change", profile));
        script.send(now.minus(Duration.ofHours(20)), script.said("member_joined_channel", ""));
        script.send(now.minus(Duration.ofHours(2)), script.said("message", "Could we have a demo?"));
        script.send(now.minus(Duration.ofMinutes(5)), script.said("app_mention", "<@U0LAN0Z89> what does it cost?"));
        return new Life(ObjectType.CONTACT, user, person.email(), script.bodies, script.bodies.size());
    }

    private static final class Script {
        private final RandomGenerator random;
        private final String user;
        private final List<byte[]> bodies = new ArrayList<>();

        Script(RandomGenerator random, String user) {
            this.random = random;
            this.user = user;
        }

        Map<String, Value> profile(String type, Map<String, Value> profile) {
            var member = new LinkedHashMap<String, Value>();
            member.put("id", Value.of(user));
            member.put("team_id", Value.of("T1DC2JH3J"));
            member.put("tz", Value.of("Europe/Berlin"));
            member.put("is_bot", Value.FALSE);
            member.put("profile", Value.of(profile));
            var event = new LinkedHashMap<String, Value>();
            event.put("type", Value.of(type));
            event.put("user", Value.of(member));
            return event;
        }

        Map<String, Value> said(String type, String text) {
            var event = new LinkedHashMap<String, Value>();
            event.put("type", Value.of(type));
            event.put("user", Value.of(user));
            event.put("channel", Value.of("C0LAN2Q65"));
            if (!text.isEmpty()) {
                event.put("text", Value.of(text));
            }
            return event;
        }

        void send(Instant time, Map<String, Value> event) {
            event.put("event_ts", Value.of(time.getEpochSecond() + ".000200"));
            var body = new LinkedHashMap<String, Value>();
            body.put("token", Value.of("XXYYZZ"));
            body.put("team_id", Value.of("T1DC2JH3J"));
            body.put("api_app_id", Value.of("A0F7XDUAZ"));
            body.put("event", Value.of(event));
            body.put("type", Value.of("event_callback"));
            body.put("event_id", Value.of("Ev" + Long.toString(random.nextLong(1L << 60), 36)));
            body.put("event_time", Value.of(time.getEpochSecond()));
            bodies.add(Json.bytes(Value.of(body)));
        }
    }
}
