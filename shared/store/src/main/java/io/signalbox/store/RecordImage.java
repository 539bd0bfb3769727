/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.CrmRecord;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads the images of records in the Records table's stream. */
public final class RecordImage {

    /** Attributes of an image that {@link #read} wants: string, number, binary. */
    public static final String PARTITION_KEY = Table.PK;

    public static final String VERSION = RecordItems.VERSION;
    public static final String BODY = RecordItems.BODY;

    private RecordImage() {}

    /**
     * The record of an image; nothing when the image is of another kind of item, a key's or the journal's.
     *
     * @param partitionKey may stand alone; the others are null in images of other items
     * @throws CorruptItem if the body cannot be read
     */
    public static Optional<CrmRecord> read(String partitionKey, String version, ByteBuffer body) {
        return RecordItems.recordKey(partitionKey).map(key -> {
            var bytes = new byte[body.remaining()];
            body.duplicate().get(bytes);
            return RecordCodec.decode(key, Long.parseLong(version), bytes);
        });
    }
}
