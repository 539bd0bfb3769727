/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static io.signalbox.vendors.Connections.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Connection;
import io.signalbox.model.Value;
import io.signalbox.vendors.Verdict.Reason;
import io.signalbox.vendors.signing.Hmac;
import io.signalbox.vendors.signing.Signatures;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** One table of what must not get in, run for every scheme; beside it what must, so that the table proves something. */
class NegativesTest {

    private static final String URL = "https://hooks.example.com/hooks/v1/x/acme";
    private static final String SECRET = "0f6a1c1e-5e0b-4a53-9f0e-1b7b0b0d9c11";
    private static final String OTHER = "3d0f4f6a-96f2-4a7c-8f5e-0a54c6f0a2b7";
    private static final byte[] BODY = "{\"a\": 1,\r\n\"b\": \"é\"}".getBytes(UTF_8);
    private static final String MILLIS = Long.toString(NOW.toEpochMilli());
    private static final String SECONDS = Long.toString(NOW.getEpochSecond());

    /** How a scheme signs. Signing with a time of null leaves the time's header out. */
    private interface Signer {
        String sign(String secret, String time, byte[] body);
    }

    private record Scheme(
            String name,
            String vendor,
            String signatureHeader,
            String timeHeader,
            String time,
            String secret,
            String other,
            Map<String, Value> options,
            List<String> fixedHeaders,
            boolean isList,
            Signer signer) {

        Connection connection() {
            return Connections.of(vendor, URL, options, secret);
        }

        Headers headers(String signature, String at) {
            var headers = new Headers(4);
            for (var i = 0; i < fixedHeaders.size(); i += 2) {
                headers.add(fixedHeaders.get(i), fixedHeaders.get(i + 1));
            }
            if (signature != null) {
                headers.add(signatureHeader, signature);
            }
            if (timeHeader != null && at != null) {
                headers.add(timeHeader, at);
            }
            return headers;
        }

        String sign(byte[] body) {
            return signer.sign(secret, time, body);
        }

        Verdict verify(Headers headers, byte[] body) {
            return verify(headers, body, connection());
        }

        Verdict verify(Headers headers, byte[] body, Connection connection) {
            return Vendors.find(vendor)
                    .orElseThrow()
                    .verify(new InboundRequest("POST", "", headers, body), connection, NOW);
        }
    }

    /** The vendors that have a scheme in the table. */
    static List<String> vendors() throws GeneralSecurityException {
        return schemes().stream().map(Scheme::vendor).distinct().toList();
    }

    @TestFactory
    List<DynamicTest> every_scheme_refuses_what_is_not_signed_right() throws GeneralSecurityException {
        var tests = new ArrayList<DynamicTest>();
        for (var scheme : schemes()) {
            genuine(scheme, tests);
            signatures(scheme, tests);
            bodies(scheme, tests);
            secrets(scheme, tests);
            if (scheme.timeHeader != null) {
                times(scheme, tests);
            }
        }
        return tests;
    }

    private static void genuine(Scheme scheme, List<DynamicTest> tests) {
        accept(tests, scheme, "signed right", s -> s.verify(s.headers(s.sign(BODY), s.time), BODY));
        for (var body : List.of(new byte[0], "\uFEFF{}".getBytes(UTF_8), new byte[] {(byte) 0xFF, 0, 13, 10})) {
            accept(
                    tests,
                    scheme,
                    "body " + Arrays.toString(body),
                    s -> s.verify(s.headers(s.sign(body), s.time), body));
        }
        accept(tests, scheme, "header names in capitals", s -> {
            var shouted = new Headers(4);
            var headers = s.headers(s.sign(BODY), s.time);
            for (var i = 0; i < headers.size(); i++) {
                shouted.add(headers.name(i).toUpperCase(Locale.ROOT), headers.value(i));
            }
            return s.verify(shouted, BODY);
        });
        accept(tests, scheme, "any of three live secrets", s -> {
            var connection = Connections.of(s.vendor, URL, s.options, s.other, s.secret, s.other);
            return s.verify(s.headers(s.sign(BODY), s.time), BODY, connection);
        });
    }

