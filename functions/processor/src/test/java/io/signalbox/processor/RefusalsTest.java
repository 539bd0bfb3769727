/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.processor;

import static io.signalbox.processor.Bench.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Rejection;
import io.signalbox.model.VendorId;
import io.signalbox.queue.RejectionCodec;
import io.signalbox.store.MemoryControlStore;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    private final Bench bench = new Bench();
    private final MemoryControlStore control = new MemoryControlStore(bench.clock);
    private final Refusals refusals = new Refusals(control, bench.log);

    @BeforeEach
    void a_connection() {
        control.createConnection(new Connection(
                Bench.CONNECTION,
                new VendorId("standard"),
                URI.create("https://signalbox.test/hooks/v1/standard/shop"),
                List.of(),
                Map.of(),
                Bench.NOW));
    }

    private static SQSMessage refused(String id, ConnectionId connection) {
        var rejection = new Rejection(
                connection, Bench.NOW, "SIGNATURE_MISMATCH", "check it", 401, "POST", "192.0.2.1", Map.of(), 2, id);
        return message(id, RejectionCodec.encode(rejection));
    }

    private List<String> handle(SQSMessage... messages) {
        var done = new Done();
        refusals.handle(List.of(messages), bench.tally, done);
        return Bench.again(done, messages);
    }

    @Test
    void refused_requests_are_listed_and_counted() {
        assertThat(handle(refused("a", Bench.CONNECTION), refused("b", Bench.CONNECTION)))
                .isEmpty();
        assertThat(control.rejections(Bench.CONNECTION, 10)).hasSize(2);
        assertThat(control.rejected(Bench.CONNECTION)).isEqualTo(2);
    }

    @Test
    void what_names_no_connection_leaves_nothing() {
        var nobody = new ConnectionId("nobody");
        assertThat(handle(refused("a", nobody))).isEmpty();
        assertThat(control.rejected(nobody)).isZero();
        assertThat(control.rejections(nobody, 10)).isEmpty();
    }

    @Test
    void what_cannot_be_read_is_dropped_and_stops_nobody() {
        assertThat(handle(message("a", "?"), refused("b", Bench.CONNECTION))).isEmpty();
        assertThat(control.rejections(Bench.CONNECTION, 10)).hasSize(1);
        assertThat(bench.log()).contains("dropped");
    }
}
