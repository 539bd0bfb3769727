/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import java.util.Arrays;
import java.util.Map;

/**
 * Finds which of many texts a given text starts with, in one binary search.
 *
 * <p>The texts are sorted, and each knows the longest other one that it starts with itself. Whatever the given text
 * starts with is then either its neighbour below or one of that neighbour's prefixes. Unlike a map for each length,
 * the cost does not grow with the number of different lengths, and nothing is copied.
 */
final class PrefixTable {

    private final String[] prefixes;
    private final int[][] branches;

    /** Index of the longest proper prefix, -1 for none. */
    private final int[] parents;

    PrefixTable(Map<String, int[]> byPrefix) {
        prefixes = byPrefix.keySet().toArray(String[]::new);
        Arrays.sort(prefixes);
        branches = new int[prefixes.length][];
        parents = new int[prefixes.length];
        for (var i = 0; i < prefixes.length; i++) {
            branches[i] = byPrefix.get(prefixes[i]);
            var parent = i - 1;
            while (parent >= 0 && !prefixes[i].startsWith(prefixes[parent])) {
                parent = parents[parent];
            }
            parents[i] = parent;
        }
    }

    void collect(String text, IntList found) {
        var at = Arrays.binarySearch(prefixes, text);
        at = at >= 0 ? at : -at - 2;
        while (at >= 0 && !text.startsWith(prefixes[at])) {
            at = parents[at];
        }
        for (; at >= 0; at = parents[at]) {
            found.addAll(branches[at]);
        }
    }
}