    private static void signatures(Scheme scheme, List<DynamicTest> tests) {
        refuse(tests, scheme, "no header", Reason.SIGNATURE_MISSING, s -> s.verify(s.headers(null, s.time), BODY));
        refuse(tests, scheme, "nothing at all", Reason.SIGNATURE_MISSING, s -> s.verify(new Headers(0), BODY));
        changed(tests, scheme, "empty", Reason.SIGNATURE_MALFORMED, _ -> "");
        changed(tests, scheme, "truncated", null, text -> text.substring(0, text.length() - 4));
        changed(tests, scheme, "lengthened", null, text -> text + "AAAA");
        changed(tests, scheme, "case swapped", null, NegativesTest::swapCase);
        var isTimed = scheme.sign(BODY).startsWith("t=");
        changed(tests, scheme, "space before", isTimed ? null : Reason.SIGNATURE_MALFORMED, text -> " " + text);
        changed(tests, scheme, "space after", Reason.SIGNATURE_MALFORMED, text -> text + " ");
        changed(tests, scheme, "tab after", null, text -> text + "\t");
        changed(tests, scheme, "not of the alphabet", null, text -> text.substring(0, text.length() - 1) + "é");
        changed(tests, scheme, "another scheme", null, _ -> "v9,AAAA");
        changed(tests, scheme, "joined by a comma, as a gateway does", null, text -> text + "," + text);
        refuse(tests, scheme, "header twice", Reason.SIGNATURE_REPEATED, s -> {
            var headers = s.headers(s.sign(BODY), s.time);
            return s.verify(headers.add(s.signatureHeader, s.sign(BODY)), BODY);
        });
        var second = "two signatures, the second right";
        UnaryOperator<String> two = text -> scheme.signer.sign(scheme.other, scheme.time, BODY) + " " + text;
        if (scheme.isList) {
            accept(tests, scheme, second, s -> s.verify(s.headers(two.apply(s.sign(BODY)), s.time), BODY));
            changed(
                    tests,
                    scheme,
                    "eleven signatures",
                    Reason.SIGNATURE_MALFORMED,
                    text -> (text + " ").repeat(10) + text);
            changed(tests, scheme, "two spaces between", Reason.SIGNATURE_MALFORMED, text -> text + "  " + text);
        } else {
            changed(tests, scheme, second, Reason.SIGNATURE_MALFORMED, two);
        }
    }

    private static void bodies(Scheme scheme, List<DynamicTest> tests) {
        var text = new String(BODY, UTF_8);
        var bodies = Map.of(
                "re-serialised", text.replace(" ", "").getBytes(UTF_8),
                "with a byte order mark", ("\uFEFF" + text).getBytes(UTF_8),
                "with other line ends", text.replace("\r\n", "\n").getBytes(UTF_8),
                "in Latin-1", text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                "with a key twice", text.replace("\"b\"", "\"a\"").getBytes(UTF_8),
                "empty", new byte[0],
                "still in base64", Base64.getEncoder().encode(BODY));
        bodies.forEach((name, body) -> refuse(
                tests,
                scheme,
                "body " + name,
                Reason.SIGNATURE_MISMATCH,
                s -> s.verify(s.headers(s.sign(BODY), s.time), body)));
    }

    private static void secrets(Scheme scheme, List<DynamicTest> tests) {
        refuse(
                tests,
                scheme,
                "secret of somebody else",
                Reason.SIGNATURE_MISMATCH,
                s -> s.verify(s.headers(s.signer.sign(s.other, s.time, BODY), s.time), BODY));
        refuse(
                tests,
                scheme,
                "secret rotated away",
                Reason.SIGNATURE_MISMATCH,
                s -> s.verify(
                        s.headers(s.sign(BODY), s.time), BODY, Connections.of(s.vendor, URL, s.options, s.other)));
        refuse(
                tests,
                scheme,
                "secret that ends now",
                Reason.NO_LIVE_SECRET,
                s -> s.verify(s.headers(s.sign(BODY), s.time), BODY, Connections.withExpired(s.connection(), NOW)));
        accept(
                tests,
                scheme,
                "secret that ends in a millisecond",
                s -> s.verify(
                        s.headers(s.sign(BODY), s.time),
                        BODY,
                        Connections.withExpired(s.connection(), NOW.plusMillis(1))));
        refuse(
                tests,
                scheme,
                "no secret",
                Reason.NO_LIVE_SECRET,
                s -> s.verify(
                        s.headers(s.sign(BODY), s.time), BODY, Connections.withSecrets(s.connection(), List.of())));
        refuse(
                tests,
                scheme,
                "empty secret",
                Reason.NO_LIVE_SECRET,
                s -> s.verify(s.headers(s.sign(BODY), s.time), BODY, Connections.of(s.vendor, URL, s.options, "")));
    }

