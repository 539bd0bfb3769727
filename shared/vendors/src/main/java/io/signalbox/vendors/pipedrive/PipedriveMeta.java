/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.pipedrive;

import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import io.signalbox.vendors.Times;
import java.time.Instant;
import java.util.Optional;

/**
 * What an event's {@code meta} says, in the words of version 2 whichever it is. In version 1 {@code meta.id} is the
 * object's id and not the event's.
 *
 * @param entity {@code person}, {@code deal}; empty when it is not said
 * @param action {@code create}, {@code change}, {@code delete}, or another of version 1
 * @param current the object as it is; null after a deletion
 * @param previous version 2: only what changed, as it was; version 1: all of it
 */
record PipedriveMeta(
        boolean isFirst,
        String entity,
        String action,
        Optional<String> id,
        Optional<Instant> time,
        Value meta,
        Value current,
        Value previous) {

    /** Past this a number is milliseconds, up to it seconds. */
    private static final int MOST_SECOND_DIGITS = 11;

    static PipedriveMeta of(Value.Obj body) {
        var meta = body.get("meta");
        return meta.at("entity").isNull() && !meta.at("object").isNull() ? first(body, meta) : second(body, meta);
    }

    private static PipedriveMeta first(Value.Obj body, Value meta) {
        var action = switch (text(meta, "action")) {
            case "added" -> "create";
            case "updated" -> "change";
            case "deleted" -> "delete";
            case String other -> other;
        };
        var micros = Ids.text(meta.at("timestamp_micro"))
                .filter(digits -> digits.length() > 3)
                .map(digits -> Value.of(digits.substring(0, digits.length() - 3)));
        return new PipedriveMeta(
                true,
                text(meta, "object"),
                action,
                Ids.text(meta.at("id")),
                micros.flatMap(Ids::millis).or(() -> Times.seconds(meta.at("timestamp"))),
                meta,
                body.get("current"),
                body.get("previous"));
    }

    private static PipedriveMeta second(Value.Obj body, Value meta) {
        return new PipedriveMeta(
                false,
                text(meta, "entity"),
                text(meta, "action"),
                Ids.text(meta.at("entity_id"))
                        .or(() -> Ids.text(body.get("data").at("id"))),
                time(meta.at("timestamp")),
                meta,
                body.get("data"),
                body.get("previous"));
    }

    private static Optional<Instant> time(Value timestamp) {
        return Times.iso(timestamp)
                .or(() -> Ids.text(timestamp).map(String::length).orElse(0) > MOST_SECOND_DIGITS
                        ? Ids.millis(timestamp)
                        : Times.seconds(timestamp));
    }

    private static String text(Value meta, String name) {
        var text = meta.at(name).asText();
        return text == null ? "" : text;
    }

    String rawType() {
        return isFirst ? text(meta, "action") + "." + entity : action + "." + entity;
    }

    /** What makes it the same event when it is sent again. */
    String[] identity() {
        return isFirst
                ? new String[] {
                    "v1", part("company_id"), entity, id.orElse(""), action, part("timestamp_micro"), part("timestamp")
                }
                : new String[] {"v2", part("company_id"), part("id"), entity, id.orElse(""), action};
    }

    private String part(String name) {
        return Ids.text(meta.at(name)).orElse("");
    }

    /** Whether this event changed the member. */
    boolean changed(String name) {
        if (!action.equals("change") || !(previous instanceof Value.Obj(var before))) {
            return false;
        }
        return isFirst ? !previous.at(name).equals(current.at(name)) : before.containsKey(name);
    }
}
