/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.zendesk;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.vendors.JsonBodies;
import io.signalbox.vendors.Vendor.Unreadable;
import java.util.List;

/** Tells the two kinds of body apart: an event names its type {@code zen:event-type:…}, a trigger's author does not. */
final class ZendeskBody {

    private static final String EVENT = "zen:event-type";

    private ZendeskBody() {}

    static List<CanonicalEvent> read(Delivery delivery) throws Unreadable {
        var body = JsonBodies.object(delivery);
        var type = body.get("type").asText();
        // Zendesk's pages write some types with a slash after the prefix, and all others with a colon.
        return type != null && type.startsWith(EVENT) && type.length() > EVENT.length()
                ? new ZendeskEvent(delivery, body, type.substring(EVENT.length() + 1)).canonical()
                : List.of(new ZendeskTrigger(delivery, body).canonical());
    }
}
