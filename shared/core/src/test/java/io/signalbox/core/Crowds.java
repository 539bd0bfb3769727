/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.EventId;
import io.signalbox.model.EventType;
import io.signalbox.model.ExternalId;
import io.signalbox.model.Identity;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Subject;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/** The same people in several vendors' accounts, with addresses that change and come late; the same for the same seed. */
final class Crowds {

    private static final List<ConnectionId> CONNECTIONS =
            List.of(new ConnectionId("crm"), new ConnectionId("shop"), new ConnectionId("desk"));

    private final long seed;
    private final Random random;
    private final int people;
    private final int privacyPercent;
    private int count;

    Crowds(long seed, int people, int privacyPercent) {
        this.seed = seed;
        this.random = new Random(seed);
        this.people = people;
        this.privacyPercent = privacyPercent;
    }

    Random random() {
        return random;
    }

    /** All ids that may be named. */
    List<ExternalId> everybody() {
        var all = new ArrayList<ExternalId>();
        for (var connection : CONNECTIONS) {
            for (var person = 0; person < people; person++) {
                all.add(new ExternalId(connection, "p" + person));
            }
        }
        return all;
    }

    List<CanonicalEvent> events() {
        var events = new ArrayList<CanonicalEvent>();
        for (var left = 1 + random.nextInt(50); left > 0; left--) {
            events.add(Identity.claiming(next()));
        }
        return events;
    }

    private CanonicalEvent next() {
        var connection = CONNECTIONS.get(random.nextInt(CONNECTIONS.size()));
        var id = new ExternalId(connection, "p" + random.nextInt(people));
        var address = "person" + random.nextInt(people * 2) + "@example.com";
        if (random.nextInt(100) < privacyPercent) {
            return event(connection, EventType.PRIVACY_DELETED, new Subject.External(id), Map.of(), List.of());
        }
        return switch (random.nextInt(12)) {
            case 0 -> event(connection, "contact.created", new Subject.External(id), Map.of(), List.of());
            case 1 -> event(connection, "contact.deleted", new Subject.External(id), Map.of(), List.of());
            case 2, 3 ->
                event(
                        connection,
                        "contact.updated",
                        new Subject.External(id),
                        Map.of("email", Value.of(address)),
                        List.of());
            case 4 ->
                event(
                        connection,
                        "form.submitted",
                        new Subject.Keyed(
                                UniqueKey.email(ObjectType.CONTACT, address).orElseThrow()),
                        Map.of("email", Value.of(address)),
                        List.of());
            case 5 ->
                event(
                        connection,
                        "contact.merged",
                        new Subject.External(id),
                        Map.of(),
                        List.of(new ExternalId(connection, "p" + random.nextInt(people))));
            case 6 -> event(connection, "email.replied", new Subject.External(id), Map.of(), List.of());
            default ->
                event(
                        connection,
                        "contact.updated",
                        new Subject.External(id),
                        Map.of("job_title", Value.of("title " + random.nextInt(5))),
                        List.of());
        };
    }

    private CanonicalEvent event(
            ConnectionId connection,
            String type,
            Subject subject,
            Map<String, Value> properties,
            List<ExternalId> merged) {
        return new CanonicalEvent(
                EventId.of("crowd", seed + ":" + count++),
                type,
                type,
                new VendorId("standard"),
                connection,
                ObjectType.CONTACT,
                subject,
                Histories.START.plusMillis(random.nextInt(20) * 3_000_000L),
                properties,
                merged,
                Map.of());
    }

    /** The same events in another order, some of them twice. */
    List<CanonicalEvent> disturbed(List<CanonicalEvent> events) {
        var all = new ArrayList<>(events);
        events.stream().filter(_ -> random.nextInt(3) == 0).forEach(all::add);
        java.util.Collections.shuffle(all, random);
        return all;
    }

    /** Who is one person by the letter of the events: ids that share a subject, a merge or an address, however far. */
    static List<TreeSet<ExternalId>> together(List<CanonicalEvent> events) {
        var groups = new HashMap<ExternalId, TreeSet<ExternalId>>();
        for (var event : events) {
            var ids = new TreeSet<>(event.merged());
            if (event.subject() instanceof Subject.External(var id)) {
                ids.add(id);
            }
            var joined = new TreeSet<ExternalId>(ids);
            ids.forEach(id -> joined.addAll(groups.getOrDefault(id, new TreeSet<>())));
            joined.forEach(id -> groups.put(id, joined));
        }
        return groups.values().stream().distinct().toList();
    }
}
