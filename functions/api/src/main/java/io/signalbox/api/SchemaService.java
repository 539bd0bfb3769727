/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.catalog.FieldJobs;
import io.signalbox.model.CustomField;
import io.signalbox.model.CustomField.Upkeep;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.FieldDef;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Schemas;
import io.signalbox.model.Value;
import io.signalbox.runtime.Problem.Detail;
import io.signalbox.store.Definition;
import io.signalbox.store.Definitions;
import io.signalbox.store.JobStore;
import io.signalbox.store.RecordStore;
import io.signalbox.store.SchemaCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What users define: read strongly consistent, changed on the version it was read at. A change is in force in this
 * process at once, and everywhere within a minute. What makes a field unique or filterable is a job besides.
 */
final class SchemaService {

    private static final int TRIES = 5;

    private final Definitions definitions;
    private final SchemaCache cache;
    private final RecordStore records;
    private final JobStore jobs;

    SchemaService(Definitions definitions, SchemaCache cache, RecordStore records, JobStore jobs) {
        this.definitions = requireNonNull(definitions, "definitions is null");
        this.cache = requireNonNull(cache, "cache is null");
        this.records = requireNonNull(records, "records is null");
        this.jobs = requireNonNull(jobs, "jobs is null");
    }

    List<Definition> all() {
        return definitions.all();
    }

    /** @param name of the object, or its part of the path */
    Definition get(String name) {
        return (CustomField.NAME.matcher(name).matches() ? find(name) : Optional.<Definition>empty())
                .orElseThrow(() -> Refusal.of(
                        ErrorCode.NOT_FOUND,
                        "There is no object of that name; GET /api/v4/schemas lists them, POST makes one."));
    }

    private Optional<Definition> find(String name) {
        var standard = Schemas.STANDARD.stream()
                .filter(schema -> schema.path().equals(name))
                .map(ObjectSchema::object)
                .findFirst();
        return definitions.get(standard.orElseGet(() -> new ObjectType(name)));
    }

    Definition create(Call call, Value.Obj body) {
        var made = SchemaInput.object(body);
        var jobs = new Started(call);
        // Ready at once, for there are no records; the job looks after what another process did not know of yet.
        var definition = new Definition(
                made.schema()
                        .withOwn(made.schema().own().stream()
                                .map(field -> needsJob(field) ? jobs.build(made.schema(), field) : field)
                                .toList()),
                made.label(),
                made.pluralLabel(),
                made.description(),
                1);
        var custom = all().stream().filter(held -> held.schema().isCustom()).toList();
        var taken = custom.stream()
                .filter(held -> held.object().equals(made.object()))
                .findFirst();
        if (taken.isEmpty() && custom.size() >= Definitions.MOST_OBJECTS) {
            throw Refusal.invalid(List.of(new Detail(
                    "/object", "TOO_MANY", "There are " + Definitions.MOST_OBJECTS + " objects already, the most.")));
        }
        if (taken.isPresent() && !taken.get().equals(definition) || taken.isEmpty() && !put(definition, jobs)) {
            throw Refusal.of(
                            ErrorCode.DUPLICATE_RECORD,
                            "There is an object of that name already; Location is where.",
                            new Detail("/object", "NOT_UNIQUE", "Must be unique."))
                    .with("Location", call.link(SchemaJson.path(made.schema())));
        }
        return definition;
    }

    private static boolean needsJob(CustomField field) {
        return field.unique().isKept() || field.filterable().isKept();
    }

    Definition relabel(Call call, Value.Obj body) {
        return change(call, (held, _) -> {
            if (!held.schema().isCustom()) {
                throw standard(held);
            }
            return SchemaInput.labels(held, body);
        });
    }

    private static Refusal standard(Definition held) {
        return Refusal.of(
                        ErrorCode.CONFLICT, "The object " + held.object() + " is standard; fields can be added to it.")
                .saying("retryable", Value.FALSE);
    }

    void delete(Call call) {
        var match = IfMatch.of(call.request());
        var held = get(call.variable("object"));
        if (!held.schema().isCustom()) {
            throw standard(held);
        }
        expect(match, held);
        if (hasRecords(held.object())) {
            throw inUse("There are records of it; delete them first.", "object");
        }
        if (!definitions.delete(held)) {
            throw changed();
        }
        cache.forget();
    }

    private boolean hasRecords(ObjectType object) {
        return !records.list(object, Optional.empty(), 1).isEmpty();
    }

    private static Refusal inUse(String message, String pointer) {
        return Refusal.of(ErrorCode.CONFLICT, message, new Detail(pointer, "IN_USE", message))
                .saying("retryable", Value.FALSE);
    }

    /** What was asked for of one field. */
    record Changed(Definition definition, String field) {}

    Changed addField(Call call, Value.Obj body) {
        var name = new String[1];
        var after = change(call, (held, jobs) -> {
            if (held.object().equals(ObjectType.RAW_EVENT)) {
                throw Refusal.of(ErrorCode.CONFLICT, "Raw events are kept as they came; they have no fields.")
                        .saying("retryable", Value.FALSE);
            }
            var field = SchemaInput.field(body, held.schema());
            name[0] = field.name();
            if (held.schema().own(field.name()).isPresent()) {
                throw Refusal.of(
                                ErrorCode.DUPLICATE_RECORD,
                                "There is a field of that name already; Location is where.",
                                new Detail("/name", "NOT_UNIQUE", "Must be unique."))
                        .with("Location", call.link(SchemaJson.path(held.schema()) + "/fields/" + field.name()));
            }
            var own = new ArrayList<>(held.schema().own());
            own.add(needsJob(field) ? jobs.build(held.schema(), field) : field);
            return checked(held.next(own));
        });
        return new Changed(after, name[0]);
    }

