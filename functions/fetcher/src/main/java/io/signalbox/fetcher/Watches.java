/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.fetcher;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.outbound.Attention;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.queue.FetchJob;
import io.signalbox.vendors.Vendor.Unreadable;
import io.signalbox.vendors.client.ApiResponse;
import io.signalbox.vendors.client.Channels;
import io.signalbox.vendors.client.Channels.Wanted;
import io.signalbox.vendors.client.Client;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Opens and renews a connection's notification channel. What is refused one way, as of one that ended, is tried the other. */
final class Watches {

    private static final Duration NO_PARAMETERS = Duration.ofMinutes(1);

    private final ConnectionId id;
    private final Client client;
    private final Caller caller;
    private final Surroundings around;
    private final List<FetchJob> later;

    /** @param later where what is to be tried again goes */
    Watches(ConnectionId id, Client client, Caller caller, Surroundings around, List<FetchJob> later) {
        this.id = requireNonNull(id, "id is null");
        this.client = requireNonNull(client, "client is null");
        this.caller = requireNonNull(caller, "caller is null");
        this.around = requireNonNull(around, "around is null");
        this.later = requireNonNull(later, "later is null");
    }

    /** Does one of the jobs that ask for it, for all of them; returns when to go on with anything, if that is not now. */
    Instant run(List<FetchJob> jobs) {
        var job = jobs.stream()
                .filter(each -> each.task() instanceof FetchJob.Watch)
                .findFirst();
        if (job.isEmpty() || client.channels().isEmpty()) {
            return null;
        }
        try {
            var connection = around.connections().loadFresh(id);
            var token = connection.flatMap(this::token);
            return token.isPresent() ? watch(job.get(), connection.get(), token.get()) : null;
        } catch (ParametersUnavailable e) {
            later.add(job.get().later(job.get().attempt() + 1, now().plus(NO_PARAMETERS)));
            return null;
        }
    }

    /** The newest secret that counts. */
    private Optional<String> token(Connection connection) {
        return connection.secrets().reversed().stream()
                .filter(secret -> secret.isLive(now()))
                .map(Connection.Secret::value)
                .findFirst();
    }

    private Instant watch(FetchJob job, Connection connection, String token) {
        var channels = client.channels().orElseThrow();
        var wanted = new Wanted(id, connection.publicUrl(), token, now().plus(channels.lifetime()));
        var isOpen = around.channels().get(id).until().isAfter(now());
        var result = ask(channels, wanted, isOpen, job);
        if (isRefused(result)) {
            result = ask(channels, wanted, !isOpen, job);
        }
        return switch (result) {
            case Result.Answered(var response) -> {
                keep(channels, response);
                yield null;
            }
            case Result.Absent _, Result.Refused _ -> {
                refused("The vendor refuses to send notifications to " + connection.publicUrl() + ".");
                yield null;
            }
            case Result.Wait(var until, var why) -> {
                around.note("waits", id, why);
                later.add(job.later(job.attempt() + 1, until));
                yield until;
            }
            // Its owner is told already; the clock asks again.
            case Result.Broken _, Result.Forbidden _ -> null;
        };
    }

    private Result ask(Channels channels, Wanted wanted, boolean isOpen, FetchJob job) {
        return caller.call(
                account -> isOpen ? channels.renew(account, wanted) : channels.open(account, wanted), job.attempt());
    }

    private static boolean isRefused(Result result) {
        return result instanceof Result.Refused || result instanceof Result.Absent;
    }

    private void keep(Channels channels, ApiResponse response) {
        try {
            around.channels().opened(id, channels.until(response.json()));
            around.reaches().update(id, reach -> reach.mended(Attention.Code.CHANNEL_ENDING));
        } catch (Unreadable e) {
            refused("The vendor did not open its notifications: " + e.getMessage() + ".");
        }
    }

    private void refused(String message) {
        var attention = new Attention(
                Attention.Code.CHANNEL_ENDING,
                message,
                "Check that this address can be reached from outside and that the user who agreed may set up"
                        + " notifications; it is tried again every six hours.",
                now());
        around.note("needs its owner", id, message);
        around.reaches().update(id, reach -> reach.needing(attention));
    }

    private Instant now() {
        return around.clock().instant();
    }
}
