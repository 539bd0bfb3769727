/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.Engagement;
import io.signalbox.model.Life;
import io.signalbox.model.Property;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Score;
import io.signalbox.model.SegmentId;
import io.signalbox.model.Stamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A record's state as bytes, all but its key and version, which the item has as attributes. A contact of 30 fields set
 * by 30 events, with a score of 8 reasons, fits an item of 1 KiB, which is one write unit.
 */
final class RecordCodec {

    private static final int STATE = 3;
    private static final int SAID = 1 << 2;
    private static final int MERGED = 1 << 3;
    private static final int SCORED = 1 << 4;
    private static final int JOURNALED = 1 << 5;
    private static final int FLOORED = 1 << 6;

    private RecordCodec() {}

    /** @throws TooLarge if no item can hold so much */
    static byte[] encode(CrmRecord record) {
        var out = new PackWriter();
        var said = !record.life().stamp().equals(Stamp.NONE);
        out.number(stateCode(record.life().state())
                | (said ? SAID : 0)
                | (record.mergedInto().isPresent() ? MERGED : 0)
                | (record.score().isPresent() ? SCORED : 0)
                | (record.journalHead().isPresent() ? JOURNALED : 0)
                | (record.recentFloor() == Long.MIN_VALUE ? 0 : FLOORED));
        var stamps = stamps(record);
        var places = stamps.places();
        var base = stamps.base();
        stamps.write(out);
        stamps.writeSubset(out, record.recent());
        if (said) {
            out.number(places.get(record.life().stamp()));
        }
        out.signed(base - record.firstEventAt());
        out.signed(base - record.lastEventAt());
        if (record.recentFloor() != Long.MIN_VALUE) {
            out.signed(base - record.recentFloor());
        }
        record.mergedInto().ifPresent(survivor -> out.number(survivor.value()));
        record.journalHead().ifPresent(head -> IdCodec.writeSegmentId(out, head, base));
        IdCodec.writeExternalIds(out, record.externalIds());
        writeProperties(out, record.properties(), places);
        writeEngagement(out, record.engagement(), base);
        record.score().ifPresent(score -> ScoreCodec.write(out, score, base));
        var bytes = out.finish();
        if (bytes.length > TooLarge.LIMIT_BYTES) {
            throw new TooLarge(record.key(), bytes.length);
        }
        return bytes;
    }

