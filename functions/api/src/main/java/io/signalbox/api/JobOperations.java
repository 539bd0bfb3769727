/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.Value;
import io.signalbox.store.JobStore;
import io.signalbox.store.JobStore.Job;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Jobs: work that outlasts the call that asked for it. Each client sees its own. */
final class JobOperations implements Family {

    private final JobStore jobs;

    JobOperations(JobStore jobs) {
        this.jobs = requireNonNull(jobs, "jobs is null");
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of("getJob", this::get);
    }

    private Response get(Call call) {
        call.query();
        var job = jobs.get(call.variable("job_id"))
                .filter(held -> held.client().equals(call.client()))
                .orElseThrow(() -> Refusal.of(ErrorCode.NOT_FOUND, "You have no job with this id."));
        var response = Response.json(200, json(call, job));
        return job.state().isFinished() ? response : response.with("Retry-After", "15");
    }

    static String link(Call call, Job job) {
        return call.link("/api/v4/jobs/" + job.id());
    }

    static Value json(Call call, Job job) {
        var json = new LinkedHashMap<String, Value>();
        json.put("id", Value.of(job.id()));
        json.put("kind", Value.of(job.kind()));
        json.put("state", Value.of(job.state().name().toLowerCase(Locale.ROOT)));
        json.put("created_at", Value.of(job.createdAt().toString()));
        json.put("updated_at", Value.of(job.updatedAt().toString()));
        json.put("input", job.input());
        json.put("outcome", job.outcome());
        json.put("_links", Value.of(Map.of("self", RecordJson.link(link(call, job)))));
        return Value.of(json);
    }
}
