/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.FieldType;
import io.signalbox.model.Life;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Property;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Stamp;
import io.signalbox.model.Value;
import io.signalbox.model.filter.Filter.Clause;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MatchingTest {

    private static boolean matches(FieldType type, Value held, Operator operator, Value... values) {
        return Matching.matches(new Clause(FieldPath.of("x"), type, operator, List.of(values)), held);
    }

    private static boolean text(String held, Operator operator, String... values) {
        var wanted = new ArrayList<Value>();
        for (var value : values) {
            wanted.add(Value.of(value));
        }
        return matches(FieldType.STRING, Value.of(held), operator, wanted.toArray(Value[]::new));
    }

    @Test
    void texts_are_compared_without_regard_to_case_and_space() {
        assertThat(text(" Acme GmbH", Operator.EQ, "acme gmbh ")).isTrue();
        assertThat(text("Acme", Operator.NEQ, "acme")).isFalse();
        assertThat(text("Acme", Operator.IN, "bolt", "ACME")).isTrue();
        assertThat(text("Acme", Operator.NOT_IN, "bolt", "core")).isTrue();
        assertThat(text("Acme", Operator.BETWEEN, "a", "b")).isTrue();
        assertThat(text("Émile", Operator.STARTS_WITH, "éM")).isTrue();
        assertThat(text("acme", Operator.GT, "acmd")).isTrue();
    }

    @Test
    void contains_asks_for_whole_words_or_their_beginnings() {
        assertThat(text("Head of Marketing, EMEA", Operator.CONTAINS, "marketing"))
                .isTrue();
        assertThat(text("Head of Marketing, EMEA", Operator.CONTAINS, "market")).isFalse();
        assertThat(text("Head of Marketing, EMEA", Operator.CONTAINS, "market* head"))
                .isTrue();
        assertThat(text("ada@acme.example", Operator.CONTAINS, "acme.example")).isTrue();
        assertThat(text("ada@acme.example", Operator.NOT_CONTAINS, "bolt")).isTrue();
    }

    @Test
    void numbers_and_times_are_compared_by_value_in_whatever_form_they_are_held() {
        assertThat(matches(FieldType.NUMBER, Value.of("5.0"), Operator.EQ, Value.of(5)))
                .isTrue();
        assertThat(matches(FieldType.NUMBER, Value.of(5), Operator.GT, Value.of(new BigDecimal("4.999"))))
                .isTrue();
        assertThat(matches(
                        FieldType.DATETIME,
                        Value.of("2026-03-01T13:00:00+01:00"),
                        Operator.EQ,
                        Value.of("2026-03-01T12:00:00Z")))
                .isTrue();
        assertThat(matches(FieldType.DATETIME, Value.of(1_772_366_400_000L), Operator.LTE, Value.of("2026-03-01")))
                .isFalse();
        assertThat(matches(FieldType.BOOLEAN, Value.of("true"), Operator.EQ, Value.TRUE))
                .isTrue();
    }

    @Test
    void what_is_not_there_meets_only_what_denies() {
        for (var operator : Operator.values()) {
            var values = new Value[operator.least()];
            Arrays.fill(values, Value.of("x"));
            assertThat(matches(FieldType.STRING, Value.NULL, operator, values))
                    .as(operator.toString())
                    .isEqualTo(operator == Operator.NOT_EXISTS || operator.isNegative());
        }
    }

    @Test
    void a_relation_is_met_by_one_of_the_linked() {
        var clause = new Clause(
                new FieldPath(Optional.of(ObjectType.COMPANY), "country"),
                FieldType.STRING,
                Operator.EQ,
                List.of(Value.of("DE")));
        var contact = record(ObjectType.CONTACT, 1, Map.of());

        assertThat(clause.matches(
                        contact,
                        _ -> List.of(
                                record(ObjectType.COMPANY, 2, Map.of("country", "AT")),
                                record(ObjectType.COMPANY, 3, Map.of("country", "DE")))))
                .isTrue();
        assertThat(clause.matches(contact, _ -> List.of())).isFalse();
    }

    static CrmRecord record(ObjectType object, long id, Map<String, String> texts) {
        var properties = new TreeMap<String, Property>();
        texts.forEach((name, text) -> properties.put(name, new Property(Value.of(text), new Stamp(1, 1))));
        return new CrmRecord(
                new RecordKey(object, new RecordId(id)),
                1,
                1,
                1,
                Life.UNSAID,
                Optional.empty(),
                new TreeSet<>(),
                properties,
                Map.of(),
                new TreeSet<>(),
                Long.MIN_VALUE,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void keys_are_in_the_order_of_the_values() {
        var random = new Random(7);
        for (var round = 0; round < 20_000; round++) {
            var type = List.of(FieldType.NUMBER, FieldType.DATETIME, FieldType.STRING, FieldType.BOOLEAN)
                    .get(random.nextInt(4));
            var a = value(type, random);
            var b = value(type, random);
            var key = IndexKey.of(type, a).orElseThrow();
            var other = IndexKey.of(type, b).orElseThrow();
            var values = Comparing.compare(
                    Comparing.comparable(type, a).orElseThrow(),
                    Comparing.comparable(type, b).orElseThrow());
            var keys = IndexKey.compare(key, other);

            assertThat(values < 0 ? keys <= 0 : values > 0 ? keys >= 0 : keys == 0)
                    .as(a + " and " + b)
                    .isTrue();
            var bytes = Arrays.compareUnsigned(
                    key.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
            assertThat(Integer.signum(keys)).isEqualTo(Integer.signum(bytes));
        }
    }

    private static Value value(FieldType type, Random random) {
        return switch (type) {
            case NUMBER -> Value.of(BigDecimal.valueOf(random.nextInt(400) - 200L, random.nextInt(6) - 2));
            case BOOLEAN -> Value.of(random.nextBoolean());
            case DATETIME ->
                Value.of(Instant.ofEpochMilli(random.nextInt(9) * 400_000_000_000L - 1_600_000_000_000L)
                        .toString());
            default -> {
                var text = new StringBuilder("x");
                for (var i = random.nextInt(4); i > 0; i--) {
                    text.appendCodePoint(new int[] {'a', 'B', 'é', 0xFFFD, 0x1F600, '~', 'x'}[random.nextInt(7)]);
                }
                yield Value.of(text.toString());
            }
        };
    }
}