    Changed changeField(Call call, Value.Obj body) {
        var name = fieldName(call);
        var after = change(call, (held, jobs) -> {
            var schema = held.schema();
            var standard = schema.isCustom() ? Optional.<FieldDef>empty() : schema.field(name);
            var before = schema.own(name)
                    .or(() -> standard.map(def -> new CustomField(openEnded(def), SchemaInput.words(name))))
                    .orElseThrow(SchemaService::noField);
            var patched = SchemaInput.patch(before, body, standard.isPresent());
            var builds = patched.unique() == Upkeep.BUILDING && before.unique() != Upkeep.BUILDING
                    || patched.filterable() == Upkeep.BUILDING && before.filterable() != Upkeep.BUILDING;
            var drops = before.filterable().isKept() && !patched.filterable().isKept();
            var started = builds
                    ? jobs.build(schema, patched)
                    : drops ? patched.withJob(jobs.drop(schema, patched)) : patched;
            var own = new ArrayList<CustomField>();
            schema.own().forEach(field -> own.add(field.name().equals(name) ? started : field));
            if (schema.own(name).isEmpty()) {
                own.add(started);
            }
            return own.equals(schema.own()) ? held : checked(held.next(own));
        });
        return new Changed(after, name);
    }

    /** The usual values of a standard field are a proposal, not a rule. */
    private static FieldDef openEnded(FieldDef def) {
        return new FieldDef(def.name(), def.type(), def.description());
    }

    void deleteField(Call call) {
        var name = fieldName(call);
        change(call, (held, jobs) -> {
            var schema = held.schema();
            var field = schema.own(name).orElseThrow(SchemaService::noField);
            if (!schema.isCustom() && schema.field(name).isPresent()) {
                throw standard(held);
            }
            if (!field.deprecated()) {
                throw inUse("PATCH the field to deprecated first, so that clients hear of it.", "deprecated");
            }
            if (field.unique().isKept() && hasRecords(held.object())) {
                throw inUse("A unique field stays as long as there are records; leave it deprecated.", "unique");
            }
            if (field.filterable().isKept()) {
                jobs.drop(schema, field);
            }
            return held.next(schema.own().stream()
                    .filter(other -> !other.name().equals(name))
                    .toList());
        });
    }

    private static Definition checked(Definition next) {
        SchemaInput.check(next.schema());
        return next;
    }

    /** The field that a path names, as it is stored: {@code custom.tier} is {@code tier}. */
    static String fieldName(Call call) {
        var name = call.variable("field");
        return name.startsWith("custom.") ? name.substring("custom.".length()) : name;
    }

    static Refusal noField() {
        return Refusal.of(
                ErrorCode.NOT_FOUND,
                "The object has no field of that name; POST /api/v4/schemas/{object}/fields makes one.");
    }

    private interface Step {
        /** The next version; the same one when there is nothing to change. */
        Definition of(Definition held, Started jobs);
    }

    private Definition change(Call call, Step step) {
        var match = IfMatch.of(call.request());
        for (var round = 0; round < TRIES; round++) {
            var held = get(call.variable("object"));
            expect(match, held);
            var started = new Started(call);
            var next = step.of(held, started);
            if (next.version() == held.version() || put(next, started)) {
                return next;
            }
        }
        throw changed();
    }

    private static void expect(IfMatch match, Definition held) {
        if (!match.versions().isEmpty() && !match.versions().contains(held.version())) {
            throw Refusal.of(
                            ErrorCode.PRECONDITION_FAILED,
                            "The object has changed since this ETag; read it again and put the change into that.")
                    .with("ETag", EntityTags.of(held.version()));
        }
    }

    private static Refusal changed() {
        return Refusal.of(ErrorCode.CONFLICT, "Others kept changing the object; try again in a moment.")
                .with("Retry-After", "1")
                .with("X-Should-Retry", "true");
    }

    /** The jobs first: one whose definition was not written finds that it has nothing to do. */
    private boolean put(Definition definition, Started started) {
        started.all.forEach(jobs::create);
        var done = definitions.put(definition);
        cache.forget();
        return done;
    }

    /** Jobs of one call. */
    private static final class Started {
        private final Call call;
        private final List<JobStore.Job> all = new ArrayList<>();

        Started(Call call) {
            this.call = call;
        }

        private String id() {
            return "field-" + call.once().event(all.size());
        }

        CustomField build(ObjectSchema schema, CustomField field) {
            var id = id();
            all.add(FieldJobs.build(
                    id, call.client(), schema, field, call.once().at()));
            return field.withJob(id);
        }

        String drop(ObjectSchema schema, CustomField field) {
            var id = id();
            all.add(FieldJobs.drop(id, call.client(), schema, field, call.once().at()));
            return id;
        }
    }
}
