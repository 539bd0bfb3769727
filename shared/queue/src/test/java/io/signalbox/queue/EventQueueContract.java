/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.Delivery;
import io.signalbox.model.Rejection;
import io.signalbox.model.VendorId;
import io.signalbox.queue.EventQueue.QueueUnavailable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link EventQueue} keeps. */
abstract class EventQueueContract {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");

    abstract EventQueue queue();

    /** A queue that takes nothing. */
    abstract EventQueue away();

    /** What was sent and not yet taken out. */
    abstract List<Delivery> deliveries() throws Exception;

    abstract List<Rejection> rejections() throws Exception;

    @Test
    void delivery_comes_out_byte_for_byte() throws Exception {
        for (var body : List.of(
                "[{\"a\":\"é 😀 \\\" \\\\ \"}]\r\n".getBytes(UTF_8),
                new byte[0],
                new byte[] {0, 1, (byte) 0xFF, '\n'},
                "\uFFFE\u0007".getBytes(UTF_8))) {
            queue().send(delivery(body));

            assertThat(deliveries()).singleElement().usingRecursiveComparison().isEqualTo(delivery(body));
        }
        assertThat(rejections()).isEmpty();
    }

    @Test
    void largest_delivery_is_taken() throws Exception {
        var body = new byte[DeliveryCodec.MAX_BODY_BYTES];
        Arrays.fill(body, (byte) '"');

        queue().send(delivery(body));

        assertThat(deliveries())
                .singleElement()
                .satisfies(sent -> assertThat(sent.body()).isEqualTo(body));
    }

    @Test
    void note_comes_out_as_it_went_in_and_on_its_own_queue() throws Exception {
        queue().note(rejection());

        assertThat(rejections()).containsExactly(rejection());
        assertThat(deliveries()).isEmpty();
    }

    @Test
    void queue_that_takes_nothing_says_so() {
        assertThatThrownBy(() -> away().send(delivery(new byte[0]))).isInstanceOf(QueueUnavailable.class);
        assertThatThrownBy(() -> away().note(rejection())).isInstanceOf(QueueUnavailable.class);
    }

    private static Delivery delivery(byte[] body) {
        return new Delivery(
                new VendorId("hubspot"), new ConnectionId("acme"), NOW, "1-test-test", Map.of("webhook-id", "é"), body);
    }

    private static Rejection rejection() {
        return new Rejection(
                new ConnectionId("acme"),
                NOW,
                "SIGNATURE_MISMATCH",
                "Check the secret.",
                401,
                "POST",
                "203.0.113.9",
                Map.of("user-agent", "a\u0001b"),
                17,
                "1-test-test");
    }
}
