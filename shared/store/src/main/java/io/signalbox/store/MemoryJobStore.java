/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs in memory: the whole contract. Thread-safe. */
public final class MemoryJobStore implements JobStore {

    private final InstantSource clock;
    private final Map<String, Job> jobs = new HashMap<>();

    public MemoryJobStore(InstantSource clock) {
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public synchronized boolean create(Job job) {
        var held = get(job.id());
        if (held.isPresent()) {
            return held.get().equals(job);
        }
        jobs.put(job.id(), job);
        return true;
    }

    @Override
    public synchronized boolean replace(Job next) {
        var held = get(next.id());
        if (held.filter(next::equals).isPresent()) {
            return true;
        }
        if (held.isEmpty()
                || held.get().version() != next.version() - 1
                || held.get().state().isFinished()) {
            return false;
        }
        jobs.put(next.id(), next);
        return true;
    }

    @Override
    public synchronized Optional<Job> get(String id) {
        return Optional.ofNullable(jobs.get(id)).filter(job -> !isExpired(job));
    }

    private boolean isExpired(Job job) {
        return job.state().isFinished()
                && !clock.instant().isBefore(job.updatedAt().plus(KEPT));
    }

    @Override
    public synchronized List<Job> open(int limit) {
        return jobs.values().stream()
                .filter(job -> !job.state().isFinished())
                .sorted(Comparator.comparing(Job::createdAt).thenComparing(Job::id))
                .limit(limit)
                .toList();
    }
}
