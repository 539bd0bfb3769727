/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.fetcher;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.outbound.Access;
import io.signalbox.outbound.Attention;
import io.signalbox.outbound.Reach;
import io.signalbox.outbound.Reaches;
import io.signalbox.outbound.TokenSource;
import io.signalbox.outbound.VendorHttp;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.vendors.client.Account;
import io.signalbox.vendors.client.ApiRequest;
import io.signalbox.vendors.client.ApiResponse;
import io.signalbox.vendors.client.Client;
import io.signalbox.vendors.client.Complaint;
import io.signalbox.vendors.client.Quota;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Calls one connection's vendor, for one batch. Counts the calls and keeps what they say of the connection's state: a
 * failure at once, so that others hear of it, successes together at the end, in one write.
 */
final class Caller {

    private static final Duration NO_TOKEN = Duration.ofSeconds(5);

    private final ConnectionId connection;
    private final Client client;
    private final TokenSource tokens;
    private final Reaches reaches;
    private final VendorHttp http;
    private final InstantSource clock;
    private final RandomGenerator random;

    private long calls;
    private boolean succeeded;
    private Optional<Quota> quota = Optional.empty();

    Caller(
            ConnectionId connection,
            Client client,
            TokenSource tokens,
            Reaches reaches,
            VendorHttp http,
            InstantSource clock,
            RandomGenerator random) {
        this.connection = requireNonNull(connection, "connection is null");
        this.client = requireNonNull(client, "client is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.reaches = requireNonNull(reaches, "reaches is null");
        this.http = requireNonNull(http, "http is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.random = requireNonNull(random, "random is null");
    }

    /** @param attempt how often this was tried before */
    Result call(Function<Account, ApiRequest> request, int attempt) {
        try {
            var access = tokens.access(connection, client);
            if (!(access instanceof Access.Ready(var account))) {
                return withoutToken(access);
            }
            var response = send(request.apply(account));
            if (response.isSuccess() || client.complaint(response) != Complaint.TOKEN) {
                return judge(response, attempt);
            }
            // The token ended before its time, perhaps in the middle of a batch.
            access = tokens.renewed(connection, client, account.token());
            if (!(access instanceof Access.Ready(var renewed))) {
                return withoutToken(access);
            }
            return judge(send(request.apply(renewed)), attempt);
        } catch (ParametersUnavailable e) {
            return new Result.Wait(clock.instant().plus(NO_TOKEN), "the parameter store did not answer");
        } catch (VendorHttp.ForeignHost e) {
            return broken(Attention.Code.APP_REFUSED, e.getMessage());
        } catch (IOException e) {
            return trouble("the vendor did not answer in time", attempt);
        }
    }

    private ApiResponse send(ApiRequest request) throws IOException {
        calls++;
        return http.send(client, request);
    }

    private Result withoutToken(Access access) {
        return switch (access) {
            case Access.Later(var at, var why) -> new Result.Wait(at, why);
            case Access.Broken(var attention) -> broken(attention);
            case Access.None _ -> broken(Attention.Code.GRANT_REVOKED, "The connection's grant is not there any more.");
            case Access.Ready _ -> throw new IllegalArgumentException("there is a token");
        };
    }

    private Result judge(ApiResponse response, int attempt) {
        quota = client.quota(response).or(() -> quota);
        if (response.isSuccess()) {
            succeeded = true;
            return new Result.Answered(response);
        }
        return switch (client.complaint(response)) {
            case TOKEN -> broken(Attention.Code.GRANT_REVOKED, "The vendor refuses a token that it just gave out.");
            case SCOPE -> forbidden();
            case RATE -> {
                var until = clock.instant()
                        .plus(Backoff.asked(response, clock.instant())
                                .orElseGet(() -> Backoff.after(attempt + 1, random)));
                yield pause(until, "the vendor asks to slow down");
            }
            case QUOTA -> pause(Reach.tomorrow(clock.instant()), "the day's calls are used up");
            case TROUBLE -> trouble("the vendor answers " + response.status(), attempt);
            case ABSENT -> {
                succeeded = true;
                yield new Result.Absent();
            }
            case REFUSED -> {
                succeeded = true;
                yield new Result.Refused(response.status());
            }
        };
    }

    /** For an answer that is a success, but cannot be read. */
    Result.Wait trouble(String why, int attempt) {
        succeeded = false;
        var counted = take();
        reaches.update(connection, reach -> reach.failed(clock.instant(), counted));
        return new Result.Wait(clock.instant().plus(Backoff.after(attempt + 1, random)), why);
    }

    private Result pause(Instant until, String why) {
        succeeded = false;
        var counted = take();
        reaches.update(connection, reach -> reach.paused(clock.instant(), counted, until));
        return new Result.Wait(until, why);
    }

    private Result broken(Attention.Code code, String message) {
        return broken(
                new Attention(code, message, "Authorize the connection again: POST …/authorize.", clock.instant()));
    }

    private Result broken(Attention attention) {
        reaches.update(connection, reach -> reach.needing(attention));
        return new Result.Broken(attention);
    }

    private Result forbidden() {
        var attention = new Attention(
                Attention.Code.SCOPE_MISSING,
                "The vendor forbids what was asked of it: a scope, or a right of the user who agreed, is missing.",
                "Give the app the scope, or the user the right, then authorize the connection again.",
                clock.instant());
        reaches.update(connection, reach -> reach.needing(attention));
        return new Result.Forbidden(attention);
    }

    private long take() {
        var counted = calls;
        calls = 0;
        return counted;
    }

    /** Keeps what is not kept yet. */
    void finish() {
        if (succeeded) {
            var counted = take();
            reaches.update(connection, reach -> reach.succeeded(clock.instant(), counted, quota));
        }
    }
}
