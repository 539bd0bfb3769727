/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.authorizer;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import io.signalbox.parameters.Parameters;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.runtime.Json;
import io.signalbox.runtime.Jws;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The public keys that access tokens are signed with, out of the parameter {@code oauth/jwks}. They are kept for 5
 * minutes; a key id that is not among them has them read again, once a minute at most, so that made-up ids cost
 * nothing. While the parameters do not answer, keys that were known go on counting for an hour.
 */
final class KeySet {

    static final String PARAMETER = "oauth/jwks";

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final Duration STALE = Duration.ofHours(1);

    private final Parameters parameters;
    private final InstantSource clock;

    private Map<String, PublicKey> keys = Map.of();
    private Instant readAt = Instant.MIN;
    private Instant triedAt = Instant.MIN;

    KeySet(Parameters parameters, InstantSource clock) {
        this.parameters = requireNonNull(parameters, "parameters is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** The key of that id; empty when there is none. */
    synchronized Optional<PublicKey> find(String id) throws ParametersUnavailable {
        var now = clock.instant();
        var old = !within(readAt, FRESH, now);
        if (old || (!keys.containsKey(id) && !within(triedAt, RETRY, now))) {
            refresh(now);
        }
        return Optional.ofNullable(keys.get(id));
    }

    private void refresh(Instant now) throws ParametersUnavailable {
        triedAt = now;
        try {
            keys = parse(parameters.get(PARAMETER));
            readAt = now;
        } catch (ParametersUnavailable e) {
            if (!within(readAt, STALE, now)) {
                throw e;
            }
        }
    }

    private static boolean within(Instant since, Duration age, Instant now) {
        return !since.equals(Instant.MIN) && now.isBefore(since.plus(age));
    }

    private static Map<String, PublicKey> parse(Optional<String> jwks) {
        var keys = new HashMap<String, PublicKey>();
        try {
            var listed = Json.parse(jwks.orElse("{}")).at("keys");
            if (listed instanceof Value.Arr(var items)) {
                for (var item : items) {
                    if (item.at("kid") instanceof Value.Text(var id)) {
                        keys.put(id, Jws.publicKey(item));
                    }
                }
            }
        } catch (Json.Malformed | InvalidKeyException e) {
            throw new IllegalStateException("the parameter " + PARAMETER + " is not a set of P-256 keys", e);
        }
        return keys;
    }
}
