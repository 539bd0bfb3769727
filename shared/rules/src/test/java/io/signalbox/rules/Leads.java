/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.Engagement;
import io.signalbox.model.EventId;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Property;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Stamp;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.runtime.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records and events to score. */
final class Leads {

    /** The start of an hour, of a day and of a week: a Monday. */
    static final Instant MONDAY = Instant.parse("2026-06-01T00:00:00Z");

    private static final ConnectionId CONNECTION = new ConnectionId("site");

    private Leads() {}

    static CrmRecord record(ObjectType type, String properties, Map<String, Engagement> engagement) {
        var empty = CrmRecord.empty(new RecordKey(type, new RecordId(7)));
        var held = new HashMap<String, Property>();
        members(properties).forEach((name, value) -> held.put(name, new Property(value, new Stamp(1, 1))));
        return new CrmRecord(
                empty.key(),
                1,
                0,
                0,
                empty.life(),
                empty.mergedInto(),
                empty.externalIds(),
                held,
                engagement,
                empty.recent(),
                empty.recentFloor(),
                empty.score(),
                empty.journalHead());
    }

    static CrmRecord contact(String properties) {
        return record(ObjectType.CONTACT, properties, Map.of());
    }

    static CrmRecord engaged(Map<String, Engagement> engagement) {
        return record(ObjectType.CONTACT, "{}", engagement);
    }

    /** One event at each of these distances from {@link #MONDAY}. */
    static Engagement at(Duration... after) {
        var engagement = Engagement.EMPTY;
        for (var one : after) {
            engagement = engagement.plus(Engagement.hourOf(MONDAY.plus(one).toEpochMilli()), 1);
        }
        return engagement;
    }

    static CanonicalEvent event(String type, String properties, String data) {
        return new CanonicalEvent(
                EventId.of(type, properties, data),
                type,
                type,
                new VendorId("standard"),
                CONNECTION,
                ObjectType.CONTACT,
                new Subject.External(new ExternalId(CONNECTION, "1")),
                MONDAY,
                members(properties),
                List.of(),
                members(data));
    }

    static Value json(String text) {
        try {
            return Json.parse(text.replace('\'', '"'));
        } catch (Json.Malformed e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Value> members(String object) {
        return new LinkedHashMap<>(((Value.Obj) json(object)).members());
    }
}
