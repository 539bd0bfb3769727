/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.linkedin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.model.Connection;
import io.signalbox.vendors.Handshake;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Query;
import io.signalbox.vendors.Reply;
import io.signalbox.vendors.Verdict.Reason;
import io.signalbox.vendors.signing.Hmac;
import io.signalbox.vendors.signing.TextForm;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * {@code GET ?challengeCode=…}, answered with hex of HMAC-SHA256 over the code under the client secret, the very key of
 * {@code x-li-signature}. Anybody may ask, so whoever signed any text would sign deliveries for everybody: nothing but a
 * UUID is signed, which no delivery can be.
 */
final class LinkedInHandshake {

    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private LinkedInHandshake() {}

    static Handshake greet(InboundRequest request, Connection connection, Instant now) {
        var codes = Query.values(request.rawQuery(), "challengeCode");
        if (codes.size() != 1 || !isChallenge(codes.getFirst())) {
            return new Handshake.Refused(
                    Reason.SIGNATURE_MALFORMED,
                    "There is not exactly one challengeCode that is a UUID. Anything else is not signed, for it could be"
                            + " a delivery.");
        }
        var code = codes.getFirst();
        return connection.secrets().stream()
                .filter(secret -> secret.isLive(now) && !secret.value().isEmpty())
                .findFirst()
                .<Handshake>map(secret -> new Handshake.Answered(Reply.json("{\"challengeCode\":\"" + code
                        + "\",\"challengeResponse\":\""
                        + TextForm.HEX.write(Hmac.SHA256.of(secret.value().getBytes(UTF_8), code.getBytes(UTF_8)))
                        + "\"}")))
                .orElseGet(() -> new Handshake.Refused(
                        Reason.NO_LIVE_SECRET, "The connection has no live secret. Add the app's client secret."));
    }

    static boolean isChallenge(String text) {
        return UUID.matcher(text).matches();
    }
}
