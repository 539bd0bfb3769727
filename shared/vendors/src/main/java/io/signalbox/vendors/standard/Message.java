/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.standard;

import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.generic.GenericTime;
import java.time.Instant;
import java.util.Optional;

/**
 * A body's envelope, whichever of the two it is: that of the Standard Webhooks specification, or a CloudEvent 1.0 in
 * structured mode (cloudevents.io), told by its {@code specversion}. A CloudEvent's type is often a reversed domain
 * name; the last two words of it count: {@code com.example.contact.created} is {@code contact.created}.
 *
 * @param rawType as it was sent; empty when it was not
 * @param source CloudEvents only: with the id, the event's identity
 * @param cloudEventId CloudEvents only
 * @param subject CloudEvents only: a record's id where the data holds none
 */
record Message(
        String type,
        String rawType,
        Optional<Instant> time,
        Value data,
        String source,
        Optional<String> cloudEventId,
        Value subject,
        Value.Obj body) {

    static Message of(Value.Obj body) {
        var rawType = body.get("type") instanceof Value.Text(var text) ? text : "";
        if ("1.0".equals(body.get("specversion").asText())) {
            return new Message(
                    lastTwoWords(rawType),
                    rawType,
                    GenericTime.of(body.get("time")),
                    body.get("data"),
                    body.get("source").asText() == null
                            ? ""
                            : body.get("source").asText(),
                    Ids.text(body.get("id")),
                    body.get("subject"),
                    body);
        }
        return new Message(rawType, rawType, firstTime(body), body.get("data"), "", Optional.empty(), Value.NULL, body);
    }

    private static String lastTwoWords(String type) {
        var last = type.lastIndexOf('.');
        var before = last < 0 ? -1 : type.lastIndexOf('.', last - 1);
        return type.substring(before + 1);
    }

    /** The specification says {@code timestamp}; senders also say {@code created_at} and {@code occurred_at}. */
    private static Optional<Instant> firstTime(Value.Obj body) {
        return GenericTime.of(body.get("timestamp"))
                .or(() -> GenericTime.of(body.get("occurred_at")))
                .or(() -> GenericTime.of(body.get("created_at")));
    }
}
