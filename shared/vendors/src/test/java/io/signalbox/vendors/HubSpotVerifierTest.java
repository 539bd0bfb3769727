/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static io.signalbox.vendors.Connections.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Value;
import io.signalbox.vendors.Verdict.Reason;
import io.signalbox.vendors.signing.Signatures;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubSpotVerifierTest {

    private static final String SECRET = "0f6a1c1e-5e0b-4a53-9f0e-1b7b0b0d9c11";
    private static final String TIME = Long.toString(NOW.toEpochMilli());
    private static final byte[] BODY = "[]".getBytes(UTF_8);

    /** What HubSpot's table says it signs for a URL; {@code raw} is the form its own libraries sign. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "https://a.example/h | x=1 | https://a.example/h?x=1",
                "https://a.example/h | u=%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B | https://a.example/h?u=:/?@!$'()*,;",
                "https://a.example/h | u=%3a%2f | https://a.example/h?u=:/",
                "https://a.example/h | u=%20%26%3D%2B%25 | https://a.example/h?u=%20%26%3D%2B%25",
                "https://a.example/h | u=%253A | https://a.example/h?u=%253A",
                "https://a.example/h | u=%3 | https://a.example/h?u=%3",
                "https://a.example/h%2Fi?ignored=1 | x=%40 | https://a.example/h/i?x=@"
            })
    void decoded_and_raw_form_of_the_url_are_both_genuine(String url, String query, String decoded) {
        var base = url.contains("?") ? url.substring(0, url.indexOf('?')) : url;

        assertThat(verify(url, query, sign(decoded))).isInstanceOf(Verdict.Genuine.class);
        assertThat(verify(url, query, sign(base + "?" + query))).isInstanceOf(Verdict.Genuine.class);
        assertThat(verify(url, query, sign(base))).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void failing_v3_is_not_rescued_by_an_older_signature() {
        var connection = Connections.of(
                "hubspot", "https://a.example/h", Map.of("allow_v1", Value.TRUE, "allow_v2", Value.TRUE), SECRET);
        var v1 = Signatures.sha256Hex(SECRET.getBytes(UTF_8), BODY);
        var headers = Headers.of("x-hubspot-signature", v1, "x-hubspot-signature-version", "v1");
        assertThat(verdict(headers, connection)).isInstanceOf(Verdict.Genuine.class);

        headers.add("x-hubspot-signature-v3", "A".repeat(43) + "=").add("x-hubspot-request-timestamp", TIME);

        assertThat(verdict(headers, connection))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.SIGNATURE_MISMATCH));
    }

    @ParameterizedTest
    @CsvSource({"v1, allow_v2", "v2, allow_v1", "v1, ", "v2, "})
    void older_signature_needs_its_own_option(String version, String option) {
        Map<String, Value> options = option == null ? Map.of() : Map.of(option, Value.TRUE);
        var connection = Connections.of("hubspot", "https://a.example/h", options, SECRET);
        var signed = version.equals("v1") ? SECRET : SECRET + "POSThttps://a.example/h";
        var headers = Headers.of(
                "x-hubspot-signature",
                Signatures.sha256Hex(signed.getBytes(UTF_8), BODY),
                "x-hubspot-signature-version",
                version);

        assertThat(verdict(headers, connection))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.SCHEME_NOT_ALLOWED));
    }

    @Test
    void bytes_cannot_move_between_body_and_time() {
        var connection = Connections.of("hubspot", "https://a.example/h", Map.of(), SECRET);
        var body = ("[]" + TIME.charAt(0)).getBytes(UTF_8);
        var headers = Headers.of(
                "x-hubspot-signature-v3",
                sign("https://a.example/h"),
                "x-hubspot-request-timestamp",
                TIME.substring(1));

        assertThat(HubSpotVerifierTest.verdict(headers, connection, "", body))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.TIMESTAMP_MALFORMED));
    }

    private static String sign(String uri) {
        return Signatures.base64(Signatures.hmacSha256(
                SECRET.getBytes(UTF_8), ("POST" + uri).getBytes(UTF_8), BODY, TIME.getBytes(UTF_8)));
    }

    private static Verdict verify(String url, String query, String signature) {
        var connection = Connections.of("hubspot", url, Map.of(), SECRET);
        var headers = Headers.of("x-hubspot-signature-v3", signature, "x-hubspot-request-timestamp", TIME);
        return verdict(headers, connection, query, BODY);
    }

    private static Verdict verdict(Headers headers, io.signalbox.model.Connection connection) {
        return verdict(headers, connection, "", BODY);
    }

    private static Verdict verdict(
            Headers headers, io.signalbox.model.Connection connection, String query, byte[] body) {
        return Vendors.find("hubspot")
                .orElseThrow()
                .verify(new InboundRequest("POST", query, headers, body), connection, NOW);
    }
}
