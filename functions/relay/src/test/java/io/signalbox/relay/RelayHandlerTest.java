/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.EventId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.outbound.Reaches;
import io.signalbox.queue.MemoryFetchQueue;
import io.signalbox.runtime.Env;
import io.signalbox.runtime.Log;
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.ControlStore.Counters;
import io.signalbox.store.DynamoRecordStore;
import io.signalbox.store.MemoryControlStore;
import io.signalbox.store.MemoryStateStore;
import io.signalbox.store.Unavailable;
import io.signalbox.testkit.LocalAws;
import io.signalbox.testkit.SettableClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
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
    private final MemoryControlStore control = new MemoryControlStore(clock);
    private final DynamoRecordStore records =
            new DynamoRecordStore(aws.dynamo(), aws.table("RecordsTable"), clock, new ConsumedUnits());
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final RelayHandler handler = new RelayHandler(
            control,
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
    private final Random random = new Random(1);
    private final List<DynamodbStreamRecord> stream = new ArrayList<>();

    private int count;

    @AfterEach
    void stop() {
        aws.close();
    }

    private static RecordKey key(int id) {
        return new RecordKey(ObjectType.CONTACT, new RecordId(id));
    }

    private Segment.Entry entry(int record, ConnectionId connection) {
        return entry(record, connection, "Graz");
    }

    private Segment.Entry entry(int record, ConnectionId connection, String value) {
        var event = new CanonicalEvent(
                EventId.of("e" + count++),
                "contact.updated",
                "contact.updated",
                new VendorId("standard"),
                connection,
                ObjectType.CONTACT,
                new Subject.Own(new RecordId(record)),
                clock.instant(),
                Map.of("city", Value.of(value)),
                List.of(),
                Map.of());
        return new Segment.Entry(key(record), event);
    }

    /** Writes a segment, and has the stream say so. */
    private Segment write(Segment.Entry... entries) {
        var previous = new HashMap<RecordKey, Optional<SegmentId>>();
        for (var entry : entries) {
            previous.put(entry.record(), Optional.empty());
        }
        var segment = new Segment(SegmentId.create(clock.instant(), random), List.of(entries), previous);
        records.append(segment);
        stream.add(change("INSERT", null, item(segment.id())));
        return segment;
    }

    private Map<String, AttributeValue> item(SegmentId id) {
        for (var item : aws.dynamo()
                .scan(request -> request.tableName(aws.table("RecordsTable")))
                .items()) {
            if (item.get("sk").s().equals(id.value())) {
                var image = new HashMap<String, AttributeValue>();
                item.forEach((name, value) -> image.put(name, image(value)));
                return image;
            }
        }
        throw new AssertionError("no item " + id);
    }

    private static AttributeValue image(software.amazon.awssdk.services.dynamodb.model.AttributeValue value) {
        if (value.b() != null) {
            return new AttributeValue().withB(ByteBuffer.wrap(value.b().asByteArray()));
        }
        return value.n() != null ? new AttributeValue().withN(value.n()) : new AttributeValue().withS(value.s());
    }

    private DynamodbStreamRecord change(
            String name, Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
        var image = after == null ? before : after;
        var record = new DynamodbStreamRecord();
        record.setEventName(name);
        record.setDynamodb(new StreamRecord()
                .withSequenceNumber("s" + stream.size())
                .withKeys(Map.of("pk", image.get("pk"), "sk", image.get("sk")))
                .withOldImage(before)
                .withNewImage(after));
        return record;
    }

    /** Hands over what the stream holds; returns the sequence numbers from which it shall come again. */
    private List<String> run() {
        var event = new DynamodbEvent();
        event.setRecords(List.copyOf(stream));
        stream.clear();
        return handler.handleRequest(event, null).getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }

    private long accepted(ConnectionId connection) {
        return control.counters(connection).accepted();
    }

    @Test
    void events_are_counted_by_connection_and_the_last_arrival_is_noted() {
        write(entry(1, SHOP), entry(2, SHOP), entry(1, CRM));
        clock.advance(Duration.ofSeconds(3));
        write(entry(1, SHOP));
        assertThat(run()).isEmpty();
        assertThat(control.counters(SHOP)).isEqualTo(new Counters(3, 0, Optional.of(clock.instant())));
        assertThat(accepted(CRM)).isEqualTo(1);
    }

    @Test
    void events_taken_out_because_their_record_was_not_saved_count_where_they_went_instead() {
        var segment = write(entry(1, SHOP), entry(2, SHOP));
        var before = item(segment.id());
        records.retract(segment.id(), Set.of(key(1)));
        stream.add(change("MODIFY", before, item(segment.id())));
        write(entry(1, SHOP));
        run();
        assertThat(accepted(SHOP)).isEqualTo(2);
    }

    @Test
    void erasing_a_person_takes_nothing_off_a_counter() {
        var segment = write(entry(1, SHOP), entry(2, SHOP));
        var before = item(segment.id());
        records.scrub(segment.id(), Set.of(key(1)));
        stream.add(change("MODIFY", before, item(segment.id())));
        stream.add(change("REMOVE", item(segment.id()), null));
        run();
        assertThat(accepted(SHOP)).isEqualTo(2);
    }

    @Test
    void a_segment_too_large_for_one_item_is_counted_too() {
        var large = new byte[900_000];
        new Random(2).nextBytes(large);
        write(entry(1, SHOP, Base64.getEncoder().encodeToString(large)), entry(2, SHOP));
        assertThat(stream.getFirst().getDynamodb().getNewImage()).doesNotContainKey("b");
        run();
        assertThat(accepted(SHOP)).isEqualTo(2);
    }

    @Test
    void changes_of_records_and_events_of_the_api_are_no_connections_events() {
        write(entry(1, ConnectionId.API));
        records.save(Optional.empty(), CrmRecord.empty(key(5)), false);
        var item = Map.of("pk", new AttributeValue().withS("R#contact#5"), "sk", new AttributeValue().withS("R"));
        stream.add(change("INSERT", null, item));
        assertThat(run()).isEmpty();
        assertThat(accepted(ConnectionId.API)).isZero();
    }

    @Test
    void what_cannot_be_read_comes_again_with_all_after_it_and_what_was_before_counts() {
        write(entry(1, SHOP));
        var damaged = write(entry(1, SHOP));
        stream.getLast().getDynamodb().getNewImage().put("b", new AttributeValue().withB(ByteBuffer.wrap(new byte[] {99
                })));
        write(entry(1, SHOP));
        assertThat(run()).containsExactly("s1");
        assertThat(accepted(SHOP)).isEqualTo(1);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("cannot handle a change");
        assertThat(damaged.events()).hasSize(1);
    }

    @Test
    void while_the_counters_are_away_the_changes_come_again() {
        write(entry(1, CRM));
        write(entry(1, SHOP));
        var counted = new ArrayList<ConnectionId>();
        var counts = new EventCounts(
                (connection, accepted, last) -> {
                    if (connection.equals(SHOP)) {
                        throw new Unavailable("away", null);
                    }
                    counted.add(connection);
                },
                records);
        stream.forEach(record -> counts.accept(Change.of(record)));
        assertThat(counts.finish().map(Change::sequence)).contains("s1");
        assertThat(counted).containsExactly(CRM);
    }
}
