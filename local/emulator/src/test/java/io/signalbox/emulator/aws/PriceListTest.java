/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.emulator.aws.PriceList.Work;
import io.signalbox.emulator.aws.Usage.Units;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PriceListTest {

    /** One request, one send, receive and delete in tens, one write unit each: worked out by hand from the price pages. */
    @Test
    void the_lean_pipeline_costs_two_dollars_and_some_a_million() {
        var usage = new Usage(
                Map.of("Records", new Units(1_000, 0)),
                Map.of("SendMessage", 1_000L, "ReceiveMessage", 100L, "DeleteMessageBatch", 100L),
                Map.of());
        var seconds = (1_000 * 0.005 + 100 * 0.02) * 0.5;

        var cost = PriceList.US_EAST_1.perMillion(new Work(1_000, usage, 1_000, 1_100, seconds));

        assertThat(cost.parts())
                .containsEntry("API Gateway requests", 1.0)
                .containsEntry("DynamoDB writes", 0.625)
                .containsEntry("DynamoDB reads", 0.0);
        assertThat(cost.parts().get("SQS requests")).isCloseTo(0.48, within(1e-9));
        assertThat(cost.total()).isCloseTo(2.37, within(0.005));
    }

    @Test
    void no_events_have_no_price() {
        assertThatThrownBy(() -> new Work(0, Usage.NONE, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
