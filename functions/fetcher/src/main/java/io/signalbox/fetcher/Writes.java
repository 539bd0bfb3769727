/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.fetcher;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.outbound.PushedField;
import io.signalbox.queue.EventQueue.QueueUnavailable;
import io.signalbox.queue.FetchJob;
import io.signalbox.vendors.client.Client;
import io.signalbox.vendors.client.Remote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Fields to set at the vendor, one call a record. What was written last is remembered: the same values again cost no call,
 * one that follows from an earlier version of our record is dropped, and when the vendor reports the change, it is known
 * for our own. A job that was cut off is done again, for a value counts as written once the vendor has said so.
 */
final class Writes {

    private static final Duration BROKEN = Duration.ofMinutes(15);
    private static final Duration FORBIDDEN = Duration.ofHours(6);

    private final ConnectionId connection;
    private final Client client;
    private final Caller caller;
    private final Surroundings around;
    private final Tally tally;
    private final List<FetchJob> later;

    /** @param later where what is to be tried again goes */
    Writes(
            ConnectionId connection,
            Client client,
            Caller caller,
            Surroundings around,
            Tally tally,
            List<FetchJob> later) {
        this.connection = requireNonNull(connection, "connection is null");
        this.client = requireNonNull(client, "client is null");
        this.caller = requireNonNull(caller, "caller is null");
        this.around = requireNonNull(around, "around is null");
        this.tally = requireNonNull(tally, "tally is null");
        this.later = requireNonNull(later, "later is null");
    }

    /**
     * Does the jobs that are writes; returns when to go on with anything, if that is not now.
     *
     * @param until nothing is to be sent before that; null for now
     */
    Instant run(List<FetchJob> jobs, BooleanSupplier hasTime, Instant until) throws QueueUnavailable {
        var blocked = until;
        for (var job : jobs) {
            if (job.task() instanceof FetchJob.Write write) {
                if (blocked != null) {
                    later.add(job.later(job.attempt(), blocked));
                } else if (!hasTime.getAsBoolean()) {
                    later.add(job.later(job.attempt(), around.clock().instant()));
                } else {
                    blocked = write(job, write);
                }
            }
        }
        return blocked;
    }

    private Instant write(FetchJob job, FetchJob.Write write) throws QueueUnavailable {
        var remote = new Remote(write.object(), write.id());
        var names = write.fields().keySet();
        if (!around.reaches().get(connection).pushes().containsAll(names)) {
            around.reaches().update(connection, reach -> reach.pushing(names));
        }
        var fields = around.pushed().begin(connection, remote, write.fields(), write.because());
        if (fields.isEmpty()) {
            return null;
        }
        var result = caller.call(account -> client.write(account, remote, fields), job.attempt());
        if (result instanceof Result.Answered) {
            around.pushed()
                    .end(connection, remote, fields, write.because())
                    .forEach((name, newer) -> again(job, write, name, newer));
        } else {
            around.pushed().abandon(connection, remote, fields);
        }
        var now = around.clock().instant();
        return switch (result) {
            case Result.Answered _ -> {
                tally.add(Tally.Count.WRITTEN, 1);
                yield null;
            }
            case Result.Absent _ -> {
                bury(job, "the vendor does not know the record to write to", "");
                yield null;
            }
            case Result.Refused(var status) -> {
                bury(job, "the vendor refuses what shall be written", "status " + status);
                yield null;
            }
            case Result.Wait(var until, var why) -> {
                around.note("waits", connection, why);
                later.add(job.later(job.attempt() + 1, until));
                yield until;
            }
            case Result.Broken _ -> {
                var until = now.plus(BROKEN);
                later.add(job.later(job.attempt() + 1, until));
                yield until;
            }
            case Result.Forbidden _ -> {
                later.add(job.later(job.attempt() + 1, now.plus(FORBIDDEN)));
                yield null;
            }
        };
    }

    /** Of two writers at once the one with the older value may have come last: the newer is written once more. */
    private void again(FetchJob job, FetchJob.Write write, String name, PushedField newer) {
        var task = new FetchJob.Write(
                write.type(), write.object(), write.id(), Map.of(name, newer.value()), newer.because());
        later.add(job.with(task).later(0, around.clock().instant()));
    }

    private void bury(FetchJob job, String reason, String detail) throws QueueUnavailable {
        around.bury(job, reason, detail);
        tally.add(Tally.Count.DEAD_LETTERS, 1);
    }
}
