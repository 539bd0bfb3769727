/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.fetcher;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.VendorId;
import io.signalbox.outbound.Reach;
import io.signalbox.queue.DeliveryCodec;
import io.signalbox.queue.EventQueue.QueueUnavailable;
import io.signalbox.queue.FetchJob;
import io.signalbox.vendors.Vendor.Unreadable;
import io.signalbox.vendors.client.ApiResponse;
import io.signalbox.vendors.client.Client;
import io.signalbox.vendors.client.ReadBack;
import io.signalbox.vendors.client.RemoteRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * The jobs of one connection: the same id asked for twice is read once, as many in a call as the vendor takes. What cannot be
 * done now is put back on the queue with the time to try; what nobody can do any more is buried with its reason.
 */
final class Batch {

    /** An id that the vendor does not show may be so new that it will; after so many times it is taken for gone. */
    private static final int LOOKS = 3;

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    private static final Duration FORBIDDEN = Duration.ofHours(6);
    private static final Duration BROKEN = Duration.ofMinutes(15);

    /** Whatever is wrong, after so long it is given up: what was read then would be of another time. */
    private static final Duration GIVE_UP = Duration.ofDays(3);

    private final VendorId vendor;
    private final ConnectionId connection;
    private final Client client;
    private final Reach reach;
    private final Caller caller;
    private final Surroundings around;
    private final BooleanSupplier hasTime;
    private final Tally tally;

    private final List<FetchJob> later = new ArrayList<>();

    Batch(
            VendorId vendor,
            ConnectionId connection,
            Client client,
            Reach reach,
            Caller caller,
            Surroundings around,
            BooleanSupplier hasTime,
            Tally tally) {
        this.vendor = requireNonNull(vendor, "vendor is null");
        this.connection = requireNonNull(connection, "connection is null");
        this.client = requireNonNull(client, "client is null");
        this.reach = requireNonNull(reach, "reach is null");
        this.caller = requireNonNull(caller, "caller is null");
        this.around = requireNonNull(around, "around is null");
        this.hasTime = requireNonNull(hasTime, "hasTime is null");
        this.tally = requireNonNull(tally, "tally is null");
    }

    /** What is to be tried again, and when; everything else is done. */
    List<FetchJob> run(List<FetchJob> jobs) throws QueueUnavailable {
        var chunks = new ArrayDeque<>(chunks(jobs));
        var until = new Watches(connection, client, caller, around, later).run(jobs);
        var writes = new Writes(connection, client, caller, around, tally, later);
        var blocked = writes.run(jobs, hasTime, until);
        if (blocked != null) {
            chunks.forEach(left -> postpone(left, 0, blocked));
            chunks.clear();
        }
        while (!chunks.isEmpty()) {
            var chunk = chunks.removeFirst();
            if (!hasTime.getAsBoolean()) {
                postpone(chunk, 0, now());
                chunks.forEach(left -> postpone(left, 0, now()));
                break;
            }
            var stop = read(chunk, chunks);
            if (stop != null) {
                chunks.forEach(left -> postpone(left, 0, stop));
                break;
            }
        }
        caller.finish();
        return later;
    }

    private List<Chunk> chunks(List<FetchJob> jobs) {
        var groups = new LinkedHashMap<String, Chunk>();
        for (var job : jobs) {
            if (job.task() instanceof FetchJob.Read(var type, var object, var asOf)) {
                var group = groups.computeIfAbsent(
                        type.name() + " " + object, _ -> new Chunk(type, object, new LinkedHashMap<>()));
                asOf.forEach((id, millis) ->
                        group.wants().merge(id, new Chunk.Want(millis, job.attempt(), job.since()), Chunk.Want::or));
            }
        }
        return groups.values().stream()
                .flatMap(group -> group.split(client.batchSize()).stream())
                .toList();
    }

    /** Reads one chunk; returns when to go on with the others, if that is not now. */
    private Instant read(Chunk chunk, Deque<Chunk> chunks) throws QueueUnavailable {
        var ids = List.copyOf(chunk.wants().keySet());
        var fields =
                reach.granted().map(granted -> Set.copyOf(granted.fields())).orElse(Set.of());
        var result = caller.call(account -> client.read(account, chunk.object(), ids, fields), chunk.attempt());
        return switch (result) {
            case Result.Answered(var response) -> take(chunk, response, chunks);
            case Result.Absent _ -> absent(chunk, chunks);
            case Result.Refused(var status) -> {
                if (ids.size() > 1) {
                    halve(chunk, chunks);
                } else {
                    bury(chunk, "the vendor refuses to be asked this", "status " + status);
                }
                yield null;
            }
            case Result.Wait(var until, var why) -> {
                tally.add(Tally.Count.POSTPONED, ids.size());
                around.note("waits", connection, why);
                postpone(chunk, 1, until);
                yield until;
            }
            case Result.Broken(var attention) -> {
                around.note("needs its owner", connection, attention.message());
                var until = now().plus(BROKEN);
                postpone(chunk, 1, until);
                yield until;
            }
            case Result.Forbidden(var attention) -> {
                around.note("needs its owner", connection, attention.message());
                postpone(chunk, 1, now().plus(FORBIDDEN));
                yield null;
            }
        };
    }

