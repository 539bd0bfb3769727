/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.Edit.Target;
import io.signalbox.core.Edit.Verb;
import io.signalbox.core.Edited;
import io.signalbox.core.Erasure;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Value;
import io.signalbox.store.JobStore;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is done with persons alone: their consents, and erasing them for good. */
final class PersonOperations implements Family {

    /** How long a call works on an erasure before it leaves the rest to the clock. */
    private static final int PATIENCE_MILLIS = 5_000;

    private final ObjectSchema names;
    private final Kind.Of kinds;
    private final RecordService records;
    private final JobStore jobs;
    private final Erasure erasure;
    private final InstantSource clock;

    PersonOperations(
            ObjectSchema names,
            Kind.Of kinds,
            RecordService records,
            JobStore jobs,
            Erasure erasure,
            InstantSource clock) {
        this.names = requireNonNull(names, "names is null");
        this.kinds = requireNonNull(kinds, "kinds is null");
        this.records = requireNonNull(records, "records is null");
        this.jobs = requireNonNull(jobs, "jobs is null");
        this.erasure = requireNonNull(erasure, "erasure is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of(
                "erase" + names.one(), this::erase,
                "get" + names.one() + "Consents", this::consents,
                "set" + names.one() + "Consents", this::setConsents);
    }

    /** 202 with the job, which has mostly been done by then. */
    private Response erase(Call call) {
        call.query();
        var kind = kinds.of(call);
        var record = record(call, kind);
        if (record.mergedInto().isPresent()) {
            throw Outcomes.refusal(
                    call, kind, new Edited.Moved(record.mergedInto().get()));
        }
        var job = Erasure.job(
                "erase-" + call.once().event(0),
                call.client(),
                record.key(),
                call.once().at());
        jobs.create(job);
        var held = jobs.get(job.id()).orElse(job);
        var end = clock.millis() + PATIENCE_MILLIS;
        var done = held.state().isFinished() ? held : erasure.run(held, () -> clock.millis() < end);
        return Response.json(202, JobOperations.json(call, done)).with("Location", JobOperations.link(call, done));
    }

    private CrmRecord record(Call call, Kind kind) {
        return RecordId.parse(call.variable("id"))
                .flatMap(id -> records.get(kind.object(), id))
                .orElseThrow(() -> Outcomes.missing(kind, "id"));
    }

    private Response consents(Call call) {
        call.query();
        var kind = kinds.of(call);
        var record = record(call, kind);
        if (record.mergedInto().isPresent()) {
            throw Outcomes.refusal(
                    call, kind, new Edited.Moved(record.mergedInto().get()));
        }
        if (!record.isAlive()) {
            throw Outcomes.gone(kind, record);
        }
        return shown(record);
    }

    private Response setConsents(Call call) {
        call.query();
        var kind = kinds.of(call);
        var match = IfMatch.of(call.request());
        var said = Consents.read(Bodies.object(call.request()));
        var record = record(call, kind);
        var properties = new LinkedHashMap<String, Value>();
        Consents.of(record).keySet().forEach(name -> properties.put(name, Value.NULL));
        properties.putAll(said);
        var target = new Target.Id(new RecordKey(kind.object(), record.key().id()));
        var outcome = records.edit(RecordService.edit(call, 0, target, Verb.SET, properties, match));
        if (!(outcome instanceof Edited.Done done)) {
            throw Outcomes.refusal(call, kind, outcome);
        }
        return shown(done.record());
    }

    private static Response shown(CrmRecord record) {
        return Response.json(200, Consents.json(record))
                .with("ETag", EntityTags.of(record.version()))
                .with("Cache-Control", "private, no-cache");
    }
}
