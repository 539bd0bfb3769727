/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static io.signalbox.vendors.Connections.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.signalbox.model.Connection;
import io.signalbox.vendors.Verdict.Reason;
import io.signalbox.vendors.signing.Signatures;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gong's signed JWT, as the library signs it that Gong's own sample verifies with. */
class GongVerifierTest {

    private static final String URL = "https://hooks.example.com/hooks/v1/gong/acme";
    private static final byte[] BODY = "{\"callData\":{}}".getBytes(UTF_8);
    private static final KeyPair PAIR = pair(2_048);
    private static final KeyPair OTHER = pair(2_048);

    private final Vendor gong = Vendors.find("gong").orElseThrow();

    @Test
    void thousand_bodies_that_the_library_signed_are_genuine_and_changed_ones_are_not() throws Exception {
        var random = new Random(11);
        for (var round = 0; round < 1_000; round++) {
            var body = Bodies.draw(random, round);
            var token = sign(claims(body, URL, NOW.plusSeconds(60)), PAIR);

            assertThat(verify("Bearer " + token, body)).isInstanceOf(Verdict.Genuine.class);
            if (body.length > 0) {
                body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
                assertThat(verify("Bearer " + token, body)).isInstanceOf(Verdict.Refused.class);
            }
        }
    }

    @Test
    void every_single_bit_of_a_token_counts() throws Exception {
        var token = sign(claims(BODY, URL, NOW.plusSeconds(60)), PAIR);
        for (var i = 0; i < token.length(); i++) {
            for (var bit = 0; bit < 7; bit++) {
                var changed = token.substring(0, i) + (char) (token.charAt(i) ^ (1 << bit)) + token.substring(i + 1);
                assertThat(verify(changed, BODY)).isInstanceOf(Verdict.Refused.class);
            }
        }
    }

    @Test
    void token_counts_with_and_without_bearer_and_for_urls_that_are_the_same() throws Exception {
        for (var url : new String[] {URL, URL + "/", URL + "?a=b", "https://HOOKS.example.com/hooks/v1/gong/acme"}) {
            assertThat(verify(sign(claims(BODY, url, NOW.plusSeconds(60)), PAIR), BODY))
                    .isInstanceOf(Verdict.Genuine.class);
        }
        assertThat(verify("bearer " + sign(claims(BODY, URL, NOW.plusSeconds(60)), PAIR), BODY))
                .isInstanceOf(Verdict.Genuine.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.example.com/hooks/v1/gong/other",
                "http://hooks.example.com/hooks/v1/gong/acme",
                "https://hooks.example.com.evil.example/hooks/v1/gong/acme",
                "https://hooks.example.com/HOOKS/v1/gong/acme",
                "not a url",
                ""
            })
    void token_for_another_url_is_refused(String url) throws Exception {
        assertRefused(sign(claims(BODY, url, NOW.plusSeconds(60)), PAIR), Reason.SIGNATURE_MISMATCH);
    }

    @Test
    void expired_unbound_and_foreign_tokens_are_refused() throws Exception {
        assertRefused(sign(claims(BODY, URL, NOW.minusSeconds(61)), PAIR), Reason.TIMESTAMP_TOO_OLD);
        assertRefused(sign(claims(BODY, URL, null), PAIR), Reason.TIMESTAMP_MISSING);
        assertRefused(sign(claims("{}".getBytes(UTF_8), URL, NOW.plusSeconds(60)), PAIR), Reason.SIGNATURE_MISMATCH);
        assertRefused(sign(claims(BODY, URL, NOW.plusSeconds(60)), OTHER), Reason.SIGNATURE_MISMATCH);
        var none = new JWTClaimsSet.Builder()
                .expirationTime(Date.from(NOW.plusSeconds(60)))
                .build();
        assertRefused(sign(none, PAIR), Reason.SIGNATURE_MISMATCH);
    }

