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
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One event of a webhook subscription. HubSpot's own page names the type {@code eventType}, what it sends is
 * {@code subscriptionType}; both are read. The same event sent again differs in {@code attemptNumber} alone.
 */
final class HubSpotEvent {

    private static final String PRIVACY_DELETION = "privacyDeletion";
    private static final String OPT_OUT = "hs_email_optout";
    private static final Set<ObjectType> ERASABLE = Set.of(ObjectType.CONTACT, HubSpotObjects.CONVERSATION);

    private final Delivery delivery;
    private final Value event;
    private final String rawType;
    private final String name;
    private final String verb;

    HubSpotEvent(Delivery delivery, Value event) {
        this.delivery = delivery;
        this.event = event;
        var said = event.at("subscriptionType") instanceof Value.Text(var text)
                ? text
                : event.at("eventType").asText();
        rawType = said == null ? "" : said;
        var dot = rawType.indexOf('.');
        name = dot < 0 ? rawType : rawType.substring(0, dot);
        verb = dot < 0 ? "" : rawType.substring(dot + 1);
    }

    CanonicalEvent canonical() {
        var time = Ids.millis(event.at("occurredAt"));
        if (time.isEmpty()) {
            return raw(delivery.receivedAt(), "there is no occurredAt in milliseconds");
        }
        var object = name.equals("object") ? HubSpotObjects.ofTypeId(typeId()) : HubSpotObjects.named(name);
        if (object.isEmpty()) {
            return raw(time.get(), "the object type has no counterpart here");
        }
        var subject = subject();
        if (subject.isEmpty()) {
            return raw(time.get(), "the event names no object");
        }
        return mapped(time.get(), object.get(), subject.get());
    }

    private CanonicalEvent mapped(Instant time, ObjectType object, String subject) {
        if (verb.equals(PRIVACY_DELETION) && ERASABLE.contains(object)) {
            return event(time, EventType.PRIVACY_DELETED, object, subject, Map.of());
        }
        return switch (verb) {
            case "creation" -> event(time, EventType.of(object, EventType.CREATED), object, subject, kind());
            case "deletion" -> event(time, EventType.of(object, EventType.DELETED), object, subject, Map.of());
            case "restore" -> event(time, EventType.of(object, EventType.RESTORED), object, subject, Map.of());
            case "merge" -> event(time, EventType.of(object, EventType.MERGED), object, subject, Map.of());
            case "associationChange" -> event(time, association(), object, subject, Map.of());
            case "newMessage" -> event(time, EventType.of(object, "message_added"), object, subject, Map.of());
            case "propertyChange" -> {
                var property = event.at("propertyName").asText();
                yield property == null || property.isEmpty()
                        ? raw(time, "the changed property is not named")
                        : event(time, change(object, property), object, subject, changed(property));
            }
            default -> raw(time, "the event type has no counterpart here");
        };
    }

    private String change(ObjectType object, String property) {
        if (object.equals(ObjectType.CONTACT) && property.equals(OPT_OUT) && !isRedacted()) {
            return "true".equals(event.at("propertyValue").asText()) ? "consent.opted_out" : "consent.opted_in";
        }
        var isStage = object.equals(ObjectType.DEAL) && property.equals("dealstage");
        return EventType.of(object, isStage ? "stage_changed" : EventType.UPDATED);
    }

    private String association() {
        return Value.TRUE.equals(event.at("associationRemoved")) ? "association.removed" : "association.added";
    }

    /** Of a new activity its type is known, under the name that HubSpot's own property has. */
    private Map<String, Value> kind() {
        return HubSpotObjects.activityKind(event.at("objectTypeId").asText())
                .map(kind -> Map.of("hs_engagement_type", Value.of(kind.toUpperCase(Locale.ROOT))))
                .orElse(Map.of());
    }

    /** A value that HubSpot withholds must not overwrite the one we have. */
    private Map<String, Value> changed(String property) {
        return isRedacted() ? Map.of() : Map.of(property, event.at("propertyValue"));
    }

    private boolean isRedacted() {
        return Value.TRUE.equals(event.at("isSensitive"))
                && "REDACTED".equals(event.at("propertyValue").asText());
    }

    private Optional<String> subject() {
        return switch (verb) {
            case "merge" ->
                Ids.text(event.at("newObjectId"))
                        .or(() -> Ids.text(event.at("primaryObjectId")))
                        .or(() -> Ids.text(event.at("objectId")));
            case "associationChange" -> Ids.text(event.at("fromObjectId")).or(() -> Ids.text(event.at("objectId")));
            default -> Ids.text(event.at("objectId"));
        };
    }

