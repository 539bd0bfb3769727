/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.pipedrive;

import io.signalbox.model.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The properties that an event's object sets: its members under Pipedrive's names, with these liberties. Of several
 * addresses and numbers the primary one is told as {@code email} and {@code phone} too, a field of a user's own under its
 * key, a closed deal's status as {@code closed_status} too, a marketing status as {@code unsubscribed} too, an address a property a part. A member that is null says nothing unless it was changed.
 */
final class PipedriveFields {

    /** Not about the record, but about the event or about who may see it. */
    private static final Set<String> SKIPPED =
            Set.of("id", "update_time", "custom_fields", "visible_to", "company_id", "creator_user_id", "picture_id");

    private final PipedriveMeta meta;
    private final Map<String, Value> properties = new LinkedHashMap<>();

    PipedriveFields(PipedriveMeta meta) {
        this.meta = meta;
    }

    Map<String, Value> properties() {
        if (meta.current() instanceof Value.Obj(var members)) {
            members.forEach((name, value) -> {
                if (!SKIPPED.contains(name)) {
                    member(name, value);
                }
            });
            if (members.get("custom_fields") instanceof Value.Obj(var custom)) {
                custom.forEach(this::custom);
            }
            consent(meta).ifPresent(isOut -> properties.put("unsubscribed", Value.of(isOut)));
            if (meta.entity().equals("note")) {
                properties.put("type", Value.of("note"));
            }
        }
        return properties;
    }

    /** Whether the person asked for no marketing; empty where they were never asked. */
    static Optional<Boolean> consent(PipedriveMeta meta) {
        var status = meta.current().at("marketing_status").asText();
        return status == null
                ? Optional.empty()
                : switch (status) {
                    case "unsubscribed" -> Optional.of(true);
                    case "subscribed" -> Optional.of(false);
                    default -> Optional.empty();
                };
    }

    private void member(String name, Value value) {
        switch (name) {
            case "email", "emails" -> primary(name, "email", value);
            case "phone", "phones" -> primary(name, "phone", value);
            case "status" -> {
                put(name, value);
                var isClosed = Value.of("won").equals(value) || Value.of("lost").equals(value);
                if (meta.entity().equals("deal") && (isClosed || meta.changed(name))) {
                    properties.put("closed_status", isClosed ? value : Value.NULL);
                }
            }
            case "address", "postal_address" -> address(name, value);
            default -> put(name, value);
        }
    }

    private void put(String name, Value value) {
        if (!value.isNull() || meta.changed(name)) {
            properties.put(name, value);
        }
    }

    /** {@code [{"label": "work", "value": "ada@northwind.example", "primary": true}]}, or a text. */
    private void primary(String name, String as, Value value) {
        if (!(value instanceof Value.Arr(var items))) {
            put(as, value);
            return;
        }
        var chosen = items.isEmpty() ? Value.NULL : items.getFirst().at("value");
        for (var item : items) {
            if (Value.TRUE.equals(item.at("primary"))) {
                chosen = item.at("value");
            }
        }
        var text = chosen.asText();
        if (text != null && !text.isBlank()) {
            properties.put(as, Value.of(text));
        } else if (meta.changed(name)) {
            properties.put(as, Value.NULL);
        }
        if (items.size() > 1) {
            properties.put(as + "s", value);
        }
    }

    /** {@code {"value": "Invalidenstr. 1, Berlin", "country": "Germany", …}}, or a text. */
    private void address(String name, Value value) {
        if (!(value instanceof Value.Obj(var parts))) {
            put(name, value);
            return;
        }
        parts.forEach((part, held) -> {
            if (!held.isNull()) {
                properties.put(part.equals("value") ? name : name + "_" + part, held);
            }
        });
    }

    private void custom(String key, Value value) {
        if (!(value instanceof Value.Obj held)) {
            put(key, value);
            return;
        }
        properties.put(key, held.members().containsKey("value") ? held.get("value") : held);
        if (!held.get("currency").isNull()) {
            properties.put(key + "_currency", held.get("currency"));
        }
    }
}
