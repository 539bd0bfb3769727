/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One thing that happened to one record, in the same words whoever reported it. Written out it is a CloudEvent 1.0:
 * {@code id}, {@code type} and {@code time} as they are, {@code source} = {@code /hooks/v1/{vendor}/{connection}},
 * {@code subject} = the record, {@code data} = {@code {properties, …}}.
 *
 * @param id what makes it the same event when it is sent again
 * @param type the canonical type, {@code object.verb}; see {@link EventType}
 * @param rawType what the vendor called it
 * @param vendor who reported it
 * @param connection by which connection it came
 * @param object the type of the record it is about
 * @param subject which record it is about
 * @param time when it happened, by the vendor's clock; to the millisecond
 * @param properties what it sets: property name to new value, {@link Value#NULL} to clear one
 * @param merged external ids of records that this event says are now part of the subject; empty unless it is a merge
 * @param data what else it says: what rules see under {@code data} besides the properties
 */
public record CanonicalEvent(
        EventId id,
        String type,
        String rawType,
        VendorId vendor,
        ConnectionId connection,
        ObjectType object,
        Subject subject,
        Instant time,
        Map<String, Value> properties,
        List<ExternalId> merged,
        Map<String, Value> data) {

    /**
     * In {@link #data}, true of an event that does not say when it was: its time is that of its receipt, and another when
     * it is sent again.
     */
    public static final String UNDATED = "undated";

    public CanonicalEvent {
        requireNonNull(id, "id is null");
        requireNonNull(type, "type is null");
        requireNonNull(rawType, "rawType is null");
        requireNonNull(vendor, "vendor is null");
        requireNonNull(connection, "connection is null");
        requireNonNull(object, "object is null");
        requireNonNull(subject, "subject is null");
        time = Instant.ofEpochMilli(time.toEpochMilli());
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        merged = List.copyOf(merged);
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    public boolean isUndated() {
        return Value.TRUE.equals(data.get(UNDATED));
    }
}
