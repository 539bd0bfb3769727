/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.outbound;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.Value;
import io.signalbox.outbound.Access.Broken;
import io.signalbox.outbound.Access.Later;
import io.signalbox.outbound.Access.None;
import io.signalbox.outbound.Access.Ready;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.store.StateStore;
import io.signalbox.vendors.Vendor.Unreadable;
import io.signalbox.vendors.client.Account;
import io.signalbox.vendors.client.ApiResponse;
import io.signalbox.vendors.client.App.Flow;
import io.signalbox.vendors.client.Client;
import io.signalbox.vendors.client.Tokens;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens that count. They are renewed five minutes before they end, and when the vendor refuses one; by one caller at a time,
 * under a lease, while the others go on with the old one as long as it counts. Where the vendor gives a new refresh token
 * each time, the old one is worth nothing once it was used: so what comes back is stored before anything else is done with
 * it, and whoever is refused looks first whether another has renewed meanwhile. Thread-safe.
 */
public final class TokenSource {

    private static final Duration AHEAD = Duration.ofMinutes(5);

    /** A token must outlast the call it is for. */
    private static final Duration LEAST = Duration.ofSeconds(20);

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration TROUBLE = Duration.ofSeconds(20);

    /** What a token endpoint says when the grant itself is gone (RFC 6749 section 5.2; Zoho's own word). */
    private static final Set<String> GONE = Set.of("invalid_grant", "invalid_code", "invalid_token", "access_denied");

    private final Grants grants;
    private final Leases leases;
    private final VendorHttp http;
    private final InstantSource clock;

    /** Grants that were renewed but could not be stored; lost with this process, and with them the refresh token. */
    private final Map<ConnectionId, Grant> unsaved = new ConcurrentHashMap<>();

