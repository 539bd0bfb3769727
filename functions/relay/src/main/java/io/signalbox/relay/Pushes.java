/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.relay;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.ExternalId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Revision;
import io.signalbox.model.Value;
import io.signalbox.outbound.PushedField;
import io.signalbox.queue.EventQueue.QueueUnavailable;
import io.signalbox.queue.FetchJob;
import io.signalbox.queue.FetchQueue;
import io.signalbox.rules.ScoreModel;
import io.signalbox.store.Unavailable;
import io.signalbox.vendors.client.ReadBack;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Carries out the score model's actions: asks the fetcher to set fields of vendors' records. What actions say of a record
 * follows from the record alone; where they say something else after a change than before it, that is written. So the
 * record's own write is all that must happen: the stream hands it on until it is done, and a change that comes twice asks
 * for the same, which the fetcher knows.
 *
 * <p>A change that only shows what actions had said before it is our own, come back from the vendor: it fires nothing, so
 * that no two actions chase each other.
 *
 * <p>Cost: nothing while the model has no actions, not even the record's decoding; no write in any case.
 */
final class Pushes implements ChangeConsumer {

    private final Supplier<ScoreModel> models;
    private final Destinations destinations;
    private final FetchQueue queue;
    private final InstantSource clock;
    private final Map<RecordKey, Delta> deltas = new LinkedHashMap<>();
    private Optional<Change> first = Optional.empty();
    private ScoreModel model;

    /** @param models the model in force, cheaply */
    Pushes(Supplier<ScoreModel> models, Destinations destinations, FetchQueue queue, InstantSource clock) {
        this.models = requireNonNull(models, "models is null");
        this.destinations = requireNonNull(destinations, "destinations is null");
        this.queue = requireNonNull(queue, "queue is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** A record before the batch and after it. */
    private record Delta(Optional<CrmRecord> before, CrmRecord after) {}

    @Override
    public void accept(Change change) {
        // One for the whole batch, so that before and after are judged by the same.
        model = model == null ? models.get() : model;
        if (!model.hasActions()) {
            return;
        }
        change.recordAfter().ifPresent(after -> {
            first = first.isPresent() ? first : Optional.of(change);
            deltas.merge(
                    after.key(),
                    new Delta(change.recordBefore(), after),
                    (held, more) -> new Delta(held.before, more.after));
        });
    }

    @Override
    public Optional<Change> finish() {
        try {
            var jobs = new ArrayList<FetchJob>();
            deltas.values().forEach(delta -> jobs.addAll(jobs(delta)));
            if (!jobs.isEmpty()) {
                queue.send(jobs);
            }
            return Optional.empty();
        } catch (QueueUnavailable | Unavailable e) {
            return first;
        }
    }

    private List<FetchJob> jobs(Delta delta) {
        var after = delta.after;
        var wanted = wanted(after);
        if (wanted.isEmpty()) {
            return List.of();
        }
        var before = delta.before.map(this::wanted).orElseGet(TreeMap::new);
        var jobs = new ArrayList<FetchJob>();
        wanted.forEach((id, fields) -> {
            var held = before.getOrDefault(id, Map.of());
            var changed = new LinkedHashMap<>(fields);
            changed.entrySet().removeIf(field -> field.getValue().equals(held.get(field.getKey())));
            if (!changed.isEmpty()) {
                destinations
                        .of(id.connection())
                        .flatMap(to -> to.job(after.key().object(), id, changed, Revision.of(after), clock.instant()))
                        .ifPresent(jobs::add);
            }
        });
        return jobs.isEmpty() || isEcho(delta, before) ? List.of() : jobs;
    }

    /** What actions want each of the record's external ids to say; of two that name the same field the later one counts. */
    private SortedMap<ExternalId, Map<String, Value>> wanted(CrmRecord record) {
        var wanted = new TreeMap<ExternalId, Map<String, Value>>();
        if (record.isAlive() && !record.externalIds().isEmpty()) {
            for (var push : model.pushes(record)) {
                for (var id : record.externalIds()) {
                    if (push.connection().map(id.connection()::equals).orElse(true)) {
                        wanted.computeIfAbsent(id, _ -> new LinkedHashMap<>()).putAll(push.fields());
                    }
                }
            }
        }
        return wanted;
    }

    /** Whether nothing but properties changed, and each to what an action had said it shall be. */
    private boolean isEcho(Delta delta, Map<ExternalId, Map<String, Value>> wantedBefore) {
        if (delta.before.isEmpty()) {
            return false;
        }
        var before = delta.before.get();
        var after = delta.after;
        var changed = new LinkedHashMap<String, Value>();
        after.properties().forEach((name, property) -> {
            if (!name.equals(ReadBack.PENDING) && !property.value().equals(before.value(name))) {
                changed.put(name, property.value());
            }
        });
        if (changed.isEmpty()
                || !after.engagement().equals(before.engagement())
                || !after.externalIds().equals(before.externalIds())
                || !after.life().equals(before.life())) {
            return false;
        }
        wantedBefore.forEach((id, fields) -> destinations
                .of(id.connection())
                .map(to -> to.reported(after.key().object(), fields))
                .ifPresent(reported -> reported.forEach((name, value) -> {
                    var now = changed.get(name);
                    if (now != null && PushedField.text(now).equals(PushedField.text(value))) {
                        changed.remove(name);
                    }
                })));
        return changed.isEmpty();
    }
}