    @Test
    void other_algorithms_are_refused_though_their_signature_is_right() throws Exception {
        var claims = claims(BODY, URL, NOW.plusSeconds(60));
        var rs512 = new SignedJWT(new JWSHeader(JWSAlgorithm.RS512), claims);
        rs512.sign(new RSASSASigner(PAIR.getPrivate()));
        var hs256 = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        hs256.sign(new MACSigner(PAIR.getPublic().getEncoded()));
        var none = "eyJhbGciOiJub25lIn0." + rs512.getPayload().toBase64URL() + ".";

        assertRefused(rs512.serialize(), Reason.SCHEME_NOT_ALLOWED);
        assertRefused(hs256.serialize(), Reason.SCHEME_NOT_ALLOWED);
        assertRefused(none, Reason.SIGNATURE_MALFORMED);
    }

    @Test
    void connection_with_a_public_key_is_not_entered_by_a_url() {
        var request = new InboundRequest("POST", "key=" + bare(PAIR), new Headers(0), BODY);

        assertThat(gong.verify(request, connection(pem(PAIR)), NOW))
                .extracting("reason")
                .isEqualTo(Reason.SIGNATURE_MISSING);
    }

    @Test
    void header_that_comes_twice_and_keys_that_ended_are_refused() throws Exception {
        var token = sign(claims(BODY, URL, NOW.plusSeconds(60)), PAIR);
        var twice = Headers.of("authorization", token, "authorization", token);

        assertThat(gong.verify(new InboundRequest("POST", "", twice, BODY), connection(pem(PAIR)), NOW))
                .extracting("reason")
                .isEqualTo(Reason.SIGNATURE_REPEATED);
        assertThat(gong.verify(request(token, BODY), Connections.withExpired(connection(pem(PAIR)), NOW), NOW))
                .extracting("reason")
                .isEqualTo(Reason.NO_LIVE_SECRET);
        assertThat(gong.verify(request(token, BODY), connection(pem(OTHER), bare(PAIR)), NOW))
                .isEqualTo(new Verdict.Genuine("jwt", "s1"));
    }

    @Test
    void keys_in_pem_and_bare_are_settings_and_short_or_mixed_ones_are_not() {
        assertThat(gong.check(connection(pem(PAIR), bare(OTHER)))).isEmpty();
        assertThat(gong.check(connection(pem(pair(1_024))))).hasSize(1);
        assertThat(gong.check(connection("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")))
                .hasSize(1);
        assertThat(gong.check(connection(pem(PAIR), "w7Tq-2mB9xKfV4sLzR8pYc6NdHgJ3uEaoQ1iXtZ5")))
                .extracting(Vendor.ConfigurationError::pointer)
                .containsExactly("/secrets");
    }

    private void assertRefused(String token, Reason reason) {
        assertThat(verify(token, BODY)).extracting("reason").isEqualTo(reason);
    }

    private Verdict verify(String authorization, byte[] body) {
        return gong.verify(request(authorization, body), connection(pem(PAIR)), NOW);
    }

    private static InboundRequest request(String authorization, byte[] body) {
        return new InboundRequest("POST", "", Headers.of("authorization", authorization), body);
    }

    private static Connection connection(String... keys) {
        return Connections.of("gong", URL, Map.of(), keys);
    }

    private static JWTClaimsSet claims(byte[] body, String url, Instant end) {
        return new JWTClaimsSet.Builder()
                .claim("webhook_url", url)
                .claim("body_sha256", Signatures.sha256Hex(body))
                .expirationTime(end == null ? null : Date.from(end))
                .build();
    }

    private static String sign(JWTClaimsSet claims, KeyPair pair) throws JOSEException {
        var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
        jwt.sign(new RSASSASigner(pair.getPrivate()));
        return jwt.serialize();
    }

    private static KeyPair pair(int bits) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String bare(KeyPair pair) {
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    private static String pem(KeyPair pair) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPublic().getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----";
    }
}
