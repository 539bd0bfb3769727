/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.meta;

import io.signalbox.vendors.Handshake;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Query;
import io.signalbox.vendors.Reply;
import io.signalbox.vendors.Verdict.Reason;
import io.signalbox.vendors.signing.Signatures;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code GET ?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=…}, answered with the challenge. It is echoed
 * as plain text, to who knows the token alone, and only when it is a number: Meta's page gives its type as int.
 */
final class MetaHandshake {

    private static final Pattern CHALLENGE = Pattern.compile("[0-9]{1,20}");

    private MetaHandshake() {}

    /** @param token the connection's; null when it has none */
    static Handshake greet(InboundRequest request, String token) {
        if (token == null) {
            return refused(
                    Reason.NO_LIVE_SECRET,
                    "The connection has no verify token. Set its option verify_token to what you type in at Meta.");
        }
        var query = request.rawQuery();
        var given = Query.values(query, "hub.verify_token");
        if (given.size() > 1) {
            return refused(Reason.CREDENTIAL_REPEATED, "hub.verify_token occurs more than once.");
        }
        if (given.isEmpty()) {
            return refused(Reason.CREDENTIAL_MISSING, "There is no hub.verify_token in the query.");
        }
        if (!Signatures.same(token, given.getFirst())) {
            return refused(Reason.CREDENTIAL_MISMATCH, "hub.verify_token is not the connection's option verify_token.");
        }
        var challenge = Query.values(query, "hub.challenge");
        var isAsked = Query.values(query, "hub.mode").equals(List.of("subscribe"))
                && challenge.size() == 1
                && CHALLENGE.matcher(challenge.getFirst()).matches();
        return isAsked
                ? new Handshake.Answered(Reply.text(challenge.getFirst()))
                : refused(
                        Reason.SIGNATURE_MALFORMED,
                        "hub.mode is not subscribe, or hub.challenge is not one number of up to 20 digits.");
    }

    private static Handshake refused(Reason reason, String hint) {
        return new Handshake.Refused(reason, hint);
    }
}