    private static void times(Scheme scheme, List<DynamicTest> tests) {
        refuse(tests, scheme, "no time", Reason.TIMESTAMP_MISSING, s -> s.verify(s.headers(s.sign(BODY), null), BODY));
        for (var bad : List.of(
                "",
                "now",
                "-1",
                "+" + scheme.time,
                scheme.time + " ",
                scheme.time + ".0",
                "9".repeat(30),
                "0x1",
                "١".repeat(13),
                scheme.time + "," + scheme.time)) {
            refuse(
                    tests,
                    scheme,
                    "time " + bad,
                    Reason.TIMESTAMP_MALFORMED,
                    s -> s.verify(s.headers(s.signer.sign(s.secret, bad, BODY), bad), BODY));
        }
        refuse(
                tests,
                scheme,
                "time twice",
                Reason.TIMESTAMP_MALFORMED,
                s -> s.verify(s.headers(s.sign(BODY), s.time).add(s.timeHeader, s.time), BODY));
        at(tests, scheme, -301, Reason.TIMESTAMP_TOO_OLD);
        at(tests, scheme, 301, Reason.TIMESTAMP_IN_FUTURE);
        at(tests, scheme, -300, null);
        at(tests, scheme, 300, null);
        refuse(
                tests,
                scheme,
                "time not the signed one",
                Reason.SIGNATURE_MISMATCH,
                s -> s.verify(s.headers(s.sign(BODY), shift(s, 1)), BODY));
    }

    private static void at(List<DynamicTest> tests, Scheme scheme, int seconds, Reason reason) {
        Check check =
                s -> s.verify(s.headers(s.signer.sign(s.secret, shift(s, seconds), BODY), shift(s, seconds)), BODY);
        if (reason == null) {
            accept(tests, scheme, "signed " + seconds + " s off", check);
        } else {
            refuse(tests, scheme, "signed " + seconds + " s off", reason, check);
        }
    }

    private static String shift(Scheme scheme, int seconds) {
        if (scheme.time.endsWith("Z")) {
            return Instant.parse(scheme.time).plusSeconds(seconds).toString();
        }
        var unit = scheme.time.length() == 13 ? 1_000L : 1L;
        return Long.toString(Long.parseLong(scheme.time) + seconds * unit);
    }

    private interface Check {
        Verdict of(Scheme scheme);
    }

    private static void changed(
            List<DynamicTest> tests, Scheme scheme, String name, Reason reason, UnaryOperator<String> change) {
        refuse(
                tests,
                scheme,
                "signature " + name,
                reason,
                s -> s.verify(s.headers(change.apply(s.sign(BODY)), s.time), BODY));
    }

    private static void accept(List<DynamicTest> tests, Scheme scheme, String name, Check check) {
        tests.add(DynamicTest.dynamicTest(
                scheme.name + " accepts: " + name,
                () -> assertThat(check.of(scheme)).isInstanceOf(Verdict.Genuine.class)));
    }

    private static void refuse(List<DynamicTest> tests, Scheme scheme, String name, Reason reason, Check check) {
        tests.add(DynamicTest.dynamicTest(
                scheme.name + " refuses: " + name,
                () -> assertThat(check.of(scheme)).isInstanceOfSatisfying(Verdict.Refused.class, refused -> {
                    if (reason != null) {
                        assertThat(refused.reason()).isEqualTo(reason);
                    }
                    assertThat(refused.hint()).isNotBlank().doesNotContain(scheme.secret);
                })));
    }

