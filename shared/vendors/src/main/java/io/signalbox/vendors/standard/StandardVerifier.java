/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.standard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.model.Connection;
import io.signalbox.vendors.Headers;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.Verdict.Genuine;
import io.signalbox.vendors.Verdict.Reason;
import io.signalbox.vendors.Verdict.Refused;
import io.signalbox.vendors.signing.ClockWindow;
import io.signalbox.vendors.signing.Signatures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Signatures by github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md: over
 * {@code id.timestamp.body}, listed with single spaces between, each {@code v1,} and base64 of HMAC-SHA256 or
 * {@code v1a,} and base64 of Ed25519. One that a live secret explains is enough, so both sides can rotate. The two
 * families of header names are never mixed.
 */
final class StandardVerifier {

    static final String WEBHOOK_ID = "webhook-id";
    static final String SVIX_ID = "svix-id";

    /** A sender rotates between two; every one more is work for an attacker to give us. */
    private static final int MOST_SIGNATURES = 10;

    private StandardVerifier() {}

    static Verdict verify(InboundRequest request, Connection connection, Instant now) {
        var headers = request.headers();
        if (headers.count("webhook-signature") > 0) {
            return verify(request, WEBHOOK_ID, "webhook-timestamp", "webhook-signature", connection, now);
        }
        if (headers.count("svix-signature") > 0) {
            return verify(request, SVIX_ID, "svix-timestamp", "svix-signature", connection, now);
        }
        return new Refused(
                Reason.SIGNATURE_MISSING, "There is neither a webhook-signature nor a svix-signature header.");
    }

    private static Verdict verify(
            InboundRequest request,
            String idName,
            String timeName,
            String signatureName,
            Connection connection,
            Instant now) {
        var headers = request.headers();
        if (headers.count(signatureName) > 1) {
            return new Refused(Reason.SIGNATURE_REPEATED, "The header " + signatureName + " occurs more than once.");
        }
        var id = headers.first(idName);
        if (id == null || id.isEmpty() || headers.count(idName) > 1) {
            return new Refused(Reason.ID_MISSING, "There is not exactly one header " + idName + ".");
        }
        var refused = judgeTime(headers, timeName, now);
        if (refused != null) {
            return refused;
        }
        var given = entries(headers.first(signatureName));
        if (given == null) {
            return new Refused(
                    Reason.SIGNATURE_MALFORMED,
                    "The header " + signatureName + " is not one to ten entries like v1,… with single spaces between.");
        }
        var prefix = id.concat(".").concat(headers.first(timeName)).concat(".").getBytes(UTF_8);
        return judge(given, prefix, request.body(), connection, now);
    }

    private static Refused judgeTime(Headers headers, String timeName, Instant now) {
        var text = headers.first(timeName);
        if (text == null) {
            return new Refused(Reason.TIMESTAMP_MISSING, "The header " + timeName + " is missing.");
        }
        var seconds = ClockWindow.digits(text, 1, 12);
        if (seconds < 0 || headers.count(timeName) > 1) {
            return new Refused(
                    Reason.TIMESTAMP_MALFORMED, "The header " + timeName + " is not one time in seconds since 1970.");
        }
        return ClockWindow.refuses(seconds * 1_000, now);
    }

    /** The listed signatures; null when the list has a gap, a comma too many or too few, or more than ten. */
    private static List<String> entries(String header) {
        var entries = new ArrayList<String>(2);
        var start = 0;
        while (start <= header.length()) {
            var space = header.indexOf(' ', start);
            var end = space < 0 ? header.length() : space;
            var entry = header.substring(start, end);
            var comma = entry.indexOf(',');
            if (comma <= 0 || comma != entry.lastIndexOf(',') || entries.size() == MOST_SIGNATURES) {
                return null;
            }
            entries.add(entry);
            start = end + 1;
        }
        return entries;
    }

    private static Verdict judge(List<String> given, byte[] prefix, byte[] body, Connection connection, Instant now) {
        String matched = null;
        var scheme = "v1";
        var live = 0;
        var comparable = 0;
        for (var secret : connection.secrets()) {
            var key = secret.isLive(now) ? Keys.bytes(secret.value()) : null;
            if (key == null) {
                continue;
            }
            live++;
            var isPublic = Keys.isPublic(secret.value());
            var expected = isPublic ? null : "v1,".concat(Signatures.base64(Signatures.hmacSha256(key, prefix, body)));
            for (var entry : given) {
                if (entry.startsWith(isPublic ? "v1a," : "v1,")) {
                    comparable++;
                    var same = isPublic ? isSignedBy(key, entry, prefix, body) : Signatures.same(expected, entry);
                    if (same) {
                        matched = secret.id();
                        scheme = isPublic ? "v1a" : "v1";
                    }
                }
            }
        }
        return matched == null ? refusal(live, comparable) : new Genuine(scheme, matched);
    }

    private static boolean isSignedBy(byte[] publicKey, String entry, byte[] prefix, byte[] body) {
        var text = entry.substring(entry.indexOf(',') + 1);
        byte[] signature;
        try {
            signature = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
        // The decoder overlooks bits that carry nothing; only the one text that encodes these bytes is accepted.
        return Signatures.base64(signature).equals(text) && Ed25519.verifies(publicKey, signature, prefix, body);
    }

    private static Refused refusal(int live, int comparable) {
        if (live == 0) {
            return new Refused(Reason.NO_LIVE_SECRET, "The connection has no live secret. Add the sender's.");
        }
        if (comparable == 0) {
            return new Refused(
                    Reason.SCHEME_NOT_ALLOWED,
                    "No signature is of a version that the connection's secrets can check: v1 needs a whsec_ secret, v1a a"
                            + " whpk_ public key.");
        }
        return new Refused(
                Reason.SIGNATURE_MISMATCH,
                "None of the connection's live secrets explains a signature. Check the secret, and that nothing changes the"
                        + " body on the way.");
    }
}
