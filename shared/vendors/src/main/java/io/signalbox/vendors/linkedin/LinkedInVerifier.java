/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.linkedin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.signalbox.model.Connection;
import io.signalbox.vendors.Headers;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.Verdict.Reason;
import io.signalbox.vendors.signing.Hmac;
import io.signalbox.vendors.signing.HmacScheme;
import io.signalbox.vendors.signing.SignedContent;
import io.signalbox.vendors.signing.TextForm;
import java.time.Instant;

/**
 * {@code x-li-signature}: hex of HMAC-SHA256 under the client secret over {@code hmacsha256=} and the body, or over the
 * body alone where the connection says so; never both. The header may begin with {@code hmacsha256=} itself.
 *
 * <p>Over the body alone the answer to a challenge is the signature of a body that is the challenge's code, so such a
 * body is refused.
 */
final class LinkedInVerifier {

    static final String SIGNATURE = "x-li-signature";
    static final String PREFIX = "hmacsha256=";

    private static final int CHALLENGE_BYTES = 36;

    static final HmacScheme OF_PREFIXED = new HmacScheme(
            "hmac-sha256",
            SIGNATURE,
            Hmac.SHA256,
            TextForm.HEX,
            "",
            "",
            null,
            null,
            SignedContent.of(PREFIX + "{body}"),
            TextForm.TEXT);

    static final HmacScheme OF_BODY = HmacScheme.ofBody("hmac-sha256-body", SIGNATURE, Hmac.SHA256, TextForm.HEX, "");

    private LinkedInVerifier() {}

    static HmacScheme scheme(Connection connection) {
        return LinkedIn.BODY.equals(LinkedIn.SIGNED.text(connection)) ? OF_BODY : OF_PREFIXED;
    }

    static Verdict verify(InboundRequest request, Connection connection, Instant now) {
        var body = request.body();
        if (body.length == CHALLENGE_BYTES && LinkedInHandshake.isChallenge(new String(body, ISO_8859_1))) {
            return new Verdict.Refused(
                    Reason.SIGNATURE_MALFORMED, "The body is a challenge's code, whose signature anybody can ask for.");
        }
        return scheme(connection).verify(bare(request), connection, now);
    }

    /** The request with a signature that lacks its prefix; unchanged when it has none, or more than one signature. */
    private static InboundRequest bare(InboundRequest request) {
        var given = request.headers().count(SIGNATURE) == 1 ? request.headers().first(SIGNATURE) : null;
        return given == null || !given.startsWith(PREFIX)
                ? request
                : new InboundRequest(
                        request.method(),
                        request.rawQuery(),
                        Headers.of(SIGNATURE, given.substring(PREFIX.length())),
                        request.body());
    }
}
