/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.signing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.model.Connection;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Query;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.Verdict.Genuine;
import io.signalbox.vendors.Verdict.Reason;
import io.signalbox.vendors.Verdict.Refused;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Proof of vendors that cannot sign: a secret that the user put at the vendor and that the vendor sends along as it is.
 * It proves who sent a request and nothing of what is in it, so TLS must. Each live secret is compared, in a time that
 * does not depend on where they differ. A credential that occurs twice is refused, whatever its values: two readers may
 * disagree on which one counts.
 */
public final class SharedSecret {

    private SharedSecret() {}

    /** The secret is the value of a header, its name in lower case. */
    public static Verdict inHeader(String name, InboundRequest request, Connection connection, Instant now) {
        var count = request.headers().count(name);
        var given = count == 0 ? List.<String>of() : List.of(request.headers().first(name));
        return count > 1
                ? repeated("the header " + name)
                : verify("header", given, "the header " + name, connection, now);
    }

    /** The secret is the value of a query parameter. */
    public static Verdict inQuery(String name, InboundRequest request, Connection connection, Instant now) {
        var given = Query.values(request.rawQuery(), name);
        return verify("query", given, "the query parameter " + name, connection, now);
    }

    /**
     * The secret is the password of HTTP Basic authentication (RFC 7617), as UTF-8; the user name must be {@code user}.
     */
    public static Verdict inBasic(String user, InboundRequest request, Connection connection, Instant now) {
        var place = "the password of HTTP Basic authentication";
        if (request.headers().count("authorization") > 1) {
            return repeated(place);
        }
        var header = request.headers().first("authorization");
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return verify("basic", List.of(), place, connection, now);
        }
        try {
            var text = new String(Base64.getDecoder().decode(header.substring(6).strip()), UTF_8);
            var head = user + ":";
            if (Signatures.same(head, text.substring(0, Math.min(text.length(), head.length())))) {
                return verify("basic", List.of(text.substring(head.length())), place, connection, now);
            }
            return new Refused(Reason.CREDENTIAL_MISMATCH, "The user name is not " + user + ".");
        } catch (IllegalArgumentException e) {
            return new Refused(Reason.CREDENTIAL_MISMATCH, "The header authorization is not base64 after Basic.");
        }
    }

    /**
     * Compares what was given with the connection's live secrets.
     *
     * @param scheme of the verdict: {@code header}
     * @param given every value that stood at the place
     * @param place where the secret is to stand, for the hint: {@code the header x-token}
     */
    public static Verdict verify(String scheme, List<String> given, String place, Connection connection, Instant now) {
        if (given.size() > 1) {
            return repeated(place);
        }
        String matched = null;
        var live = 0;
        var text = given.isEmpty() ? "" : given.getFirst();
        for (var secret : connection.secrets()) {
            if (secret.isLive(now) && !secret.value().isEmpty()) {
                live++;
                matched = Signatures.same(secret.value(), text) ? secret.id() : matched;
            }
        }
        if (matched != null) {
            return new Genuine(scheme, matched);
        }
        if (live == 0) {
            return new Refused(Reason.NO_LIVE_SECRET, "The connection has no live secret. Add one, here and there.");
        }
        if (text.isEmpty()) {
            return new Refused(
                    Reason.CREDENTIAL_MISSING,
                    "The secret is missing: " + place + " must hold one of the connection's secrets.");
        }
        return new Refused(
                Reason.CREDENTIAL_MISMATCH,
                "What " + place + " holds is none of the connection's live secrets. Check that it was copied whole, and"
                        + " that it was not rotated away.");
    }

    private static Refused repeated(String place) {
        return new Refused(
                Reason.CREDENTIAL_REPEATED, "The secret is given more than once: " + place + " occurs twice.");
    }

    /**
     * The body with every occurrence of one of the connection's secrets overwritten, for vendors that put it there: what
     * is kept of a request must not hold what proves the next one.
     *
     * @return the same array where there is none
     */
    public static byte[] without(byte[] body, Connection connection) {
        // Latin-1 gives each byte one character, so that places in the text are places in the body.
        var text = new String(body, ISO_8859_1);
        byte[] kept = null;
        for (var secret : connection.secrets()) {
            var value = secret.value();
            for (var at = value.isEmpty() ? -1 : text.indexOf(value);
                    at >= 0;
                    at = text.indexOf(value, at + value.length())) {
                kept = kept == null ? body.clone() : kept;
                Arrays.fill(kept, at, at + value.length(), (byte) '*');
            }
        }
        return kept == null ? body : kept;
    }
}
