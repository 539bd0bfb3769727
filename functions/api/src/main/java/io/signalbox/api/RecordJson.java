/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.FieldDef;
import io.signalbox.model.Identity;
import io.signalbox.model.Life;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.Score;
import io.signalbox.model.Stamp;
import io.signalbox.model.Value;
import io.signalbox.vendors.client.ReadBack;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Records and their history as JSON. Every field of the kind is there, null where nothing is known. */
final class RecordJson {

    private final ObjectSchema kind;
    private final Map<String, FieldDef> standard;

    RecordJson(ObjectSchema kind) {
        this.kind = requireNonNull(kind, "kind is null");
        this.standard = kind.byName();
    }

    /** @param score the score as of now; empty for a kind that has none */
    Value record(CrmRecord record, Optional<Score> score, String base) {
        var json = new LinkedHashMap<String, Value>();
        json.put("id", Value.of(record.key().id().toString()));
        json.put("object", Value.of(kind.object().name()));
        json.put("version", Value.of(record.version()));
        json.put("created_at", Value.of(record.createdAt().toString()));
        json.put("updated_at", Value.of(record.updatedAt().toString()));
        json.put("stale_since", time(staleSince(record)));
        if (!record.isAlive()) {
            json.put(
                    "deleted_at",
                    time(Optional.of(record.life().stamp().time())
                            .filter(_ -> !record.life().stamp().equals(Stamp.NONE))));
            json.put("erased", record.life().state() == Life.State.ERASED ? Value.TRUE : Value.FALSE);
        }
        for (var field : kind.fields()) {
            json.put(
                    field.name(), field.type().shown(record.value(field.name())).orElse(Value.NULL));
        }
        json.put("custom", custom(record));
        json.put(
                "external_ids",
                Value.of(record.externalIds().stream()
                        .filter(id -> !Identity.isOwn(id))
                        .map(id -> Value.of(
                                Map.of("connection", Value.of(id.connection().value()), "id", Value.of(id.id()))))
                        .toList()));
        score.ifPresent(now -> {
            json.put("lead_health_score", Value.of(now.value()));
            json.put("lead_health_band", Value.of(now.label()));
            json.put("score", score(now));
        });
        var self = base + kind.pathOf(record.key().id());
        json.put("_links", Value.of(Map.of("self", link(self), "history", link(self + "/history"))));
        return Value.of(json);
    }

    /** Since when the vendor has said that there is more, which has not been read back yet. */
    private static Optional<Instant> staleSince(CrmRecord record) {
        return Optional.ofNullable(record.properties().get(ReadBack.PENDING))
                .filter(property -> property.value().equals(Value.TRUE))
                .map(property -> property.stamp().time());
    }

    /** What a vendor said that is not in the field's form stands, as it is, under {@code custom}; the field is null. */
    private boolean fits(String name, Value value) {
        var field = standard.get(name);
        return field != null && field.type().shown(value).isPresent();
    }

    private Value custom(CrmRecord record) {
        var custom = new LinkedHashMap<String, Value>();
        record.properties().forEach((name, property) -> {
            if (isShown(name)
                    && !fits(name, property.value())
                    && !property.value().isNull()) {
                custom.put(name, shown(name, property.value()));
            }
        });
        return Value.of(custom);
    }

    /** Whether a property is for callers to see, under {@code custom} if nowhere else. */
    static boolean isShown(String property) {
        return !property.equals(ReadBack.PENDING) && !property.startsWith(Consents.PREFIX);
    }

    /** In the form of a field that users defined; as it came where it does not fit, or nobody defined it. */
    private Value shown(String name, Value value) {
        return kind.own(name).map(field -> field.def().type().show(value)).orElse(value);
    }

    static Value link(String href) {
        return Value.of(Map.of("href", Value.of(href)));
    }

    private static Value score(Score score) {
        var json = new LinkedHashMap<String, Value>();
        json.put("value", Value.of(score.value()));
        json.put("fit", Value.of(score.fit()));
        json.put("engagement", Value.of(score.engagement()));
        json.put("label", Value.of(score.label()));
        json.put("next_change_at", time(score.nextChangeAt()));
        json.put("model", Value.of(score.model()));
        json.put(
                "reasons",
                Value.of(score.reasons().stream().map(RecordJson::reason).toList()));
        return Value.of(json);
    }

    private static Value reason(Score.Reason reason) {
        var json = new LinkedHashMap<String, Value>();
        json.put("rule", Value.of(reason.rule()));
        json.put("group", Value.of(reason.group()));
        json.put("points", Value.of(reason.points()));
        json.put("count", Value.of(reason.count()));
        json.put("last_at", time(reason.lastAt()));
        json.put("text", Value.of(reason.text()));
        return Value.of(json);
    }

    private static Value time(Optional<Instant> time) {
        return time.map(instant -> Value.of(instant.toString())).orElse(Value.NULL);
    }

    /** An event of a record's history; properties under the names the record shows them by. */
    Value event(CanonicalEvent event) {
        return event(event, Set.of());
    }

    /** @param fields those properties only; all when it is empty */
    Value event(CanonicalEvent event, Set<String> fields) {
        var properties = new LinkedHashMap<String, Value>();
        event.properties().forEach((name, value) -> {
            if (name.equals(ReadBack.PENDING) || (!fields.isEmpty() && !fields.contains(name))) {
                return;
            }
            var field = standard.get(name);
            properties.put(
                    field == null ? name : field.name(),
                    field == null ? shown(name, value) : field.type().show(value));
        });
        var json = new LinkedHashMap<String, Value>();
        json.put("id", Value.of(event.id().value()));
        json.put("type", Value.of(event.type()));
        json.put("raw_type", Value.of(event.rawType()));
        json.put("vendor", Value.of(event.vendor().value()));
        json.put("connection", Value.of(event.connection().value()));
        json.put("time", Value.of(event.time().toString()));
        json.put("properties", Value.of(properties));
        json.put("data", Value.of(event.data()));
        return Value.of(json);
    }
}