    private static String swapCase(String text) {
        var swapped = new StringBuilder();
        text.chars()
                .forEach(c -> swapped.append(
                        (char) (Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))));
        return swapped.toString();
    }

    private static List<Scheme> schemes() throws GeneralSecurityException {
        var whsec = "whsec_" + Base64.getEncoder().encodeToString(SECRET.getBytes(UTF_8));
        var whsecOther = "whsec_" + Base64.getEncoder().encodeToString(OTHER.getBytes(UTF_8));
        var generator = KeyPairGenerator.getInstance("Ed25519");
        var pair = generator.generateKeyPair();
        var otherPair = generator.generateKeyPair();
        var whpk = whpk(pair.getPublic().getEncoded());
        var whpkOther = whpk(otherPair.getPublic().getEncoded());
        Signer v1a = (secret, time, body) ->
                "v1a," + ed25519(secret.equals(whpk) ? pair.getPrivate() : otherPair.getPrivate(), time, body);
        return List.of(
                new Scheme(
                        "hubspot v3",
                        "hubspot",
                        "x-hubspot-signature-v3",
                        "x-hubspot-request-timestamp",
                        MILLIS,
                        SECRET,
                        OTHER,
                        Map.of(),
                        List.of(),
                        false,
                        (secret, time, body) -> Signatures.base64(Signatures.hmacSha256(
                                secret.getBytes(UTF_8), ("POST" + URL).getBytes(UTF_8), body, time.getBytes(UTF_8)))),
                new Scheme(
                        "hubspot v2",
                        "hubspot",
                        "x-hubspot-signature",
                        null,
                        MILLIS,
                        SECRET,
                        OTHER,
                        Map.of("allow_v2", Value.TRUE),
                        List.of("x-hubspot-signature-version", "v2"),
                        false,
                        (secret, _, body) -> Signatures.sha256Hex((secret + "POST" + URL).getBytes(UTF_8), body)),
                new Scheme(
                        "hubspot v1",
                        "hubspot",
                        "x-hubspot-signature",
                        null,
                        MILLIS,
                        SECRET,
                        OTHER,
                        Map.of("allow_v1", Value.TRUE),
                        List.of("x-hubspot-signature-version", "v1"),
                        false,
                        (secret, _, body) -> Signatures.sha256Hex(secret.getBytes(UTF_8), body)),
                new Scheme(
                        "zendesk",
                        "zendesk",
                        "x-zendesk-webhook-signature",
                        "x-zendesk-webhook-signature-timestamp",
                        NOW.toString(),
                        SECRET,
                        OTHER,
                        Map.of(),
                        List.of(),
                        false,
                        (secret, time, body) -> Signatures.base64(
                                Signatures.hmacSha256(secret.getBytes(UTF_8), time.getBytes(UTF_8), body))),
                ofBody(
                        "segment",
                        "segment",
                        "x-signature",
                        Map.of(),
                        (secret, _, body) -> hex(Hmac.SHA1.of(secret.getBytes(UTF_8), body))),
                ofBody(
                        "mailchimp signature",
                        "mailchimp",
                        "x-mailchimp-signature",
                        Map.of("proof", Value.of("signature")),
                        (secret, _, body) -> "t=" + SECONDS + ",v1="
                                + hex(Hmac.SHA256.of(secret.getBytes(UTF_8), (SECONDS + ".").getBytes(UTF_8), body))),
                ofBody(
                        "meta",
                        "meta",
                        "x-hub-signature-256",
                        Map.of(),
                        (secret, _, body) -> "sha256=" + hex(Hmac.SHA256.of(secret.getBytes(UTF_8), body))),
                ofBody(
                        "linkedin",
                        "linkedin",
                        "x-li-signature",
                        Map.of(),
                        (secret, _, body) ->
                                hex(Hmac.SHA256.of(secret.getBytes(UTF_8), "hmacsha256=".getBytes(UTF_8), body))),
                ofBody(
                        "linkedin body alone",
                        "linkedin",
                        "x-li-signature",
                        Map.of("signed", Value.of("body")),
                        (secret, _, body) -> hex(Hmac.SHA256.of(secret.getBytes(UTF_8), body))),
                new Scheme(
                        "slack",
                        "slack",
                        "x-slack-signature",
                        "x-slack-request-timestamp",
                        SECONDS,
                        SECRET,
                        OTHER,
                        Map.of(),
                        List.of(),
                        false,
                        (secret, time, body) -> "v0=" + hex(secret, ("v0:" + time + ":").getBytes(UTF_8), body)),
                ofBody(
                        "intercom",
                        "intercom",
                        "x-hub-signature",
                        Map.of(),
                        (secret, _, body) -> "sha1=" + hex(Hmac.SHA1.of(secret.getBytes(UTF_8), body))),
                ofBody(
                        "typeform",
                        "typeform",
                        "typeform-signature",
                        Map.of(),
                        (secret, _, body) ->
                                "sha256=" + Signatures.base64(Signatures.hmacSha256(secret.getBytes(UTF_8), body))),
                ofBody(
                        "calendly",
                        "calendly",
                        "calendly-webhook-signature",
                        Map.of(),
                        (secret, _, body) ->
                                "t=" + SECONDS + ",v1=" + hex(secret, (SECONDS + ".").getBytes(UTF_8), body)),
                door("hmac body", null, Map.of(), (secret, _, body) -> hex(secret, body)),
                door(
                        "hmac time and body",
                        "x-time",
                        Map.of("timestamp_header", Value.of("X-Time"), "signed_content", Value.of("{timestamp}{body}")),
                        (secret, time, body) -> hex(secret, time.getBytes(UTF_8), body)),
                door(
                        "hmac body and time",
                        "x-time",
                        Map.of("timestamp_header", Value.of("X-Time"), "signed_content", Value.of("{body}{timestamp}")),
                        (secret, time, body) -> hex(secret, body, time.getBytes(UTF_8))),
                standard("webhook", whsec, whsecOther, NegativesTest::v1),
                standard("svix", whsec, whsecOther, NegativesTest::v1),
                standard("webhook", whpk, whpkOther, v1a));
    }

    /** A scheme with one header, in which the time stands too if there is one. */
    private static Scheme ofBody(String name, String vendor, String header, Map<String, Value> options, Signer signer) {
        return new Scheme(name, vendor, header, null, SECONDS, SECRET, OTHER, options, List.of(), false, signer);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** A sender of a user's own, whose signature is in {@code x-sign}. */
    private static Scheme door(String name, String timeHeader, Map<String, Value> options, Signer signer) {
        var all = new HashMap<>(options);
        all.put("signature_header", Value.of("X-Sign"));
        return new Scheme(name, "hmac", "x-sign", timeHeader, SECONDS, SECRET, OTHER, all, List.of(), false, signer);
    }

    private static String hex(String secret, byte[]... parts) {
        return HexFormat.of().formatHex(Signatures.hmacSha256(secret.getBytes(UTF_8), parts));
    }

    private static Scheme standard(String family, String secret, String other, Signer signer) {
        return new Scheme(
                "standard " + family + " " + secret.substring(0, 5),
                "standard",
                family + "-signature",
                family + "-timestamp",
                SECONDS,
                secret,
                other,
                Map.of(),
                List.of(family + "-id", "msg_1"),
                true,
                signer);
    }

    private static String v1(String secret, String time, byte[] body) {
        var key = Base64.getDecoder().decode(secret.substring(6));
        return "v1," + Signatures.base64(Signatures.hmacSha256(key, ("msg_1." + time + ".").getBytes(UTF_8), body));
    }

    private static String whpk(byte[] x509) {
        return "whpk_" + Base64.getEncoder().encodeToString(Arrays.copyOfRange(x509, x509.length - 32, x509.length));
    }

    private static String ed25519(PrivateKey key, String time, byte[] body) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(("msg_1." + time + ".").getBytes(UTF_8));
            signature.update(body);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
