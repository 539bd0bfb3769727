/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.relay;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import io.signalbox.store.RecordImage;
import io.signalbox.store.StreamImages;
import java.util.Map;
import java.util.Optional;

/**
 * One change of an item of the Records table.
 *
 * @param sequence its place in the shard, by which a partial failure names it
 * @param pk the item's partition key
 * @param sk the item's sort key
 * @param before the item as it was; empty when it was made
 * @param after the item as it is; empty when it was removed
 */
record Change(
        String sequence,
        String pk,
        String sk,
        Optional<Map<String, AttributeValue>> before,
        Optional<Map<String, AttributeValue>> after) {

    static Change of(DynamodbStreamRecord record) {
        var change = record.getDynamodb();
        return new Change(
                change.getSequenceNumber(),
                change.getKeys().get("pk").getS(),
                change.getKeys().get("sk").getS(),
                image(change.getOldImage()),
                image(change.getNewImage()));
    }

    private static Optional<Map<String, AttributeValue>> image(Map<String, AttributeValue> image) {
        return image == null || image.isEmpty() ? Optional.empty() : Optional.of(image);
    }

    /** The journal segment that the item is; nothing for items of another kind. */
    Optional<SegmentId> segmentId() {
        return StreamImages.segmentId(pk, sk);
    }

    /** The record the item is, as it was. */
    Optional<CrmRecord> recordBefore() {
        return before.flatMap(this::record);
    }

    /** The record the item is, as it is now. */
    Optional<CrmRecord> recordAfter() {
        return after.flatMap(this::record);
    }

    private Optional<CrmRecord> record(Map<String, AttributeValue> image) {
        var version = image.get(RecordImage.VERSION);
        var body = image.get(RecordImage.BODY);
        return version == null || body == null ? Optional.empty() : RecordImage.read(pk, version.getN(), body.getB());
    }

    /** The segment in an image; nothing when it is so large that its events are in items of their own. */
    static Optional<Segment> segment(SegmentId id, Map<String, AttributeValue> image) {
        var body = image.get(StreamImages.BODY);
        if (body == null || body.getB() == null) {
            return Optional.empty();
        }
        var bytes = new byte[body.getB().remaining()];
        body.getB().duplicate().get(bytes);
        return Optional.of(StreamImages.segment(id, bytes));
    }
}
