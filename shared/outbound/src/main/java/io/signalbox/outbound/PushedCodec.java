/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.outbound;

import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Revision;
import io.signalbox.model.Value;
import io.signalbox.store.StateStore.State;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The fields of {@link Pushed} as the value of a state. */
final class PushedCodec {

    private PushedCodec() {}

    static Value encode(Map<String, PushedField> fields) {
        var json = new LinkedHashMap<String, Value>();
        fields.forEach((name, field) -> {
            var members = new LinkedHashMap<String, Value>();
            members.put("value", field.value());
            members.put("written", Value.of(field.isWritten()));
            field.because().ifPresent(revision -> {
                members.put("type", Value.of(revision.record().object().name()));
                members.put("id", Value.of(revision.record().id().toString()));
                members.put("version", Value.of(revision.version()));
            });
            json.put(name, Value.of(members));
        });
        return Value.of(json);
    }

    static Map<String, PushedField> decode(State state) {
        var fields = new LinkedHashMap<String, PushedField>();
        if (state.value() instanceof Value.Obj(var members)) {
            members.forEach((name, field) -> fields.put(
                    name, new PushedField(field.at("value"), field.at("written").equals(Value.TRUE), because(field))));
        }
        return fields;
    }

    private static Optional<Revision> because(Value field) {
        return field.at("version") instanceof Value.Num(var version)
                ? RecordId.parse(field.at("id").asText())
                        .map(id -> new RecordKey(new ObjectType(field.at("type").asText()), id))
                        .map(key -> new Revision(key, version.longValue()))
                : Optional.empty();
    }
}