    private static void halve(Chunk chunk, Deque<Chunk> chunks) {
        chunk.split((chunk.wants().size() + 1) / 2).reversed().forEach(chunks::addFirst);
    }

    private Instant take(Chunk chunk, ApiResponse response, Deque<Chunk> chunks) throws QueueUnavailable {
        List<RemoteRecord> records;
        try {
            records = client.records(chunk.object(), response.json());
        } catch (Unreadable e) {
            around.note("answers what cannot be read", connection, e.getMessage());
            var wait = caller.trouble(e.getMessage(), chunk.attempt());
            postpone(chunk, 1, wait.until());
            return wait.until();
        }
        var found = records.stream().map(RemoteRecord::id).collect(Collectors.toSet());
        var settled = new TreeSet<String>();
        var again = new TreeSet<String>();
        chunk.wants().forEach((id, want) -> {
            var isSettled = found.contains(id) || want.attempt() + 1 >= LOOKS;
            (isSettled ? settled : again).add(id);
        });
        if (!settled.isEmpty() && !deliver(chunk.only(settled), response, chunks)) {
            return null;
        }
        if (!again.isEmpty()) {
            postpone(chunk.only(again), 1, now().plus(LOOK_AGAIN));
        }
        tally.add(Tally.Count.READ, found.size());
        return null;
    }

    /** False when the answer is too large for the queue and is asked for in two. */
    private boolean deliver(Chunk chunk, ApiResponse response, Deque<Chunk> chunks) throws QueueUnavailable {
        var delivery = ReadBack.delivery(
                vendor,
                connection,
                chunk.type(),
                chunk.object(),
                chunk.asOf(),
                response.jsonOrNull(),
                now(),
                around.correlationId());
        if (!DeliveryCodec.fits(delivery)) {
            if (chunk.wants().size() > 1) {
                halve(chunk, chunks);
            } else {
                bury(chunk, "the record is larger than a message may be", "");
            }
            return false;
        }
        around.events().send(delivery);
        return true;
    }

    /** Nobody knows any of these: settled, if it is one; of several, each is asked for by itself. */
    private Instant absent(Chunk chunk, Deque<Chunk> chunks) throws QueueUnavailable {
        if (chunk.wants().size() > 1) {
            halve(chunk, chunks);
            return null;
        }
        var want = chunk.wants().values().iterator().next();
        if (want.attempt() + 1 < LOOKS) {
            postpone(chunk, 1, now().plus(LOOK_AGAIN));
            return null;
        }
        bury(chunk, "the vendor does not know this record", "");
        return null;
    }

    private void postpone(Chunk chunk, int tried, Instant until) {
        var byAge = new LinkedHashMap<List<Object>, Chunk>();
        chunk.wants()
                .forEach((id, want) -> byAge.computeIfAbsent(
                                List.of(want.attempt(), want.since()),
                                _ -> new Chunk(chunk.type(), chunk.object(), new LinkedHashMap<>()))
                        .wants()
                        .put(id, want));
        for (var part : byAge.values()) {
            var want = part.wants().values().iterator().next();
            var read = new FetchJob.Read(part.type(), part.object(), part.asOf());
            var job = new FetchJob(vendor, connection, read, want.attempt() + tried, want.since(), until);
            later.add(job);
        }
    }

    private void bury(Chunk chunk, String reason, String detail) throws QueueUnavailable {
        var read = new FetchJob.Read(chunk.type(), chunk.object(), chunk.asOf());
        around.bury(FetchJob.of(vendor, connection, read, now()), reason, detail);
        tally.add(Tally.Count.DEAD_LETTERS, 1);
    }

    static boolean isTooOld(FetchJob job, Instant now) {
        return job.since().plus(GIVE_UP).isBefore(now);
    }

    private Instant now() {
        return around.clock().instant();
    }
}