    public TokenSource(Grants grants, StateStore states, VendorHttp http, InstantSource clock) {
        this.grants = requireNonNull(grants, "grants is null");
        this.leases = new Leases(states, clock);
        this.http = requireNonNull(http, "http is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Access with a token that counts, as far as anybody knows. */
    public Access access(ConnectionId id, Client client) throws ParametersUnavailable {
        var grant = grants.load(id);
        if (grant.isEmpty()) {
            return new None();
        }
        var ready = ready(grant.get(), client, AHEAD);
        return ready.isPresent() ? ready.get() : renew(id, client, grant.get());
    }

    /** Access after the vendor refused a token of {@link #access}. */
    public Access renewed(ConnectionId id, Client client, String refused) throws ParametersUnavailable {
        var grant = grants.loadFresh(id);
        if (grant.isEmpty()) {
            return new None();
        }
        if (grant.get().app().flow() == Flow.TOKEN) {
            return grant.get().app().clientSecret().equals(refused)
                    ? revoked("The vendor refuses the token.")
                    : fixed(grant.get(), client);
        }
        var newer = grant.get().tokens().filter(tokens -> !tokens.access().equals(refused));
        if (newer.isPresent() && newer.get().expiresAt().isAfter(clock.instant().plus(LEAST))) {
            return new Ready(newer.get().account());
        }
        return renew(id, client, grant.get(), Optional.of(refused));
    }

    private Optional<Access> ready(Grant grant, Client client, Duration left) {
        if (grant.app().flow() == Flow.TOKEN) {
            return Optional.of(fixed(grant, client));
        }
        return grant.tokens()
                .filter(tokens -> tokens.expiresAt().isAfter(clock.instant().plus(left)))
                .map(tokens -> new Ready(tokens.account()));
    }

    private static Access fixed(Grant grant, Client client) {
        var api = client.oauth().api(grant.app(), Value.NULL);
        return new Ready(new Account(api, grant.app().clientSecret()));
    }

    private Access renew(ConnectionId id, Client client, Grant seen) throws ParametersUnavailable {
        return renew(id, client, seen, Optional.empty());
    }

    private Access renew(ConnectionId id, Client client, Grant seen, Optional<String> refused)
            throws ParametersUnavailable {
        var lease = leases.take(id);
        if (lease.isEmpty()) {
            var old = refused.isPresent() ? Optional.<Access>empty() : ready(seen, client, LEAST);
            return old.orElseGet(() -> new Later(clock.instant().plus(SOON), "another renews the token"));
        }
        var serial = lease.get().serial();
        try {
            var grant = newest(id);
            if (grant.isEmpty()) {
                return new None();
            }
            if (grant.get().serial() < serial) {
                return new Later(clock.instant().plus(SOON), "the renewed token is not visible yet");
            }
            serial = grant.get().serial();
            var byOther = ready(grant.get(), client, AHEAD)
                    .filter(access -> !(access instanceof Ready(var account))
                            || !Optional.of(account.token()).equals(refused));
            if (byOther.isPresent()) {
                return byOther.get();
            }
            var renewal = ask(id, client, grant.get());
            serial = grants.load(id).map(Grant::serial).orElse(serial);
            return renewal;
        } finally {
            leases.release(lease.get(), serial);
        }
    }

    /** What could not be stored before is stored first. */
    private Optional<Grant> newest(ConnectionId id) throws ParametersUnavailable {
        var held = unsaved.get(id);
        var stored = grants.loadFresh(id);
        if (held != null) {
            if (stored.isPresent() && stored.get().serial() < held.serial()) {
                grants.save(id, held);
                stored = Optional.of(held);
            }
            unsaved.remove(id);
        }
        return stored;
    }

    private Access ask(ConnectionId id, Client client, Grant grant) throws ParametersUnavailable {
        var app = grant.app();
        var oauth = client.oauth();
        var refresh = grant.tokens().flatMap(Tokens::refresh);
        var request = oauth.direct(app, clock.instant()).or(() -> refresh.map(token -> oauth.refresh(app, token)));
        if (request.isEmpty()) {
            return revoked("The access token has ended and there is no refresh token.");
        }
        ApiResponse response;
        try {
            response = http.send(client, request.get());
        } catch (VendorHttp.ForeignHost e) {
            return refusedApp(e.getMessage());
        } catch (IOException e) {
            return new Later(clock.instant().plus(TROUBLE), "the token endpoint did not answer");
        }
        var error = oauth.error(response);
        if (error.isEmpty()) {
            return keep(id, client, grant, response, refresh);
        }
        var isCut = response.isSuccess() && response.jsonOrNull().at("error").isNull();
        if (response.status() >= 500 || response.status() == 429 || isCut) {
            return new Later(clock.instant().plus(TROUBLE), "the token endpoint answers " + response.status());
        }
        if (!GONE.contains(error.get())) {
            return refusedApp("The vendor answers " + word(error.get()) + " to a request for a new token.");
        }
        // Somebody whose lease had run out may have used this refresh token after all.
        var stored = grants.loadFresh(id).filter(other -> other.serial() > grant.serial());
        return stored.flatMap(other -> ready(other, client, LEAST))
                .orElseGet(() -> revoked("The vendor answers " + word(error.get()) + " to a request for a new token."));
    }

    private Access keep(ConnectionId id, Client client, Grant grant, ApiResponse response, Optional<String> refresh)
            throws ParametersUnavailable {
        Tokens tokens;
        try {
            tokens = client.oauth().tokens(grant.app(), response, clock.instant(), refresh);
        } catch (Unreadable e) {
            return new Later(clock.instant().plus(TROUBLE), e.getMessage());
        }
        if (!client.isOwnHost(String.valueOf(tokens.api().getHost()))) {
            return refusedApp("The vendor names an API address that is not its own.");
        }
        var renewed = grant.withTokens(tokens);
        unsaved.put(id, renewed);
        grants.save(id, renewed);
        unsaved.remove(id);
        return new Ready(tokens.account());
    }

    private static String word(String error) {
        return error.matches("[A-Za-z0-9_ .-]{1,60}") ? error : "an error";
    }

    private Access revoked(String message) {
        return new Broken(new Attention(
                Attention.Code.GRANT_REVOKED,
                message,
                "Authorize the connection again: POST …/authorize.",
                clock.instant()));
    }

    private Access refusedApp(String message) {
        return new Broken(new Attention(
                Attention.Code.APP_REFUSED,
                message,
                "Check the app's client id, secret and settings, then authorize the connection again.",
                clock.instant()));
    }
}
