/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.salesforce;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.signalbox.model.Connection;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.Verdict.Reason;
import io.signalbox.vendors.Verdict.Refused;
import io.signalbox.vendors.signing.SharedSecret;
import java.time.Instant;

/**
 * Outbound Messages are not signed and cannot have headers: the secret stands in the query of the endpoint URL. The
 * organization id in the message is no secret, but a second thing that must fit; it is compared by its 15 characters.
 */
final class SalesforceVerifier {

    static final String PARAMETER = "token";

    private SalesforceVerifier() {}

    static Verdict verify(InboundRequest request, Connection connection, Instant now) {
        var verdict = SharedSecret.inQuery(PARAMETER, request, connection, now);
        var organization = Salesforce.ORGANIZATION.text(connection);
        if (verdict instanceof Verdict.Refused || organization == null) {
            return verdict;
        }
        var said = OutboundMessage.organization(request.body());
        if (SalesforceIds.head(said).equals(SalesforceIds.head(organization))) {
            return verdict;
        }
        return new Refused(
                Reason.SENDER_NOT_ALLOWED,
                "The message's OrganizationId is not the one of the connection's option organization_id.");
    }

    /** The body with a session id, which is a credential, overwritten; the same array where there is none. */
    static byte[] withoutSession(byte[] body) {
        // Latin-1 gives each byte one character, so that places in the text are places in the body.
        var text = new String(body, ISO_8859_1);
        var tag = "SessionId>";
        byte[] kept = null;
        for (var at = text.indexOf(tag); at >= 0; at = text.indexOf(tag, at + tag.length())) {
            for (var i = at + tag.length(); i < body.length && body[i] != '<'; i++) {
                kept = kept == null ? body.clone() : kept;
                kept[i] = '*';
            }
        }
        return kept == null ? body : kept;
    }
}
