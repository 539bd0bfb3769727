/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.relay;

import static io.signalbox.relay.RecordsStream.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import io.signalbox.emulator.aws.FaultPlan;
import io.signalbox.emulator.aws.FaultPlan.Fault;
import io.signalbox.model.ConnectionId;
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.DynamoFeedStore;
import io.signalbox.store.FeedStore;
import io.signalbox.store.FeedStore.Reading;
import io.signalbox.testkit.LocalAws;
import io.signalbox.testkit.SettableClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A batch that was handled in part, as Lambda brings it again: whole or in halves, here or in another environment. */
class RelayFaultsTest {

    private static final ConnectionId SHOP = new ConnectionId("shop");
    private static final ConnectionId CRM = new ConnectionId("crm");

    private final SettableClock clock = SettableClock.at("2036-03-01T00:00:00Z");
    private final LocalAws aws = LocalAws.dedicated(clock);
    private final RecordsStream stream = new RecordsStream(aws, clock);

    @AfterEach
    void stop() {
        aws.close();
    }

    private RelayHandler relay() {
        return new RelayHandler(aws.env(), clock);
    }

    private FeedStore feed() {
        return new DynamoFeedStore(aws.dynamo(), aws.table("RecordsTable"), clock, new ConsumedUnits());
    }

    private long accepted(ConnectionId connection) {
        return feed().counts(connection).events();
    }

    @Test
    void a_batch_handled_twice_whole_or_in_halves_counts_once_and_is_told_once() {
        var start = feed().end();
        for (var i = 1; i <= 4; i++) {
            stream.write(stream.entry(i, SHOP), stream.entry(i, CRM));
            stream.save(i);
        }
        stream.retract(stream.write(stream.entry(1, SHOP), stream.entry(2, SHOP)), 1);
        var batch = stream.take();
        var relay = relay();
        run(relay, batch);
        run(relay, batch);
        run(relay(), batch.subList(0, 4));
        run(relay(), batch.subList(4, batch.size()));
        run(relay, batch.subList(6, batch.size()));

        assertThat(accepted(SHOP)).isEqualTo(5);
        assertThat(accepted(CRM)).isEqualTo(4);
        assertThat(((Reading.Changes) feed().read(start, 100)).entries())
                .extracting(told -> told.change().record())
                .containsExactly(
                        RecordsStream.key(1), RecordsStream.key(2), RecordsStream.key(3), RecordsStream.key(4));
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLE", "ANSWER_LOST", "CRASH"})
    void whichever_call_goes_wrong_the_repetition_counts_once_and_tells_once(Fault fault) {
        var start = feed().end();
        var calls = 1;
        for (var isDone = false; !isDone; calls++) {
            for (var i = 0; i < 2; i++) {
                var id = 10 * calls + i;
                stream.write(stream.entry(id, SHOP), stream.entry(id, CRM), stream.entry(id, CRM));
                stream.save(id);
            }
            var batch = stream.take();
            var plan = FaultPlan.nth(calls, fault, call -> true);
            aws.faults(plan);
            var handler = relay();
            attempt(handler, batch);
            isDone = plan.log().isEmpty();
            aws.faults(FaultPlan.none());
            var next = calls % 2 == 0 ? handler : relay();
            assertThat(run(next, batch.subList(0, 1))).isEmpty();
            assertThat(run(next, batch.subList(1, batch.size()))).isEmpty();
        }
        var batches = calls - 1;
        assertThat(batches).isGreaterThan(2);
        assertThat(accepted(SHOP)).isEqualTo(2L * batches);
        assertThat(accepted(CRM)).isEqualTo(4L * batches);
        assertThat(((Reading.Changes) feed().read(start, 1_000)).entries())
                .extracting(told -> told.change().record())
                .hasSize(2 * batches)
                .doesNotHaveDuplicates();
    }

    /** A function that throws is asked again as well. */
    private static void attempt(RelayHandler handler, List<DynamodbStreamRecord> batch) {
        try {
            run(handler, batch);
        } catch (RuntimeException e) {
            assertThat(e).isNotInstanceOf(NullPointerException.class);
        }
    }
}
