/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.Value;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Marks events whose body does not say when they were. Normalizers give them the time of receipt, which a retry does not
 * share; the mark lets the fold tell them by their id, which it does.
 */
final class Undated {

    private Undated() {}

    static List<CanonicalEvent> marked(List<CanonicalEvent> events, Delivery delivery) {
        var receipt = delivery.receivedAt().toEpochMilli();
        return events.stream()
                .map(event -> event.time().toEpochMilli() == receipt ? marked(event) : event)
                .toList();
    }

    private static CanonicalEvent marked(CanonicalEvent event) {
        var data = new LinkedHashMap<>(event.data());
        data.put(CanonicalEvent.UNDATED, Value.TRUE);
        return new CanonicalEvent(
                event.id(),
                event.type(),
                event.rawType(),
                event.vendor(),
                event.connection(),
                event.object(),
                event.subject(),
                event.time(),
                event.properties(),
                event.merged(),
                data);
    }
}
