/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.EventId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.SegmentId;
import io.signalbox.model.Value;
import io.signalbox.store.JobStore;
import io.signalbox.store.JobStore.Job;
import io.signalbox.store.JobStore.State;
import io.signalbox.store.LinkStore;
import io.signalbox.store.RecordStore;
import io.signalbox.store.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Erasing a person, as a job: the record, its keys and all its history by an edit, which is done first and at once; then
 * its links, and what a crash may have left of it in the journal. Index entries follow by the stream. What is left is a
 * stone without a word of the person, so that what vendors send late makes no new record, and the job's receipt.
 *
 * <p>A process that stops between writing a segment and saving the record leaves events that no record points at. The
 * event is sent again and stands in a later segment, so what was left lies within the {@link #WINDOW} before one of the
 * record's own segments; those spans of the journal are read through. Cost: half a read unit for each four kilobytes of
 * journal in an hour before each of the record's segments.
 */
public final class Erasure {

    public static final String KIND = "erase";

    /** How long before a segment the same events may have been written in vain: all a queue's tries, and more. */
    static final Duration WINDOW = Duration.ofHours(1);

    private static final Duration AFTER = Duration.ofMinutes(1);

    private final Pipeline pipeline;
    private final RecordStore records;
    private final LinkStore links;
    private final JobStore jobs;
    private final Clock clock;

    public Erasure(Pipeline pipeline, RecordStore records, LinkStore links, JobStore jobs, Clock clock) {
        this.pipeline = requireNonNull(pipeline, "pipeline is null");
        this.records = requireNonNull(records, "records is null");
        this.links = requireNonNull(links, "links is null");
        this.jobs = requireNonNull(jobs, "jobs is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** A job that erases a record. */
    public static Job job(String id, String client, RecordKey record, Instant now) {
        var input = Map.<String, Value>of(
                "object", Value.of(record.object().name()),
                "id", Value.of(record.id().toString()));
        return Job.queued(id, KIND, client, Value.of(input), now);
    }

    /**
     * Works on unfinished jobs.
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
        var record = erased(job);
        if (record.isEmpty()) {
            return finish(job, State.FAILED, Map.of("reason", Value.of("there is no such record")));
        }
        var chain = chain(record.get());
        var keys = new HashSet<>(chain.keys());
        keys.add(record.get().key());
        var progress = job.outcome().at("scanned_until").asText();
        var removed = new Removed(job);
        if (progress == null) {
            keys.forEach(links::erase);
        }
        var current = job;
        for (var span : spans(chain.segments())) {
            if (progress != null && span.to().compareTo(Instant.parse(progress)) <= 0) {
                continue;
            }
            if (!mayGoOn.getAsBoolean()) {
                return current;
            }
            removed.orphans += scrub(span, keys, chain.segments());
            var next = current.next(State.RUNNING, removed.progress(span.to()), clock.instant());
            if (!jobs.replace(next)) {
                return jobs.get(job.id()).orElse(current);
            }
            current = next;
        }
        return finish(current, State.SUCCEEDED, receipt(record.get(), chain, removed));
    }

    private Job finish(Job job, State state, Map<String, Value> outcome) {
        var next = job.next(state, Value.of(outcome), clock.instant());
        return jobs.replace(next) ? next : jobs.get(job.id()).orElse(next);
    }

    /** The stone that is left of the record. */
    private Optional<CrmRecord> erased(Job job) {
        var key = RecordId.parse(job.input().at("id").asText())
                .map(id -> new RecordKey(new ObjectType(job.input().at("object").asText()), id))
                .orElseThrow(() -> new IllegalArgumentException("the job names no record"));
        var id = EventId.of("api", KIND, job.id());
        var edit = new Edit(
                new Edit.Target.Id(key),
                Edit.Verb.ERASE,
                id,
                job.createdAt(),
                KIND,
                Map.of(),
                Map.of("client", Value.of(job.client())),
                Set.of(),
                new SplittableRandom(id.tag()));
        return pipeline.edit(edit) instanceof Edited.Done done ? Optional.of(done.record()) : Optional.empty();
    }

    /** The segments of the record's history, and the records it is the history of. */
    private record Chain(Set<SegmentId> segments, Set<RecordKey> keys) {}

    private Chain chain(CrmRecord record) {
        var journal = new Journal(records);
        var segments = new TreeSet<SegmentId>();
        var keys = new TreeSet<RecordKey>();
        var walk = Journal.start(record);
        for (var step = journal.next(walk); step.isPresent(); step = journal.next(walk)) {
            segments.add(step.get().position().segment());
            keys.add(step.get().position().record());
        }
        return new Chain(segments, keys);
    }

    private record Span(Instant from, Instant to) {}

    /** The times before and around the segments, oldest first, those that overlap joined. */
    private static List<Span> spans(Set<SegmentId> segments) {
        var spans = new ArrayList<Span>();
        for (var segment : segments) {
            var span = new Span(segment.time().minus(WINDOW), segment.time().plus(AFTER));
            if (!spans.isEmpty() && !span.from().isAfter(spans.getLast().to())) {
                spans.add(new Span(spans.removeLast().from(), span.to()));
            } else {
                spans.add(span);
            }
        }
        return spans;
    }

    /** Takes these records' events out of segments that are not in their history; returns how many events. */
    private int scrub(Span span, Set<RecordKey> keys, Set<SegmentId> known) {
        var found = new ArrayList<SegmentId>();
        var events = new int[1];
        records.forEachSegment(span.from(), span.to(), segment -> {
            if (!known.contains(segment.id())) {
                var own = segment.events().stream()
                        .filter(entry -> keys.contains(entry.record()))
                        .count();
                if (own > 0) {
                    events[0] += Math.toIntExact(own);
                    found.add(segment.id());
                }
            }
        });
        found.forEach(id -> records.scrub(id, keys));
        return events[0];
    }

    /** How much was found, over all the times the job was taken up. */
    private static final class Removed {
        private int orphans;

        Removed(Job job) {
            var before = job.outcome().at("orphaned_events").asText();
            orphans = before == null ? 0 : Integer.parseInt(before);
        }

        Value progress(Instant until) {
            return Value.of(Map.of("scanned_until", Value.of(until.toString()), "orphaned_events", Value.of(orphans)));
        }
    }

    private Map<String, Value> receipt(CrmRecord record, Chain chain, Removed removed) {
        var receipt = new LinkedHashMap<String, Value>();
        receipt.put("erased_at", Value.of(record.life().stamp().time().toString()));
        receipt.put("finished_at", Value.of(clock.instant().toString()));
        receipt.put(
                "records",
                Value.of(chain.keys().stream()
                        .map(key -> Value.of(key.toString()))
                        .collect(Collectors.toList())));
        receipt.put("journal_segments", Value.of(chain.segments().size()));
        receipt.put("orphaned_events", Value.of(removed.orphans));
        receipt.put("unique_keys", Value.of("freed"));
        receipt.put("links", Value.of("removed"));
        receipt.put("kept", Value.of("ids at vendors, so that what they send late is dropped"));
        return receipt;
    }
}
