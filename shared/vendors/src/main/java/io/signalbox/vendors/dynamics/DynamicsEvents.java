/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.dynamics;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.EventId;
import io.signalbox.model.EventType;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.OtherObjects;
import io.signalbox.vendors.RawEvents;
import io.signalbox.vendors.Vendor.Unreadable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The messages of a RemoteExecutionContext as events. Only a step at PostOperation tells of something that has happened;
 * one at an earlier stage is kept and changes nothing. Over 256 KB Dataverse leaves out parameters and images: the event
 * then names its row alone. Source: learn.microsoft.com, "Use webhooks to create external handlers for server events".
 */
final class DynamicsEvents {

    private static final int MAX_ROWS = 1_000;

    private final Delivery delivery;
    private final DynamicsContext context;
    private final ObjectType object;

    private DynamicsEvents(Delivery delivery, DynamicsContext context, ObjectType object) {
        this.delivery = delivery;
        this.context = context;
        this.object = object;
    }

    static List<CanonicalEvent> read(Delivery delivery) throws Unreadable {
        Value json;
        try {
            json = Json.parse(delivery.body());
        } catch (Json.Malformed e) {
            throw new Unreadable(e.getMessage());
        }
        var context = DynamicsContext.of(json);
        if (context.message().isEmpty() || context.table().isEmpty()) {
            throw new Unreadable("the body is no RemoteExecutionContext: it has no MessageName and PrimaryEntityName");
        }
        RawEvents.requireStorable(json, delivery);
        var object = DynamicsTables.named(context.table());
        var events = new DynamicsEvents(delivery, context, object.orElse(ObjectType.RAW_EVENT));
        if (!context.isDone()) {
            return List.of(events.raw("the step is not at PostOperation, stage 40: nothing has happened yet"));
        }
        if (object.isEmpty()) {
            return List.of(events.raw("the table has no counterpart here"));
        }
        return events.events();
    }

    private List<CanonicalEvent> events() throws Unreadable {
        var target = context.input("Target");
        return switch (context.message()) {
            case "Create" -> one(EventType.CREATED, context.state(target));
            case "Update" -> {
                var changed = DynamicsValues.attributes(target);
                yield one(DynamicsTables.change(object, changed), context.state(target));
            }
            case "Delete" -> one(EventType.DELETED, Map.of());
            case "Assign" -> one(EventType.UPDATED, Map.of("ownerid", DynamicsValues.plain(context.input("Assignee"))));
            case "SetState", "SetStateDynamicEntity" -> {
                var state = new LinkedHashMap<String, Value>();
                state.put("statecode", DynamicsValues.plain(context.input("State")));
                state.put("statuscode", DynamicsValues.plain(context.input("Status")));
                var moniker = DynamicsValues.id(context.input("EntityMoniker").at("Id"));
                yield event(context.primary().or(() -> moniker), DynamicsTables.change(object, state), state);
            }
            case "CreateMultiple", "UpdateMultiple" -> multiple();
            case "Merge" -> merged();
            case "QualifyLead" -> qualified();
            case "Win", "Lose" -> closed();
            case "Associate", "Disassociate" -> associated();
            default -> List.of(raw("the message has no counterpart here"));
        };
    }

    private List<CanonicalEvent> one(String verb, Map<String, Value> properties) {
        return event(context.primary(), verb, properties);
    }

    private List<CanonicalEvent> event(Optional<String> row, String verb, Map<String, Value> properties) {
        return row.map(id -> List.of(event(id, EventType.of(object, verb), properties, List.of(), Map.of())))
                .orElseGet(() -> List.of(raw("the context names no row")));
    }

    private List<CanonicalEvent> multiple() throws Unreadable {
        var rows = DynamicsValues.references(context.input("Targets"));
        if (rows.size() > MAX_ROWS) {
            throw new Unreadable("a message of more than " + MAX_ROWS + " rows");
        }
        var events = new ArrayList<CanonicalEvent>();
        for (var row : rows) {
            var attributes = DynamicsValues.attributes(row);
            var id = DynamicsValues.id(row.at("Id"))
                    .or(() -> DynamicsValues.id(attributes.getOrDefault(context.table() + "id", Value.NULL)));
            var verb = context.message().startsWith("Create")
                    ? EventType.CREATED
                    : DynamicsTables.change(object, attributes);
            id.ifPresent(
                    found -> events.add(event(found, EventType.of(object, verb), attributes, List.of(), Map.of())));
        }
        return events.isEmpty() || events.size() < rows.size() ? List.of(raw("a row is not named")) : events;
    }

