/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.meta;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.JsonBodies;
import io.signalbox.vendors.RawEvents;
import io.signalbox.vendors.Report;
import io.signalbox.vendors.Times;
import io.signalbox.vendors.Vendor.Unreadable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Entries, one a page, each with its changes. A lead becomes two events, {@code lead.created} and
 * {@code form.submitted} of that lead. Ids come as numbers or as texts, and are kept as texts.
 */
final class MetaBody {

    private static final String LEADGEN = "leadgen";
    private static final List<String> SAID = List.of("form_id", "page_id", "ad_id", "adgroup_id");

    private final Delivery delivery;

    MetaBody(Delivery delivery) {
        this.delivery = delivery;
    }

    List<CanonicalEvent> canonical() throws Unreadable {
        if (!(JsonBodies.read(delivery) instanceof Value.Obj body)) {
            throw new Unreadable("the body is not a JSON object");
        }
        if (!(body.get("entry") instanceof Value.Arr(var entries)) || entries.isEmpty()) {
            RawEvents.requireStorable(body, delivery);
            return List.of(whole(text(body.get("object")), body, "the body has no entry"));
        }
        var events = new ArrayList<CanonicalEvent>();
        var changes = 0;
        for (var entry : entries) {
            var isOfPage = "page".equals(body.get("object").asText());
            var items = isOfPage && entry.at("changes") instanceof Value.Arr(var held) ? held : List.<Value>of();
            changes += Math.max(1, items.size());
            if (changes > JsonBodies.MAX_EVENTS) {
                throw new Unreadable("more than " + JsonBodies.MAX_EVENTS + " changes");
            }
            if (items.isEmpty()) {
                RawEvents.requireStorable(entry, delivery);
                events.add(whole(text(body.get("object")), entry, "the entry has no changes of a page"));
            }
            for (var change : items) {
                RawEvents.requireStorable(change, delivery);
                events.addAll(change(entry, change));
            }
        }
        return events;
    }

    private List<CanonicalEvent> change(Value entry, Value change) {
        var field = text(change.at("field"));
        var value = change.at("value");
        var id = Ids.text(value.at("leadgen_id"));
        var time = Times.seconds(value.at("created_time")).or(() -> Times.seconds(entry.at("time")));
        if (!field.equals(LEADGEN) || id.isEmpty() || time.isEmpty()) {
            return List.of(whole(field, change, "the change is of another field, or without leadgen_id or time"));
        }
        var report = new Report(delivery, field, time.get(), LEADGEN, id.get());
        var said = said(entry, value);
        var data = new LinkedHashMap<>(said);
        Ids.text(value.at("form_id")).ifPresent(form -> data.put("form", Value.of(form)));
        return List.of(
                report.event("lead.created", ObjectType.LEAD, report.external(id.get()), said, Map.of()),
                report.part("form")
                        .event("form.submitted", ObjectType.LEAD, report.external(id.get()), Map.of(), data));
    }

    private static Map<String, Value> said(Value entry, Value value) {
        var said = new LinkedHashMap<String, Value>();
        for (var name : SAID) {
            Ids.text(value.at(name)).ifPresent(text -> said.put(name, Value.of(text)));
        }
        if (!said.containsKey("page_id")) {
            Ids.text(entry.at("id")).ifPresent(text -> said.put("page_id", Value.of(text)));
        }
        return said;
    }

    private CanonicalEvent whole(String rawType, Value payload, String reason) {
        var time = Times.seconds(payload.at("time")).orElse(delivery.receivedAt());
        return Report.ofContent(delivery, rawType, time, payload).raw(reason, payload);
    }

    private static String text(Value value) {
        var text = value.asText();
        return text == null ? "" : text;
    }
}
