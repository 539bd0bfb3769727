/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.Value;
import java.util.LinkedHashMap;
import java.util.List;

/** What the rules of a score model see. */
final class Documents {

    /** Names a fit rule's {@code when} may use at the top. */
    static final List<String> RECORD_FIELDS = List.of("object", "data");

    /** Names an engagement rule's {@code when} may use at the top. */
    static final List<String> EVENT_FIELDS = List.of("type", "raw_type", "vendor", "connection", "object", "data");

    /** Names an action's {@code when} may use at the top. */
    static final List<String> SCORED_FIELDS = List.of("object", "data", "score");

    private Documents() {}

    /** The record with its score as it was saved; without one where its type is not scored. */
    static Value scored(CrmRecord record) {
        var members = new LinkedHashMap<>(((Value.Obj) of(record)).members());
        record.score().ifPresent(score -> {
            var parts = new LinkedHashMap<String, Value>();
            Actions.SCORE.forEach(path -> parts.put(path.substring("score.".length()), Actions.part(score, path)));
            members.put("score", Value.of(parts));
        });
        return Value.of(members);
    }

    /** {@code data} holds the record's properties; one that was cleared is missing, not null. */
    static Value of(CrmRecord record) {
        var data = new LinkedHashMap<String, Value>();
        record.properties().forEach((name, property) -> {
            if (!property.value().isNull()) {
                data.put(name, property.value());
            }
        });
        return object("object", Value.of(record.key().object().name()), "data", Value.of(data));
    }

    /** {@code data} holds the properties that the event sets and what else it says; the latter wins. */
    static Value of(CanonicalEvent event) {
        var data = new LinkedHashMap<>(event.properties());
        data.putAll(event.data());
        var members = new LinkedHashMap<String, Value>();
        members.put("type", Value.of(event.type()));
        members.put("raw_type", Value.of(event.rawType()));
        members.put("vendor", Value.of(event.vendor().value()));
        members.put("connection", Value.of(event.connection().value()));
        members.put("object", Value.of(event.object().name()));
        members.put("data", Value.of(data));
        return Value.of(members);
    }

    private static Value object(String first, Value one, String second, Value two) {
        var members = new LinkedHashMap<String, Value>();
        members.put(first, one);
        members.put(second, two);
        return Value.of(members);
    }
}
