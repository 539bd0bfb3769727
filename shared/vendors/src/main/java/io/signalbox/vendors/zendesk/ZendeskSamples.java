/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.zendesk;

import io.signalbox.model.Connection;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.samples.People;
import io.signalbox.vendors.samples.VendorSamples;
import io.signalbox.vendors.signing.Signatures;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Deliveries of a Zendesk webhook that is subscribed to user events. */
final class ZendeskSamples implements VendorSamples {

    private static final long ACCOUNT = 12_514_403;

    @Override
    public String newSecret(RandomGenerator random) {
        var bytes = new byte[33];
        random.nextBytes(bytes);
        return Signatures.base64(bytes);
    }

    @Override
    public Signed sign(byte[] body, Connection connection, Instant now) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/json");
        headers.put("user-agent", "Zendesk Webhook");
        headers.put("x-zendesk-account-id", Long.toString(ACCOUNT));
        headers.put("x-zendesk-webhook-id", "01GABCDEFGHJKMNPQRSTVWXYZ0");
        headers.put(
                ZendeskTrigger.INVOCATION, "01G" + Signatures.sha256Hex(body).substring(0, 23));
        headers.putAll(ZendeskVerifier.SCHEME.sign(
                VendorSamples.secret(connection, now),
                "POST",
                connection.publicUrl().toString(),
                now.truncatedTo(ChronoUnit.SECONDS),
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
        var id = Long.toString(6_596_848_000_000L + random.nextLong(1L << 40));
        var script = new Script(random, id, person);
        var start = now.minus(Duration.ofDays(3)).minusSeconds(random.nextInt(3_600));
        script.tell("user.created", start, Map.of());
        script.tell(
                "user.name_changed", start.plusSeconds(2), change("", person.firstName() + " " + person.lastName()));
        script.tell("user.details_changed", start.plus(Duration.ofHours(2)), change("", person.jobTitle()));
        script.tell(
                "user.organization_membership_created",
                start.plus(Duration.ofHours(3)),
                Map.of("organization", Value.of(Map.of("id", Value.of("4112492")))));
        script.tell(
                "user.last_login_changed",
                now.minus(Duration.ofMinutes(5)),
                change(
                        "",
                        now.minus(Duration.ofMinutes(5))
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString()));
        return new Life(ObjectType.CONTACT, id, person.email(), script.bodies, script.bodies.size());
    }

    private static Map<String, Value> change(String previous, String current) {
        var change = new LinkedHashMap<String, Value>();
        change.put("current", Value.of(current));
        change.put("previous", Value.of(previous));
        return change;
    }

    private static final class Script {
        private final RandomGenerator random;
        private final String id;
        private final People.Person person;
        private final List<byte[]> bodies = new ArrayList<>();

        Script(RandomGenerator random, String id, People.Person person) {
            this.random = random;
            this.id = id;
            this.person = person;
        }

        void tell(String type, Instant time, Map<String, Value> change) {
            var at = Value.of(time.truncatedTo(ChronoUnit.SECONDS).toString());
            var detail = new LinkedHashMap<String, Value>();
            detail.put("created_at", at);
            detail.put("email", Value.of(person.email()));
            detail.put("external_id", Value.of(""));
            detail.put("default_group_id", Value.of("0"));
            detail.put("id", Value.of(id));
            detail.put("organization_id", Value.of("0"));
            detail.put("role", Value.of("end-user"));
            detail.put("updated_at", at);
            var body = new LinkedHashMap<String, Value>();
            body.put("type", Value.of("zen:event-type:" + type));
            body.put("account_id", Value.of(ACCOUNT));
            body.put("id", Value.of(new UUID(random.nextLong(), random.nextLong()).toString()));
            body.put("time", at);
            body.put("zendesk_event_version", Value.of("2022-06-20"));
            body.put("subject", Value.of("zen:user:" + id));
            body.put("detail", Value.of(detail));
            body.put("event", Value.of(change));
            bodies.add(Json.bytes(Value.of(body)));
        }
    }
}
