/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.clock;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Scope;
import io.signalbox.model.Value;
import io.signalbox.parameters.Parameters;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.runtime.Json;
import io.signalbox.store.ControlStore;
import io.signalbox.store.ControlStore.ApiClient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a new stack needs before anybody can use it: a key to sign tokens with, and a first client that may do
 * everything. Parameters, below the stack's prefix:
 *
 * <ul>
 *   <li>{@code oauth/signing-key}: the private key, a JSON Web Key
 *   <li>{@code oauth/jwks}: the public keys, a JSON Web Key Set
 *   <li>{@code clients/admin}: {@code {"client_id", "client_secret", "scopes"}}, for the owner to read
 * </ul>
 *
 * <p>Each is created once and never replaced; a run that was cut short is taken up by the next, and of two at once one
 * wins and both go on with what it made. Once all is there, a run costs two reads.
 */
final class FirstStart {

    static final String SIGNING_KEY = "oauth/signing-key";
    static final String KEY_SET = "oauth/jwks";
    static final String ADMIN = "clients/admin";
    static final String ADMIN_ID = "admin";

    private static final int SECRET_BYTES = 32;

    private final Parameters parameters;
    private final ControlStore control;
    private final InstantSource clock;

    FirstStart(Parameters parameters, ControlStore control, InstantSource clock) {
        this.parameters = requireNonNull(parameters, "parameters is null");
        this.control = requireNonNull(control, "control is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    void run() throws ParametersUnavailable {
        if (parameters.get(KEY_SET).isEmpty()) {
            var key = settle(SIGNING_KEY, SigningKey.create());
            parameters.create(KEY_SET, Json.text(SigningKey.publicSet(key)));
        }
        if (control.client(ADMIN_ID).isEmpty()) {
            register(settle(ADMIN, credentials()));
        }
    }

    /** Stores the value unless there is one; answers the one that is there then. */
    private Value.Obj settle(String name, Value.Obj proposal) throws ParametersUnavailable {
        var found = parameters.get(name);
        if (found.isEmpty()) {
            parameters.create(name, Json.text(proposal));
            found = parameters.get(name);
        }
        return found.flatMap(FirstStart::object)
                .orElseThrow(() -> new IllegalStateException("the parameter " + name + " is not a JSON object"));
    }

    private static Optional<Value.Obj> object(String json) {
        try {
            return Json.parse(json) instanceof Value.Obj object ? Optional.of(object) : Optional.empty();
        } catch (Json.Malformed _) {
            return Optional.empty();
        }
    }

    private static Value.Obj credentials() {
        var secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        var scopes = scopes().stream().map(Value::of).toList();
        return new Value.Obj(Map.of(
                "client_id", Value.of(ADMIN_ID),
                "client_secret",
                        Value.of(Base64.getUrlEncoder().withoutPadding().encodeToString(secret)),
                "scopes", Value.of(scopes)));
    }

    private static List<String> scopes() {
        return Scope.texts(EnumSet.allOf(Scope.class));
    }

    private void register(Value.Obj credentials) {
        if (!(credentials.get("client_secret") instanceof Value.Text(var secret))) {
            throw new IllegalStateException("the parameter " + ADMIN + " has no client_secret");
        }
        control.putClient(new ApiClient(ADMIN_ID, "Administrator", sha256(secret), scopes(), clock.instant()));
    }

    private static String sha256(String secret) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
