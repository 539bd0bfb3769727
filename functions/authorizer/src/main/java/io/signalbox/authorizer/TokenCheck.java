/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.authorizer;

import static java.util.Objects.requireNonNull;

import io.signalbox.authorizer.Decision.Allow;
import io.signalbox.authorizer.Decision.Deny;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.Value;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.runtime.Jws;
import io.signalbox.runtime.PublicUrl;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Whether an {@code Authorization} header holds an access token of ours: a JWT by RFC 9068 section 4, ES256 and nothing
 * else. The signature comes first; nothing of a token that fails it is believed, not even that it has expired.
 */
final class TokenCheck {

    /** How far the clocks of issuer and checker may differ. */
    private static final BigDecimal SKEW_SECONDS = BigDecimal.valueOf(60);

    private final KeySet keys;
    private final InstantSource clock;

    TokenCheck(KeySet keys, InstantSource clock) {
        this.keys = requireNonNull(keys, "keys is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** @param authorization the header's value; null when there was none */
    Decision check(String authorization, PublicUrl url) {
        if (authorization == null || authorization.isBlank()) {
            return Deny.unauthenticated("no_credentials");
        }
        if (!authorization.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
            return Deny.unauthenticated("not_bearer");
        }
        try {
            var token = Jws.parse(authorization.substring("bearer ".length()).strip());
            var wrong = header(token);
            return wrong == null ? claims(token.payload(), url) : Deny.unauthenticated(wrong);
        } catch (Jws.Malformed _) {
            return Deny.unauthenticated("malformed");
        } catch (ParametersUnavailable _) {
            return new Deny(ErrorCode.UNAVAILABLE, "keys_unavailable", "");
        }
    }

    /** What is wrong with the header or the signature; null when nothing is. */
    private String header(Jws token) throws ParametersUnavailable {
        var header = token.header();
        if (!Value.of("ES256").equals(header.get("alg"))) {
            return "alg";
        }
        if (!(header.get("typ") instanceof Value.Text(var type)) || !isAccessToken(type)) {
            return "typ";
        }
        if (header.members().containsKey("crit")) {
            return "crit";
        }
        if (!(header.get("kid") instanceof Value.Text(var keyId))) {
            return "kid";
        }
        var key = keys.find(keyId);
        if (key.isEmpty()) {
            return "kid";
        }
        return token.isSignedBy(key.get()) ? null : "signature";
    }

    private static boolean isAccessToken(String type) {
        var lower = type.toLowerCase(Locale.ROOT);
        return lower.equals("at+jwt") || lower.equals("application/at+jwt");
    }

    private Decision claims(Value.Obj claims, PublicUrl url) {
        if (!Value.of(url.issuer()).equals(claims.get("iss"))) {
            return Deny.unauthenticated("iss");
        }
        if (!isFor(url.audience(), claims.get("aud"))) {
            return Deny.unauthenticated("aud");
        }
        for (var name : new String[] {"sub", "client_id", "jti"}) {
            if (!(claims.get(name) instanceof Value.Text(var text)) || text.isEmpty()) {
                return Deny.unauthenticated(name);
            }
        }
        var now = BigDecimal.valueOf(clock.millis(), 3);
        if (!(claims.get("iat") instanceof Value.Num(var issued)) || issued.compareTo(now.add(SKEW_SECONDS)) > 0) {
            return Deny.unauthenticated("iat");
        }
        var from = claims.get("nbf");
        if (!from.isNull() && !(from instanceof Value.Num(var start) && start.compareTo(now.add(SKEW_SECONDS)) <= 0)) {
            return Deny.unauthenticated("nbf");
        }
        if (!(claims.get("exp") instanceof Value.Num(var end))) {
            return Deny.unauthenticated("exp");
        }
        if (end.compareTo(now.subtract(SKEW_SECONDS)) <= 0) {
            return new Deny(
                    ErrorCode.TOKEN_EXPIRED, "exp", claims.get("client_id").asText());
        }
        var scopes = claims.get("scope") instanceof Value.Text(var text) ? text : "";
        return new Allow(claims.get("client_id").asText(), scopes);
    }

    private static boolean isFor(String audience, Value claim) {
        var wanted = Value.of(audience);
        return claim.equals(wanted) || (claim instanceof Value.Arr(var several) && several.contains(wanted));
    }
}
