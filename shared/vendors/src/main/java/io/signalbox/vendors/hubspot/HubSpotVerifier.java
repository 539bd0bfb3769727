/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.hubspot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.model.Connection;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.Verdict.Genuine;
import io.signalbox.vendors.Verdict.Reason;
import io.signalbox.vendors.Verdict.Refused;
import io.signalbox.vendors.signing.ClockWindow;
import io.signalbox.vendors.signing.Signatures;
import java.time.Instant;

/**
 * HubSpot's signatures, by developers.hubspot.com, "Validating requests":
 *
 * <ul>
 *   <li>v3: base64 of HMAC-SHA256 under the client secret over method, URL, body and the milliseconds of
 *       {@code x-hubspot-request-timestamp}, with nothing between;
 *   <li>v2: hex of SHA-256 over client secret, method, URL and body;
 *   <li>v1: hex of SHA-256 over client secret and body.
 * </ul>
 *
 * <p>The URL is the configured one with the request's query. HubSpot documents twelve escapes that are decoded before
 * signing, its own libraries decode none; both forms are keyed by the secret, so both are accepted.
 */
final class HubSpotVerifier {

    static final String SIGNATURE_V3 = "x-hubspot-signature-v3";
    static final String TIMESTAMP = "x-hubspot-request-timestamp";
    static final String SIGNATURE = "x-hubspot-signature";
    static final String VERSION = "x-hubspot-signature-version";

    private static final int BASE64_CHARS = 44;
    private static final int HEX_CHARS = 64;

    private HubSpotVerifier() {}

    static Verdict verify(InboundRequest request, Connection connection, Instant now) {
        var headers = request.headers();
        if (headers.count(SIGNATURE_V3) > 0) {
            return v3(request, connection, now);
        }
        if (headers.count(SIGNATURE) > 0) {
            return older(request, connection, now);
        }
        return new Refused(
                Reason.SIGNATURE_MISSING,
                "There is no x-hubspot-signature-v3 header. Did HubSpot send this, and did a proxy drop headers?");
    }

    private static Verdict v3(InboundRequest request, Connection connection, Instant now) {
        var headers = request.headers();
        var given = headers.first(SIGNATURE_V3);
        if (headers.count(SIGNATURE_V3) > 1 || given.indexOf(',') >= 0) {
            return repeated(SIGNATURE_V3);
        }
        var timestamp = headers.first(TIMESTAMP);
        if (timestamp == null) {
            return new Refused(
                    Reason.TIMESTAMP_MISSING, "A v3 signature needs the header x-hubspot-request-timestamp.");
        }
        var millis = ClockWindow.digits(timestamp, 13, 13);
        if (millis < 0 || headers.count(TIMESTAMP) > 1) {
            return new Refused(
                    Reason.TIMESTAMP_MALFORMED, "The header x-hubspot-request-timestamp is not one time of 13 digits.");
        }
        var outOfWindow = ClockWindow.refuses(millis, now);
        if (outOfWindow != null) {
            return outOfWindow;
        }
        if (given.length() != BASE64_CHARS) {
            return new Refused(
                    Reason.SIGNATURE_MALFORMED, "The v3 signature is not the 44 characters of a base64 SHA-256.");
        }
        var uri = uri(request, connection);
        var raw = request.method().concat(uri).getBytes(UTF_8);
        var decodedUri = HubSpotUri.decode(uri);
        var decoded = decodedUri.equals(uri)
                ? null
                : request.method().concat(decodedUri).getBytes(UTF_8);
        var time = timestamp.getBytes(UTF_8);
        String matched = null;
        var live = 0;
        for (var secret : connection.secrets()) {
            if (isUsable(secret, now)) {
                live++;
                var key = secret.value().getBytes(UTF_8);
                var same = isV3(given, key, raw, request.body(), time);
                if (decoded != null) {
                    same |= isV3(given, key, decoded, request.body(), time);
                }
                matched = same ? secret.id() : matched;
            }
        }
        return verdict("v3", matched, live, connection);
    }

    private static boolean isV3(String given, byte[] key, byte[] target, byte[] body, byte[] time) {
        return Signatures.same(Signatures.base64(Signatures.hmacSha256(key, target, body, time)), given);
    }

    private static Verdict older(InboundRequest request, Connection connection, Instant now) {
        var headers = request.headers();
        var given = headers.first(SIGNATURE);
        if (headers.count(SIGNATURE) > 1 || given.indexOf(',') >= 0) {
            return repeated(SIGNATURE);
        }
        var version = headers.first(VERSION);
        var isV1 = "v1".equals(version);
        if (!isV1 && !"v2".equals(version)) {
            return new Refused(
                    Reason.SIGNATURE_MALFORMED, "The header x-hubspot-signature-version is neither v1 nor v2.");
        }
        if (!(isV1 ? HubSpot.ALLOW_V1 : HubSpot.ALLOW_V2).isOn(connection)) {
            return new Refused(
                    Reason.SCHEME_NOT_ALLOWED,
                    "The request has a " + version
                            + " signature only, which can be replayed for ever. If HubSpot sends no"
                            + " v3 here, set the connection's option allow_" + version + ".");
        }
        if (given.length() != HEX_CHARS) {
            return new Refused(
                    Reason.SIGNATURE_MALFORMED, "The signature is not the 64 characters of a SHA-256 in hex.");
        }
        var target = isV1
                ? new byte[0]
                : request.method().concat(uri(request, connection)).getBytes(UTF_8);
        String matched = null;
        var live = 0;
        for (var secret : connection.secrets()) {
            if (isUsable(secret, now)) {
                live++;
                var expected = Signatures.sha256Hex(secret.value().getBytes(UTF_8), target, request.body());
                matched = Signatures.same(expected, given) ? secret.id() : matched;
            }
        }
        return verdict(version, matched, live, connection);
    }

    private static String uri(InboundRequest request, Connection connection) {
        var url = connection.publicUrl().toString();
        var query = url.indexOf('?');
        var base = query < 0 ? url : url.substring(0, query);
        return request.rawQuery().isEmpty() ? base : base.concat("?").concat(request.rawQuery());
    }

    private static boolean isUsable(Connection.Secret secret, Instant now) {
        return secret.isLive(now) && !secret.value().isEmpty();
    }

    private static Verdict verdict(String scheme, String matched, int live, Connection connection) {
        if (matched != null) {
            return new Genuine(scheme, matched);
        }
        if (live == 0) {
            return new Refused(
                    Reason.NO_LIVE_SECRET,
                    "The connection has no live secret. Add the client secret of the HubSpot app.");
        }
        return new Refused(
                Reason.SIGNATURE_MISMATCH,
                "None of the connection's live secrets explains the signature. Check that the secret is the client"
                        + " secret of the app that sends, and that the app's target URL is exactly "
                        + connection.publicUrl() + ".");
    }

    private static Refused repeated(String header) {
        return new Refused(Reason.SIGNATURE_REPEATED, "The header " + header + " occurs more than once.");
    }
}
