/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.Edit;
import io.signalbox.core.Edited;
import io.signalbox.core.History;
import io.signalbox.core.Pipeline;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.EventId;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Schemas;
import io.signalbox.model.Score;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.store.RecordStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** What the API does with records: writes go through the same pipeline as webhooks, reads straight to the store. */
final class RecordService {

    private final RecordStore store;
    private final Pipeline pipeline;
    private final InstantSource clock;
    private final RandomText random;

    RecordService(RecordStore store, Pipeline pipeline, InstantSource clock, RandomText random) {
        this.store = requireNonNull(store, "store is null");
        this.pipeline = requireNonNull(pipeline, "pipeline is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.random = requireNonNull(random, "random is null");
    }

    /** Creates a record unless one of its keys is taken; its score is computed in the same write. */
    Edited create(ObjectSchema kind, Map<String, Value> properties) {
        return pipeline.edit(new Edit(
                new Edit.Target.New(kind.object()),
                Edit.Verb.SET,
                EventId.of("api", random.base64Url(16)),
                clock.instant(),
                "create" + kind.one(),
                properties,
                Map.of(),
                OptionalLong.empty(),
                random.generator().get()));
    }

    Optional<CrmRecord> get(ObjectSchema kind, RecordId id) {
        return store.get(new RecordKey(kind.object(), id));
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
    Optional<Score> score(ObjectSchema kind, CrmRecord record) {
        return pipeline.model().scores(kind.object()) ? pipeline.priced(record).score() : Optional.empty();
    }

    /** Part of a listing; {@code next} is the id to go on after, empty at the end. */
    record Listed(List<CrmRecord> records, Optional<RecordId> next) {
        Listed {
            records = List.copyOf(records);
        }
    }

    /** The next records by id. The index lags a moment, so one that has just been deleted is left out here. */
    Listed list(ObjectSchema kind, Optional<RecordId> after, int limit) {
        var ids = store.list(kind.object(), after, limit + 1);
        var page = ids.subList(0, Math.min(limit, ids.size()));
        var keys = page.stream().map(id -> new RecordKey(kind.object(), id)).toList();
        var found = keys.isEmpty() ? Map.<RecordKey, CrmRecord>of() : store.get(keys);
        var records = new ArrayList<CrmRecord>();
        keys.stream()
                .map(found::get)
                .filter(Objects::nonNull)
                .filter(CrmRecord::isAlive)
                .forEach(records::add);
        return new Listed(records, ids.size() > limit ? Optional.of(page.getLast()) : Optional.empty());
    }

    /** @param position where the page before ended; empty for the first page */
    History history(RecordKey record, Optional<String> position, int limit) {
        return pipeline.history(record, position.flatMap(History.Cursor::parse), limit);
    }
}
