/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.EventId;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One thing that a vendor reports, and what all events that it becomes have in common: its identity, what the vendor
 * calls it, and when it happened. The vendor and the connection are part of the identity by themselves.
 */
public final class Report {

    private final Delivery delivery;
    private final String rawType;
    private final Instant time;
    private final String[] identity;

    /**
     * @param rawType what the vendor calls it
     * @param time when it happened, by the vendor's clock
     * @param identity what makes two deliveries the same report
     */
    public Report(Delivery delivery, String rawType, Instant time, String... identity) {
        this.delivery = requireNonNull(delivery, "delivery is null");
        this.rawType = requireNonNull(rawType, "rawType is null");
        this.time = requireNonNull(time, "time is null");
        this.identity = identity.clone();
    }

    /** A report without an id of its own, told apart by its content: the same content is the same report. */
    public static Report ofContent(Delivery delivery, String rawType, Instant time, Value content) {
        return new Report(delivery, rawType, time, "raw", Json.text(content));
    }

    /** The same report where it becomes more than one event; each needs an identity of its own. */
    public Report part(String name) {
        var parts = Arrays.copyOf(identity, identity.length + 1);
        parts[identity.length] = name;
        return new Report(delivery, rawType, time, parts);
    }

    /** The record with that id in the vendor's system. */
    public Subject.External external(String id) {
        return new Subject.External(new ExternalId(delivery.connection(), id));
    }

    public CanonicalEvent event(
            String type, ObjectType object, Subject subject, Map<String, Value> properties, Map<String, Value> data) {
        return event(type, object, subject, properties, List.of(), data);
    }

    /** @param merged ids, in the vendor's system, of the records that are now part of the subject */
    public CanonicalEvent event(
            String type,
            ObjectType object,
            Subject subject,
            Map<String, Value> properties,
            List<String> merged,
            Map<String, Value> data) {
        return new CanonicalEvent(
                id(),
                type,
                rawType,
                delivery.vendor(),
                delivery.connection(),
                object,
                subject,
                time,
                properties,
                merged.stream()
                        .map(id -> new ExternalId(delivery.connection(), id))
                        .toList(),
                data);
    }

    /**
     * That the subject now hangs together with another record of the vendor's, or no longer does.
     *
     * @param other the other record's type
     * @param id the other record's id in the vendor's system
     * @param data what is to be said besides
     */
    public CanonicalEvent link(
            boolean isAdded, ObjectType object, Subject subject, ObjectType other, String id, Map<String, Value> data) {
        var said = isAdded ? "added" : "removed";
        var more = new LinkedHashMap<>(data);
        more.put("association", Value.of((object + "_TO_" + other).toUpperCase(Locale.ROOT)));
        more.put("to_id", Value.of(id));
        return part(said + " " + other + " " + id).event("association." + said, object, subject, Map.of(), more);
    }

    /** The report kept whole. */
    public CanonicalEvent raw(String reason, Value payload) {
        return RawEvents.of(delivery, id(), rawType, time, reason, payload);
    }

    private EventId id() {
        var parts = new String[identity.length + 2];
        parts[0] = delivery.vendor().value();
        parts[1] = delivery.connection().value();
        System.arraycopy(identity, 0, parts, 2, identity.length);
        return EventId.of(parts);
    }
}
