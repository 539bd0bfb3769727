/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.Edit;
import io.signalbox.core.Edited;
import io.signalbox.core.History;
import io.signalbox.core.Pipeline;
import io.signalbox.core.Separated;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Schemas;
import io.signalbox.model.Score;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.store.RecordStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the API does with records: writes go through the same pipeline as webhooks, reads straight to the store. */
final class RecordService {

    private final RecordStore store;
    private final Pipeline pipeline;

    RecordService(RecordStore store, Pipeline pipeline) {
        this.store = requireNonNull(store, "store is null");
        this.pipeline = requireNonNull(pipeline, "pipeline is null");
    }

    /**
     * The change that a call asks for, as an edit.
     *
     * @param index which of the call's changes it is, from 0
     */
    static Edit edit(
            Call call, int index, Edit.Target target, Edit.Verb verb, Map<String, Value> properties, IfMatch match) {
        var once = call.once();
        return new Edit(
                target,
                verb,
                once.event(index),
                once.at(),
                call.operation().id(),
                properties,
                Map.of("client", Value.of(call.client())),
                match.versions(),
                once.ids(index));
    }

    Edited edit(Edit edit) {
        return pipeline.edit(edit);
    }

    List<Edited> edit(List<Edit> edits, boolean together) {
        return together ? pipeline.editTogether(edits) : pipeline.edit(edits);
    }

    Edited unite(Edit edit, List<RecordId> duplicates, boolean primaryWins) {
        return pipeline.unite(edit, duplicates, primaryWins);
    }

    Separated split(RecordKey record, Set<ExternalId> ids, Set<ConnectionId> connections) {
        return pipeline.split(record, ids, connections);
    }

    Optional<CrmRecord> get(ObjectType object, RecordId id) {
        return store.get(new RecordKey(object, id));
    }

    Map<RecordKey, CrmRecord> get(Collection<RecordKey> keys) {
        return keys.isEmpty() ? Map.of() : store.get(keys);
    }

    Map<UniqueKey, RecordId> find(Collection<UniqueKey> keys) {
        return keys.isEmpty() ? Map.of() : store.find(keys);
    }

    Optional<CrmRecord> find(UniqueKey key) {
        return Optional.ofNullable(store.find(List.of(key)).get(key))
                .flatMap(id -> store.get(new RecordKey(key.object(), id)));
    }

    /** The types of records that the score model in force is about. */
    Set<ObjectType> scored() {
        var model = pipeline.model();
        return Schemas.STANDARD.stream()
                .map(ObjectSchema::object)
                .filter(model::scores)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The score as of now: it fades without being written. Empty for a kind the rules are not about. */
    Optional<Score> score(CrmRecord record) {
        return pipeline.model().scores(record.key().object())
                ? pipeline.priced(record).score()
                : Optional.empty();
    }

    /** @param position where the page before ended; empty for the first page */
    History history(RecordKey record, Optional<String> position, int limit) {
        return pipeline.history(record, position.flatMap(History.Cursor::parse), limit);
    }
}
