/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.signing;

import io.signalbox.model.Connection;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.Verdict.Genuine;
import io.signalbox.vendors.Verdict.Reason;
import io.signalbox.vendors.Verdict.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Judges one request by one scheme. */
final class HmacVerifier {

    /** A sender that rotates lists two; every one more is work for an attacker to give us. */
    private static final int MOST_SIGNATURES = 10;

    private static final int MOST_ENTRIES = 20;

    private final HmacScheme scheme;
    private final InboundRequest request;
    private final Connection connection;
    private final Instant now;

    HmacVerifier(HmacScheme scheme, InboundRequest request, Connection connection, Instant now) {
        this.scheme = scheme;
        this.request = request;
        this.connection = connection;
        this.now = now;
    }

    /** What the signature header says. */
    private record Given(String time, List<String> signatures) {}

    Verdict verdict() {
        var headers = request.headers();
        var count = headers.count(scheme.header());
        if (count == 0) {
            return new Refused(
                    Reason.SIGNATURE_MISSING,
                    "There is no header " + scheme.header()
                            + ". Did the vendor send this, is signing switched on there, and did a proxy drop headers?");
        }
        if (count > 1) {
            return new Refused(Reason.SIGNATURE_REPEATED, "The header " + scheme.header() + " occurs more than once.");
        }
        var given = read(headers.first(scheme.header()));
        if (given == null) {
            return new Refused(
                    Reason.SIGNATURE_MALFORMED, "The header " + scheme.header() + " is not like " + example() + ".");
        }
        var id = scheme.idHeader() == null ? null : headers.first(scheme.idHeader());
        if (scheme.idHeader() != null
                && (id == null || headers.count(scheme.idHeader()) > 1 || !SignedContent.isId(id))) {
            return new Refused(
                    Reason.ID_MISSING,
                    "There is not exactly one header " + scheme.idHeader()
                            + " of up to 200 letters, digits, hyphens and underscores.");
        }
        var time = scheme.time() == null
                ? null
                : scheme.time().isElement()
                        ? given.time
                        : headers.first(scheme.time().name());
        var refused = scheme.time() == null ? null : judge(time);
        return refused == null ? judge(given.signatures, id, time) : refused;
    }

    /** Null when the header is not in the scheme's form. */
    private Given read(String header) {
        if (scheme.separator().isEmpty()) {
            return isSignature(header) ? new Given(null, List.of(header)) : null;
        }
        var timeStart = scheme.time() != null && scheme.time().isElement()
                ? scheme.time().name() + "="
                : null;
        String time = null;
        var signatures = new ArrayList<String>(2);
        var entries = header.split(java.util.regex.Pattern.quote(scheme.separator()), MOST_ENTRIES + 1);
        if (entries.length > MOST_ENTRIES) {
            return null;
        }
        for (var entry : entries) {
            if (timeStart != null && entry.startsWith(timeStart)) {
                if (time != null) {
                    return null;
                }
                time = entry.substring(timeStart.length());
            } else if (entry.startsWith(scheme.prefix())) {
                if (!isSignature(entry)) {
                    return null;
                }
                signatures.add(entry);
            } else if (entry.isBlank()) {
                return null;
            }
        }
        return signatures.isEmpty() || signatures.size() > MOST_SIGNATURES ? null : new Given(time, signatures);
    }

    private boolean isSignature(String entry) {
        return entry.startsWith(scheme.prefix())
                && entry.length()
                        == scheme.prefix().length()
                                + scheme.encoding().length(scheme.algorithm().bytes());
    }

    private String example() {
        var signature = scheme.prefix() + "…";
        return scheme.separator().isEmpty()
                ? signature
                : (scheme.time() != null && scheme.time().isElement()
                                ? scheme.time().name() + "=…" + scheme.separator()
                                : "")
                        + signature;
    }

    private Refused judge(String time) {
        var place = scheme.time().isElement()
                ? "The element " + scheme.time().name() + " of the header " + scheme.header()
                : "The header " + scheme.time().name();
        if (time == null) {
            return new Refused(Reason.TIMESTAMP_MISSING, place + " is missing.");
        }
        var millis = scheme.time().unit().millis(time);
        var isRepeated = !scheme.time().isElement()
                && request.headers().count(scheme.time().name()) > 1;
        if (millis < 0 || isRepeated) {
            return new Refused(
                    Reason.TIMESTAMP_MALFORMED,
                    place + " is not one time "
                            + switch (scheme.time().unit()) {
                                case SECONDS -> "in seconds since 1970, ten digits.";
                                case MILLISECONDS -> "in milliseconds since 1970, thirteen digits.";
                                case ISO8601 -> "like 2026-03-01T10:00:00Z.";
                                case HTTP_DATE -> "like Sun, 01 Mar 2026 10:00:00 GMT.";
                            });
        }
        return ClockWindow.refuses(millis, now, scheme.time().tolerance().toMillis());
    }

    private Verdict judge(List<String> given, String id, String time) {
        var content = scheme.content()
                .bytes(new SignedContent.Filling(
                        request.method(),
                        HmacScheme.base(connection.publicUrl().toString()),
                        time,
                        id,
                        request.body()));
        String matched = null;
        var live = 0;
        for (var secret : connection.secrets()) {
            var key = secret.isLive(now) ? scheme.keyForm().read(secret.value()) : null;
            if (key == null || key.length == 0) {
                continue;
            }
            live++;
            var expected = scheme.prefix()
                    .concat(scheme.encoding().write(scheme.algorithm().of(key, content)));
            for (var signature : given) {
                matched = Signatures.same(expected, signature) ? secret.id() : matched;
            }
        }
        if (matched != null) {
            return new Genuine(scheme.name(), matched);
        }
        return live == 0
                ? new Refused(Reason.NO_LIVE_SECRET, "The connection has no live secret. Add the vendor's.")
                : new Refused(
                        Reason.SIGNATURE_MISMATCH,
                        "None of the connection's live secrets explains the signature. Check that the secret is the one"
                                + " the vendor signs with, and that nothing changes the body on the way.");
    }
}
