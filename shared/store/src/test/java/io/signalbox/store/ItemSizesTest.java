/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.Score;
import io.signalbox.model.Segment;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What items weigh, by DynamoDB's rules: names and values, binary by the byte, 2 digits of a number a byte. */
class ItemSizesTest {

    private static final int UNIT = 1024;

    @Test
    void a_contact_of_30_fields_set_by_30_events_is_one_write_unit() {
        for (var seed = 0; seed < 50; seed++) {
            var record = Samples.fullContact(Samples.contact(1_600_000_000_000_000L + seed), new Random(seed));
            assertThat(sizeOf(record)).as("seed %s", seed).isLessThanOrEqualTo(UNIT - 80);
        }
        report("contact", sizeOf(Samples.fullContact(Samples.contact(1_600_000_000_000_000L), new Random(1))));
    }

    @Test
    void reasons_in_words_of_ones_own_fit_too() {
        for (var seed = 0; seed < 50; seed++) {
            var record = Samples.fullContact(Samples.contact(1_600_000_000_000_000L + seed), new Random(seed));
            assertThat(sizeOf(inOtherWords(record))).as("seed %s", seed).isLessThanOrEqualTo(UNIT);
        }
        report(
                "contact, own rules",
                sizeOf(inOtherWords(Samples.fullContact(Samples.contact(1_600_000_000_000_000L), new Random(1)))));
    }

    @Test
    void segments_are_a_fraction_of_a_unit_an_event() {
        assertThat(report("1 event", sizeOf(Samples.segment(new Random(1), 1, 1))))
                .isLessThanOrEqualTo(UNIT / 4);
        assertThat(report("10 events of 10 records", sizeOf(Samples.segment(new Random(1), 10, 10))))
                .isLessThanOrEqualTo(UNIT);
        assertThat(report("10 events of 1 record", sizeOf(Samples.segment(new Random(1), 10, 1))))
                .isLessThanOrEqualTo(UNIT);
        assertThat(report("100 events of 100 records", sizeOf(Samples.segment(new Random(1), 100, 100))))
                .isLessThanOrEqualTo(8 * UNIT);
    }

    private static CrmRecord inOtherWords(CrmRecord record) {
        var words = new String[] {
            "Came to one of our dinners", "Buys for the hospital group", "Has opened the spring letter twice",
            "Knows somebody on the board", "Went to the Lisbon fair", "Uses a rival's product today",
            "Downloaded the white paper", "Was a customer before 2020"
        };
        var score = record.score().orElseThrow();
        var reasons = score.reasons().stream()
                .map(r -> new Score.Reason(
                        r.rule(),
                        r.group(),
                        r.points(),
                        r.count(),
                        r.lastAt(),
                        words[score.reasons().indexOf(r)]))
                .toList();
        return record.withScore(new Score(
                score.value(),
                score.fit(),
                score.engagement(),
                score.label(),
                reasons,
                score.nextChangeAt(),
                "field-sales@12",
                score.at()));
    }

    private static int sizeOf(CrmRecord record) {
        return sizeOf(RecordItems.item(record, Samples.NOW));
    }

    private static int sizeOf(Segment segment) {
        return sizeOf(RecordItems.key(segment.id())) + 4 + SegmentCodec.encode(segment).length;
    }

    private static int sizeOf(Map<String, AttributeValue> item) {
        var size = 0;
        for (var attribute : item.entrySet()) {
            var value = attribute.getValue();
            size += attribute.getKey().length();
            size += switch (value.type()) {
                case S -> value.s().length();
                case N -> value.n().length() / 2 + 2;
                case B -> value.b().asByteArrayUnsafe().length;
                default -> throw new AssertionError(value.type());
            };
        }
        return size;
    }

    private static int report(String what, int bytes) {
        System.out.printf("%-28s %5d bytes%n", what, bytes);
        return bytes;
    }
}
