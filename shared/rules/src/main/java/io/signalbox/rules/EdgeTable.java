/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import java.util.Arrays;

/**
 * Finds which of many texts a given one starts with, or ends with, in one pass over its chars that stops at the longest.
 *
 * <p>The hash of the chars so far is asked for at each length that some of the texts have. So the cost is that of the
 * given text's length, whatever the number of texts, and nothing is copied or compared.
 */
final class EdgeTable {

    private final Postings byHash;
    private final int[] lengths;
    private final boolean fromEnd;

    private EdgeTable(Builder from) {
        byHash = from.byHash.build();
        lengths = distinct(from.lengths.toArray());
        fromEnd = from.fromEnd;
    }

    private static int[] distinct(int[] lengths) {
        Arrays.sort(lengths);
        var count = 0;
        for (var length : lengths) {
            if (count == 0 || lengths[count - 1] != length) {
                lengths[count++] = length;
            }
        }
        return Arrays.copyOf(lengths, count);
    }

    void collect(String text, IntList found) {
        var hash = 0;
        var hashed = 0;
        for (var length : lengths) {
            if (length > text.length()) {
                return;
            }
            hash = hash(text, hashed, length, fromEnd, hash);
            hashed = length;
            byHash.collect(hash, found);
        }
    }

    private static int hash(String text, int from, int to, boolean fromEnd, int before) {
        var hash = before;
        if (fromEnd) {
            for (int at = text.length() - 1 - from, end = text.length() - 1 - to; at > end; at--) {
                hash = 31 * hash + text.charAt(at);
            }
        } else {
            for (var at = from; at < to; at++) {
                hash = 31 * hash + text.charAt(at);
            }
        }
        return hash;
    }

    static final class Builder {
        private final boolean fromEnd;
        private final Postings.Builder byHash = new Postings.Builder();
        private final IntList lengths = new IntList(0);

        /** @param fromEnd whether a text must end with those of the table, and not start with them */
        Builder(boolean fromEnd) {
            this.fromEnd = fromEnd;
        }

        void add(String edge, int branch) {
            byHash.add(hash(edge, 0, edge.length(), fromEnd, 0), branch);
            lengths.add(edge.length());
        }

        /** Null when nothing was added. */
        EdgeTable build() {
            return lengths.size() == 0 ? null : new EdgeTable(this);
        }
    }
}
