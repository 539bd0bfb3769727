/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.Value;
import io.signalbox.parameters.Parameters;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.runtime.Json;
import io.signalbox.runtime.Jws;
import io.signalbox.runtime.PublicUrl;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes access tokens: JWTs by RFC 9068, signed by ES256 with the key in the parameter {@code oauth/signing-key}, good
 * for 15 minutes. The key is read again every 5 minutes, so that a new one is taken up.
 */
final class TokenIssuer {

    static final String PARAMETER = "oauth/signing-key";
    static final Duration LIFETIME = Duration.ofMinutes(15);

    private static final Duration FRESH = Duration.ofMinutes(5);

    private record Key(String id, PrivateKey key, Instant readAt) {}

    private final Parameters parameters;
    private final InstantSource clock;
    private final RandomText random;

    private Key current;

    TokenIssuer(Parameters parameters, InstantSource clock, RandomText random) {
        this.parameters = requireNonNull(parameters, "parameters is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.random = requireNonNull(random, "random is null");
    }

    /**
     * The answer to a token request that is granted.
     *
     * @param scopes space separated
     */
    Value issue(String clientId, String scopes, PublicUrl url) throws ParametersUnavailable {
        var key = key();
        var now = clock.instant().getEpochSecond();
        var header =
                new Value.Obj(Map.of("alg", Value.of("ES256"), "typ", Value.of("at+jwt"), "kid", Value.of(key.id())));
        var claims = new LinkedHashMap<String, Value>();
        claims.put("iss", Value.of(url.issuer()));
        claims.put("aud", Value.of(url.audience()));
        claims.put("sub", Value.of(clientId));
        claims.put("client_id", Value.of(clientId));
        claims.put("iat", Value.of(now));
        claims.put("exp", Value.of(now + LIFETIME.toSeconds()));
        claims.put("jti", Value.of(random.base64Url(16)));
        claims.put("scope", Value.of(scopes));

        var answer = new LinkedHashMap<String, Value>();
        answer.put("access_token", Value.of(sign(header, new Value.Obj(claims), key)));
        answer.put("token_type", Value.of("Bearer"));
        answer.put("expires_in", Value.of(LIFETIME.toSeconds()));
        answer.put("scope", Value.of(scopes));
        return Value.of(answer);
    }

    private static String sign(Value.Obj header, Value.Obj claims, Key key) {
        try {
            return Jws.sign(header, claims, key.key());
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("the signing key cannot sign", e);
        }
    }

    private synchronized Key key() throws ParametersUnavailable {
        var now = clock.instant();
        if (current == null || !now.isBefore(current.readAt().plus(FRESH))) {
            current = read(now);
        }
        return current;
    }

    private Key read(Instant now) throws ParametersUnavailable {
        var text = parameters
                .get(PARAMETER)
                .orElseThrow(() -> Refusal.of(
                                ErrorCode.UNAVAILABLE, "There is no signing key yet; it is made within a minute.")
                        .with("Retry-After", "60"));
        try {
            var jwk = Json.parse(text);
            if (!(jwk.at("kid") instanceof Value.Text(var id))) {
                throw new InvalidKeyException("the key has no kid");
            }
            return new Key(id, Jws.privateKey(jwk), now);
        } catch (Json.Malformed | InvalidKeyException e) {
            throw new IllegalStateException("the parameter " + PARAMETER + " is not a P-256 key", e);
        }
    }
}
