/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds which of many numeric ranges hold a number: O(log n + found), by an exact comparison.
 *
 * <p>Limits are replaced by their rank. With n distinct limits, rank 2i+1 is the i-th of them, and the even ranks are the
 * gaps between; each range is then two ints, and an event's number one, found by binary search over doubles that asks
 * the exact decimals only where doubles tie. Ranges sorted by their lower rank form a balanced tree by position alone,
 * with the highest upper rank of each subtree beside it. One million distinct limits cost some 30 MB and build in a
 * second or two.
 */
final class IntervalTree {

    private final BigDecimal[] limits;
    private final double[] rounded;

    private final int[] lows;
    private final int[] highs;
    private final int[] highest;
    private final int[] branches;

    static final class Builder {
        private final List<Condition.Range> ranges = new ArrayList<>();
        private final IntList branches = new IntList(0);

        void add(Condition.Range range, int branch) {
            ranges.add(range);
            branches.add(branch);
        }

        boolean isEmpty() {
            return ranges.isEmpty();
        }

        IntervalTree build() {
            return new IntervalTree(ranges, branches);
        }
    }

    private IntervalTree(List<Condition.Range> ranges, IntList filed) {
        limits = distinctLimits(ranges);
        rounded = new double[limits.length];
        for (var i = 0; i < limits.length; i++) {
            rounded[i] = limits[i].doubleValue();
        }
        var size = ranges.size();
        var order = new long[size];
        var upper = new int[size];
        for (var i = 0; i < size; i++) {
            var range = ranges.get(i);
            var low = range.low() == null ? 0 : rank(range.low()) + (range.withLow() ? 0 : 1);
            upper[i] = range.high() == null ? 2 * limits.length : rank(range.high()) - (range.withHigh() ? 0 : 1);
            order[i] = ((long) low << 32) | i;
        }
        Arrays.sort(order);
        lows = new int[size];
        highs = new int[size];
        highest = new int[size];
        branches = new int[size];
        for (var at = 0; at < size; at++) {
            var i = (int) order[at];
            lows[at] = (int) (order[at] >> 32);
            highs[at] = upper[i];
            branches[at] = filed.get(i);
        }
        augment(0, size);
    }

    private static BigDecimal[] distinctLimits(List<Condition.Range> ranges) {
        var all = new ArrayList<BigDecimal>(ranges.size());
        for (var range : ranges) {
            if (range.low() != null) {
                all.add(range.low());
            }
            if (range.high() != null) {
                all.add(range.high());
            }
        }
        all.sort(null);
        var distinct = new ArrayList<BigDecimal>(all.size());
        for (var limit : all) {
            if (distinct.isEmpty() || distinct.getLast().compareTo(limit) != 0) {
                distinct.add(limit);
            }
        }
        return distinct.toArray(new BigDecimal[0]);
    }

    private int augment(int from, int to) {
        if (from >= to) {
            return -1;
        }
        var middle = (from + to) >>> 1;
        var below = Math.max(augment(from, middle), augment(middle + 1, to));
        highest[middle] = Math.max(highs[middle], below);
        return highest[middle];
    }

    void collect(BigDecimal number, IntList found) {
        collect(0, lows.length, rank(number), found);
    }

    private void collect(int from, int to, int rank, IntList found) {
        if (from >= to) {
            return;
        }
        var middle = (from + to) >>> 1;
        if (highest[middle] < rank) {
            return;
        }
        collect(from, middle, rank, found);
        if (lows[middle] <= rank) {
            if (highs[middle] >= rank) {
                found.add(branches[middle]);
            }
            collect(middle + 1, to, rank, found);
        }
    }

    private int rank(BigDecimal number) {
        var approximate = number.doubleValue();
        var low = 0;
        var high = limits.length;
        while (low < high) {
            var middle = (low + high) >>> 1;
            // Rounding keeps order, so unequal doubles decide; equal ones leave it to the decimals.
            var order = rounded[middle] == approximate
                    ? limits[middle].compareTo(number)
                    : Double.compare(rounded[middle], approximate);
            if (order == 0) {
                return 2 * middle + 1;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return 2 * low;
    }
}
