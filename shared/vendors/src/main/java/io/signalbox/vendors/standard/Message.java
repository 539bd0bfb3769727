/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.standard;

import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
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

    /** Seconds since 1970 up to the year 2286, milliseconds from 1973 on: ten digits and fewer are seconds. */
    private static final BigDecimal FIRST_MILLIS = BigDecimal.valueOf(100_000_000_000L);

    static Message of(Value.Obj body) {
        var rawType = body.get("type") instanceof Value.Text(var text) ? text : "";
        if ("1.0".equals(body.get("specversion").asText())) {
            return new Message(
                    lastTwoWords(rawType),
                    rawType,
                    time(body.get("time")),
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
        return time(body.get("timestamp"))
                .or(() -> time(body.get("occurred_at")))
                .or(() -> time(body.get("created_at")));
    }

    /** ISO 8601 with an offset, or a number of seconds or milliseconds; between 1970 and 9999. */
    private static Optional<Instant> time(Value value) {
        return switch (value) {
            case Value.Text(var text) -> iso(text);
            case Value.Num(var number) -> {
                if (number.signum() < 0 || number.precision() - number.scale() > 15) {
                    yield Optional.empty();
                }
                var millis = number.compareTo(FIRST_MILLIS) < 0 ? number.movePointRight(3) : number;
                yield Ids.moment(millis.longValue());
            }
            case Value.Bool _, Value.Null _, Value.Arr _, Value.Obj _ -> Optional.empty();
        };
    }

    private static Optional<Instant> iso(String text) {
        try {
            return Ids.moment(OffsetDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
