/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.fetcher;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.signalbox.model.ConnectionId;
import io.signalbox.outbound.Attention;
import io.signalbox.outbound.Breaker;
import io.signalbox.outbound.Reach;
import io.signalbox.queue.DeliveryCodec.Undecodable;
import io.signalbox.queue.EventQueue.QueueUnavailable;
import io.signalbox.queue.FetchCodec;
import io.signalbox.queue.FetchJob;
import io.signalbox.runtime.Log;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Messages of the fetch queue, by connection. A message is done when its job is, or when what is left of it is on the queue
 * again; so waiting costs nobody a receive, and the dead-letter queue gets only what was given up.
 */
final class Fetches {

    private static final Duration UNTIL_OWNER = Duration.ofMinutes(15);
    private static final Duration PROBE_LOST = Duration.ofSeconds(5);

    private final Surroundings around;

    Fetches(Surroundings around) {
        this.around = requireNonNull(around, "around is null");
    }

    private record Held(SQSMessage message, FetchJob job) {}

    /** Handles the messages; returns the ids of those that are done. */
    Set<String> handle(List<SQSMessage> messages, BooleanSupplier hasTime, Tally tally) {
        var done = new HashSet<String>();
        var byConnection = new LinkedHashMap<ConnectionId, List<Held>>();
        for (var message : messages) {
            try {
                var job = FetchCodec.decode(message.getBody());
                byConnection
                        .computeIfAbsent(job.connection(), _ -> new ArrayList<>())
                        .add(new Held(message, job));
            } catch (Undecodable e) {
                bury(message, "the message is not a job", e.getMessage(), tally, done);
            }
        }
        byConnection.forEach((connection, held) -> {
            try {
                var jobs = held.stream().map(Held::job).toList();
                around.jobs().send(work(connection, jobs, hasTime, tally));
                held.forEach(each -> done.add(each.message().getMessageId()));
            } catch (QueueUnavailable | RuntimeException e) {
                around.log()
                        .error(
                                "cannot handle a connection's jobs",
                                Log.line()
                                        .with("connection", connection.value())
                                        .with(e));
            }
        });
        return done;
    }

    private void bury(SQSMessage message, String reason, String detail, Tally tally, Set<String> done) {
        try {
            around.jobs().bury(message.getBody(), reason, detail);
            done.add(message.getMessageId());
            tally.add(Tally.Count.DEAD_LETTERS, 1);
        } catch (QueueUnavailable e) {
            around.log()
                    .error("cannot move to the dead-letter queue", Log.line().with(e));
        }
    }

    /** Does what can be done now; returns what is to be tried again, and when. */
    private List<FetchJob> work(ConnectionId connection, List<FetchJob> jobs, BooleanSupplier hasTime, Tally tally)
            throws QueueUnavailable {
        var now = around.clock().instant();
        tally.add(Tally.Count.JOBS, jobs.size());
        var vendor = jobs.getFirst().vendor();
        var client = Vendors.find(vendor).flatMap(Vendor::client);
        var reach = around.reaches().get(connection);
        if (client.isEmpty() || reach.granted().isEmpty()) {
            tally.add(Tally.Count.DROPPED, jobs.size());
            around.note("has no access to its vendor any more", connection, jobs.size() + " jobs dropped");
            return List.of();
        }
        var later = new ArrayList<FetchJob>();
        var ready = new ArrayList<FetchJob>();
        for (var job : jobs) {
            if (Batch.isTooOld(job, now)) {
                around.bury(job, "given up after three days", attention(reach));
                tally.add(Tally.Count.DEAD_LETTERS, 1);
            } else {
                (job.notBefore().isAfter(now) ? later : ready).add(job);
            }
        }
        var wait = ready.isEmpty() ? null : waitUntil(connection, reach, now);
        if (wait != null) {
            tally.add(Tally.Count.POSTPONED, ready.size());
            ready.forEach(job -> later.add(job.later(job.attempt(), wait)));
            ready.clear();
        }
        if (!ready.isEmpty()) {
            var caller = new Caller(
                    connection,
                    client.get(),
                    around.tokens(),
                    around.reaches(),
                    around.http(),
                    around.clock(),
                    around.random());
            var batch = new Batch(vendor, connection, client.get(), reach, caller, around, hasTime, tally);
            later.addAll(batch.run(ready));
        }
        return later;
    }

    /** When to come again; null for now. Whoever finds the breaker ready for a probe takes it, and is the only one. */
    private Instant waitUntil(ConnectionId connection, Reach reach, Instant now) {
        var blocked = reach.attention().filter(what -> what.code().blocks()).isPresent();
        if (blocked) {
            return now.plus(UNTIL_OWNER);
        }
        var until = reach.waitUntil(now);
        if (until != null) {
            return until.plusMillis(around.random().nextLong(2_000));
        }
        if (reach.breaker() instanceof Breaker.Closed
                || around.reaches().compareAndSet(connection, reach, reach.trying(now))) {
            return null;
        }
        return now.plus(PROBE_LOST);
    }

    private static String attention(Reach reach) {
        return reach.attention().map(Attention::message).orElse("");
    }
}
