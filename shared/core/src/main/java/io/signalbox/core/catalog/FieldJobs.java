/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core.catalog;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.CustomField;
import io.signalbox.model.CustomField.Upkeep;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Schemas;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.model.filter.Filterable;
import io.signalbox.store.Definitions;
import io.signalbox.store.IndexStore;
import io.signalbox.store.IndexStore.Entry;
import io.signalbox.store.JobStore;
import io.signalbox.store.JobStore.Job;
import io.signalbox.store.JobStore.State;
import io.signalbox.store.RecordStore;
import io.signalbox.store.RecordStore.SaveResult;
import io.signalbox.store.SchemaCache;
import io.signalbox.store.Unavailable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Catches up on records that are older than what was made of a field: index entries of one that became filterable, keys
 * of one that became unique; and removes the entries of one that is filterable no more. A job, done in steps.
 *
 * <p>It begins {@link SchemaCache#SEEN_BY_ALL} after the change: by then every process keeps index and keys up for what
 * changes, and the walk over all records sees the rest. Where two records have one value of a unique field, the first
 * keeps the key, the job fails and names both, and nobody can give a third that value.
 *
 * <p>Cost a record: a read; a write unit where it has a value, for the index; for a key what {@link RecordStore#claim} does.
 */
public final class FieldJobs {

    public static final String KIND = "field";

    private static final String BUILD = "build";
    private static final String DROP = "drop";
    private static final int PAGE = 200;
    private static final int TRIES = 20;
    private static final int SHOWN = 50;

    private final Definitions definitions;
    private final RecordStore records;
    private final IndexStore index;
    private final JobStore jobs;
    private final InstantSource clock;

    /** @param records must know the field as unique by the time the job begins */
    public FieldJobs(
            Definitions definitions, RecordStore records, IndexStore index, JobStore jobs, InstantSource clock) {
        this.definitions = requireNonNull(definitions, "definitions is null");
        this.records = requireNonNull(records, "records is null");
        this.index = requireNonNull(index, "index is null");
        this.jobs = requireNonNull(jobs, "jobs is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** A job that makes what is missing for a field, whose definition has to name the job. */
    public static Job build(String id, String client, ObjectSchema schema, CustomField field, Instant now) {
        return job(id, client, BUILD, schema, field, now);
    }

    /** A job that removes the index of a field. */
    public static Job drop(String id, String client, ObjectSchema schema, CustomField field, Instant now) {
        return job(id, client, DROP, schema, field, now);
    }

    private static Job job(
            String id, String client, String action, ObjectSchema schema, CustomField field, Instant now) {
        var input = new LinkedHashMap<String, Value>();
        input.put("action", Value.of(action));
        input.put("object", Value.of(schema.object().name()));
        input.put("field", Value.of(field.name()));
        input.put("begins_at", Value.of(now.plus(SchemaCache.SEEN_BY_ALL).toString()));
        return Job.queued(id, KIND, client, Value.of(input), now);
    }

    /**
     * Works on unfinished jobs that may begin.
     *
     * @param mayGoOn asked before each step
     * @return how many were finished
     */
    public int runOpen(int limit, BooleanSupplier mayGoOn) {
        var finished = 0;
        for (var job : jobs.open(limit)) {
            if (mayGoOn.getAsBoolean() && job.kind().equals(KIND)) {
                finished += run(job, mayGoOn).state().isFinished() ? 1 : 0;
            }
        }
        return finished;
    }

    /**
     * Works on a job until it is finished or the time is up; then it is as far as it says.
     *
     * @throws Unavailable when the storage did not answer; the job can be taken up again
     */
    public Job run(Job job, BooleanSupplier mayGoOn) {
        if (clock.instant().isBefore(job.createdAt().plus(SchemaCache.SEEN_BY_ALL))) {
            return job;
        }
        var object = new ObjectType(job.input().at("object").asText());
        var name = job.input().at("field").asText();
        var definition = definitions.get(object);
        var field = definition.flatMap(held -> held.schema().own(name));
        return switch (job.input().at("action").asText()) {
            case BUILD ->
                field.filter(held -> held.job().equals(Optional.of(job.id()))).isPresent()
                        ? new Build(job, definition.get().schema(), field.get()).run(mayGoOn)
                        : finish(job, State.SUCCEEDED, Map.of("superseded", Value.TRUE));
            case DROP ->
                field.filter(held -> held.filterable().isKept()).isPresent()
                        ? finish(job, State.SUCCEEDED, Map.of("superseded", Value.TRUE))
                        : remove(job, object, name, mayGoOn);
            default -> finish(job, State.FAILED, Map.of("reason", Value.of("there is no such action")));
        };
    }

    private Job finish(Job job, State state, Map<String, Value> outcome) {
        return replaced(job, job.next(state, Value.of(outcome), clock.instant()));
    }

    private Job replaced(Job job, Job next) {
        return jobs.replace(next) ? next : jobs.get(job.id()).orElse(job);
    }

    private Job remove(Job job, ObjectType object, String name, BooleanSupplier mayGoOn) {
        // As it was called, whether or not it is still defined.
        var shown = Schemas.of(object)
                .filter(schema -> schema.field(name).isEmpty())
                .map(_ -> "custom." + name)
                .orElse(name);
        var removed = 0;
        while (mayGoOn.getAsBoolean()) {
            var entries = new ArrayList<Entry>();
            var scan = index.scan(object, shown, IndexStore.Range.ALL, Optional.empty(), false, PAGE);
            while (entries.size() < PAGE && scan.hasNext()) {
                entries.add(scan.next());
            }
            if (entries.isEmpty()) {
                return finish(job, State.SUCCEEDED, Map.of("removed", Value.of(removed)));
            }
            index.write(entries, List.of());
            removed += entries.size();
        }
        return job;
    }

    /** One job that makes index entries and keys. */
    private final class Build {
        private final ObjectSchema schema;
        private final CustomField field;
        private final String shown;
        private final Filterable fields;
        private final List<Value> duplicates = new ArrayList<>();
        private Job job;
        private long seen;
        private long clashes;
        private Optional<RecordId> after;

        Build(Job job, ObjectSchema schema, CustomField field) {
            this.job = job;
            this.schema = schema;
            this.field = field;
            this.shown = schema.shownName(field);
            this.fields = Filterable.kept(schema);
            var progress = job.outcome();
            this.after = Optional.ofNullable(progress.at("after").asText()).flatMap(RecordId::parse);
            this.seen = number(progress.at("records"));
            this.clashes = number(progress.at("clashes"));
            if (progress.at("duplicates") instanceof Value.Arr(var before)) {
                duplicates.addAll(before);
            }
        }

        private static long number(Value value) {
            return value instanceof Value.Num(var number) ? number.longValue() : 0;
        }

        Job run(BooleanSupplier mayGoOn) {
            while (true) {
                if (!mayGoOn.getAsBoolean()) {
                    return job;
                }
                var ids = records.list(schema.object(), after, PAGE);
                if (ids.isEmpty()) {
                    return done();
                }
                step(ids);
                after = Optional.of(ids.getLast());
                var next = replaced(job, job.next(State.RUNNING, Value.of(progress()), clock.instant()));
                if (next.version() != job.version() + 1 || next.state().isFinished()) {
                    return next;
                }
                job = next;
            }
        }

        private Map<String, Value> progress() {
            var progress = receipt();
            after.ifPresent(id -> progress.put("after", Value.of(id.toString())));
            return progress;
        }

        private Map<String, Value> receipt() {
            var receipt = new LinkedHashMap<String, Value>();
            receipt.put("records", Value.of(seen));
            if (clashes > 0) {
                receipt.put("clashes", Value.of(clashes));
                receipt.put("duplicates", Value.of(duplicates));
            }
            return receipt;
        }

        private void step(List<RecordId> ids) {
            var keys =
                    ids.stream().map(id -> new RecordKey(schema.object(), id)).toList();
            var found = List.copyOf(records.get(keys).values());
            if (field.filterable().isKept()) {
                enter(found);
            }
            if (field.unique().isKept() && field.unique() != Upkeep.READY) {
                found.forEach(this::claim);
            }
            seen += found.size();
        }

        /** Index entries; once more for records that changed meanwhile, for the relay may have been before us. */
        private void enter(List<CrmRecord> found) {
            var old = entries(found);
            index.write(List.of(), old);
            for (var round = 0; round < TRIES && !old.isEmpty(); round++) {
                var now = entries(records.get(keys(old)).values());
                var stale = new HashSet<>(old);
                stale.removeAll(now);
                if (stale.isEmpty()) {
                    return;
                }
                var touched = keys(stale);
                now.removeIf(entry -> !touched.contains(key(entry)));
                index.write(stale, now);
                old = now;
            }
        }

        private Set<Entry> entries(Iterable<CrmRecord> some) {
            var entries = new HashSet<Entry>();
            for (var record : some) {
                if (record.isAlive()) {
                    fields.key(record, shown)
                            .ifPresent(value -> entries.add(new Entry(
                                    schema.object(), shown, value, record.key().id())));
                }
            }
            return entries;
        }

        private static Set<RecordKey> keys(Set<Entry> entries) {
            var keys = new HashSet<RecordKey>();
            entries.forEach(entry -> keys.add(key(entry)));
            return keys;
        }

        private static RecordKey key(Entry entry) {
            return new RecordKey(entry.object(), entry.id());
        }

        private void claim(CrmRecord found) {
            var record = Optional.of(found);
            for (var round = 0; round < TRIES && record.isPresent(); round++) {
                var held = record.get();
                var key = held.isAlive()
                        ? field.key(schema.object(), held.value(field.name()))
                        : Optional.<UniqueKey>empty();
                if (key.isEmpty()
                        || held.key()
                                .id()
                                .equals(records.find(key.stream().toList()).get(key.get()))) {
                    return;
                }
                switch (records.claim(held, Set.of(field.name()))) {
                    case SaveResult.Saved _ -> {
                        return;
                    }
                    case SaveResult.KeyTaken(var _, var holder) -> {
                        clash(held.key().id(), holder);
                        return;
                    }
                    case SaveResult.Stale _ -> record = records.get(held.key());
                }
            }
        }

        private void clash(RecordId id, RecordId holder) {
            clashes++;
            if (duplicates.size() < SHOWN) {
                duplicates.add(Value.of(Map.of(
                        "id", Value.of(id.toString()),
                        "existing_id", Value.of(holder.toString()))));
            }
        }

        /** The definition first: what the job says is then so. */
        private Job done() {
            for (var round = 0; round < TRIES; round++) {
                var held = definitions.get(schema.object()).orElse(null);
                var now = held == null
                        ? Optional.<CustomField>empty()
                        : held.schema().own(field.name());
                if (now.filter(it -> it.job().equals(Optional.of(job.id()))).isEmpty()) {
                    return finish(job, State.SUCCEEDED, Map.of("superseded", Value.TRUE));
                }
                var others = new ArrayList<CustomField>();
                held.schema().own().forEach(it -> others.add(it.name().equals(field.name()) ? caughtUp(it) : it));
                if (others.equals(held.schema().own()) || definitions.put(held.next(others))) {
                    return finish(job, clashes == 0 ? State.SUCCEEDED : State.FAILED, receipt());
                }
            }
            return job;
        }

        private CustomField caughtUp(CustomField it) {
            var indexed = it.filterable() == Upkeep.BUILDING ? it.withFilterable(Upkeep.READY) : it;
            return indexed.unique().isKept()
                    ? indexed.withUnique(clashes == 0 ? Upkeep.READY : Upkeep.FAILED)
                    : indexed;
        }
    }
}
