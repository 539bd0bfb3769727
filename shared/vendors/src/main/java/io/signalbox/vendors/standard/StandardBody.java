/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.standard;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Delivery;
import io.signalbox.model.Value;
import io.signalbox.vendors.JsonBodies;
import io.signalbox.vendors.Report;
import io.signalbox.vendors.Vendor.Unreadable;
import io.signalbox.vendors.generic.GenericEvent;
import java.time.Instant;

/**
 * What a body means: see {@link GenericEvent}. One without a time is kept as {@code vendor.raw}: the time must be in the
 * body, for a retry is signed at another time and has to be the same event.
 */
final class StandardBody {

    private StandardBody() {}

    static CanonicalEvent read(Delivery delivery) throws Unreadable {
        var body = JsonBodies.object(delivery);
        var message = Message.of(body);
        if (message.time().isEmpty()) {
            return report(delivery, message, delivery.receivedAt())
                    .raw("the body has no timestamp; a retry could not be told from a new event", body);
        }
        return new GenericEvent(message.type(), message.data(), message.subject(), Value.NULL, body)
                .canonical(report(delivery, message, message.time().get()));
    }

    private static Report report(Delivery delivery, Message message, Instant time) {
        if (message.cloudEventId().isPresent()) {
            return new Report(
                    delivery,
                    message.rawType(),
                    time,
                    "cloudevent",
                    message.source(),
                    message.cloudEventId().get());
        }
        var headers = delivery.headers();
        var id = headers.getOrDefault(StandardVerifier.WEBHOOK_ID, headers.getOrDefault(StandardVerifier.SVIX_ID, ""));
        return new Report(delivery, message.rawType(), time, id);
    }
}
