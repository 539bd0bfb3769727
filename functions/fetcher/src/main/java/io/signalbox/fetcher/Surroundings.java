/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.fetcher;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.outbound.ChannelEnds;
import io.signalbox.outbound.Pushed;
import io.signalbox.outbound.Reaches;
import io.signalbox.outbound.TokenSource;
import io.signalbox.outbound.VendorHttp;
import io.signalbox.parameters.ConnectionParameters;
import io.signalbox.queue.EventQueue;
import io.signalbox.queue.EventQueue.QueueUnavailable;
import io.signalbox.queue.FetchCodec;
import io.signalbox.queue.FetchJob;
import io.signalbox.queue.FetchQueue;
import io.signalbox.runtime.Log;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** Everything around the fetcher's work: the queues it stands between, the vendors, what is known of connections. */
record Surroundings(
        FetchQueue jobs,
        EventQueue events,
        TokenSource tokens,
        Reaches reaches,
        Pushed pushed,
        ChannelEnds channels,
        ConnectionParameters connections,
        VendorHttp http,
        Clock clock,
        RandomGenerator random,
        Log log) {

    Surroundings {
        requireNonNull(jobs, "jobs is null");
        requireNonNull(events, "events is null");
        requireNonNull(tokens, "tokens is null");
        requireNonNull(reaches, "reaches is null");
        requireNonNull(pushed, "pushed is null");
        requireNonNull(channels, "channels is null");
        requireNonNull(connections, "connections is null");
        requireNonNull(http, "http is null");
        requireNonNull(clock, "clock is null");
        requireNonNull(random, "random is null");
        requireNonNull(log, "log is null");
    }

    void note(String what, ConnectionId connection, String why) {
        log.warn(
                "a connection " + what,
                Log.line().with("connection", connection.value()).with("why", why));
    }

    void bury(FetchJob job, String reason, String detail) throws QueueUnavailable {
        jobs.bury(FetchCodec.encode(job), reason, detail);
        log.warn(
                "gave up a job",
                Log.line()
                        .with("connection", job.connection().value())
                        .with("reason", reason)
                        .with("detail", detail));
    }

    String correlationId() {
        return "fetch-" + Long.toHexString(random.nextLong());
    }
}
