/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.segment;

import io.signalbox.model.Connection;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.Verdict.Reason;
import io.signalbox.vendors.signing.Hmac;
import io.signalbox.vendors.signing.HmacScheme;
import io.signalbox.vendors.signing.TextForm;
import java.time.Instant;
import java.util.Arrays;

/**
 * {@code x-signature}: hex of HMAC-SHA1 over the body or, when that is an array, over its first element as it stands
 * there. All else in an array would be taken on trust, so one with a second element is refused, and of one element alone
 * all bytes between the brackets must be the signed ones.
 */
final class SegmentVerifier {

    static final HmacScheme SCHEME = HmacScheme.ofBody("hmac-sha1", "x-signature", Hmac.SHA1, TextForm.HEX, "");

    private SegmentVerifier() {}

    static Verdict verify(InboundRequest request, Connection connection, Instant now) {
        var body = request.body();
        if (body.length < 2 || body[0] != '[' || body[body.length - 1] != ']') {
            return SCHEME.verify(request, connection, now);
        }
        if (hasSecondElement(body)) {
            return new Verdict.Refused(
                    Reason.SCHEME_NOT_ALLOWED,
                    "The body is a batch, of which Segment signs the first message only. Set the destination's batch size"
                            + " to 1, or switch batching off.");
        }
        var element = Arrays.copyOfRange(body, 1, body.length - 1);
        return SCHEME.verify(
                new InboundRequest(request.method(), request.rawQuery(), request.headers(), element), connection, now);
    }

    /** Whether a comma stands right within the outer brackets. Bytes of UTF-8 above ASCII are never mistaken for one. */
    private static boolean hasSecondElement(byte[] array) {
        var depth = 0;
        var inText = false;
        for (var i = 0; i < array.length; i++) {
            switch (array[i]) {
                case '\\' -> i += inText ? 1 : 0;
                case '"' -> inText = !inText;
                case '[', '{' -> depth += inText ? 0 : 1;
                case ']', '}' -> depth -= inText ? 0 : 1;
                case ',' -> {
                    if (!inText && depth == 1) {
                        return true;
                    }
                }
                default -> {}
            }
        }
        return false;
    }
}
