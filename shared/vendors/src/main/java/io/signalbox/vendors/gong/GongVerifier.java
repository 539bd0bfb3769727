/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.gong;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.signalbox.model.Connection;
import io.signalbox.model.Value;
import io.signalbox.runtime.Jws;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.Verdict.Genuine;
import io.signalbox.vendors.Verdict.Reason;
import io.signalbox.vendors.Verdict.Refused;
import io.signalbox.vendors.signing.SharedSecret;
import io.signalbox.vendors.signing.Signatures;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;

/**
 * Gong's signed JWT: header {@code authorization}, with or without {@code Bearer}, algorithm RS256 and no other, claims
 * {@code webhook_url}, {@code body_sha256} in hex and {@code exp}. Or a key in the URL, where the connection's secrets
 * are such.
 */
final class GongVerifier {

    private static final String AUTHORIZATION = "authorization";
    private static final String BEARER = "bearer ";

    /** How long past its expiry a token still counts, for clocks that differ. */
    private static final long LEEWAY_SECONDS = 60;

    private GongVerifier() {}

    private record Key(String id, RSAPublicKey key) {}

    static Verdict verify(InboundRequest request, Connection connection, Instant now) {
        var hasPublicKey = connection.secrets().stream().anyMatch(secret -> GongKeys.isPublicKey(secret.value()));
        return hasPublicKey ? jwt(request, connection, now) : SharedSecret.inQuery("key", request, connection, now);
    }

    private static Verdict jwt(InboundRequest request, Connection connection, Instant now) {
        var count = request.headers().count(AUTHORIZATION);
        if (count == 0) {
            return new Refused(
                    Reason.SIGNATURE_MISSING,
                    "There is no header authorization. Choose \"Signed JWT header\" in Gong's rule.");
        }
        if (count > 1) {
            return new Refused(Reason.SIGNATURE_REPEATED, "The header authorization occurs more than once.");
        }
        var header = request.headers().first(AUTHORIZATION);
        var token =
                header.regionMatches(true, 0, BEARER, 0, BEARER.length()) ? header.substring(BEARER.length()) : header;
        Jws jws;
        try {
            jws = Jws.parse(token);
        } catch (Jws.Malformed e) {
            return new Refused(
                    Reason.SIGNATURE_MALFORMED, "The header authorization is not a JWT: " + e.getMessage() + ".");
        }
        // RFC 7515 section 4.1.11: what a header names as critical and is not understood makes the token invalid.
        if (!jws.header().get("alg").equals(Value.of("RS256"))
                || !jws.header().get("crit").isNull()) {
            return new Refused(Reason.SCHEME_NOT_ALLOWED, "The JWT is not signed by RS256 alone.");
        }
        return judge(jws, request, connection, now);
    }

    private static Verdict judge(Jws jws, InboundRequest request, Connection connection, Instant now) {
        var keys = new ArrayList<Key>();
        for (var secret : connection.secrets()) {
            var key = secret.isLive(now) ? GongKeys.read(secret.value()) : null;
            if (key != null) {
                keys.add(new Key(secret.id(), key));
            }
        }
        if (keys.isEmpty()) {
            return new Refused(Reason.NO_LIVE_SECRET, "The connection has no live public key. Add the one Gong shows.");
        }
        for (var each : keys) {
            if (isSignedBy(each.key, jws)) {
                var refused = claims(jws.payload(), request, connection, now);
                return refused == null ? new Genuine("jwt", each.id) : refused;
            }
        }
        return new Refused(
                Reason.SIGNATURE_MISMATCH,
                "None of the connection's public keys explains the JWT's signature. Copy the key that Gong shows again.");
    }

    private static Refused claims(Value.Obj claims, InboundRequest request, Connection connection, Instant now) {
        if (!(claims.get("exp") instanceof Value.Num(var exp))) {
            return new Refused(Reason.TIMESTAMP_MISSING, "The JWT has no exp, so it could be replayed for ever.");
        }
        if (exp.longValue() + LEEWAY_SECONDS < now.getEpochSecond()) {
            return new Refused(
                    Reason.TIMESTAMP_TOO_OLD,
                    "The JWT has expired. Check that nothing holds requests back on the way.");
        }
        if (claims.get("nbf") instanceof Value.Num(var nbf)
                && nbf.longValue() > now.getEpochSecond() + LEEWAY_SECONDS) {
            return new Refused(Reason.TIMESTAMP_IN_FUTURE, "The JWT is not valid yet. Check the sender's clock.");
        }
        if (!(claims.get("body_sha256") instanceof Value.Text(var hash))
                || !Signatures.same(Signatures.sha256Hex(request.body()), hash)) {
            return new Refused(
                    Reason.SIGNATURE_MISMATCH, "The JWT was signed for another body. Check that nothing changes it.");
        }
        if (!(claims.get("webhook_url") instanceof Value.Text(var url))
                || !normal(url).equals(normal(connection.publicUrl().toString()))) {
            return new Refused(
                    Reason.SIGNATURE_MISMATCH,
                    "The JWT was signed for another URL. Set the rule's URL to exactly " + connection.publicUrl()
                            + ".");
        }
        return null;
    }

    /** A URL with its host in lower case, and without query and last slash. */
    private static String normal(String url) {
        try {
            var uri = URI.create(url);
            var path = uri.getRawPath() == null ? "" : uri.getRawPath();
            var end = path.endsWith("/") ? path.length() - 1 : path.length();
            return (uri.getScheme() + "://" + uri.getRawAuthority()).toLowerCase(Locale.ROOT) + path.substring(0, end);
        } catch (IllegalArgumentException e) {
            return url;
        }
    }

    private static boolean isSignedBy(RSAPublicKey key, Jws jws) {
        try {
            var verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(key);
            verifier.update(jws.signed().getBytes(US_ASCII));
            return verifier.verify(jws.signature());
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot check RS256", e);
        }
    }
}
