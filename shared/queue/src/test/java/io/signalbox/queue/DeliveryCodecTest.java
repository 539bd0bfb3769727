/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.Delivery;
import io.signalbox.model.VendorId;
import io.signalbox.queue.DeliveryCodec.Undecodable;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryCodecTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");

    @Test
    void text_body_stays_readable_below_one_header_line() {
        var message = DeliveryCodec.encode(delivery("[{\"eventId\":1}]\n".getBytes(UTF_8)));

        assertThat(message)
                .isEqualTo("{\"v\":1,\"vendor\":\"hubspot\",\"connection\":\"acme\",\"at\":1772359200123,"
                        + "\"correlation_id\":\"1-abc\",\"headers\":{\"webhook-id\":\"msg \\\"1\\\"\"},\"body\":\"utf8\"}\n"
                        + "[{\"eventId\":1}]\n");
    }

    @Test
    void any_bytes_come_out_as_they_went_in_and_are_text_that_sqs_takes() throws Undecodable {
        var random = new Random(20260301);
        for (var round = 0; round < 3_000; round++) {
            var body = randomBody(random);
            var message = DeliveryCodec.encode(delivery(body));

            assertThat(message.codePoints().allMatch(DeliveryCodecTest::allowed))
                    .isTrue();
            var decoded = DeliveryCodec.decode(new String(message.getBytes(UTF_8), UTF_8));
            assertThat(decoded.body()).isEqualTo(body);
            assertThat(decoded)
                    .usingRecursiveComparison()
                    .ignoringFields("body")
                    .isEqualTo(delivery(body));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"FF", "C080", "EDA080", "EFBFBE", "EFBFBF", "F4908080", "E282", "00", "7B07", "F08080AF", "80"})
    void bytes_that_sqs_would_refuse_or_change_travel_as_base64(String hex) throws Undecodable {
        var body = java.util.HexFormat.of().parseHex(hex);

        var message = DeliveryCodec.encode(delivery(body));

        assertThat(message).contains("\"body\":\"base64\"");
        assertThat(DeliveryCodec.decode(message).body()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "é", "€", "\uFFFD", "\uE000", "😀", "\t\r\n", "\u007F", "\uFEFF{}"})
    void bytes_that_sqs_takes_travel_as_text(String text) {
        assertThat(DeliveryCodec.encode(delivery(text.getBytes(UTF_8))))
                .contains("\"body\":\"utf8\"")
                .endsWith("}\n" + text);
    }

    @Test
    void what_fits_is_within_the_limit_and_the_largest_text_body_fits() {
        var text = new byte[DeliveryCodec.MAX_BODY_BYTES];
        java.util.Arrays.fill(text, (byte) 'x');
        assertThat(DeliveryCodec.fits(delivery(text))).isTrue();
        assertThat(bytes(delivery(text))).isLessThanOrEqualTo(DeliveryCodec.MAX_MESSAGE_BYTES);

        assertThat(DeliveryCodec.fits(delivery(new byte[DeliveryCodec.MAX_BODY_BYTES])))
                .isFalse();
        assertThat(DeliveryCodec.fits(delivery(new byte[DeliveryCodec.MAX_BODY_BYTES + 1])))
                .isFalse();
        var binary = delivery(new byte[DeliveryCodec.MAX_BODY_BYTES / 4 * 3]);
        assertThat(DeliveryCodec.fits(binary)).isTrue();
        assertThat(bytes(binary)).isLessThanOrEqualTo(DeliveryCodec.MAX_MESSAGE_BYTES);
    }

    @Test
    void long_headers_are_counted() {
        var text = new byte[DeliveryCodec.MAX_BODY_BYTES];
        java.util.Arrays.fill(text, (byte) 'x');
        var headers = Map.of("webhook-id", "i".repeat(6_000));
        var large = new Delivery(new VendorId("standard"), new ConnectionId("acme"), NOW, "c", headers, text);

        assertThat(DeliveryCodec.fits(large)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{}\n",
                "{\"v\":2}\nx",
                "not json\nx",
                "{\"v\":1,\"vendor\":\"hubspot\",\"connection\":\"acme\",\"at\":\"1\",\"correlation_id\":\"c\",\"body\":\"utf8\"}\n",
                "{\"v\":1,\"vendor\":\"hubspot\",\"connection\":\"acme\",\"at\":1.5,\"correlation_id\":\"c\",\"body\":\"utf8\"}\n",
                "{\"v\":1,\"vendor\":\"hubspot\",\"connection\":\"acme\",\"at\":1,\"correlation_id\":\"c\",\"body\":\"gzip\"}\n",
                "{\"v\":1,\"vendor\":\"hubspot\",\"connection\":\"acme\",\"at\":1,\"correlation_id\":\"c\",\"body\":\"base64\"}\n!",
                "{\"v\":1,\"vendor\":\"HUB\",\"connection\":\"acme\",\"at\":1,\"correlation_id\":\"c\",\"body\":\"utf8\"}\n"
            })
    void message_of_someone_else_is_undecodable(String message) {
        assertThatThrownBy(() -> DeliveryCodec.decode(message)).isInstanceOf(Undecodable.class);
    }

    private static int bytes(Delivery delivery) {
        return DeliveryCodec.encode(delivery).getBytes(UTF_8).length;
    }

    private static Delivery delivery(byte[] body) {
        return new Delivery(
                new VendorId("hubspot"),
                new ConnectionId("acme"),
                NOW,
                "1-abc",
                Map.of("webhook-id", "msg \"1\""),
                body);
    }

    /** Bytes of no kind, text of every kind, and text with one byte broken. */
    private static byte[] randomBody(Random random) {
        var body = new byte[random.nextInt(200)];
        random.nextBytes(body);
        if (random.nextInt(3) > 0) {
            var text = new StringBuilder();
            random.ints(body.length, 0, 0x110000)
                    .map(point -> random.nextInt(4) > 0 ? point & 0xFFF : point)
                    .filter(point -> point < 0xD800 || point > 0xDFFF)
                    .forEach(text::appendCodePoint);
            body = text.toString().getBytes(UTF_8);
            if (body.length > 0 && random.nextInt(3) == 0) {
                body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return body;
    }

    private static boolean allowed(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= ' ' && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
    }

    @Test
    void an_event_that_a_rule_of_eventbridge_wrote_is_a_delivery_whose_body_it_is() throws Undecodable {
        var event =
                "{\"version\":\"0\",\"id\":\"5c42b99e\",\"time\":\"2026-03-01T10:00:01Z\",\"detail\":{\"n\":1772359200683617281}}";
        var delivery = DeliveryCodec.decode(
                "{\"v\":1,\"vendor\":\"salesforce\",\"connection\":\"acme\",\"event\":" + event + "}");

        assertThat(delivery.vendor()).hasToString("salesforce");
        assertThat(delivery.connection()).hasToString("acme");
        assertThat(delivery.receivedAt()).isEqualTo("2026-03-01T10:00:01Z");
        assertThat(delivery.correlationId()).isEqualTo("5c42b99e");
        assertThat(delivery.body()).asString().isEqualTo(event);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"v\":1,\"vendor\":\"salesforce\",\"connection\":\"acme\"}",
                "{\"v\":2,\"vendor\":\"salesforce\",\"connection\":\"acme\",\"event\":{\"id\":\"1\",\"time\":\"2026-03-01T10:00:01Z\"}}",
                "{\"v\":1,\"vendor\":\"Sales Force\",\"connection\":\"acme\",\"event\":{\"id\":\"1\",\"time\":\"2026-03-01T10:00:01Z\"}}",
                "{\"v\":1,\"vendor\":\"salesforce\",\"connection\":\"acme\",\"event\":{\"id\":\"1\"}}",
                "{\"v\":1,\"vendor\":\"salesforce\",\"connection\":\"acme\",\"event\":{\"time\":\"2026-03-01T10:00:01Z\"}}",
                "{\"v\":1,\"vendor\":\"salesforce\",\"connection\":\"acme\",\"event\":{\"id\":\"1\",\"time\":\"soon\"}}",
                "{\"v\":1,"
            })
    void an_event_that_is_not_whole_is_undecodable(String message) {
        assertThatThrownBy(() -> DeliveryCodec.decode(message)).isInstanceOf(Undecodable.class);
    }
}
