/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.zendesk;

import io.signalbox.model.Connection;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.signing.Hmac;
import io.signalbox.vendors.signing.HmacScheme;
import io.signalbox.vendors.signing.SignedContent;
import io.signalbox.vendors.signing.SignedTime;
import io.signalbox.vendors.signing.TextForm;
import java.time.Duration;
import java.time.Instant;

/**
 * {@code x-zendesk-webhook-signature}: base64 of HMAC-SHA256 over the text of
 * {@code x-zendesk-webhook-signature-timestamp} and the body, with nothing between. The key is the signing secret as it
 * is shown, although it looks like base64. Source: developer.zendesk.com, "Verifying webhook authenticity".
 */
final class ZendeskVerifier {

    private static final String SIGNATURE = "x-zendesk-webhook-signature";
    private static final String TIMESTAMP = "x-zendesk-webhook-signature-timestamp";

    static final Duration USUAL = Duration.ofMinutes(5);
    static final HmacScheme SCHEME = scheme(USUAL);

    private ZendeskVerifier() {}

    static Verdict verify(InboundRequest request, Connection connection, Instant now, Duration tolerance) {
        var scheme = tolerance.equals(USUAL) ? SCHEME : scheme(tolerance);
        return scheme.verify(request, connection, now);
    }

    private static HmacScheme scheme(Duration tolerance) {
        return new HmacScheme(
                "hmac-sha256",
                SIGNATURE,
                Hmac.SHA256,
                TextForm.BASE64,
                "",
                "",
                new SignedTime(TIMESTAMP, false, SignedTime.Unit.ISO8601, tolerance),
                null,
                SignedContent.of("{timestamp}{body}"),
                TextForm.TEXT);
    }
}
