/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static io.signalbox.vendors.Connections.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.app_backend.SlackSignature;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against the signer of Slack's own library, which takes a body as text. */
class SlackInteropTest {

    private final Vendor slack = Vendors.find("slack").orElseThrow();

    @Test
    void thousand_bodies_that_the_library_signed_are_genuine_and_changed_ones_are_not() {
        var random = new Random(7);
        for (var round = 0; round < 1_000; round++) {
            var secret = slack.samples().newSecret(random);
            var time = Long.toString(NOW.getEpochSecond() + random.nextInt(-300, 301));
            var text = new String(Bodies.draw(random, round), UTF_8);
            var signature = new SlackSignature.Generator(secret).generate(time, text);
            var connection = Connections.of("slack", "https://a.example/", Map.of(), secret);

            assertThat(slack.verify(request(time, signature, text.getBytes(UTF_8)), connection, NOW))
                    .isInstanceOf(Verdict.Genuine.class);
            var changed = (text + " ").getBytes(UTF_8);
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(slack.verify(request(time, signature, changed), connection, NOW))
                    .isInstanceOf(Verdict.Refused.class);
        }
    }

    private static InboundRequest request(String time, String signature, byte[] body) {
        var headers = Headers.of("x-slack-request-timestamp", time, "x-slack-signature", signature);
        return new InboundRequest("POST", "", headers, body);
    }
}
