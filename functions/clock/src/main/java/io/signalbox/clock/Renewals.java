/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.clock;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.outbound.Attention;
import io.signalbox.outbound.ChannelEnds;
import io.signalbox.outbound.Reaches;
import io.signalbox.queue.EventQueue.QueueUnavailable;
import io.signalbox.queue.FetchJob;
import io.signalbox.queue.FetchQueue;
import io.signalbox.store.ControlStore;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import io.signalbox.vendors.client.Client;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Notification channels that end by themselves: has them opened where there is none, and renewed two days before they end.
 * The fetcher does it, with its tokens and its patience; when a channel is about to end all the same, its owner is told.
 *
 * <p>Looks every ten minutes. Costs the list of connections, and two reads for each that has such channels.
 */
final class Renewals {

    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final Duration AHEAD = Duration.ofDays(2);
    private static final Duration LATE = Duration.ofDays(1);

    /** How long the fetcher is left to try before it is asked again. */
    private static final Duration PATIENCE = Duration.ofHours(6);

    private static final int PAGE = 100;

    private final ControlStore control;
    private final Reaches reaches;
    private final ChannelEnds ends;
    private final FetchQueue queue;
    private final InstantSource clock;
    private Instant lastLook = Instant.EPOCH;

    Renewals(ControlStore control, Reaches reaches, ChannelEnds ends, FetchQueue queue, InstantSource clock) {
        this.control = requireNonNull(control, "control is null");
        this.reaches = requireNonNull(reaches, "reaches is null");
        this.ends = requireNonNull(ends, "ends is null");
        this.queue = requireNonNull(queue, "queue is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Returns how many were asked for. */
    int run() throws QueueUnavailable {
        var now = clock.instant();
        if (Duration.between(lastLook, now).abs().compareTo(EVERY) < 0) {
            return 0;
        }
        var jobs = new ArrayList<FetchJob>();
        var after = Optional.<ConnectionId>empty();
        do {
            var page = control.connections(after, PAGE);
            page.stream()
                    .filter(connection -> isDue(connection, now))
                    .forEach(connection ->
                            jobs.add(FetchJob.of(connection.vendor(), connection.id(), new FetchJob.Watch(), now)));
            after = page.size() < PAGE
                    ? Optional.empty()
                    : Optional.of(page.getLast().id());
        } while (after.isPresent());
        if (!jobs.isEmpty()) {
            queue.send(jobs);
            // Afterwards: what was asked for twice does no harm, what is only thought to be asked for does.
            jobs.forEach(job -> ends.asked(job.connection(), now));
        }
        lastLook = now;
        return jobs.size();
    }

    private boolean isDue(Connection connection, Instant now) {
        var channels = Vendors.find(connection.vendor()).flatMap(Vendor::client).flatMap(Client::channels);
        if (channels.filter(each -> each.suits(connection)).isEmpty()
                || reaches.get(connection.id()).granted().isEmpty()) {
            return false;
        }
        var end = ends.get(connection.id());
        if (end.until().isAfter(Instant.EPOCH) && end.until().isBefore(now.plus(LATE))) {
            warn(connection.id(), end.until(), now);
        }
        return end.until().isBefore(now.plus(AHEAD)) && end.askedAt().isBefore(now.minus(PATIENCE));
    }

    private void warn(ConnectionId id, Instant until, Instant now) {
        var attention = new Attention(
                Attention.Code.CHANNEL_ENDING,
                "The vendor's notifications end at " + until + " and could not be renewed yet.",
                "Look at GET …/access for what keeps the vendor from being called; if nothing does, authorize the"
                        + " connection again, with the scope for notifications.",
                now);
        reaches.update(id, reach -> reach.attention().isPresent() ? reach : reach.needing(attention));
    }
}
