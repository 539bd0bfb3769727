/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.gong;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.EventType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Subject;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.JsonBodies;
import io.signalbox.vendors.Report;
import io.signalbox.vendors.Times;
import io.signalbox.vendors.Vendor.Unreadable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A call, and who from outside took part. Ids have 19 digits, in strings; transcripts are not sent. */
final class GongCall {

    private static final int MOST_PARTIES = 100;
    private static final int MOST_TRACKERS = 50;

    private final Value call;
    private final Report report;

    private GongCall(Value call, Report report) {
        this.call = call;
        this.report = report;
    }

    static List<CanonicalEvent> read(Delivery delivery) throws Unreadable {
        var body = JsonBodies.object(delivery);
        var call = body.get("callData");
        var about = call.at("metaData");
        var started = Times.iso(about.at("started")).or(() -> Times.iso(about.at("scheduled")));
        var id = Ids.text(about.at("id"));
        var at = started.orElse(delivery.receivedAt());
        if (id.isEmpty() || started.isEmpty() || Value.TRUE.equals(body.get("isTest"))) {
            return List.of(Report.ofContent(delivery, "call", at, body)
                    .raw(
                            Value.TRUE.equals(body.get("isTest"))
                                    ? "a test from the editor of Gong's rules"
                                    : "there is no call with an id that started at a time",
                            body));
        }
        return new GongCall(call, new Report(delivery, "call", at, "call", id.get())).events(id.get());
    }

    private List<CanonicalEvent> events(String id) {
        var events = new ArrayList<CanonicalEvent>();
        events.add(activity(id));
        var seen = new HashSet<Subject>();
        for (var party : parties()) {
            var isFromOutside = party.at("affiliation").equals(Value.of("External"));
            if (isFromOutside && party.at("emailAddress") instanceof Value.Text(var address)) {
                UniqueKey.email(ObjectType.CONTACT, address)
                        .map(Subject.Keyed::new)
                        .filter(seen::add)
                        .ifPresent(person -> events.add(engagement(id, party, person)));
            }
        }
        return events;
    }

    private List<Value> parties() {
        return call.at("parties") instanceof Value.Arr(var items)
                ? items.subList(0, Math.min(items.size(), MOST_PARTIES))
                : List.of();
    }

    private CanonicalEvent activity(String id) {
        var properties = new LinkedHashMap<String, Value>();
        properties.put("kind", Value.of("call"));
        if (call.at("metaData") instanceof Value.Obj(var members)) {
            members.forEach((name, value) -> {
                if (!name.equals("id") && value.asText() != null) {
                    properties.put(name, value);
                }
            });
        }
        return report.event(
                EventType.of(ObjectType.ACTIVITY, EventType.CREATED),
                ObjectType.ACTIVITY,
                report.external(id),
                properties,
                data());
    }

    /** Who took part, and which of the user's trackers and topics came up. */
    private Map<String, Value> data() {
        var data = new LinkedHashMap<String, Value>();
        var people = parties().stream()
                .map(party -> party.at("emailAddress").asText() == null ? party.at("name") : party.at("emailAddress"))
                .filter(value -> value.asText() != null)
                .toList();
        data.put("participants", Value.of(people));
        addNames("trackers", data);
        addNames("topics", data);
        return data;
    }

    private void addNames(String list, Map<String, Value> data) {
        if (call.at("content").at(list) instanceof Value.Arr(var items)) {
            data.put(
                    list,
                    Value.of(items.stream()
                            .filter(item -> !item.at("count").equals(Value.of(0)))
                            .map(item -> item.at("name"))
                            .filter(name -> name.asText() != null)
                            .limit(MOST_TRACKERS)
                            .collect(Collectors.toList())));
        }
    }

    /** Said again for each participant, so only what is short. */
    private CanonicalEvent engagement(String id, Value party, Subject.Keyed person) {
        var properties = new LinkedHashMap<String, Value>();
        for (var name : new String[] {"emailAddress", "name", "title", "phoneNumber"}) {
            JsonBodies.copy(party, name, properties);
        }
        var data = new LinkedHashMap<String, Value>();
        data.put("call_id", Value.of(id));
        var about = call.at("metaData");
        Ids.text(about.at("title")).ifPresent(title -> data.put("call", Value.of(title)));
        if (about.at("duration") instanceof Value.Num duration) {
            data.put("duration_seconds", duration);
        }
        Ids.text(about.at("url")).ifPresent(url -> data.put("url", Value.of(url)));
        return report.part(person.key().value()).event("call.completed", ObjectType.CONTACT, person, properties, data);
    }
}
