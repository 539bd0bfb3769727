/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.zendesk;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.EventType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.JsonBodies;
import io.signalbox.vendors.Report;
import io.signalbox.vendors.Times;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A body that the author of a trigger or an automation wrote with placeholders, as JSON, XML or a form. {@link #TEMPLATE} is what is understood:
 * {@code ticket}, with any further members of it as properties, and a {@code type} of {@code ticket.created},
 * {@code ticket.updated} (also when it is left out) or {@code ticket.deleted}. Anything else is kept whole.
 *
 * <p>The time is the ticket's last change, to the minute: that is how Zendesk writes {@code updated_at_with_timestamp}.
 * The time of the signature would be finer but may differ in a retry, which would then count as another event.
 */
final class ZendeskTrigger {

    static final String INVOCATION = "x-zendesk-webhook-invocation-id";

    static final String TEMPLATE =
            "{\"type\": \"ticket.updated\", \"ticket\": {\"id\": \"{{ticket.id}}\", \"subject\": \"{{ticket.title}}\","
                    + " \"status\": \"{{ticket.status}}\", \"priority\": \"{{ticket.priority}}\","
                    + " \"type\": \"{{ticket.ticket_type}}\", \"via_channel\": \"{{ticket.via}}\","
                    + " \"requester_id\": \"{{ticket.requester.id}}\","
                    + " \"organization_id\": \"{{ticket.organization.id}}\","
                    + " \"assignee_id\": \"{{ticket.assignee.id}}\","
                    + " \"updated_at\": \"{{ticket.updated_at_with_timestamp}}\"}}";

    static final String XML_TEMPLATE =
            "<event><type>ticket.updated</type><ticket><id>{{ticket.id}}</id><subject>{{ticket.title}}</subject>"
                    + "<updated_at>{{ticket.updated_at_with_timestamp}}</updated_at></ticket></event>";

    private static final Set<String> VERBS = Set.of(EventType.CREATED, EventType.UPDATED, EventType.DELETED);

    private final Delivery delivery;
    private final Value.Obj body;

    ZendeskTrigger(Delivery delivery, Value.Obj body) {
        this.delivery = delivery;
        this.body = body;
    }

    CanonicalEvent canonical() {
        var said = body.get("type").asText();
        var type = said == null ? "ticket.updated" : said;
        var rawType = said == null ? "trigger" : said;
        if (!(body.get("ticket") instanceof Value.Obj ticket)) {
            return report(rawType, delivery.receivedAt()).raw("the body has no ticket", body);
        }
        var time = Times.iso(ticket.get("updated_at"));
        if (time.isEmpty()) {
            return report(rawType, delivery.receivedAt())
                    .raw("ticket.updated_at is no time; write {{ticket.updated_at_with_timestamp}}", body);
        }
        var report = report(rawType, time.get());
        var id = Ids.text(ticket.get("id"));
        if (id.isEmpty() || !type.startsWith("ticket.") || !VERBS.contains(EventType.verb(type))) {
            return report.raw("the body names no ticket, or a type that is not one of a ticket", body);
        }
        var properties = type.equals("ticket.deleted") ? Map.<String, Value>of() : properties(ticket);
        return report.event(
                type,
                ObjectType.TICKET,
                report.external(id.get()),
                properties,
                JsonBodies.without(body, "type", "ticket").members());
    }

    /** A placeholder of something that is not set becomes an empty text, which clears. */
    private static Map<String, Value> properties(Value.Obj ticket) {
        var properties = new LinkedHashMap<>(ticket.members());
        properties.remove("id");
        properties.remove("updated_at");
        return properties;
    }

    private Report report(String rawType, Instant time) {
        return Optional.ofNullable(delivery.headers().get(INVOCATION))
                .filter(id -> !id.isBlank())
                .map(id -> new Report(delivery, rawType, time, "invocation", id))
                .orElseGet(() -> Report.ofContent(delivery, rawType, time, body));
    }
}
