/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static io.signalbox.vendors.Connections.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Connection;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions that are answered only to who signed them, and to nobody else as an echo or an oracle. */
class SignedHandshakesTest {

    private static final Connection SLACK =
            Connections.of("slack", "https://a.example/", Map.of(), "8f3a1c0d9e2b4f6a7c5d1e0f3b2a4c6d");
    private static final Connection INTERCOM =
            Connections.of("intercom", "https://a.example/", Map.of(), "b1c9e3d2-7f6a-4c58-9d0e-2a4b6c8d0f13");

    private static final String CHALLENGE = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P";

    @Test
    void slacks_challenge_is_answered_to_slack_and_to_nobody_else() {
        var body = "{\"token\":\"x\",\"challenge\":\"" + CHALLENGE + "\",\"type\":\"url_verification\"}";
        var unsigned = new InboundRequest("POST", "", new Headers(0), body.getBytes(UTF_8));

        assertThat(answer(SLACK, body)).contains(Reply.text(CHALLENGE));
        assertThat(vendor(SLACK).verify(unsigned, SLACK, NOW)).isInstanceOf(Verdict.Refused.class);
        assertThat(vendor(SLACK).handshakeMethods()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"challenge\":\"<script>alert(1)</script>\",\"type\":\"url_verification\"}",
                "{\"challenge\":\"a b\",\"type\":\"url_verification\"}",
                "{\"challenge\":\"\",\"type\":\"url_verification\"}",
                "{\"challenge\":7,\"type\":\"url_verification\"}",
                "{\"challenge\":[\"a\"],\"type\":\"url_verification\"}",
                "{\"type\":\"url_verification\"}",
                "{\"challenge\":\"a\",\"type\":\"event_callback\",\"event\":{\"text\":\"url_verification\"}}",
                "{\"challenge\":\"a\",\"type\":\"url_verification\"} {}",
                "url_verification"
            })
    void slacks_challenge_that_is_none_is_not_echoed(String body) {
        assertThat(answer(SLACK, body)).isEmpty();
    }

    @Test
    void slacks_challenge_without_end_is_not_echoed() {
        assertThat(answer(SLACK, "{\"challenge\":\"" + "a".repeat(201) + "\",\"type\":\"url_verification\"}"))
                .isEmpty();
        assertThat(answer(SLACK, "{\"challenge\":\"" + "a".repeat(9_000) + "\",\"type\":\"url_verification\"}"))
                .isEmpty();
    }

    @Test
    void intercoms_ping_is_answered_when_it_is_signed_and_echoes_nothing() {
        var ping = "{\"type\":\"notification_event\",\"topic\":\"ping\",\"data\":{\"item\":{\"message\":\"<b>hi\"}}}";

        assertThat(answer(INTERCOM, ping)).contains(Reply.text("pong"));
        assertThat(answer(INTERCOM, ping.replace("\"topic\":\"ping\"", "\"topic\":\"x\",\"y\":\"ping\"")))
                .isEmpty();
        assertThat(vendor(INTERCOM)
                        .verify(new InboundRequest("POST", "", new Headers(0), ping.getBytes(UTF_8)), INTERCOM, NOW))
                .isInstanceOf(Verdict.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void intercom_is_told_that_the_url_exists_and_nothing_that_it_sent(String method) {
        var request = new InboundRequest(
                method, "challenge=%3Cscript%3E&hub.challenge=1", new Headers(0), "echo me".getBytes(UTF_8));

        assertThat(vendor(INTERCOM).greet(request, INTERCOM, NOW)).isEqualTo(new Handshake.Answered(Reply.text("")));
    }

    private static Vendor vendor(Connection connection) {
        return Vendors.find(connection.vendor()).orElseThrow();
    }

    private static Optional<Reply> answer(Connection connection, String body) {
        var vendor = vendor(connection);
        var signed = vendor.samples().sign(body.getBytes(UTF_8), connection, NOW);
        var headers = new Headers(4);
        signed.headers().forEach(headers::add);
        var request = new InboundRequest("POST", "", headers, signed.body());
        assertThat(vendor.verify(request, connection, NOW)).isInstanceOf(Verdict.Genuine.class);
        return vendor.answer(request, connection);
    }
}
