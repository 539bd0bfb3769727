/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.EventId;
import io.signalbox.model.EventType;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What normalizers make of an event they cannot map: a {@code vendor.raw} event about a record of its own, whose
 * properties are {@code type}, {@code reason} and {@code payload}, the event whole. So it can be found, read, and
 * replayed once a mapping exists.
 */
public final class RawEvents {

    /** More than one event can be and still be stored, with its record, in an item of 400 KB. */
    public static final int MAX_EVENT_BYTES = 256 << 10;

    private static final int LONGEST_TYPE = 200;

    private RawEvents() {}

    /**
     * @param rawType what the vendor called it; empty when it did not say
     * @param reason why it could not be mapped, for people
     */
    public static CanonicalEvent of(
            Delivery delivery, EventId id, String rawType, Instant time, String reason, Value payload) {
        var type = rawType.length() <= LONGEST_TYPE ? rawType : rawType.substring(0, LONGEST_TYPE);
        var properties = new LinkedHashMap<String, Value>();
        properties.put("type", Value.of(type));
        properties.put("reason", Value.of(reason));
        properties.put("payload", payload);
        return new CanonicalEvent(
                id,
                EventType.VENDOR_RAW,
                type,
                delivery.vendor(),
                delivery.connection(),
                ObjectType.RAW_EVENT,
                new Subject.External(new ExternalId(delivery.connection(), id.value())),
                time,
                properties,
                List.of(),
                Map.of());
    }

    /** Refuses an event that no storage item could hold; costs something only in a body that is as large. */
    public static void requireStorable(Value event, Delivery delivery) throws Vendor.Unreadable {
        if (delivery.body().length > MAX_EVENT_BYTES && Json.bytes(event).length > MAX_EVENT_BYTES) {
            throw new Vendor.Unreadable("one event is larger than " + (MAX_EVENT_BYTES >> 10) + " KiB");
        }
    }
}
