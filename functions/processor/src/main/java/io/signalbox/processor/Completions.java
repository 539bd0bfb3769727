/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.processor;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.Outcome;
import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.EventType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.outbound.Pushed;
import io.signalbox.outbound.PushedField;
import io.signalbox.outbound.Reaches;
import io.signalbox.queue.EventQueue.QueueUnavailable;
import io.signalbox.queue.FetchJob;
import io.signalbox.queue.FetchQueue;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import io.signalbox.vendors.client.Client;
import io.signalbox.vendors.client.ReadBack;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Events that say too little of their record: applied at once with what they say, their record marked, and the record's id
 * put on the fetch queue, where the connection has access to its vendor's API. A connection without costs nothing but one
 * read unit a minute, and that only while thin events come.
 */
final class Completions {

    private final Reaches reaches;
    private final Pushed pushed;
    private final FetchQueue queue;
    private final InstantSource clock;

    Completions(Reaches reaches, Pushed pushed, FetchQueue queue, InstantSource clock) {
        this.reaches = requireNonNull(reaches, "reaches is null");
        this.pushed = requireNonNull(pushed, "pushed is null");
        this.queue = requireNonNull(queue, "queue is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * The same events, those marked whose records will be read back, and those that only report what this system wrote to
     * the vendor turned into a state that is no engagement and fires nothing.
     *
     * @param settings by which the events were read
     */
    List<CanonicalEvent> mark(Vendor vendor, ConnectionSettings settings, List<CanonicalEvent> events) {
        var client = vendor.client();
        if (client.isEmpty()) {
            return events;
        }
        return events.stream()
                .map(event -> isEcho(vendor, client.get(), settings, event)
                        ? ReadBack.echo(event)
                        : mark(client.get(), event))
                .toList();
    }

    private CanonicalEvent mark(Client client, CanonicalEvent event) {
        return client.thin(event).isPresent() && reaches.isGranted(event.connection())
                ? ReadBack.pending(event)
                : event;
    }

    /**
     * Whether the event says no more than what was written. Only fields that were ever written to this vendor can be, so for
     * all other events this costs nothing.
     */
    private boolean isEcho(Vendor vendor, Client client, ConnectionSettings settings, CanonicalEvent event) {
        if (event.properties().isEmpty()
                || !EventType.verb(event.type()).equals(EventType.UPDATED)
                || !(event.subject() instanceof Subject.External(var external))) {
            return false;
        }
        var pushes = reaches.recent(event.connection()).pushes();
        if (pushes.isEmpty()) {
            return false;
        }
        var mapper = vendor.fields().mapper(settings);
        var empty = new LinkedHashMap<String, Value>();
        pushes.forEach(name -> empty.put(name, Value.NULL));
        if (!mapper.properties(event.object(), empty, event.vendor())
                .keySet()
                .containsAll(event.properties().keySet())) {
            return false;
        }
        var written = client.locate(event.object(), external.id())
                .map(remote -> pushed.values(event.connection(), remote))
                .orElse(Map.of());
        // As the vendor reports it: as texts, read by the same table.
        var said = new LinkedHashMap<String, Value>();
        written.forEach((name, value) -> said.put(name, Value.of(PushedField.text(value))));
        var known = mapper.properties(event.object(), said, event.vendor());
        return event.properties().entrySet().stream().allMatch(property -> {
            var held = known.get(property.getKey());
            return held != null && PushedField.text(held).equals(PushedField.text(property.getValue()));
        });
    }

    /** One job for records of one kind. */
    private record Kind(VendorId vendor, ConnectionId connection, ObjectType type, String object) {}

    /**
     * Asks for the records of marked events, each once. An event that came before asks again, for nobody knows whether its
     * first asking arrived; one of an erased person does not.
     */
    void ask(List<CanonicalEvent> events, List<Outcome> outcomes) throws QueueUnavailable {
        var kinds = new LinkedHashMap<Kind, Map<String, Long>>();
        for (var i = 0; i < events.size(); i++) {
            var event = events.get(i);
            if (Value.TRUE.equals(event.properties().get(ReadBack.PENDING)) && counts(outcomes.get(i))) {
                Vendors.find(event.vendor())
                        .flatMap(Vendor::client)
                        .flatMap(client -> client.thin(event))
                        .ifPresent(remote -> kinds.computeIfAbsent(
                                        new Kind(event.vendor(), event.connection(), event.object(), remote.object()),
                                        _ -> new TreeMap<>())
                                .merge(remote.id(), event.time().toEpochMilli(), Math::max));
            }
        }
        if (!kinds.isEmpty()) {
            queue.send(jobs(kinds));
        }
    }

    private static boolean counts(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied _, Outcome.Duplicate _ -> true;
            case Outcome.Ignored _, Outcome.Failed _ -> false;
        };
    }

    private List<FetchJob> jobs(Map<Kind, Map<String, Long>> kinds) {
        var now = clock.instant();
        var jobs = new ArrayList<FetchJob>();
        kinds.forEach((kind, asOf) -> {
            var most = Vendors.find(kind.vendor())
                    .flatMap(Vendor::client)
                    .map(Client::batchSize)
                    .orElse(1);
            var part = new LinkedHashMap<String, Long>();
            for (var id : asOf.entrySet()) {
                part.put(id.getKey(), id.getValue());
                if (part.size() == Math.max(most, 10)) {
                    jobs.add(job(kind, part, now));
                    part.clear();
                }
            }
            if (!part.isEmpty()) {
                jobs.add(job(kind, part, now));
            }
        });
        return jobs;
    }

    private static FetchJob job(Kind kind, Map<String, Long> asOf, Instant now) {
        var read = new FetchJob.Read(kind.type(), kind.object(), asOf);
        return FetchJob.of(kind.vendor(), kind.connection(), read, now);
    }
}
