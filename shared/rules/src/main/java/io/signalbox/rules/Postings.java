/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import java.util.Arrays;

/**
 * Branches by the hash of what they are filed under. What was hashed is not kept: where two hashes are the same, a branch
 * comes out that is then tried in vain.
 *
 * <p>Nearly every question is answered no, so that a bit for each hash comes first: 1 KB for a thousand of them stays in
 * the processor's nearest cache, and one question in nine goes on to the table. All is in three arrays.
 */
final class Postings {

    private static final int BITS_A_HASH = 8;
    private static final int SPREAD = 0x9E3779B9;

    private final long[] bits;
    private final int bitShift;

    /** Open-addressed: the hash, and the place after the start of its branches; 0 is free. At most half full. */
    private final long[] slots;

    private final int slotShift;

    /** The branches of each hash in a row, the last of them complemented. */
    private final int[] branches;

    private Postings(long[] pairs, int hashes) {
        var log = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(8, 2 * hashes - 1));
        slots = new long[1 << log];
        slotShift = Integer.SIZE - log;
        bits = new long[slots.length * BITS_A_HASH / 2 / Long.SIZE];
        bitShift = Integer.SIZE - Integer.numberOfTrailingZeros(bits.length * Long.SIZE);
        branches = new int[pairs.length];
        for (var i = 0; i < pairs.length; i++) {
            var hash = (int) (pairs[i] >> 32);
            var isLast = i + 1 == pairs.length || (int) (pairs[i + 1] >> 32) != hash;
            branches[i] = isLast ? ~(int) pairs[i] : (int) pairs[i];
            if (i == 0 || (int) (pairs[i - 1] >> 32) != hash) {
                put(hash, i + 1);
            }
        }
    }

    private void put(int hash, int place) {
        var spread = hash * SPREAD;
        var bit = spread >>> bitShift;
        bits[bit >>> 6] |= 1L << bit;
        var slot = spread >>> slotShift;
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = (long) hash << 32 | place;
    }

    /** Adds the branches that are filed under the hash. */
    void collect(int hash, IntList found) {
        var spread = hash * SPREAD;
        var bit = spread >>> bitShift;
        if ((bits[bit >>> 6] >>> bit & 1) == 0) {
            return;
        }
        for (var slot = spread >>> slotShift; slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
            if ((int) (slots[slot] >> 32) == hash) {
                var at = (int) slots[slot] - 1;
                while (branches[at] >= 0) {
                    found.add(branches[at++]);
                }
                found.add(~branches[at]);
                return;
            }
        }
    }

    static final class Builder {
        private final IntList hashes = new IntList(0);
        private final IntList branches = new IntList(0);

        void add(int hash, int branch) {
            hashes.add(hash);
            branches.add(branch);
        }

        /** Null when nothing was added. */
        Postings build() {
            if (hashes.size() == 0) {
                return null;
            }
            var pairs = new long[hashes.size()];
            for (var i = 0; i < pairs.length; i++) {
                pairs[i] = (long) hashes.get(i) << 32 | branches.get(i);
            }
            Arrays.sort(pairs);
            var distinct = 1;
            for (var i = 1; i < pairs.length; i++) {
                distinct += pairs[i] >> 32 == pairs[i - 1] >> 32 ? 0 : 1;
            }
            return new Postings(pairs, distinct);
        }
    }
}
