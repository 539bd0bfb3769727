/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.VendorId;
import io.signalbox.vendors.Headers;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.Verdict.Reason;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HmacSchemeTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String SECRET = "0f6a1c1e-5e0b-4a53-9f0e-1b7b0b0d9c11";
    private static final String URL = "https://a.example/hooks";
    private static final byte[] BODY = "{\"a\":1}".getBytes(UTF_8);
    private static final HmacScheme V1 = HmacScheme.timeAndV1("v1", "x-signature");

    /** By RFC 2202 and RFC 4231, test case 2: key {@code Jefe}. */
    @ParameterizedTest
    @CsvSource({
        "SHA1, HEX, effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
        "SHA256, HEX, 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "SHA512, HEX, 164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
        "SHA256, BASE64, W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM="
    })
    void algorithms_give_what_the_standards_say(Hmac algorithm, TextForm encoding, String expected) {
        var mac = algorithm.of(
                "Jefe".getBytes(UTF_8), "what do ya want ".getBytes(UTF_8), "for nothing?".getBytes(UTF_8));

        assertThat(encoding.write(mac)).isEqualTo(expected).hasSize(encoding.length(algorithm.bytes()));
    }

    @ParameterizedTest
    @CsvSource({
        "1772359200, true",
        "1772358899, false",
        "1772359501, false",
        "01772359200, false",
        "177235920, false",
        "+1772359200, false",
        "1772359200.0, false"
    })
    void time_in_the_header_is_strict_and_signed(String time, boolean isGenuine) {
        var mac = Hmac.SHA256.of(SECRET.getBytes(UTF_8), (time + ".").getBytes(UTF_8), BODY);

        assertThat(verify("t=" + time + ",v1=" + TextForm.HEX.write(mac)) instanceof Verdict.Genuine)
                .isEqualTo(isGenuine);
    }

    @Test
    void one_of_several_signatures_is_enough_and_other_versions_are_overlooked() {
        var right = signed().substring(signed().indexOf("v1="));
        var wrong = "v1=" + "0".repeat(64);
        var time = signed().substring(0, signed().indexOf(','));

        assertThat(verify(time + "," + wrong + "," + right)).isInstanceOf(Verdict.Genuine.class);
        assertThat(verify(time + ",v0=abc," + right)).isInstanceOf(Verdict.Genuine.class);
        assertThat(verify(right + "," + time)).isInstanceOf(Verdict.Genuine.class);
        assertThat(verify(time + "," + wrong)).isInstanceOf(Verdict.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "t=1772359200",
                "t=1772359200,",
                "t=1772359200,v1=",
                "t=1772359200,v1=00",
                "t=1772359200,v0=0000000000000000000000000000000000000000000000000000000000000000"
            })
    void header_without_a_signature_is_malformed(String header) {
        assertThat(verify(header)).extracting("reason").isEqualTo(Reason.SIGNATURE_MALFORMED);
    }

    @Test
    void two_times_and_eleven_signatures_are_malformed() {
        var many = signed() + (",v1=" + "0".repeat(64)).repeat(10);

        assertThat(verify("t=1772359200," + signed())).extracting("reason").isEqualTo(Reason.SIGNATURE_MALFORMED);
        assertThat(verify(many)).extracting("reason").isEqualTo(Reason.SIGNATURE_MALFORMED);
        assertThat(verify(signed() + ",x=1".repeat(100_000)))
                .extracting("reason")
                .isEqualTo(Reason.SIGNATURE_MALFORMED);
        assertThat(verify("v1=" + "0".repeat(64))).extracting("reason").isEqualTo(Reason.TIMESTAMP_MISSING);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T10:00:00Z, true",
        "2026-03-01T10:00:00.123456Z, true",
        "2026-03-01T10:00:00+00:00, false",
        "2026-03-01T11:00:00+01:00, false",
        "2026-03-01 10:00:00Z, false",
        "2026-03-01T10:00Z, false",
        "2026-13-01T10:00:00Z, false",
        "+2026-03-01T10:00:00Z, false"
    })
    void time_in_iso_8601_is_strict(String time, boolean isGenuine) {
        var scheme = withTime(SignedTime.header("x-time", SignedTime.Unit.ISO8601), "{timestamp}{body}");
        var mac = Hmac.SHA256.of(SECRET.getBytes(UTF_8), time.getBytes(UTF_8), BODY);
        var headers = Map.of("x-time", time, "x-signature", TextForm.HEX.write(mac));

        assertThat(verify(scheme, headers, SECRET) instanceof Verdict.Genuine).isEqualTo(isGenuine);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Sun, 01 Mar 2026 10:00:00 GMT; true",
                "Sun, 01 Mar 2026 10:05:00 GMT; true",
                "Sun, 1 Mar 2026 10:00:00 GMT; false",
                "Mon, 01 Mar 2026 10:00:00 GMT; false",
                "Sun, 01 Mar 2026 10:00:00 UTC; false",
                "sun, 01 mar 2026 10:00:00 GMT; false",
                "Sunday, 01-Mar-26 10:00:00 GMT; false"
            })
    void time_of_http_is_strict(String time, boolean isGenuine) {
        var scheme = withTime(SignedTime.header("x-time", SignedTime.Unit.HTTP_DATE), "{body}{timestamp}");
        var mac = Hmac.SHA256.of(SECRET.getBytes(UTF_8), BODY, time.getBytes(UTF_8));
        var headers = Map.of("x-time", time, "x-signature", TextForm.HEX.write(mac));

        assertThat(verify(scheme, headers, SECRET) instanceof Verdict.Genuine).isEqualTo(isGenuine);
    }

    @Test
    void tolerance_is_the_schemes_own() {
        var time = new SignedTime("x-time", false, SignedTime.Unit.MILLISECONDS, Duration.ofSeconds(15));
        var scheme = withTime(time, "{timestamp}{body}");

        assertThat(verify(scheme, scheme.sign(SECRET, "POST", URL, NOW.minusSeconds(15), null, BODY), SECRET))
                .isInstanceOf(Verdict.Genuine.class);
        assertThat(verify(scheme, scheme.sign(SECRET, "POST", URL, NOW.minusSeconds(16), null, BODY), SECRET))
                .extracting("reason")
                .isEqualTo(Reason.TIMESTAMP_TOO_OLD);
    }

    @Test
    void id_method_and_url_are_signed_and_the_query_is_not() {
        var scheme = new HmacScheme(
                "all",
                "x-signature",
                Hmac.SHA512,
                TextForm.BASE64,
                "",
                "",
                null,
                "x-id",
                SignedContent.of("{method} {url} {id}.{body}"),
                TextForm.HEX);
        var key = "ab".repeat(32);
        var headers = new HashMap<>(scheme.sign(key, "POST", URL + "?a=b", NOW, "evt_1", BODY));

        assertThat(verify(scheme, headers, key)).isInstanceOf(Verdict.Genuine.class);
        headers.put("x-id", "evt_2");
        assertThat(verify(scheme, headers, key)).extracting("reason").isEqualTo(Reason.SIGNATURE_MISMATCH);
        headers.put("x-id", "evt.1");
        assertThat(verify(scheme, headers, key)).extracting("reason").isEqualTo(Reason.ID_MISSING);
        headers.remove("x-id");
        assertThat(verify(scheme, headers, key)).extracting("reason").isEqualTo(Reason.ID_MISSING);
    }

    @Test
    void secret_that_is_no_key_counts_as_none() {
        var scheme = new HmacScheme(
                "hex key",
                "x-signature",
                Hmac.SHA256,
                TextForm.HEX,
                "",
                "",
                null,
                null,
                SignedContent.BODY_ALONE,
                TextForm.HEX);
        var headers = scheme.sign("ab".repeat(32), "POST", URL, NOW, null, BODY);

        assertThat(verify(scheme, headers, "no hex")).extracting("reason").isEqualTo(Reason.NO_LIVE_SECRET);
        assertThatIllegalArgumentException().isThrownBy(() -> scheme.sign("no hex", "POST", URL, NOW, null, BODY));
    }

    @Test
    void time_that_is_sent_and_not_signed_cannot_be_asked_for() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withTime(SignedTime.header("x-time", SignedTime.Unit.SECONDS), "{body}"));
        assertThatIllegalArgumentException().isThrownBy(() -> withTime(null, "{timestamp}{body}"));
    }

    private static HmacScheme withTime(SignedTime time, String content) {
        return new HmacScheme(
                "timed",
                "x-signature",
                Hmac.SHA256,
                TextForm.HEX,
                "",
                "",
                time,
                null,
                SignedContent.of(content),
                TextForm.TEXT);
    }

    private static String signed() {
        return V1.sign(SECRET, "POST", URL, NOW, null, BODY).get("x-signature");
    }

    private static Verdict verify(String signature) {
        return verify(V1, Map.of("x-signature", signature), SECRET);
    }

    private static Verdict verify(HmacScheme scheme, Map<String, String> sent, String secret) {
        var headers = new Headers(4);
        sent.forEach(headers::add);
        var connection = new Connection(
                new ConnectionId("acme"),
                new VendorId("hmac"),
                URI.create(URL),
                List.of(new Connection.Secret("s0", secret, Instant.EPOCH, Optional.empty())),
                Map.of(),
                Instant.EPOCH);
        return scheme.verify(new InboundRequest("POST", "c=d", headers, BODY), connection, NOW);
    }
}