    private List<CanonicalEvent> merged() {
        var loser = DynamicsValues.id(context.input("SubordinateId"));
        var winner = context.primary();
        if (loser.isEmpty() || winner.isEmpty() || loser.equals(winner)) {
            return List.of(raw("the merge does not name two rows"));
        }
        var properties = DynamicsValues.attributes(context.input("UpdateContent"));
        return List.of(event(
                winner.get(),
                EventType.of(object, EventType.MERGED),
                properties,
                List.of(new ExternalId(delivery.connection(), loser.get())),
                Map.of()));
    }

    private List<CanonicalEvent> qualified() {
        var lead = DynamicsValues.id(context.input("LeadId").at("Id")).or(context::primary);
        var data = new LinkedHashMap<String, Value>();
        for (var made : DynamicsValues.references(context.output().getOrDefault("CreatedEntities", Value.NULL))) {
            var id = DynamicsValues.id(made.at("Id"));
            var name = made.at("LogicalName").asText();
            DynamicsTables.named(name == null ? "" : name)
                    .ifPresent(type -> id.ifPresent(found -> data.put(type.name() + "_id", Value.of(found))));
        }
        var properties = Map.of("statuscode", DynamicsValues.plain(context.input("Status")));
        return lead.map(id -> List.of(event(id, "lead.converted", properties, List.of(), data)))
                .orElseGet(() -> List.of(raw("the context names no lead")));
    }

    /** An opportunity won or lost: the closing activity says which, and for how much. */
    private List<CanonicalEvent> closed() {
        var closing = DynamicsValues.attributes(context.input("OpportunityClose"));
        var row = DynamicsValues.id(closing.getOrDefault("opportunityid", Value.NULL))
                .or(context::primary);
        var properties = new LinkedHashMap<String, Value>();
        properties.put("statecode", Value.of(context.message().equals("Win") ? 1 : 2));
        properties.put("statuscode", DynamicsValues.plain(context.input("Status")));
        properties.put("actualvalue", closing.getOrDefault("actualrevenue", Value.NULL));
        properties.put("actualclosedate", closing.getOrDefault("actualend", Value.NULL));
        properties.values().removeIf(Value::isNull);
        return event(row, "stage_changed", properties);
    }

    private List<CanonicalEvent> associated() {
        var row = context.primary();
        if (row.isEmpty()) {
            return List.of(raw("the context names no row"));
        }
        var data = new LinkedHashMap<String, Value>();
        data.put("association", context.input("Relationship").at("SchemaName"));
        var others = DynamicsValues.references(context.input("RelatedEntities")).stream()
                .flatMap(other -> DynamicsValues.id(other.at("Id")).stream())
                .map(Value::of)
                .toList();
        data.put("to_id", others.isEmpty() ? Value.NULL : others.getFirst());
        data.put("to_ids", Value.of(others));
        data.values().removeIf(Value::isNull);
        var verb = context.message().equals("Associate") ? "association.added" : "association.removed";
        return List.of(event(row.get(), verb, Map.of(), List.of(), data));
    }

    private CanonicalEvent event(
            String row, String type, Map<String, Value> properties, List<ExternalId> merged, Map<String, Value> more) {
        var sets = new LinkedHashMap<>(properties);
        sets.remove(context.table() + "id");
        sets.remove("activityid");
        var data = new LinkedHashMap<>(more);
        DynamicsTables.kind(context.table()).ifPresent(kind -> data.put("kind", Value.of(kind)));
        if (delivery.headers().containsKey(Dynamics.SIZE_EXCEEDED)) {
            data.put("is_oversize", Value.TRUE);
        }
        // The row's own clock where it shows: the operation's is that of when it was queued.
        var modified = Optional.ofNullable(properties.get("modifiedon"))
                .flatMap(io.signalbox.vendors.Ids::iso)
                .or(context::created);
        return new CanonicalEvent(
                id(row),
                type,
                rawType(),
                Dynamics.ID,
                delivery.connection(),
                object,
                new Subject.External(new ExternalId(delivery.connection(), row)),
                modified.orElse(delivery.receivedAt()),
                sets,
                merged,
                OtherObjects.data(object, data, context.json()));
    }

    private String rawType() {
        return context.table() + "." + context.message();
    }

    private EventId id(String row) {
        return EventId.of(
                Dynamics.ID.value(),
                delivery.connection().value(),
                context.text("OrganizationId"),
                context.operation(),
                context.message(),
                row,
                context.step());
    }

    private CanonicalEvent raw(String reason) {
        var id = EventId.of(
                Dynamics.ID.value(),
                delivery.connection().value(),
                "raw",
                context.text("OrganizationId"),
                context.operation(),
                context.step(),
                Json.text(context.json()));
        Instant time = context.created().orElse(delivery.receivedAt());
        return RawEvents.of(delivery, id, rawType(), time, reason, context.json());
    }
}
