/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.Score;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ItemSizesTest {
    @Test
    void print() {
        for (var seed = 0; seed < 3; seed++) {
            var record = Samples.fullContact(Samples.contact(1_600_000_000_000_000L + seed), new Random(seed));
            System.out.println("record " + RecordCodec.encode(record).length);
            var s = record.score().get();
            var rs = new ArrayList<Score.Reason>();
            for (var r : s.reasons()) rs.add(new Score.Reason(r.rule(), r.group(), r.points(), r.count(), r.lastAt(), ""));
            System.out.println("no texts " + RecordCodec.encode(record.withScore(new Score(s.value(), s.fit(), s.engagement(), s.label(), rs, s.nextChangeAt(), s.model(), s.at()))).length);
        }
        for (var n : new int[] {1, 10, 100}) {
            System.out.println("segment " + n + " " + SegmentCodec.encode(Samples.segment(new Random(n), n, n)).length);
            System.out.println("segment on one " + n + " " + SegmentCodec.encode(Samples.segment(new Random(n), n, 1)).length);
        }
    }
}
