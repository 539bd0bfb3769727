/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.pipedrive;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.EventType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One event. A change of the person or the organization that a deal, lead or person hangs on is told as associations
 * beside it. A merge comes as two events, the end of one record and a change of the other; each says it alone, and saying
 * it twice changes nothing.
 */
final class PipedriveEvent {

    private static final Map<String, ObjectType> OBJECTS = Map.of(
            "person", ObjectType.CONTACT,
            "organization", ObjectType.COMPANY,
            "lead", ObjectType.LEAD,
            "deal", ObjectType.DEAL,
            "activity", ObjectType.ACTIVITY,
            "note", ObjectType.ACTIVITY);

    private static final String NOTE = "note";

    /** Members that name another record, and the type of that record. */
    private static final Map<String, ObjectType> LINKS = Map.of(
            "person_id", ObjectType.CONTACT,
            "org_id", ObjectType.COMPANY,
            "organization_id", ObjectType.COMPANY,
            "deal_id", ObjectType.DEAL);

    private static final List<String> LINK_NAMES = List.of("person_id", "org_id", "organization_id", "deal_id");

    private final Delivery delivery;
    private final Value.Obj body;
    private final PipedriveMeta meta;

    PipedriveEvent(Delivery delivery, Value.Obj body) {
        this.delivery = delivery;
        this.body = body;
        meta = PipedriveMeta.of(body);
    }

    List<CanonicalEvent> canonical() {
        if (meta.time().isEmpty()) {
            return List.of(Report.ofContent(delivery, meta.rawType(), delivery.receivedAt(), constant())
                    .raw("meta has no time", constant()));
        }
        var report = new Report(delivery, meta.rawType(), meta.time().get(), meta.identity());
        var object = OBJECTS.get(meta.entity());
        if (object == null || meta.id().isEmpty()) {
            return List.of(report.raw("the entity has no counterpart here, or no id", constant()));
        }
        return switch (meta.action()) {
            case "create" -> told(report, object, EventType.CREATED);
            case "change" ->
                merged("merged_from_id").isPresent()
                        ? List.of(merge(report, object, id(meta.id().get()), merged("merged_from_id")))
                        : told(report, object, update(object));
            case "delete" ->
                List.of(
                        merged("merged_to_id").isPresent()
                                ? merge(
                                        report,
                                        object,
                                        id(merged("merged_to_id").get()),
                                        meta.id())
                                : report.event(
                                        EventType.of(object, EventType.DELETED),
                                        object,
                                        report.external(id(meta.id().get())),
                                        Map.of(),
                                        data()));
            default -> List.of(report.raw("the action has no counterpart here", constant()));
        };
    }

    private String update(ObjectType object) {
        var isStage = object.equals(ObjectType.DEAL) && (meta.changed("stage_id") || meta.changed("status"));
        return isStage ? "stage_changed" : EventType.UPDATED;
    }

    private Optional<String> merged(String name) {
        return Ids.text(meta.meta().at(name));
    }

    /** Notes are numbered apart from activities. */
    private String id(String id) {
        return meta.entity().equals(NOTE) ? NOTE + ":" + id : id;
    }

    private CanonicalEvent merge(Report report, ObjectType object, String winner, Optional<String> loser) {
        return report.event(
                EventType.of(object, EventType.MERGED),
                object,
                report.external(winner),
                new PipedriveFields(meta).properties(),
                loser.map(this::id).filter(id -> !id.equals(winner)).stream().toList(),
                data());
    }

    private List<CanonicalEvent> told(Report report, ObjectType object, String verb) {
        var events = new ArrayList<CanonicalEvent>();
        var subject = report.external(id(meta.id().get()));
        events.add(report.event(
                EventType.of(object, verb), object, subject, new PipedriveFields(meta).properties(), data()));
        consent(report, object, verb).ifPresent(events::add);
        for (var name : LINK_NAMES) {
            if (verb.equals(EventType.CREATED) || meta.changed(name)) {
                var before = verb.equals(EventType.CREATED)
                        ? Value.NULL
                        : meta.previous().at(name);
                link(report, object, name, false, before).ifPresent(events::add);
                link(report, object, name, true, meta.current().at(name)).ifPresent(events::add);
            }
        }
        return events;
    }

    /** A person's marketing status is a consent where it is given or withdrawn. */
    private Optional<CanonicalEvent> consent(Report report, ObjectType object, String verb) {
        var said = PipedriveFields.consent(meta);
        return object.equals(ObjectType.CONTACT) && verb.equals(EventType.UPDATED) && meta.changed("marketing_status")
                ? said.map(isOut -> report.part("consent")
                        .event(
                                isOut ? "consent.opted_out" : "consent.opted_in",
                                object,
                                report.external(meta.id().get()),
                                Map.of("unsubscribed", Value.of(isOut)),
                                data()))
                : Optional.empty();
    }

    private Optional<CanonicalEvent> link(Report report, ObjectType object, String name, boolean isAdded, Value to) {
        var subject = report.external(id(meta.id().get()));
        return Ids.text(to instanceof Value.Obj held ? held.get("value") : to)
                .map(id -> report.link(isAdded, object, subject, LINKS.get(name), id, data()));
    }

    private Map<String, Value> data() {
        var data = new LinkedHashMap<String, Value>();
        for (var name : List.of("company_id", "user_id", "change_source", "correlation_id")) {
            Ids.text(meta.meta().at(name)).ifPresent(text -> data.put(name, Value.of(text)));
        }
        return data;
    }

    /** The body without what differs between attempts. */
    private Value.Obj constant() {
        var members = new LinkedHashMap<>(body.members());
        members.remove("retry");
        if (members.get("meta") instanceof Value.Obj(var said)) {
            var rest = new LinkedHashMap<>(said);
            rest.remove("attempt");
            members.put("meta", Value.of(rest));
        }
        return new Value.Obj(members);
    }
}
