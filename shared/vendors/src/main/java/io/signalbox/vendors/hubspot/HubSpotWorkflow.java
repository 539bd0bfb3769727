/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.hubspot;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.EventId;
import io.signalbox.model.EventType;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.OtherObjects;
import io.signalbox.vendors.RawEvents;
import io.signalbox.vendors.signing.Signatures;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The body of a workflow's "Send a webhook" action: one object with all its properties. Two shapes: contacts come in
 * the old one ({@code vid}, {@code portal-id}), everything else with {@code objectId} and {@code objectTypeId}.
 *
 * <p>The body does not say when it was made, but each property when it was set. The latest of these is the moment whose
 * state the body shows, so it is the event's time: a retry has the same, and a change that came later still wins. The
 * event is {@code contact.synced}, not {@code .updated}: a snapshot repeats old changes, which must not count as
 * engagement again.
 */
final class HubSpotWorkflow {

    private static final String SYNCED = "synced";

    private final Delivery delivery;
    private final Value.Obj body;

    HubSpotWorkflow(Delivery delivery, Value.Obj body) {
        this.delivery = delivery;
        this.body = body;
    }

    CanonicalEvent canonical() {
        if (!(body.get("properties") instanceof Value.Obj(var reported))) {
            return raw("the body has no properties");
        }
        var isContact = !body.get("vid").isNull();
        var object = isContact
                ? Optional.of(ObjectType.CONTACT)
                : HubSpotObjects.ofTypeId(body.get("objectTypeId").asText());
        if (object.isEmpty()) {
            return raw("the object type has no counterpart here");
        }
        var subject = isContact
                ? Ids.text(body.get("canonical-vid")).or(() -> Ids.text(body.get("vid")))
                : Ids.text(body.get("objectId"));
        if (subject.isEmpty()) {
            return raw("the body names no object");
        }
        var time = latest(reported);
        if (time.isEmpty()) {
            return raw("no property says when it was set");
        }
        var properties = new LinkedHashMap<String, Value>();
        reported.forEach((name, property) -> properties.put(name, value(property)));
        return new CanonicalEvent(
                id(subject.get()),
                EventType.of(object.get(), SYNCED),
                "workflow",
                HubSpot.ID,
                delivery.connection(),
                object.get(),
                new Subject.External(new ExternalId(delivery.connection(), subject.get())),
                time.get(),
                properties,
                List.of(),
                OtherObjects.data(object.get(), data(), body));
    }

    private static Value value(Value property) {
        return property instanceof Value.Obj held ? held.get("value") : property;
    }

    private static Optional<Instant> latest(Map<String, Value> properties) {
        Instant latest = null;
        for (var property : properties.values()) {
            var times = new java.util.ArrayList<Value>();
            times.add(property.at("timestamp"));
            if (property.at("versions") instanceof Value.Arr(var versions)) {
                versions.forEach(version -> times.add(version.at("timestamp")));
            }
            for (var time : times) {
                var at = Ids.millis(time).orElse(null);
                latest = latest == null || (at != null && at.isAfter(latest)) ? at : latest;
            }
        }
        return Optional.ofNullable(latest);
    }

    private Map<String, Value> data() {
        var data = new LinkedHashMap<String, Value>();
        Ids.text(body.get("portalId"))
                .or(() -> Ids.text(body.get("portal-id")))
                .ifPresent(portal -> data.put("portal_id", Value.of(portal)));
        if (body.get("merged-vids") instanceof Value.Arr(var vids) && !vids.isEmpty()) {
            data.put("merged_ids", Value.of(vids));
        }
        return data;
    }

    /** The same object in the same state is the same event, however often a workflow sends it. */
    private EventId id(String subject) {
        return EventId.of(
                HubSpot.ID.value(),
                delivery.connection().value(),
                "workflow",
                subject,
                Signatures.sha256Hex(Json.bytes(body)));
    }

    private CanonicalEvent raw(String reason) {
        return RawEvents.of(delivery, id(""), "workflow", delivery.receivedAt(), reason, body);
    }
}
