/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.Engagement;
import io.signalbox.model.EventId;
import io.signalbox.model.ExternalId;
import io.signalbox.model.Life;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Property;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Score;
import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import io.signalbox.model.Stamp;
import io.signalbox.model.Subject;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Anything the model allows, likely or not. */
final class RandomModel {

    private final Random random;

    RandomModel(long seed) {
        this.random = new Random(seed);
    }

    CrmRecord record() {
        var stamps = many(40, this::stamp);
        stamps.add(stamp());
        var properties = new HashMap<String, Property>();
        for (var i = random.nextInt(40); i > 0; i--) {
            properties.put(name(), new Property(value(4), any(stamps)));
        }
        var engagement = new HashMap<String, Engagement>();
        for (var i = random.nextInt(6); i > 0; i--) {
            var hours = new TreeMap<Integer, Integer>();
            many(10, () -> hours.put(random.nextInt(), random.nextInt(3) == 0 ? random.nextInt() : 1));
            engagement.put(name(), new Engagement(hours));
        }
        var recent = new TreeSet<>(many(24, () -> any(stamps)));
        return new CrmRecord(
                key(),
                random.nextLong(1 << 20),
                time(),
                time(),
                random.nextInt(3) == 0 ? Life.UNSAID : new Life(any(List.of(Life.State.values())), any(stamps)),
                maybe(() -> key().id()),
                new TreeSet<>(many(3, this::externalId)),
                properties,
                engagement,
                recent,
                random.nextBoolean() ? Long.MIN_VALUE : time(),
                maybe(this::score),
                maybe(this::segmentId));
    }

    Segment segment() {
        var keys = many(5, this::key);
        keys.add(key());
        var previous = new TreeMap<RecordKey, Optional<SegmentId>>();
        many(6, () -> previous.put(any(keys), maybe(this::segmentId)));
        return new Segment(segmentId(), many(8, () -> new Segment.Entry(any(keys), event())), previous);
    }

    private CanonicalEvent event() {
        var id = random.nextInt(20) == 0 ? new EventId("AAAAAAAAAAAAAAAAAAAAA" + any(List.of("A", "_"))) : null;
        return new CanonicalEvent(
                id == null ? EventId.of(text()) : id,
                name(),
                name(),
                new VendorId(any(List.of("hubspot", "v"))),
                connection(),
                object(),
                switch (random.nextInt(3)) {
                    case 0 -> new Subject.External(externalId());
                    case 1 -> new Subject.Keyed(new UniqueKey(object(), name(), text()));
                    default -> new Subject.Own(key().id());
                },
                Instant.ofEpochMilli(random.nextLong(1L << 50)),
                values(),
                many(3, this::externalId),
                values());
    }

    private Map<String, Value> values() {
        var values = new LinkedHashMap<String, Value>();
        many(5, () -> values.put(name(), value(4)));
        return values;
    }

    Value value(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> Value.NULL;
            case 1 -> Value.of(random.nextBoolean());
            case 2 -> Value.of(random.nextLong() >> random.nextInt(64));
            case 3 -> Value.of(new BigDecimal(new BigInteger(random.nextInt(300), random), random.nextInt(40) - 20));
            case 4 -> Value.of(new BigDecimal(BigInteger.valueOf(random.nextLong() >> random.nextInt(64)), 2));
            case 5 -> Value.of(Long.toString(random.nextLong() >> random.nextInt(64)));
            case 6 -> Value.of(text());
            case 7 -> new Value.Arr(many(4, () -> value(depth - 1)));
            default -> {
                var members = new LinkedHashMap<String, Value>();
                many(4, () -> members.put(name(), value(depth - 1)));
                yield new Value.Obj(members);
            }
        };
    }

    private Score score() {
        return new Score(
                decimal(),
                decimal(),
                decimal(),
                name(),
                many(
                        8,
                        () -> new Score.Reason(
                                name(), name(), decimal(), random.nextInt(), maybe(this::instant), text())),
                maybe(this::instant),
                name(),
                instant());
    }

    private BigDecimal decimal() {
        return new BigDecimal(BigInteger.valueOf(random.nextInt() >> random.nextInt(32)), random.nextInt(3));
    }

    private Instant instant() {
        var millis = random.nextLong(1L << 42);
        return switch (random.nextInt(3)) {
            case 0 -> Instant.ofEpochMilli(millis / 3_600_000 * 3_600_000);
            case 1 -> Instant.ofEpochMilli(millis);
            default -> Instant.ofEpochMilli(millis).plusNanos(random.nextInt(1_000_000));
        };
    }

    private Stamp stamp() {
        return new Stamp(time(), random.nextLong(1L << 48));
    }

    private long time() {
        return switch (random.nextInt(8)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> Long.MIN_VALUE;
            case 2 -> random.nextLong();
            default -> Samples.NOW.toEpochMilli() - random.nextLong(1L << random.nextInt(1, 40));
        };
    }

    private RecordKey key() {
        return new RecordKey(object(), new RecordId(random.nextLong(1, 1L << 53)));
    }

    private ObjectType object() {
        return any(List.of(ObjectType.CONTACT, ObjectType.DEAL, new ObjectType("spaceship")));
    }

    private SegmentId segmentId() {
        return SegmentId.create(Instant.ofEpochMilli(random.nextLong(1L << 47)), random);
    }

    private ConnectionId connection() {
        return new ConnectionId(any(List.of("api", "hubspot-main", "x")));
    }

    private ExternalId externalId() {
        return new ExternalId(
                connection(), any(List.of("0", "007", "x" + random.nextInt(), "" + random.nextInt(1 << 30))));
    }

    private String name() {
        return any(List.of("first_name", "email", "fit", "", "my_field", "ключ", "f" + random.nextInt(50)));
    }

    private String text() {
        var text = new StringBuilder();
        var alphabet = random.nextInt(3);
        for (var i = random.nextInt(30); i > 0; i--) {
            switch (alphabet) {
                case 0 -> text.append((char) ('a' + random.nextInt(26)));
                case 1 -> text.append((char) random.nextInt(0x800));
                default -> text.appendCodePoint(0x1F300 + random.nextInt(0x300));
            }
        }
        return text.toString();
    }

    private <T> T any(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private <T> Optional<T> maybe(Supplier<T> it) {
        return random.nextBoolean() ? Optional.of(it.get()) : Optional.empty();
    }

    private <T> List<T> many(int most, Supplier<T> each) {
        var list = new ArrayList<T>();
        for (var i = random.nextInt(most + 1); i > 0; i--) {
            list.add(each.get());
        }
        return list;
    }
}
