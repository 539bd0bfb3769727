/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.Segment;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SegmentCodecTest {

    private static Segment through(Segment segment) {
        return SegmentCodec.decode(segment.id(), SegmentCodec.encode(segment));
    }

    @Test
    void any_segment_comes_back_as_it_was() {
        for (var seed = 0; seed < 1_000; seed++) {
            var segment = new RandomModel(seed).segment();
            assertThat(through(segment)).as("seed %s", seed).isEqualTo(segment);
        }
    }

    @Test
    void every_flipped_bit_gives_an_error_or_a_segment() {
        var segment = Samples.segment(new Random(1), 10, 10);
        var bytes = SegmentCodec.encode(segment);
        var refused = 0;
        for (var bit = 0; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertThat(SegmentCodec.decode(segment.id(), bytes).id()).isEqualTo(segment.id());
            } catch (CorruptItem _) {
                refused++;
            }
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(refused).isBetween(1, bytes.length * 8);
    }

    @Test
    void a_later_format_is_refused_by_name() {
        var segment = Samples.segment(new Random(1), 1, 1);
        var bytes = SegmentCodec.encode(segment);
        bytes[0] = 2;

        assertThatThrownBy(() -> SegmentCodec.decode(segment.id(), bytes))
                .isInstanceOf(CorruptItem.class)
                .hasMessage("segment " + segment.id() + ": the item has format 2; this code reads 1");
    }
}
