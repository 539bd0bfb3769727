/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.Property;
import io.signalbox.model.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecordCodecTest {

    private static CrmRecord through(CrmRecord record) {
        return RecordCodec.decode(record.key(), record.version(), RecordCodec.encode(record));
    }

    @Test
    void any_record_comes_back_as_it_was() {
        for (var seed = 0; seed < 1_000; seed++) {
            var record = new RandomModel(seed).record();
            assertThat(through(record)).as("seed %s", seed).isEqualTo(record);
        }
    }

    @Test
    void a_record_nobody_has_said_anything_of_comes_back() {
        var record = CrmRecord.empty(Samples.contact(1));

        assertThat(through(record)).isEqualTo(record);
    }

    @Test
    void a_record_has_the_same_bytes_each_time() {
        for (var seed = 0; seed < 200; seed++) {
            var record = new RandomModel(seed).record();
            assertThat(RecordCodec.encode(through(record))).isEqualTo(RecordCodec.encode(record));
        }
    }

    @Test
    void numbers_keep_their_zeros() {
        for (var digits :
                List.of("1", "1.0", "1.50", "-0.00", "1E+9000", "9007199254740993", "-12345678901234567890")) {
            var back = through(having(Value.of(new BigDecimal(digits)))).value("x");
            assertThat(((Value.Num) back).value()).isEqualTo(new BigDecimal(digits));
        }
    }

    @Test
    void a_number_nobody_could_write_out_is_refused() {
        assertThatThrownBy(() -> through(having(Value.of(new BigDecimal("1E+2000000000")))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_later_format_is_refused_by_name() {
        var bytes = RecordCodec.encode(Samples.fullContact(Samples.contact(7), new Random(1)));
        bytes[0] = 9;

        assertThatThrownBy(() -> RecordCodec.decode(Samples.contact(7), 1, bytes))
                .isInstanceOf(CorruptItem.class)
                .hasMessage("record contact/7: the item has format 9; this code reads 1");
    }

    @Test
    void every_flipped_bit_gives_an_error_or_a_record() {
        var key = Samples.contact(7);
        for (var record : List.of(Samples.fullContact(key, new Random(1)), new RandomModel(5).record())) {
            var bytes = RecordCodec.encode(record);
            var refused = 0;
            for (var bit = 0; bit < bytes.length * 8; bit++) {
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                refused += isRefused(bytes) ? 1 : 0;
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
            }
            assertThat(refused).isBetween(1, bytes.length * 8);
        }
    }

    @Test
    void every_truncated_item_is_refused() {
        var bytes = RecordCodec.encode(Samples.fullContact(Samples.contact(7), new Random(1)));
        for (var length = 0; length < bytes.length; length++) {
            assertThat(isRefused(java.util.Arrays.copyOf(bytes, length)))
                    .as("%s bytes", length)
                    .isTrue();
        }
    }

    private static boolean isRefused(byte[] bytes) {
        try {
            var record = RecordCodec.decode(Samples.contact(7), 1, bytes);
            assertThat(record.key()).isEqualTo(Samples.contact(7));
            return false;
        } catch (CorruptItem _) {
            return true;
        }
    }

    private static CrmRecord having(Value value) {
        var empty = CrmRecord.empty(Samples.contact(1));
        var properties = new TreeMap<String, Property>();
        properties.put("x", new Property(value, Samples.stamp(new Random(3))));
        return new CrmRecord(
                empty.key(),
                0,
                0,
                0,
                empty.life(),
                empty.mergedInto(),
                empty.externalIds(),
                properties,
                empty.engagement(),
                empty.recent(),
                0,
                empty.score(),
                empty.journalHead());
    }
}
