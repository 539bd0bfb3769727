/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.ExternalId;
import io.signalbox.model.Life;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Property;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Stamp;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A small record in the making. */
final class Draft {

    private static final Stamp SAID = new Stamp(Samples.NOW.toEpochMilli(), 0xABCDEF);

    private final RecordKey key;
    private final TreeSet<ExternalId> externalIds = new TreeSet<>();
    private final Map<String, Property> properties = new TreeMap<>();
    private Life life = Life.UNSAID;
    private Optional<RecordId> mergedInto = Optional.empty();

    private Draft(RecordKey key) {
        this.key = key;
    }

    static Draft contact(long id) {
        return of(ObjectType.CONTACT, id);
    }

    static Draft of(ObjectType object, long id) {
        return new Draft(new RecordKey(object, new RecordId(id)));
    }

    Draft external(long id) {
        externalIds.add(Samples.external(id));
        return this;
    }

    Draft email(String address) {
        return text(UniqueKey.EMAIL, address);
    }

    Draft text(String name, String value) {
        properties.put(name, new Property(Value.of(value), SAID));
        return this;
    }

    Draft life(Life.State state) {
        life = new Life(state, SAID);
        return this;
    }

    Draft mergedInto(long survivor) {
        mergedInto = Optional.of(new RecordId(survivor));
        return this;
    }

    CrmRecord record() {
        return new CrmRecord(
                key,
                0,
                SAID.millis(),
                SAID.millis(),
                life,
                mergedInto,
                externalIds,
                new HashMap<>(properties),
                Map.of(),
                new TreeSet<>(List.of(SAID)),
                Long.MIN_VALUE,
                Optional.empty(),
                Optional.empty());
    }

    static CanonicalEvent withNote(CanonicalEvent event, String note) {
        var data = new LinkedHashMap<>(event.data());
        data.put("note", Value.of(note));
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
