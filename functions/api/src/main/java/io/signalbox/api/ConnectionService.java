/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Connection;
import io.signalbox.model.Connection.Secret;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.Rejection;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.parameters.ConnectionParameters;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.runtime.Problem;
import io.signalbox.runtime.PublicUrl;
import io.signalbox.store.ControlStore;
import io.signalbox.store.FeedStore;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Connections live in two places: whole in a parameter, which is all the receiver believes, and listed, without their
 * secrets, in the control store. What grants is listed first and put into the parameter last; what revokes goes the
 * other way round. So whatever dies between the two, nothing is accepted that is not listed, and the same request
 * again puts it right.
 */
final class ConnectionService {

    private static final int MAX_SECRETS = 10;

    private final ControlStore control;
    private final FeedStore feed;
    private final ConnectionParameters parameters;
    private final InstantSource clock;
    private final RandomText random;

    ConnectionService(
            ControlStore control,
            FeedStore feed,
            ConnectionParameters parameters,
            InstantSource clock,
            RandomText random) {
        this.control = requireNonNull(control, "control is null");
        this.feed = requireNonNull(feed, "feed is null");
        this.parameters = requireNonNull(parameters, "parameters is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.random = requireNonNull(random, "random is null");
    }

    /** @param generated the secret that was made because none was given; the only time it is shown */
    record Made(Connection connection, Optional<Secret> generated) {}

    /** @param generated whether we made it; if the caller did, it need not be told */
    record Added(Secret secret, boolean generated) {}

    /** @param next the id the next page starts after, empty on the last */
    record Listed(List<Connection> connections, Optional<ConnectionId> next) {}

    Made create(Value.Obj body, PublicUrl url) throws ParametersUnavailable {
        var input = new ConnectionInput(body, with(Set.of("vendor", "id", "public_url", "secrets", "options")));
        var settings = new SettingsInput(body, input);
        var vendor = vendor(input);
        var id = input.id().orElseGet(() -> new ConnectionId("c-" + random.lowerCase(10)));
        var publicUrl = input.publicUrl();
        var values = input.secrets();
        var options = input.options();
        var read = settings.applied(ConnectionSettings.NONE);
        input.check();

        var now = now();
        var generated = values.isEmpty() ? vendor.newSecret(random.generator().get()) : Optional.<String>empty();
        if (values.isEmpty() && generated.isEmpty()) {
            input.wrong("/secrets", "REQUIRED", vendor.displayName() + " gives out the secret; put it into secrets.");
            input.check();
        }
        var secrets = generated.map(List::of).orElse(values).stream()
                .map(value -> secret(value, now))
                .toList();
        var connection = new Connection(
                id,
                vendor.id(),
                publicUrl.orElseGet(() -> URI.create(url.base() + "/hooks/v1/" + vendor.id() + "/" + id)),
                secrets,
                options,
                now);
        check(input, vendor, connection);
        if (!control.createConnection(connection)) {
            takeOver(connection);
        }
        if (settings.isGiven()) {
            control.putSettings(id, read);
        }
        if (!parameters.create(connection)) {
            throw taken(id);
        }
        return new Made(connection, generated.map(_ -> secrets.getFirst()));
    }

    /** The members of a request that also says how events are read. */
    private static Set<String> with(Set<String> members) {
        var all = new TreeSet<>(SettingsInput.MEMBERS);
        all.addAll(members);
        return all;
    }

    /** A listing without a parameter is what a creation left that died half-way; it is gone on with. */
    private void takeOver(Connection connection) throws ParametersUnavailable {
        if (parameters.loadFresh(connection.id()).isPresent() || !control.replaceConnection(connection)) {
            throw taken(connection.id());
        }
    }

    private static Refusal taken(ConnectionId id) {
        return Refusal.of(
                ErrorCode.DUPLICATE_RECORD,
                "There is a connection with this id already.",
                new Problem.Detail("/id", "NOT_UNIQUE", "Must be unique.", id.value()));
    }

    private Vendor vendor(ConnectionInput input) {
        var name = input.text("vendor");
        var known = Vendors.all().stream().map(vendor -> vendor.id().value()).toList();
        var vendor = name.flatMap(Vendors::find);
        if (vendor.isEmpty()) {
            input.wrong("/vendor", "UNKNOWN_VENDOR", "vendor is one of " + String.join(", ", known) + ".");
            input.check();
        }
        return vendor.orElseThrow();
    }

    private static void check(ConnectionInput input, Vendor vendor, Connection connection) {
        vendor.check(connection).forEach(error -> input.wrong(error.pointer(), error.code(), error.message()));
        input.check();
    }

    Connection get(ConnectionId id) {
        return find(id).orElseThrow(ConnectionOperations::missing);
    }

    Optional<Connection> find(ConnectionId id) {
        return control.connection(id);
    }

    /** How its events are read. */
    ConnectionSettings settings(ConnectionId id) {
        return control.settings(id);
    }

    Optional<Vendor> vendor(VendorId id) {
        return Vendors.find(id);
    }

    /**
     * Counters of a connection; {@code received} is the sum of the other two.
     *
     * @param accepted events accepted, each once however often it was sent
     * @param rejected requests refused
     */
    record Counters(long accepted, long rejected, Optional<Instant> lastEventAt) {
        long received() {
            return accepted + rejected;
        }
    }

    Counters counters(ConnectionId id) {
        var accepted = feed.counts(id);
        return new Counters(accepted.events(), control.rejected(id), accepted.last());
    }

    Listed list(Optional<ConnectionId> after, int limit) {
        var found = control.connections(after, limit + 1);
        var page = found.subList(0, Math.min(limit, found.size()));
        return new Listed(
                page, found.size() > limit ? Optional.of(page.getLast().id()) : Optional.empty());
    }

    List<Rejection> rejections(ConnectionId id, int limit) {
        get(id);
        return control.rejections(id, limit);
    }

    Connection update(ConnectionId id, Value.Obj patch) throws ParametersUnavailable {
        var input = new ConnectionInput(patch, with(Set.of("public_url", "options")));
        var publicUrl = input.publicUrl();
        var changes = input.options();
        var settings = new SettingsInput(patch, input);
        var changed = settings.isGiven()
                ? Optional.of(settings.applied(control.settings(id)))
                : Optional.<ConnectionSettings>empty();
        input.check();

        var before = whole(id);
        var options = new TreeMap<>(before.options());
        if (patch.members().containsKey("options") && patch.get("options").isNull()) {
            options.clear();
        }
        changes.forEach((name, value) -> {
            if (value.isNull()) {
                options.remove(name);
            } else {
                options.put(name, value);
            }
        });
        var after = new Connection(
                id,
                before.vendor(),
                publicUrl.orElse(before.publicUrl()),
                before.secrets(),
                options,
                before.createdAt());
        Vendors.find(after.vendor()).ifPresent(vendor -> check(input, vendor, after));
        parameters.save(after);
        control.replaceConnection(after);
        changed.ifPresent(all -> control.putSettings(id, all));
        return after;
    }

    void delete(ConnectionId id) throws ParametersUnavailable {
        parameters.delete(id);
        feed.forget(id);
        if (!control.deleteConnection(id)) {
            throw ConnectionOperations.missing();
        }
    }

    /** {@code previous_expire_at} sets the end of the secrets there were, so that one request starts a rotation. */
    Added addSecret(ConnectionId id, Value.Obj body) throws ParametersUnavailable {
        var now = now();
        var input = new ConnectionInput(body, Set.of("value", "previous_expire_at"));
        var given = input.secret();
        var end = input.future("previous_expire_at", now);
        input.check();

        var before = whole(id);
        var vendor = Vendors.find(before.vendor());
        var value = given.or(
                () -> vendor.flatMap(known -> known.newSecret(random.generator().get())));
        if (value.isEmpty()) {
            input.wrong("/value", "REQUIRED", "The vendor gives out the secret; put it into value.");
            input.check();
        }
        var secrets = new ArrayList<Secret>();
        for (var old : before.secrets()) {
            if (old.value().equals(value.get())) {
                input.wrong("/value", "NOT_UNIQUE", "The connection has this secret already.");
            }
            if (old.isLive(now)) {
                secrets.add(ending(old, end));
            }
        }
        if (secrets.size() >= MAX_SECRETS) {
            input.wrong("/value", "TOO_MANY", "A connection has at most " + MAX_SECRETS + " secrets; delete one.");
        }
        input.check();
        var added = secret(value.get(), now);
        secrets.add(added);
        var after = with(before, secrets);
        vendor.map(known -> known.check(after)).orElse(List.of()).stream()
                .filter(error -> error.pointer().startsWith("/secrets"))
                .forEach(error -> input.wrong("/value", error.code(), error.message()));
        input.check();
        control.replaceConnection(after);
        parameters.save(after);
        return new Added(added, given.isEmpty());
    }

    private static Secret ending(Secret old, Optional<Instant> end) {
        var sooner = end.isPresent()
                && old.expiresAt().filter(at -> at.isBefore(end.get())).isEmpty();
        return sooner ? new Secret(old.id(), old.value(), old.createdAt(), end) : old;
    }

    void deleteSecret(ConnectionId id, String secretId) throws ParametersUnavailable {
        var before = whole(id);
        var rest = before.secrets().stream()
                .filter(secret -> !secret.id().equals(secretId))
                .toList();
        if (rest.size() == before.secrets().size()) {
            throw Refusal.of(ErrorCode.NOT_FOUND, "The connection has no secret with this id.");
        }
        if (rest.stream().noneMatch(secret -> secret.isLive(now()))) {
            throw Refusal.of(
                            ErrorCode.CONFLICT,
                            "This is the last secret that counts; add another first, or delete the connection.")
                    .saying("retryable", Value.FALSE);
        }
        var after = with(before, rest);
        parameters.save(after);
        control.replaceConnection(after);
    }

    private Connection whole(ConnectionId id) throws ParametersUnavailable {
        return parameters.loadFresh(id).orElseThrow(ConnectionOperations::missing);
    }

    private static Connection with(Connection before, List<Secret> secrets) {
        return new Connection(
                before.id(), before.vendor(), before.publicUrl(), secrets, before.options(), before.createdAt());
    }

    private Secret secret(String value, Instant now) {
        return new Secret("s-" + random.lowerCase(10), value, now, Optional.empty());
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
