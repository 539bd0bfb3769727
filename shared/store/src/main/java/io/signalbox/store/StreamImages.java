/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the items in the Records table's stream mean, for those who follow it. */
public final class StreamImages {

    /** The attribute that holds a segment's events; missing when they take items of their own. */
    public static final String BODY = RecordItems.BODY;

    private static final Pattern SEGMENT = Pattern.compile("[0-9a-f]{20}");

    private StreamImages() {}

    /** The segment that the item with these keys is; nothing for an item of another kind. */
    public static Optional<SegmentId> segmentId(String pk, String sk) {
        return pk.startsWith(RecordItems.SEGMENT_PREFIX) && SEGMENT.matcher(sk).matches()
                ? Optional.of(new SegmentId(sk))
                : Optional.empty();
    }

    /**
     * The segment with this id and {@link #BODY}.
     *
     * @throws CorruptItem when the bytes are not a segment
     */
    public static Segment segment(SegmentId id, byte[] body) {
        return SegmentCodec.decode(id, body);
    }
}
