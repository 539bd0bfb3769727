/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.linkedin;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.EventType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.JsonBodies;
import io.signalbox.vendors.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One notification. A lead becomes two events, {@code lead.created} and {@code form.submitted} of that lead; a lead that
 * its member deleted is erased. The lead's id is what stands behind the last colon of its URN, as the API wants it.
 */
final class LinkedInLead {

    private static final String ACTION = "LEAD_ACTION";
    private static final String URN = "urn:li:leadGenFormResponse:";

    private final Delivery delivery;
    private final Value.Obj body;

    LinkedInLead(Delivery delivery, Value.Obj body) {
        this.delivery = delivery;
        this.body = body;
    }

    List<CanonicalEvent> canonical() {
        var type = text("type");
        var action = text("leadAction");
        var response = text("leadGenFormResponse");
        var time = Ids.millis(body.get("occurredAt"));
        var id = Ids.text(Value.of(response.startsWith(URN) ? response.substring(URN.length()) : response));
        if (time.isEmpty() || id.isEmpty()) {
            return List.of(Report.ofContent(delivery, type, time.orElse(delivery.receivedAt()), body)
                    .raw("the notification has no occurredAt in milliseconds, or no lead", body));
        }
        var report = new Report(delivery, type + "." + action, time.get(), response, action);
        if (!type.equals(ACTION)) {
            return List.of(report.raw("the notification type has no counterpart here", body));
        }
        var lead = report.external(id.get());
        return switch (action) {
            case "CREATED" ->
                List.of(
                        report.event("lead.created", ObjectType.LEAD, lead, said(), Map.of()),
                        report.part("form").event("form.submitted", ObjectType.LEAD, lead, Map.of(), form()));
            case "DELETED" ->
                List.of(report.event(EventType.PRIVACY_DELETED, ObjectType.LEAD, lead, Map.of(), Map.of()));
            default -> List.of(report.raw("the action has no counterpart here", body));
        };
    }

    private Map<String, Value> said() {
        var said = new LinkedHashMap<String, Value>();
        JsonBodies.copy(body, "leadType", said);
        JsonBodies.copy(body, "leadGenForm", said);
        JsonBodies.copy(body, "associatedEntity", said);
        JsonBodies.copy(body, "owner", said);
        return said;
    }

    private Map<String, Value> form() {
        var data = said();
        JsonBodies.copy(body, "leadGenForm", data, "form");
        return data;
    }

    private String text(String name) {
        var text = body.get(name).asText();
        return text == null ? "" : text;
    }
}
