/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.segment;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.Value;
import io.signalbox.vendors.JsonBodies;
import io.signalbox.vendors.RawEvents;
import io.signalbox.vendors.Vendor.Unreadable;
import java.util.ArrayList;
import java.util.List;

/** A message, or an array of them. */
final class SegmentBody {

    private SegmentBody() {}

    static List<CanonicalEvent> read(Delivery delivery) throws Unreadable {
        return switch (JsonBodies.read(delivery)) {
            case Value.Arr(var items) -> {
                var events = new ArrayList<CanonicalEvent>(items.size());
                for (var item : items) {
                    RawEvents.requireStorable(item, delivery);
                    events.addAll(new SegmentMessage(delivery, item).canonical());
                }
                yield events;
            }
            case Value.Obj object -> {
                RawEvents.requireStorable(object, delivery);
                yield new SegmentMessage(delivery, object).canonical();
            }
            case Value.Text _, Value.Num _, Value.Bool _, Value.Null _ ->
                throw new Unreadable("the body is neither a message nor an array of messages");
        };
    }
}
