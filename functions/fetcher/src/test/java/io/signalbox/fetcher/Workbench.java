/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.fetcher;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Revision;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.outbound.ChannelEnds;
import io.signalbox.outbound.Grant;
import io.signalbox.outbound.Grants;
import io.signalbox.outbound.JdkVendorHttp;
import io.signalbox.outbound.Pushed;
import io.signalbox.outbound.Reach;
import io.signalbox.outbound.Reach.Granted;
import io.signalbox.outbound.Reaches;
import io.signalbox.outbound.TokenSource;
import io.signalbox.parameters.ConnectionParameters;
import io.signalbox.parameters.MemoryParameters;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.queue.FetchCodec;
import io.signalbox.queue.FetchJob;
import io.signalbox.queue.MemoryEventQueue;
import io.signalbox.queue.MemoryFetchQueue;
import io.signalbox.runtime.Log;
import io.signalbox.store.MemoryStateStore;
import io.signalbox.testkit.SettableClock;
import io.signalbox.testkit.fakes.FakeApi;
import io.signalbox.testkit.fakes.FakeHubSpot;
import io.signalbox.testkit.fakes.FakeTokens;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import io.signalbox.vendors.client.App;
import io.signalbox.vendors.client.App.Flow;
import io.signalbox.vendors.client.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** A fetcher between queues in memory and a HubSpot of our own, and a clock that moves by hand. */
final class Workbench implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final ConnectionId CONNECTION = new ConnectionId("shop");
    static final VendorId HUBSPOT = new VendorId("hubspot");

    final SettableClock clock = new SettableClock(NOW);
    final FakeApi api = new FakeApi();
    final FakeHubSpot hubspot = new FakeHubSpot(api);
    final MemoryParameters parameters = new MemoryParameters();
    final MemoryStateStore states = new MemoryStateStore(clock);
    final MemoryFetchQueue jobs = new MemoryFetchQueue();
    final MemoryEventQueue events = new MemoryEventQueue();
    final Pushed pushed = new Pushed(states, clock);
    final ChannelEnds channels = new ChannelEnds(states);
    final Reaches reaches = new Reaches(states, clock);
    final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    final Log log = new Log("fetcher", clock, new PrintStream(printed, true, StandardCharsets.UTF_8));
    private final Fetches fetches = fetcher();

    /** Another process of the same function. */
    Fetches fetcher() {
        var http = new JdkVendorHttp(Optional.of(api.url()), Duration.ofMillis(1_500));
        var grants = new Grants(parameters, clock);
        return new Fetches(new Surroundings(
                jobs,
                events,
                new TokenSource(grants, states, http, clock),
                reaches,
                pushed,
                channels,
                new ConnectionParameters(parameters, clock),
                http,
                clock,
                new Random(7),
                log));
    }

    /** Gives the connection access by tokens that count for half an hour. */
    Workbench granted() throws ParametersUnavailable {
        var refresh = hubspot.tokens.grant();
        var app = new App(Flow.AUTHORIZATION_CODE, FakeTokens.CLIENT, FakeTokens.SECRET, List.of(), Map.of());
        var tokens = new Tokens(
                hubspot.tokens.access(),
                Optional.of(refresh),
                clock.instant().plus(Duration.ofMinutes(30)),
                URI.create("https://api.hubapi.com"),
                List.of());
        new Grants(parameters, clock).save(CONNECTION, new Grant(app, Optional.of(tokens), 1, Optional.empty()));
        reaches.update(CONNECTION, reach -> reach.withGrant(granted(0)));
        return this;
    }

    static Granted granted(long dailyLimit) {
        return new Granted(Flow.AUTHORIZATION_CODE, NOW, List.of(), List.of("favourite_tea"), dailyLimit);
    }

    void contact(String id, String email) {
        hubspot.put("contacts", id, NOW.minusSeconds(5), Map.of("email", email, "favourite_tea", "oolong"));
    }

    static FetchJob read(String... ids) {
        var asOf = new LinkedHashMap<String, Long>();
        for (var id : ids) {
            asOf.put(id, NOW.toEpochMilli() - 10_000);
        }
        return FetchJob.of(HUBSPOT, CONNECTION, new FetchJob.Read(ObjectType.CONTACT, "contacts", asOf), NOW);
    }

    static FetchJob write(String id, Map<String, Value> fields) {
        var write = new FetchJob.Write(ObjectType.CONTACT, "contacts", id, fields);
        return FetchJob.of(HUBSPOT, CONNECTION, write, NOW);
    }

    /** The score that follows from a version of our record, and is that version's number. */
    static FetchJob write(String id, int version) {
        var record = new RecordKey(ObjectType.CONTACT, new RecordId(77));
        var fields = Map.of("score", Value.of(version));
        var write = new FetchJob.Write(
                ObjectType.CONTACT, "contacts", id, fields, Optional.of(new Revision(record, version)));
        return FetchJob.of(HUBSPOT, CONNECTION, write, NOW);
    }

    void handle(FetchJob... given) {
        handle(fetches, () -> true, List.of(given));
    }

    /** Hands the jobs to a fetcher; returns the messages that are not done. */
    List<FetchJob> handle(Fetches by, BooleanSupplier hasTime, List<FetchJob> given) {
        var messages = new ArrayList<SQSMessage>();
        for (var job : given) {
            var message = new SQSMessage();
            message.setMessageId("m" + messages.size());
            message.setBody(FetchCodec.encode(job));
            messages.add(message);
        }
        var done = by.handle(messages, hasTime, new Tally());
        var left = new ArrayList<FetchJob>();
        for (var i = 0; i < given.size(); i++) {
            if (!done.contains("m" + i)) {
                left.add(given.get(i));
            }
        }
        return left;
    }

    /** Moves the clock to the time of the next job and hands over all that are due, until there are none. */
    int settle(int mostRounds) {
        for (var round = 0; round < mostRounds; round++) {
            var waiting = jobs.take();
            if (waiting.isEmpty()) {
                return round;
            }
            var next = waiting.stream()
                    .map(FetchJob::notBefore)
                    .min(Instant::compareTo)
                    .orElseThrow();
            clock.set(next.isAfter(clock.instant()) ? next : clock.instant());
            handle(waiting.toArray(FetchJob[]::new));
        }
        throw new AssertionError("the fetch queue never empties: " + jobs.take());
    }

    /** The events that everything read back so far becomes. */
    List<CanonicalEvent> became() throws Vendor.Unreadable {
        var all = new ArrayList<CanonicalEvent>();
        for (var delivery : events.deliveries()) {
            all.addAll(Vendors.find(delivery.vendor()).orElseThrow().events(delivery, ConnectionSettings.NONE));
        }
        return all;
    }

    List<String> ids(String type) throws Vendor.Unreadable {
        return became().stream()
                .filter(event -> event.type().equals(type))
                .map(event -> ((Subject.External) event.subject()).id().id())
                .toList();
    }

    Reach reach() {
        return reaches.get(CONNECTION);
    }

    long reads() {
        return api.calls().stream()
                .filter(call -> call.path().endsWith("/batch/read"))
                .count();
    }

    long refreshes() {
        return api.calls().stream()
                .filter(call -> call.path().endsWith("/token"))
                .count();
    }

    @Override
    public void close() {
        api.close();
    }
}
