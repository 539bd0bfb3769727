/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.outbound;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.Value;
import io.signalbox.outbound.Reach.Granted;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.store.StateStore;
import io.signalbox.vendors.Vendor.Unreadable;
import io.signalbox.vendors.client.ApiRequest;
import io.signalbox.vendors.client.App;
import io.signalbox.vendors.client.App.Flow;
import io.signalbox.vendors.client.Client;
import io.signalbox.vendors.client.Tokens;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * How a connection is given access to its vendor: by a person's consent (RFC 6749 section 4.1, with RFC 7636 where the vendor
 * has it), by the app alone, or by a token.
 *
 * <p>The {@code state} of a consent has 256 random bits, of which only the hash is kept, for ten minutes and for one use;
 * so it needs no signature to be known for ours, and a callback that nobody asked for, or that comes twice, is refused.
 */
public final class Connect {

    private static final Duration CONSENT = Duration.ofMinutes(10);
    private static final int RANDOM_BYTES = 32;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Grants grants;
    private final StateStore states;
    private final Reaches reaches;
    private final VendorHttp http;
    private final InstantSource clock;
    private final Supplier<? extends RandomGenerator> random;

    /** @param random asked for at each call, so that no snapshot repeats it; a secure one */
    public Connect(
            Grants grants,
            StateStore states,
            Reaches reaches,
            VendorHttp http,
            InstantSource clock,
            Supplier<? extends RandomGenerator> random) {
        this.grants = requireNonNull(grants, "grants is null");
        this.states = requireNonNull(states, "states is null");
        this.reaches = requireNonNull(reaches, "reaches is null");
        this.http = requireNonNull(http, "http is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.random = requireNonNull(random, "random is null");
    }

    /**
     * What access shall be like.
     *
     * @param fields further fields to read, by the vendor's names
     * @param dailyLimit calls a day at most; 0 for no limit of our own
     */
    public record Wish(App app, List<String> fields, long dailyLimit) {
        public Wish {
            requireNonNull(app, "app is null");
            fields = List.copyOf(fields);
        }
    }

    /** What a beginning led to. */
    public sealed interface Begun {

        /** Somebody must open this URL and agree, until then. */
        record Consent(URI url, Instant expiresAt) implements Begun {}

        /** There is access now. */
        record Done(Granted granted) implements Begun {}
    }

    /** The vendor gave no access; the message is fit for the connection's owner. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        public Refused(String message) {
            super(message);
        }
    }

    /**
     * Begins. What access there is goes on counting until there is another.
     *
     * @param redirect where the vendor shall send the person back to
     */
    public Begun begin(ConnectionId id, Client client, Wish wish, URI redirect) throws ParametersUnavailable, Refused {
        var app = wish.app();
        if (app.flow() == Flow.TOKEN) {
            var serial = grants.loadFresh(id).map(Grant::serial).orElse(0L);
            grants.save(id, new Grant(app, Optional.empty(), serial + 1, Optional.empty()));
            return new Begun.Done(granted(id, wish, List.of()));
        }
        if (app.flow() != Flow.AUTHORIZATION_CODE) {
            var request = client.oauth().direct(app, clock.instant());
            var tokens = ask(client, app, request.orElseThrow(() -> new Refused("The vendor has no such way.")));
            var serial = grants.loadFresh(id).map(Grant::serial).orElse(0L);
            grants.save(id, new Grant(app, Optional.of(tokens), serial + 1, Optional.empty()));
            return new Begun.Done(granted(id, wish, tokens.scopes()));
        }
        var before = grants.loadFresh(id);
        grants.save(
                id,
                new Grant(
                        before.map(Grant::app).orElse(app),
                        before.flatMap(Grant::tokens),
                        before.map(Grant::serial).orElse(0L),
                        Optional.of(app)));
        var state = text();
        var verifier = text();
        var end = clock.instant().plus(CONSENT);
        states.put(key(state), 0, pending(id, verifier, wish), Optional.of(end));
        return new Begun.Consent(client.oauth().consent(app, redirect, state, challenge(verifier)), end);
    }

    private static Value pending(ConnectionId id, String verifier, Wish wish) {
        return Value.of(Map.of(
                "connection", Value.of(id.value()),
                "verifier", Value.of(verifier),
                "fields", ReachCodec.texts(wish.fields()),
                "daily_limit", Value.of(wish.dailyLimit())));
    }

    /**
     * Ends what {@link #begin} began, with what the vendor sent the person back with.
     *
     * @param code empty when the person did not agree
     * @param clients the client of a connection's vendor
     * @return the connection that has access now; empty when the state is not one of ours, or was used
     * @throws Refused when the vendor gave no access
     */
    public Optional<ConnectionId> finish(
            String state, Optional<String> code, URI redirect, Function<ConnectionId, Optional<Client>> clients)
            throws ParametersUnavailable, Refused {
        var key = key(state);
        var pending = states.get(key);
        if (pending.isEmpty() || !states.delete(key)) {
            return Optional.empty();
        }
        var said = pending.get().value();
        var id = new ConnectionId(said.at("connection").asText());
        var client = clients.apply(id);
        var grant = grants.loadFresh(id);
        var app = grant.flatMap(Grant::next);
        if (client.isEmpty() || app.isEmpty()) {
            return Optional.empty();
        }
        if (code.isEmpty()) {
            throw new Refused("The vendor sent nobody's consent.");
        }
        var verifier = said.at("verifier").asText();
        var tokens =
                ask(client.get(), app.get(), client.get().oauth().exchange(app.get(), code.get(), redirect, verifier));
        var serial = grants.loadFresh(id).orElse(grant.get()).serial();
        grants.save(id, new Grant(app.get(), Optional.of(tokens), serial + 1, Optional.empty()));
        var limit = said.at("daily_limit") instanceof Value.Num(var number) ? number.longValue() : 0;
        granted(id, new Wish(app.get(), ReachCodec.list(said.at("fields")), limit), tokens.scopes());
        return Optional.of(id);
    }

    private Granted granted(ConnectionId id, Wish wish, List<String> scopes) {
        var granted = new Granted(
                wish.app().flow(),
                Instant.ofEpochMilli(clock.millis()),
                scopes.isEmpty() ? wish.app().scopes() : scopes,
                wish.fields(),
                wish.dailyLimit());
        reaches.update(id, reach -> reach.withGrant(granted));
        return granted;
    }

    private Tokens ask(Client client, App app, ApiRequest request) throws Refused {
        try {
            var response = http.send(client, request);
            var error = client.oauth().error(response);
            if (error.isPresent()) {
                var word = error.get().matches("[A-Za-z0-9_ .-]{1,60}") ? error.get() : "an error";
                throw new Refused("The vendor's token endpoint answers " + word + ".");
            }
            var tokens = client.oauth().tokens(app, response, clock.instant(), Optional.empty());
            if (!client.isOwnHost(String.valueOf(tokens.api().getHost()))) {
                throw new Refused("The vendor names an API address that is not its own.");
            }
            return tokens;
        } catch (VendorHttp.ForeignHost e) {
            throw new Refused("The settings make up an address that is not the vendor's.");
        } catch (IOException e) {
            throw new Refused("The vendor's token endpoint does not answer.");
        } catch (Unreadable e) {
            throw new Refused("The vendor's token endpoint answers what cannot be read.");
        }
    }

    /** Takes the access away, here; the vendor's own list of apps still shows it. */
    public void disconnect(ConnectionId id) throws ParametersUnavailable {
        reaches.delete(id);
        new ChannelEnds(states).forget(id);
        grants.delete(id);
    }

    private String text() {
        var bytes = new byte[RANDOM_BYTES];
        random.get().nextBytes(bytes);
        return BASE64.encodeToString(bytes);
    }

    private static StateStore.Key key(String state) {
        return new StateStore.Key("consent", HexFormat.of().formatHex(sha256(state.getBytes(UTF_8))));
    }

    private static String challenge(String verifier) {
        return BASE64.encodeToString(sha256(verifier.getBytes(US_ASCII)));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
