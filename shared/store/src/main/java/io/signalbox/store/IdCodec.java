/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.SegmentId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/** Ids in a pack. */
final class IdCodec {

    private IdCodec() {}

    /** Digits, which most vendors' ids are, as the number they write plus one; else 0 and the text. */
    static void writeExternalId(PackWriter out, ExternalId id) {
        out.symbol(id.connection().value());
        if (ValueCodec.isDigits(id.id())) {
            out.number(Long.parseLong(id.id()) + 1);
        } else {
            out.number(0);
            out.text(id.id());
        }
    }

    static ExternalId readExternalId(PackReader in) {
        var connection = new ConnectionId(in.symbol());
        var digits = in.number();
        return new ExternalId(connection, digits == 0 ? in.text() : Long.toUnsignedString(digits - 1));
    }

    static void writeExternalIds(PackWriter out, Collection<ExternalId> ids) {
        out.number(ids.size());
        ids.forEach(id -> writeExternalId(out, id));
    }

    static List<ExternalId> readExternalIds(PackReader in) {
        var count = in.count();
        var ids = new ArrayList<ExternalId>(count);
        for (var i = 0; i < count; i++) {
            ids.add(readExternalId(in));
        }
        return ids;
    }

    /** Its time as the difference to {@code base}, in milliseconds. */
    static void writeSegmentId(PackWriter out, SegmentId id, long base) {
        out.signed(id.time().toEpochMilli() - base);
        out.raw(HexFormat.fromHexDigitsToLong(id.value(), 12, 20), 4);
    }

    static SegmentId readSegmentId(PackReader in, long base) {
        var hex = HexFormat.of();
        return new SegmentId(hex.toHexDigits(base + in.signed(), 12) + hex.toHexDigits((int) in.raw(4)));
    }

    /** Its id as the difference to {@code base}: ids made at about the same time are near each other. */
    static void writeRecordKey(PackWriter out, RecordKey key, long base) {
        out.symbol(key.object().name());
        out.signed(key.id().value() - base);
    }

    static RecordKey readRecordKey(PackReader in, long base) {
        return new RecordKey(new ObjectType(in.symbol()), new RecordId(base + in.signed()));
    }
}
