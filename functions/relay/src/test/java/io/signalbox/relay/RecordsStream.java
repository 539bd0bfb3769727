/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.relay;

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
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.DynamoRecordStore;
import io.signalbox.testkit.LocalAws;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Items written by the store and read back, as the stream of the Records table shows them. */
final class RecordsStream {

    final DynamoRecordStore records;
    private final LocalAws aws;
    private final Clock clock;
    private final Random random = new Random(1);
    private final List<DynamodbStreamRecord> stream = new ArrayList<>();
    private int count;
    private int sequence;

    RecordsStream(LocalAws aws, Clock clock) {
        this.aws = aws;
        this.clock = clock;
        this.records = new DynamoRecordStore(aws.dynamo(), aws.table("RecordsTable"), clock, new ConsumedUnits());
    }

    static RecordKey key(int id) {
        return new RecordKey(ObjectType.CONTACT, new RecordId(id));
    }

    Segment.Entry entry(int record, ConnectionId connection) {
        return entry(record, connection, "Graz");
    }

    Segment.Entry entry(int record, ConnectionId connection, String value) {
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

    /** Writes a segment. */
    Segment write(Segment.Entry... entries) {
        var previous = new HashMap<RecordKey, Optional<SegmentId>>();
        for (var entry : entries) {
            previous.put(entry.record(), Optional.empty());
        }
        var segment = new Segment(SegmentId.create(clock.instant(), random), List.of(entries), previous);
        records.append(segment);
        add("INSERT", null, item(segment.id()));
        return segment;
    }

    /** Takes events out of a segment again. */
    void retract(Segment segment, int record) {
        var before = item(segment.id());
        records.retract(segment.id(), Set.of(key(record)));
        add("MODIFY", before, item(segment.id()));
    }

    /** Saves a new record. */
    void save(int id) {
        records.save(Optional.empty(), CrmRecord.empty(key(id)), false);
        add("INSERT", null, item("R#contact#" + id, "R"));
    }

    Map<String, AttributeValue> item(SegmentId id) {
        return item("J#", id.value());
    }

    private Map<String, AttributeValue> item(String pk, String sk) {
        for (var item : aws.dynamo()
                .scan(request -> request.tableName(aws.table("RecordsTable")))
                .items()) {
            if (item.get("pk").s().startsWith(pk) && item.get("sk").s().equals(sk)) {
                var image = new HashMap<String, AttributeValue>();
                item.forEach((name, value) -> image.put(name, image(value)));
                return image;
            }
        }
        throw new AssertionError("no item " + pk + " " + sk);
    }

    private static AttributeValue image(software.amazon.awssdk.services.dynamodb.model.AttributeValue value) {
        if (value.b() != null) {
            return new AttributeValue().withB(ByteBuffer.wrap(value.b().asByteArray()));
        }
        return value.n() != null ? new AttributeValue().withN(value.n()) : new AttributeValue().withS(value.s());
    }

    DynamodbStreamRecord add(String name, Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
        var image = after == null ? before : after;
        var record = new DynamodbStreamRecord();
        record.setEventName(name);
        record.setDynamodb(new StreamRecord()
                .withSequenceNumber("s" + sequence++)
                .withKeys(Map.of("pk", image.get("pk"), "sk", image.get("sk")))
                .withOldImage(before)
                .withNewImage(after));
        stream.add(record);
        return record;
    }

    DynamodbStreamRecord last() {
        return stream.getLast();
    }

    /** What has happened since the last time. */
    List<DynamodbStreamRecord> take() {
        var batch = List.copyOf(stream);
        stream.clear();
        return batch;
    }

    /** Hands it over; returns the sequence numbers from which it shall come again. */
    static List<String> run(RelayHandler handler, List<DynamodbStreamRecord> batch) {
        var event = new DynamodbEvent();
        event.setRecords(batch);
        return handler.handleRequest(event, null).getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }
}
