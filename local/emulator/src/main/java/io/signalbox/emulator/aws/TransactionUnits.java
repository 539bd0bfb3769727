/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.aws;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The units of a transaction. DynamoDB charges each item twice what it costs alone; DynamoDB Local 3.3.1 adds up only
 * those of its items whose units differ, so three small items read as 2 in place of 6.
 *
 * <p>What is counted here is the least sum in which every item costs no less than its request says and the different
 * costs add up to what DynamoDB Local said. It is exact when the items are puts without an index, and when at most one
 * item costs more than the rest, as a record with its unique keys does.
 */
final class TransactionUnits {

    private static final int KILOBYTE = 1 << 10;
    /** Beyond it the ways to split a sum are too many to try, and the two lower bounds have to do. */
    private static final int MAX_PAIRS = 40;

    private static final int IMPOSSIBLE = Integer.MAX_VALUE / 4;

    private TransactionUnits() {}

    /** @param distinct the sum that DynamoDB Local gave for the table */
    static double of(List<?> items, String table, double distinct) {
        var least = new ArrayList<Integer>();
        for (var item : items) {
            for (var operation : ((Map<?, ?>) item).values()) {
                var members = (Map<?, ?>) operation;
                if (table.equals(members.get("TableName"))) {
                    least.add(members.get("Item") instanceof Map<?, ?> put ? kilobytes(put) : 1);
                }
            }
        }
        return 2.0 * leastSum(least, (int) Math.round(distinct / 2));
    }

    private static int kilobytes(Map<?, ?> item) {
        return Math.max(1, (ItemSize.of(item) + KILOBYTE - 1) / KILOBYTE);
    }

    /**
     * The least sum of as many values as there are bounds, each at its bound or above, whose different values add up to
     * {@code distinct}.
     */
    static int leastSum(List<Integer> bounds, int distinct) {
        var sorted = bounds.stream().sorted().toList();
        var floor =
                Math.max(distinct, sorted.stream().mapToInt(Integer::intValue).sum());
        if (distinct > MAX_PAIRS) {
            return floor;
        }
        var best = split(distinct, 1, new ArrayList<>(), sorted);
        return best == IMPOSSIBLE ? floor : best;
    }

    /** Tries every set of different values that add up to the rest, in ascending order. */
    private static int split(int rest, int from, List<Integer> values, List<Integer> bounds) {
        if (rest == 0) {
            return values.isEmpty() ? IMPOSSIBLE : assign(bounds, values);
        }
        var best = IMPOSSIBLE;
        for (var value = from; value <= rest && values.size() < bounds.size(); value++) {
            values.addLast(value);
            best = Math.min(best, split(rest - value, value + 1, values, bounds));
            values.removeLast();
        }
        return best;
    }

    /** Gives each bound, from the lowest, the value of the one before it or the next, so that every value is taken. */
    private static int assign(List<Integer> bounds, List<Integer> values) {
        var costs = new int[values.size()];
        Arrays.fill(costs, IMPOSSIBLE);
        for (var bound = 0; bound < bounds.size(); bound++) {
            for (var k = values.size() - 1; k >= 0; k--) {
                var before = Math.min(costs[k], k > 0 ? costs[k - 1] : IMPOSSIBLE);
                if (bound == 0) {
                    before = k == 0 ? 0 : IMPOSSIBLE;
                }
                var enough = values.get(k) >= bounds.get(bound);
                costs[k] = enough ? Math.min(before + values.get(k), IMPOSSIBLE) : IMPOSSIBLE;
            }
        }
        return costs[values.size() - 1];
    }
}
