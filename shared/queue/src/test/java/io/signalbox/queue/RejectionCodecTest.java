/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.Rejection;
import io.signalbox.queue.DeliveryCodec.Undecodable;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RejectionCodecTest {

    @Test
    void rejection_survives_the_round_trip_whatever_its_headers_hold() throws Undecodable {
        var rejection = new Rejection(
                new ConnectionId("acme"),
                Instant.ofEpochMilli(1_772_359_200_123L),
                "SIGNATURE_MISMATCH",
                "Check the secret.",
                401,
                "POST",
                "203.0.113.9",
                Map.of("user-agent", "a\"b\\c\u0001\u0000é😀", "x-signature", "(44 chars)"),
                17,
                "1-abc");

        assertThat(RejectionCodec.decode(RejectionCodec.encode(rejection))).isEqualTo(rejection);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{\"v\":2}", "{\"v\":1,\"connection\":\"acme\",\"at\":1}", "{\"v\":1,\"at\":true}"})
    void message_of_someone_else_is_undecodable(String message) {
        assertThatThrownBy(() -> RejectionCodec.decode(message)).isInstanceOf(Undecodable.class);
    }
}