    private CanonicalEvent event(
            Instant time, String type, ObjectType object, String subject, Map<String, Value> properties) {
        var merged = verb.equals("merge") ? merged(subject) : List.<ExternalId>of();
        return new CanonicalEvent(
                id(),
                type,
                rawType,
                HubSpot.ID,
                delivery.connection(),
                object,
                new Subject.External(external(subject)),
                time,
                properties,
                merged,
                OtherObjects.data(object, data(), said()));
    }

    private ExternalId external(String id) {
        return new ExternalId(delivery.connection(), id);
    }

    /** All objects that became part of the subject: the losers, and the winner too where the result has a new id. */
    private List<ExternalId> merged(String subject) {
        var ids = new java.util.TreeSet<ExternalId>();
        Ids.text(event.at("primaryObjectId")).map(this::external).ifPresent(ids::add);
        if (event.at("mergedObjectIds") instanceof Value.Arr(var items)) {
            items.forEach(item -> Ids.text(item).map(this::external).ifPresent(ids::add));
        }
        ids.remove(external(subject));
        return List.copyOf(ids);
    }

    /** What rules and readers may want besides the properties: small, for every journal entry carries it. */
    private Map<String, Value> data() {
        var data = new LinkedHashMap<String, Value>();
        put(data, "portal_id", Ids.text(event.at("portalId")));
        put(data, "change_source", Optional.ofNullable(event.at("changeSource").asText()));
        put(data, "change_flag", Optional.ofNullable(event.at("changeFlag").asText()));
        put(data, "source_id", Ids.text(event.at("sourceId")));
        put(data, "kind", HubSpotObjects.activityKind(event.at("objectTypeId").asText()));
        put(data, "message_id", Ids.text(event.at("messageId")));
        put(data, "message_type", Ids.text(event.at("messageType")));
        if (verb.equals("associationChange")) {
            put(data, "association", associationType());
            put(data, "to_id", Ids.text(event.at("toObjectId")));
            data.put("primary", Value.of(Value.TRUE.equals(event.at("isPrimaryAssociation"))));
        }
        if (isRedacted()) {
            put(data, "redacted", Optional.ofNullable(event.at("propertyName").asText()));
        }
        return data;
    }

    /** Generic subscriptions may name the types of both sides apart. */
    private String typeId() {
        var own = event.at("objectTypeId").asText();
        return own == null ? event.at("fromObjectTypeId").asText() : own;
    }

    /** {@code CONTACT_TO_COMPANY}, as HubSpot names it, or made of the types of both sides. */
    private Optional<String> associationType() {
        var named = event.at("associationType").asText();
        if (named != null) {
            return Optional.of(named);
        }
        var from = HubSpotObjects.ofTypeId(typeId());
        var to = HubSpotObjects.ofTypeId(event.at("toObjectTypeId").asText());
        return from.isEmpty() || to.isEmpty()
                ? Optional.empty()
                : Optional.of((from.get() + "_TO_" + to.get()).toUpperCase(Locale.ROOT));
    }

    private static void put(Map<String, Value> data, String name, Optional<String> text) {
        text.ifPresent(value -> data.put(name, Value.of(value)));
    }

    /** {@code eventId} alone is not unique, by HubSpot's own word. */
    private EventId id() {
        return EventId.of(
                HubSpot.ID.value(),
                delivery.connection().value(),
                part("portalId"),
                part("subscriptionId"),
                part("eventId"),
                part("objectId"),
                part("occurredAt"),
                rawType,
                part("propertyName"),
                part("fromObjectId"),
                part("toObjectId"),
                part("associationType"));
    }

    private String part(String member) {
        return Ids.text(event.at(member)).orElse("");
    }

    private CanonicalEvent raw(Instant time, String reason) {
        var id = EventId.of(HubSpot.ID.value(), delivery.connection().value(), "raw", Json.text(said()));
        return RawEvents.of(delivery, id, rawType, time, reason, said());
    }

    /** The event without what differs from attempt to attempt. */
    private Value said() {
        if (event instanceof Value.Obj(var members)) {
            var constant = new LinkedHashMap<>(members);
            constant.remove("attemptNumber");
            return Value.of(constant);
        }
        return event;
    }
}