    /** @throws CorruptItem if these are not the bytes of a record */
    static CrmRecord decode(RecordKey key, long version, byte[] bytes) {
        try {
            return read(key, version, new PackReader(bytes));
        } catch (CorruptItem e) {
            throw new CorruptItem("record " + key + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new CorruptItem("record " + key + ": the item holds what no record can", e);
        }
    }

    private static CrmRecord read(RecordKey key, long version, PackReader in) {
        var flags = in.small();
        var stamps = StampTable.read(in);
        var base = stamps.base();
        var recent = stamps.readSubset(in);
        var state = state(flags & STATE);
        var saidBy = (flags & SAID) == 0 ? Stamp.NONE : stamps.newestFirst().get(in.small());
        var first = base - in.signed();
        var last = base - in.signed();
        var floor = (flags & FLOORED) == 0 ? Long.MIN_VALUE : base - in.signed();
        var merged = (flags & MERGED) == 0 ? Optional.<RecordId>empty() : Optional.of(new RecordId(in.number()));
        var head =
                (flags & JOURNALED) == 0 ? Optional.<SegmentId>empty() : Optional.of(IdCodec.readSegmentId(in, base));
        var externalIds = new TreeSet<>(IdCodec.readExternalIds(in));
        var properties = readProperties(in, stamps);
        var engagement = readEngagement(in, base);
        var score = (flags & SCORED) == 0 ? Optional.<Score>empty() : Optional.of(ScoreCodec.read(in, base));
        in.end();
        return new CrmRecord(
                key,
                version,
                first,
                last,
                new Life(state, saidBy),
                merged,
                externalIds,
                properties,
                engagement,
                recent,
                floor,
                score,
                head);
    }

    private static int stateCode(Life.State state) {
        return switch (state) {
            case ALIVE -> 0;
            case DELETED -> 1;
            case ERASED -> 2;
        };
    }

    private static Life.State state(int code) {
        return switch (code) {
            case 0 -> Life.State.ALIVE;
            case 1 -> Life.State.DELETED;
            case 2 -> Life.State.ERASED;
            default -> throw new CorruptItem("it is in an unknown state of life");
        };
    }

    private static StampTable stamps(CrmRecord record) {
        var all = new ArrayList<>(record.recent());
        record.properties().values().forEach(property -> all.add(property.stamp()));
        if (!record.life().stamp().equals(Stamp.NONE)) {
            all.add(record.life().stamp());
        }
        return StampTable.of(all);
    }

    /** By stamp, so that the place of each is a small step from the one before and shares a byte with the kind. */
    private static void writeProperties(PackWriter out, Map<String, Property> properties, Map<Stamp, Integer> places) {
        var sorted = new ArrayList<>(properties.entrySet());
        sorted.sort(Comparator.comparingInt(e -> places.get(e.getValue().stamp())));
        out.number(sorted.size());
        var place = 0;
        for (var entry : sorted) {
            var property = entry.getValue();
            var next = places.get(property.stamp());
            out.symbol(entry.getKey());
            out.number(((long) (next - place) << ValueCodec.KIND_BITS) | ValueCodec.kind(property.value()));
            ValueCodec.writeBody(out, property.value());
            place = next;
        }
    }

    private static Map<String, Property> readProperties(PackReader in, StampTable stamps) {
        var properties = new HashMap<String, Property>();
        var count = in.count();
        var place = 0;
        for (var i = 0; i < count; i++) {
            var name = in.symbol();
            var head = in.small();
            place += head >>> ValueCodec.KIND_BITS;
            var value = ValueCodec.readBody(in, head & ((1 << ValueCodec.KIND_BITS) - 1));
            properties.put(name, new Property(value, stamps.newestFirst().get(place)));
        }
        return properties;
    }

    /** Hours newest first, as steps; a count of 1, which most are, is a bit of the step. */
    private static void writeEngagement(PackWriter out, Map<String, Engagement> engagement, long base) {
        out.number(engagement.size());
        engagement.forEach((rule, counts) -> {
            out.symbol(rule);
            out.number(counts.hours().size());
            var hour = baseHour(base);
            for (var entry : newestFirst(counts.hours()).entrySet()) {
                var many = entry.getValue() != 1;
                out.signed(((hour - entry.getKey()) << 1) | (many ? 1 : 0));
                if (many) {
                    out.signed(entry.getValue());
                }
                hour = entry.getKey();
            }
        });
    }

    private static Map<String, Engagement> readEngagement(PackReader in, long base) {
        var engagement = new HashMap<String, Engagement>();
        var rules = in.count();
        for (var i = 0; i < rules; i++) {
            var rule = in.symbol();
            var hours = new TreeMap<Integer, Integer>();
            var count = in.count();
            var hour = baseHour(base);
            for (var j = 0; j < count; j++) {
                var head = in.signed();
                hour -= head >> 1;
                hours.put(Math.toIntExact(hour), (head & 1) == 0 ? 1 : Math.toIntExact(in.signed()));
            }
            engagement.put(rule, new Engagement(hours));
        }
        return engagement;
    }

    private static long baseHour(long base) {
        return Math.floorDiv(base, 3_600_000L);
    }

    private static SortedMap<Integer, Integer> newestFirst(SortedMap<Integer, Integer> hours) {
        var turned = new TreeMap<Integer, Integer>(Comparator.reverseOrder());
        turned.putAll(hours);
        return turned;
    }
}
