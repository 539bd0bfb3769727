/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.CrmRecord;
import io.signalbox.outbound.Reaches;
import io.signalbox.queue.MemoryFetchQueue;
import io.signalbox.runtime.Env;
import io.signalbox.runtime.Log;
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.DynamoFeedStore;
import io.signalbox.store.FeedStore;
import io.signalbox.store.FeedStore.Counts;
import io.signalbox.store.MemoryControlStore;
import io.signalbox.store.MemoryStateStore;
import io.signalbox.testkit.LocalAws;
import io.signalbox.testkit.SettableClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Images as DynamoDB has them: items are written by the store and read back. */
class RelayHandlerTest {

    private static final ConnectionId SHOP = new ConnectionId("shop");
    private static final ConnectionId CRM = new ConnectionId("crm");

    private final LocalAws aws = LocalAws.fresh();
    private final SettableClock clock = SettableClock.at("2036-03-01T00:00:00Z");
    private final RecordsStream stream = new RecordsStream(aws, clock);
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final RelayHandler handler = new RelayHandler(
            new MemoryControlStore(clock),
            RelayHandler.Stores.of(
                    aws.dynamo(),
                    new Env(Map.of(
                            "RECORDS_TABLE", aws.table("RecordsTable"), "CONTROL_TABLE", aws.table("ControlTable"))),
                    clock,
                    new ConsumedUnits()),
            new Reaches(new MemoryStateStore(clock), clock),
            new MemoryFetchQueue(),
            clock,
            new Log("relay", clock, new PrintStream(printed, true, StandardCharsets.UTF_8)));

    @AfterEach
    void stop() {
        aws.close();
    }

    private FeedStore feed() {
        return new DynamoFeedStore(aws.dynamo(), aws.table("RecordsTable"), clock, new ConsumedUnits());
    }

    private List<String> run() {
        return RecordsStream.run(handler, stream.take());
    }

    private long accepted(ConnectionId connection) {
        return feed().counts(connection).events();
    }

    @Test
    void events_are_counted_by_connection_and_the_last_arrival_is_noted() {
        stream.write(stream.entry(1, SHOP), stream.entry(2, SHOP), stream.entry(1, CRM));
        clock.advance(Duration.ofSeconds(3));
        stream.write(stream.entry(1, SHOP));
        assertThat(run()).isEmpty();
        assertThat(feed().counts(SHOP)).isEqualTo(new Counts(3, Optional.of(clock.instant())));
        assertThat(accepted(CRM)).isEqualTo(1);
    }

    @Test
    void events_taken_out_because_their_record_was_not_saved_count_where_they_went_instead() {
        var segment = stream.write(stream.entry(1, SHOP), stream.entry(2, SHOP));
        stream.retract(segment, 1);
        stream.write(stream.entry(1, SHOP));
        run();
        assertThat(accepted(SHOP)).isEqualTo(2);
    }

    @Test
    void erasing_a_person_takes_nothing_off_a_counter() {
        var segment = stream.write(stream.entry(1, SHOP), stream.entry(2, SHOP));
        var before = stream.item(segment.id());
        stream.records.scrub(segment.id(), Set.of(RecordsStream.key(1)));
        stream.add("MODIFY", before, stream.item(segment.id()));
        stream.add("REMOVE", stream.item(segment.id()), null);
        run();
        assertThat(accepted(SHOP)).isEqualTo(2);
    }

    @Test
    void a_segment_too_large_for_one_item_is_counted_too() {
        var large = new byte[900_000];
        new Random(2).nextBytes(large);
        stream.write(stream.entry(1, SHOP, Base64.getEncoder().encodeToString(large)), stream.entry(2, SHOP));
        var batch = stream.take();
        assertThat(batch.getFirst().getDynamodb().getNewImage()).doesNotContainKey("b");
        RecordsStream.run(handler, batch);
        assertThat(accepted(SHOP)).isEqualTo(2);
    }

    @Test
    void changes_of_records_and_events_of_the_api_are_no_connections_events() {
        stream.write(stream.entry(1, ConnectionId.API));
        stream.records.save(Optional.empty(), CrmRecord.empty(RecordsStream.key(5)), false);
        var item = Map.of("pk", new AttributeValue().withS("R#contact#5"), "sk", new AttributeValue().withS("R"));
        stream.add("INSERT", null, item);
        assertThat(run()).isEmpty();
        assertThat(accepted(ConnectionId.API)).isZero();
    }

    @Test
    void what_cannot_be_read_comes_again_with_all_after_it_and_what_was_before_counts() {
        stream.write(stream.entry(1, SHOP));
        var damaged = stream.write(stream.entry(1, SHOP));
        stream.last().getDynamodb().getNewImage().put("b", new AttributeValue().withB(ByteBuffer.wrap(new byte[] {99
                })));
        stream.write(stream.entry(1, SHOP));
        assertThat(run()).containsExactly("s1");
        assertThat(accepted(SHOP)).isEqualTo(1);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("cannot handle a change");
        assertThat(damaged.events()).hasSize(1);
    }
}
