/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.units;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import io.signalbox.runtime.Aws;
import io.signalbox.testkit.LocalAws;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The Records table's stream, read to its end and written as Lambda writes it to a function. */
final class Changes implements AutoCloseable {

    private final DynamoDbStreamsClient streams;
    private final String arn;
    private final Map<String, String> iterators = new HashMap<>();

    private Changes(DynamoDbStreamsClient streams, String arn) {
        this.streams = streams;
        this.arn = arn;
    }

    static Changes of(LocalAws cloud) {
        var streams = Aws.client(DynamoDbStreamsClient.builder(), cloud.env());
        var table = cloud.env().require("RECORDS_TABLE");
        var arn = streams.listStreams(list -> list.tableName(table))
                .streams()
                .getFirst()
                .streamArn();
        return new Changes(streams, arn);
    }

    DynamodbEvent read() {
        for (var shard : streams.describeStream(d -> d.streamArn(arn))
                .streamDescription()
                .shards()) {
            iterators.computeIfAbsent(
                    shard.shardId(),
                    id -> streams.getShardIterator(
                                    s -> s.streamArn(arn).shardId(id).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                            .shardIterator());
        }
        var records = new ArrayList<DynamodbEvent.DynamodbStreamRecord>();
        iterators.replaceAll((shard, iterator) -> drain(iterator, records));
        var event = new DynamodbEvent();
        event.setRecords(records);
        return event;
    }

    private String drain(String from, List<DynamodbEvent.DynamodbStreamRecord> into) {
        var iterator = from;
        while (true) {
            var at = iterator;
            var page = streams.getRecords(get -> get.shardIterator(at));
            page.records().forEach(record -> into.add(record(record)));
            iterator = page.nextShardIterator();
            if (page.records().isEmpty() || iterator == null) {
                return iterator == null ? at : iterator;
            }
        }
    }

    private DynamodbEvent.DynamodbStreamRecord record(Record from) {
        var change = new StreamRecord();
        change.setKeys(image(from.dynamodb().keys()));
        if (from.dynamodb().hasNewImage()) {
            change.setNewImage(image(from.dynamodb().newImage()));
        }
        if (from.dynamodb().hasOldImage()) {
            change.setOldImage(image(from.dynamodb().oldImage()));
        }
        change.setSequenceNumber(from.dynamodb().sequenceNumber());
        var record = new DynamodbEvent.DynamodbStreamRecord();
        record.setEventID(from.eventID());
        record.setEventName(from.eventNameAsString());
        record.setEventSource("aws:dynamodb");
        record.setEventSourceARN(arn);
        record.setDynamodb(change);
        return record;
    }

    private static Map<String, AttributeValue> image(
            Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> from) {
        var image = new HashMap<String, AttributeValue>();
        from.forEach((name, value) -> image.put(name, value(value)));
        return image;
    }

    private static AttributeValue value(software.amazon.awssdk.services.dynamodb.model.AttributeValue from) {
        return switch (from.type()) {
            case S -> new AttributeValue().withS(from.s());
            case N -> new AttributeValue().withN(from.n());
            case B -> new AttributeValue().withB(from.b().asByteBuffer());
            case BOOL -> new AttributeValue().withBOOL(from.bool());
            case SS -> new AttributeValue().withSS(from.ss());
            case NS -> new AttributeValue().withNS(from.ns());
            case M -> new AttributeValue().withM(image(from.m()));
            case L ->
                new AttributeValue().withL(from.l().stream().map(Changes::value).toList());
            case NUL -> new AttributeValue().withNULL(true);
            case BS, UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("not expected: " + from.type());
        };
    }

    @Override
    public void close() {
        streams.close();
    }
}
