/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.EventId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import io.signalbox.model.Subject;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.VendorId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A journal segment as bytes, all but its id, which is the item's key. Records are listed once and events point at
 * them; what events of a kind have in common (type, vendor, connection) is written once too. An event then takes about
 * 40 bytes beside its values, 16 of them its id.
 */
final class SegmentCodec {

    private static final int WAY_BACK_NONE = 0;
    private static final int WAY_BACK_ENDS = 1;
    private static final int WAY_BACK = 2;

    private static final int EXTERNAL = 0;
    private static final int KEYED = 1;
    private static final int OWN = 2;

    private static final Base64.Encoder ID_FORM = Base64.getUrlEncoder().withoutPadding();
    private static final byte[] ID_AS_TEXT = new byte[16];

    /** What many events have in common. */
    private record Shape(String type, String rawType, VendorId vendor, ConnectionId connection, ObjectType object) {}

    private SegmentCodec() {}

    static byte[] encode(Segment segment) {
        var out = new PackWriter();
        var base = segment.id().time().toEpochMilli();
        var keys = new TreeSet<>(segment.previous().keySet());
        segment.events().forEach(entry -> keys.add(entry.record()));
        var places = new HashMap<RecordKey, Integer>();
        out.number(keys.size());
        var near = 0L;
        for (var key : keys) {
            places.put(key, places.size());
            IdCodec.writeRecordKey(out, key, near);
            writeWayBack(out, segment.previous().get(key), base);
            near = key.id().value();
        }
        var shapes = new HashMap<Shape, Integer>();
        out.number(segment.events().size());
        for (var entry : segment.events()) {
            out.number(places.get(entry.record()));
            writeEvent(out, entry.event(), shapes, base);
        }
        return out.finish();
    }

    /** @throws CorruptItem if these are not the bytes of a segment */
    static Segment decode(SegmentId id, byte[] bytes) {
        try {
            return read(id, new PackReader(bytes));
        } catch (CorruptItem e) {
            throw new CorruptItem("segment " + id + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new CorruptItem("segment " + id + ": the item holds what no segment can", e);
        }
    }

    private static Segment read(SegmentId id, PackReader in) {
        var base = id.time().toEpochMilli();
        var keys = new ArrayList<RecordKey>();
        var previous = new TreeMap<RecordKey, Optional<SegmentId>>();
        var records = in.count();
        var near = 0L;
        for (var i = 0; i < records; i++) {
            var key = IdCodec.readRecordKey(in, near);
            near = key.id().value();
            keys.add(key);
            switch (in.small()) {
                case WAY_BACK_NONE -> {}
                case WAY_BACK_ENDS -> previous.put(key, Optional.empty());
                case WAY_BACK -> previous.put(key, Optional.of(IdCodec.readSegmentId(in, base)));
                default -> throw new CorruptItem("the way back from it is of an unknown form");
            }
        }
        var shapes = new ArrayList<Shape>();
        var count = in.count();
        var events = new ArrayList<Segment.Entry>(count);
        for (var i = 0; i < count; i++) {
            events.add(new Segment.Entry(keys.get(in.small()), readEvent(in, shapes, base)));
        }
        in.end();
        return new Segment(id, events, previous);
    }

    /** Null stands for a record that the segment has events of, but does not say what was before. */
    private static void writeWayBack(PackWriter out, Optional<SegmentId> previous, long base) {
        if (previous == null) {
            out.number(WAY_BACK_NONE);
        } else if (previous.isEmpty()) {
            out.number(WAY_BACK_ENDS);
        } else {
            out.number(WAY_BACK);
            IdCodec.writeSegmentId(out, previous.get(), base);
        }
    }

    private static void writeEvent(PackWriter out, CanonicalEvent event, Map<Shape, Integer> shapes, long base) {
        var shape = new Shape(event.type(), event.rawType(), event.vendor(), event.connection(), event.object());
        var known = shapes.putIfAbsent(shape, shapes.size() + 1);
        if (known == null) {
            out.number(0);
            out.symbol(shape.type());
            out.symbol(shape.rawType());
            out.symbol(shape.vendor().value());
            out.symbol(shape.connection().value());
            out.symbol(shape.object().name());
        } else {
            out.number(known);
        }
        writeEventId(out, event.id());
        writeSubject(out, event.subject());
        out.signed(base - event.time().toEpochMilli());
        ValueCodec.writeMap(out, event.properties());
        IdCodec.writeExternalIds(out, event.merged());
        ValueCodec.writeMap(out, event.data());
    }

    private static CanonicalEvent readEvent(PackReader in, List<Shape> shapes, long base) {
        var known = in.small();
        if (known == 0) {
            shapes.add(new Shape(
                    in.symbol(),
                    in.symbol(),
                    new VendorId(in.symbol()),
                    new ConnectionId(in.symbol()),
                    new ObjectType(in.symbol())));
        }
        var shape = known == 0 ? shapes.getLast() : shapes.get(known - 1);
        return new CanonicalEvent(
                readEventId(in),
                shape.type(),
                shape.rawType(),
                shape.vendor(),
                shape.connection(),
                shape.object(),
                readSubject(in),
                Instant.ofEpochMilli(base - in.signed()),
                ValueCodec.readMap(in),
                IdCodec.readExternalIds(in),
                ValueCodec.readMap(in));
    }

    /**
     * 22 characters of base64url are 132 bits. The last 4 are 0 in an id made from a hash, and not worth a byte: an id
     * in which they are not is written as text, behind 16 zeros.
     */
    private static void writeEventId(PackWriter out, EventId id) {
        var bytes = Base64.getUrlDecoder().decode(id.value());
        if (ID_FORM.encodeToString(bytes).equals(id.value()) && !Arrays.equals(bytes, ID_AS_TEXT)) {
            out.raw(bytes);
        } else {
            out.raw(ID_AS_TEXT);
            out.text(id.value());
        }
    }

    private static EventId readEventId(PackReader in) {
        var bytes = in.rawBytes(ID_AS_TEXT.length);
        return new EventId(Arrays.equals(bytes, ID_AS_TEXT) ? in.text() : ID_FORM.encodeToString(bytes));
    }

    private static void writeSubject(PackWriter out, Subject subject) {
        switch (subject) {
            case Subject.External(var id) -> {
                out.number(EXTERNAL);
                IdCodec.writeExternalId(out, id);
            }
            case Subject.Keyed(var key) -> {
                out.number(KEYED);
                out.symbol(key.object().name());
                out.symbol(key.field());
                out.text(key.value());
            }
            case Subject.Own(var id) -> {
                out.number(OWN);
                out.number(id.value());
            }
        }
    }

    private static Subject readSubject(PackReader in) {
        return switch (in.small()) {
            case EXTERNAL -> new Subject.External(IdCodec.readExternalId(in));
            case KEYED -> new Subject.Keyed(new UniqueKey(new ObjectType(in.symbol()), in.symbol(), in.text()));
            case OWN -> new Subject.Own(new RecordId(in.number()));
            default -> throw new CorruptItem("an event in it has an unknown subject");
        };
    }
}
