/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransactionUnitsTest {

    private static Map<String, Object> put(int bytes) {
        var item = Map.of("pk", Map.of("S", "k"), "v", Map.of("S", "x".repeat(bytes)));
        return Map.of("Put", Map.of("TableName", "T", "Item", item));
    }

    @Test
    void equal_puts_count_each() {
        assertThat(TransactionUnits.of(List.of(put(10), put(10), put(10)), "T", 2))
                .isEqualTo(6);
        assertThat(TransactionUnits.of(List.of(put(3_000), put(3_000)), "T", 6)).isEqualTo(12);
    }

    @Test
    void one_that_costs_more_for_its_index_is_found() {
        assertThat(TransactionUnits.of(List.of(put(10), put(10), put(10)), "T", 6))
                .isEqualTo(8);
    }

    @Test
    void another_table_s_items_are_left_out() {
        var other = Map.of("Delete", Map.of("TableName", "Other", "Key", Map.of()));
        assertThat(TransactionUnits.of(List.of(put(10), other), "T", 2)).isEqualTo(2);
    }

    /** With a hundred items of many sizes the true sum is out of reach; what is counted is never below either bound. */
    @Test
    void the_largest_transaction_is_counted_in_no_time() {
        var bounds = IntStream.rangeClosed(1, 100).map(i -> 1 + i % 20).boxed().toList();
        assertThat(TransactionUnits.leastSum(bounds, 210))
                .isEqualTo(bounds.stream().mapToInt(Integer::intValue).sum());
        assertThat(TransactionUnits.leastSum(Collections.nCopies(100, 1), 1)).isEqualTo(100);
        assertThat(TransactionUnits.leastSum(Collections.nCopies(100, 1), 40)).isEqualTo(40 + 92);
    }

    /** Compared with trying everything. */
    @Test
    void the_least_sum_is_the_least() {
        var random = new Random(3);
        for (var round = 0; round < 100; round++) {
            var bounds = new ArrayList<Integer>();
            var values = new ArrayList<Integer>();
            for (var n = 1 + random.nextInt(4); n > 0; n--) {
                bounds.add(1 + random.nextInt(3));
                values.add(bounds.getLast() + random.nextInt(3));
            }
            var distinct =
                    values.stream().distinct().mapToInt(Integer::intValue).sum();
            assertThat(TransactionUnits.leastSum(bounds, distinct))
                    .isEqualTo(slow(bounds, 0, new ArrayList<>(), distinct));
        }
    }

    private static int slow(List<Integer> bounds, int at, List<Integer> values, int distinct) {
        if (at == bounds.size()) {
            var sum = values.stream().distinct().mapToInt(Integer::intValue).sum();
            return sum == distinct ? values.stream().mapToInt(Integer::intValue).sum() : Integer.MAX_VALUE;
        }
        var best = Integer.MAX_VALUE;
        for (var value = bounds.get(at); value <= distinct; value++) {
            values.addLast(value);
            best = Math.min(best, slow(bounds, at + 1, values, distinct));
            values.removeLast();
        }
        return best;
    }
}
