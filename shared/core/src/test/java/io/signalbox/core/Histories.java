/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.EventId;
import io.signalbox.model.EventType;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Made-up lives of contacts, the same for the same seed. */
final class Histories {

    static final ConnectionId CRM = new ConnectionId("crm");
    static final VendorId VENDOR = new VendorId("standard");
    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private static final List<String> NAMES =
            List.of("email", "first_name", "job_title", "company", "industry", "country", "employees", "phone");

    private final long seed;
    private final Random random;
    private final int people;
    private final int privacyPercent;
    private int count;

    /**
     * @param people how many external ids the events are spread over
     * @param privacyPercent how many events in a hundred erase their person
     */
    Histories(long seed, int people, int privacyPercent) {
        this.seed = seed;
        this.random = new Random(seed);
        this.people = people;
        this.privacyPercent = privacyPercent;
    }

    Random random() {
        return random;
    }

    static ExternalId external(int person) {
        return new ExternalId(CRM, "p" + person);
    }

    static CanonicalEvent event(String id, String type, Subject subject, Instant time, Map<String, Value> properties) {
        return event(id, type, subject, time, properties, List.of());
    }

    static CanonicalEvent event(
            String id,
            String type,
            Subject subject,
            Instant time,
            Map<String, Value> properties,
            List<ExternalId> merged) {
        return new CanonicalEvent(
                EventId.of("test", id),
                type,
                type,
                VENDOR,
                CRM,
                ObjectType.CONTACT,
                subject,
                time,
                properties,
                merged,
                Map.of());
    }

    /** Distinct events, 1 to 60; few distinct times, so that many fall on the same millisecond. */
    List<CanonicalEvent> events() {
        var events = new ArrayList<CanonicalEvent>();
        var size = 1 + random.nextInt(60);
        for (var i = 0; i < size; i++) {
            events.add(next());
        }
        return events;
    }

    private CanonicalEvent next() {
        var id = seed + ":" + count++;
        var person = random.nextInt(people);
        var subject = new Subject.External(external(person));
        var time = START.plusMillis(random.nextInt(20) * 3_000_000L);
        if (random.nextInt(100) < privacyPercent) {
            return event(id, EventType.PRIVACY_DELETED, subject, time, Map.of());
        }
        return switch (random.nextInt(people > 1 ? 11 : 10)) {
            case 0 -> event(id, "contact.created", subject, time, properties());
            case 1 -> event(id, "contact.deleted", subject, time, Map.of());
            case 2 -> event(id, "contact.restored", subject, time, Map.of());
            case 3, 4 -> event(id, "web.page_view", subject, time, Map.of());
            case 5 -> event(id, "email.replied", subject, time, Map.of());
            case 10 -> event(id, "contact.merged", subject, time, Map.of(), List.of(external(random.nextInt(people))));
            default -> event(id, "contact.updated", subject, time, properties());
        };
    }

    private Map<String, Value> properties() {
        var properties = new LinkedHashMap<String, Value>();
        for (var i = random.nextInt(3); i >= 0; i--) {
            var name = NAMES.get(random.nextInt(NAMES.size()));
            properties.put(name, random.nextInt(8) == 0 ? Value.NULL : value(name));
        }
        return properties;
    }

    private Value value(String name) {
        return switch (name) {
            case "employees" -> Value.of(random.nextInt(1_000));
            case "email" -> Value.of("person" + random.nextInt(4) + "@example.com");
            default -> Value.of(name + " " + random.nextInt(5));
        };
    }

    /** The same events in another order, some of them twice. */
    List<CanonicalEvent> disturbed(List<CanonicalEvent> events) {
        var all = new ArrayList<>(events);
        for (var event : events) {
            if (random.nextInt(3) == 0) {
                all.add(event);
            }
        }
        java.util.Collections.shuffle(all, random);
        return all;
    }
}
