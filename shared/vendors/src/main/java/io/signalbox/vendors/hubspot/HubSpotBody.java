/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.hubspot;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.vendors.RawEvents;
import io.signalbox.vendors.Vendor.Unreadable;
import java.util.ArrayList;
import java.util.List;

/** Tells HubSpot's two bodies apart: an array is events of subscriptions, an object is a workflow's. */
final class HubSpotBody {

    /** HubSpot sends up to 100; the rest is room. */
    private static final int MAX_EVENTS = 1_000;

    private HubSpotBody() {}

    static List<CanonicalEvent> read(Delivery delivery) throws Unreadable {
        return switch (parse(delivery.body())) {
            case Value.Arr(var items) -> {
                var events = new ArrayList<CanonicalEvent>(items.size());
                for (var item : items) {
                    RawEvents.requireStorable(item, delivery);
                    events.add(new HubSpotEvent(delivery, item).canonical());
                }
                yield events;
            }
            case Value.Obj object -> {
                RawEvents.requireStorable(object, delivery);
                yield List.of(new HubSpotWorkflow(delivery, object).canonical());
            }
            case Value.Text _, Value.Num _, Value.Bool _, Value.Null _ ->
                throw new Unreadable("the body is neither an array of events nor a workflow's object");
        };
    }

    private static Value parse(byte[] body) throws Unreadable {
        try {
            return Json.parse(body, MAX_EVENTS);
        } catch (Json.Malformed e) {
            throw new Unreadable(e.getMessage());
        }
    }
}
