/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static io.signalbox.vendors.Connections.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.signalbox.model.VendorId;
import io.signalbox.vendors.samples.VendorSamples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Against the library that the specification's authors publish, both ways. */
class StandardInteropTest {

    private final VendorSamples samples =
            Vendors.find(new VendorId("standard")).orElseThrow().samples();
    private final Vendor vendor = Vendors.find("standard").orElseThrow();

    @Test
    void a_thousand_bodies_that_the_library_signed_are_genuine_and_changed_ones_are_not() throws Exception {
        var random = new Random(42);
        for (var round = 0; round < 1_000; round++) {
            var secret = samples.newSecret(random);
            var connection = Connections.of("standard", "https://a.example/", Map.of(), secret);
            var text = text(random);
            var seconds = NOW.getEpochSecond() + random.nextInt(-300, 301);
            var signature = new Webhook(secret).sign("msg_" + round, seconds, text);

            assertThat(vendor.verify(request(round, seconds, signature, text), connection, NOW))
                    .isInstanceOf(Verdict.Genuine.class);
            var at = random.nextInt(signature.length());
            var changed = signature.substring(0, at)
                    + (char) (signature.charAt(at) ^ (1 << random.nextInt(7)))
                    + signature.substring(at + 1);
            assertThat(vendor.verify(request(round, seconds, changed, text), connection, NOW))
                    .isInstanceOf(Verdict.Refused.class);
        }
    }

    @Test
    void what_the_samples_sign_the_library_verifies() throws Exception {
        var random = new Random(43);
        var secret = samples.newSecret(random);
        var connection = Connections.of("standard", "https://a.example/", Map.of(), secret);
        for (var body : samples.life(random, NOW).bodies()) {
            var headers = new TreeMap<String, List<String>>();
            samples.sign(body, connection, Instant.now())
                    .headers()
                    .forEach((name, value) -> headers.put(name, List.of(value)));

            new Webhook(secret).verify(new String(body, UTF_8), headers);
        }
    }

    private static InboundRequest request(int round, long seconds, String signature, String text) {
        var headers = Headers.of(
                "webhook-id",
                "msg_" + round,
                "webhook-timestamp",
                Long.toString(seconds),
                "webhook-signature",
                signature);
        return new InboundRequest("POST", "", headers, text.getBytes(UTF_8));
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        random.ints(random.nextInt(300), 0, 0x110000)
                .map(point -> random.nextInt(3) > 0 ? point & 0x7F : point)
                .filter(point -> point < 0xD800 || point > 0xDFFF)
                .forEach(text::appendCodePoint);
        return text.toString();
    }
}
