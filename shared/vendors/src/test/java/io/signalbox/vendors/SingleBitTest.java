/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static io.signalbox.vendors.Connections.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Connection;
import io.signalbox.vendors.samples.VendorSamples.Signed;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No single bit of a signed request can be changed: of the body none, and of the headers that prove it none. Every bit
 * of small bodies is tried, and 500 of large ones.
 */
class SingleBitTest {

    /** A header that is new each time and signed by nobody. */
    private static final String UNSIGNED = "x-zendesk-webhook-invocation-id";

    private static final int EVERY_BIT_UP_TO = 400;
    private static final int TRIED = 500;

    /** Those whose usual proof is a signature; where a secret is sent along, {@link SharedSecretsTest} tries its bits. */
    static List<Vendor> signing() {
        return Vendors.all().stream().filter(SingleBitTest::signs).toList();
    }

    private static boolean signs(Vendor vendor) {
        var body = "{\"a\":1}".getBytes(UTF_8);
        var signed = sign(vendor, connection(vendor, 1), body);
        var tampered = vendor.samples().tampered(signed).body();
        return Arrays.equals(signed.body(), body) && !Arrays.equals(tampered, body);
    }

    @Test
    void every_vendor_with_a_signature_is_among_them() throws GeneralSecurityException {
        assertThat(signing())
                .extracting(vendor -> vendor.id().value())
                .isSubsetOf(NegativesTest.vendors())
                .contains(
                        "hubspot",
                        "zendesk",
                        "segment",
                        "meta",
                        "linkedin",
                        "intercom",
                        "slack",
                        "typeform",
                        "calendly")
                .contains("hmac", "standard");
    }

    @ParameterizedTest
    @MethodSource("signing")
    void no_bit_of_a_body_can_change(Vendor vendor) {
        var random = new Random(3);
        for (var round = 0; round < 12; round++) {
            var connection = connection(vendor, round);
            var body = round == 0 ? new byte[0] : Bodies.draw(random, round == 1 ? 4 : round);
            if (round == 11) {
                body = new byte[200_000];
                random.nextBytes(body);
            }
            var signed = sign(vendor, connection, body);
            assertThat(verify(vendor, connection, signed)).isInstanceOf(Verdict.Genuine.class);
            for (var bit : bits(8 * body.length, random)) {
                body[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(verify(vendor, connection, signed.headers(), signed, body))
                        .as("bit %s of %s bytes", bit, body.length)
                        .isInstanceOf(Verdict.Refused.class);
                body[bit / 8] ^= (byte) (1 << bit % 8);
            }
            assertThat(verify(vendor, connection, signed.headers(), signed, longer(body)))
                    .isInstanceOf(Verdict.Refused.class);
        }
    }

    @ParameterizedTest
    @MethodSource("signing")
    void no_bit_of_a_proof_can_change(Vendor vendor) {
        var connection = connection(vendor, 5);
        var body = "{\"a\":1}".getBytes(UTF_8);
        var signed = sign(vendor, connection, body);
        var proofs = proofs(vendor, connection, signed);
        assertThat(proofs).isNotEmpty();
        for (var name : proofs) {
            var value = signed.headers().get(name);
            for (var bit = 0; bit < 7 * value.length(); bit++) {
                var at = bit / 7;
                var changed =
                        value.substring(0, at) + (char) (value.charAt(at) ^ (1 << bit % 7)) + value.substring(at + 1);
                var headers = new LinkedHashMap<>(signed.headers());
                headers.put(name, changed);
                assertThat(verify(vendor, connection, headers, signed, body))
                        .as("%s: %s", name, changed)
                        .isInstanceOf(Verdict.Refused.class);
            }
        }
    }

    /** The headers that are others for another body or at another time. */
    private static List<String> proofs(Vendor vendor, Connection connection, Signed signed) {
        var other = sign(vendor, connection, "{\"a\":2}".getBytes(UTF_8));
        var later = vendor.samples().sign(signed.body(), connection, NOW.plusSeconds(1));
        var proofs = new ArrayList<String>();
        signed.headers().forEach((name, value) -> {
            var isOther = !value.equals(other.headers().get(name))
                    || !value.equals(later.headers().get(name));
            if (isOther && !name.equals(UNSIGNED)) {
                proofs.add(name);
            }
        });
        return proofs;
    }

    private static int[] bits(int count, Random random) {
        return count <= 8 * EVERY_BIT_UP_TO
                ? java.util.stream.IntStream.range(0, count).toArray()
                : random.ints(TRIED, 0, count).toArray();
    }

    private static byte[] longer(byte[] body) {
        return Arrays.copyOf(body, body.length + 1);
    }

    private static Connection connection(Vendor vendor, int seed) {
        return Connections.of(
                vendor.id().value(),
                "https://a.example/hooks",
                vendor.samples().options(),
                vendor.samples().newSecret(new Random(seed)));
    }

    private static Signed sign(Vendor vendor, Connection connection, byte[] body) {
        var signed = vendor.samples().sign(body.clone(), connection, NOW);
        return new Signed(
                signed.method(), signed.query(), signed.headers(), signed.body().clone());
    }

    private static Verdict verify(Vendor vendor, Connection connection, Signed signed) {
        return verify(vendor, connection, signed.headers(), signed, signed.body());
    }

    private static Verdict verify(
            Vendor vendor, Connection connection, Map<String, String> sent, Signed signed, byte[] body) {
        var headers = new Headers(4);
        sent.forEach(headers::add);
        return vendor.verify(new InboundRequest(signed.method(), signed.query(), headers, body), connection, NOW);
    }
}
