/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

/** Finds which of many IP networks hold an address: one look-up for each prefix length in use. */
final class NetworkTable {

    private static final int LONGEST = 128;

    private final Postings byHash;

    /** Which prefix lengths are in use, for addresses of 32 bits and of 128. */
    private final boolean[] lengths32;

    private final boolean[] lengths128;

    private NetworkTable(Builder from) {
        byHash = from.byHash.build();
        lengths32 = from.lengths32;
        lengths128 = from.lengths128;
    }

    void collect(String text, IntList found) {
        var address = Address.parse(text);
        if (address == null) {
            return;
        }
        var lengths = address.bits() == LONGEST ? lengths128 : lengths32;
        for (var length = 0; length <= address.bits(); length++) {
            if (lengths[length]) {
                byHash.collect(hash(address.masked(length), length), found);
            }
        }
    }

    private static int hash(Address network, int prefix) {
        return (Long.hashCode(network.high()) * 31 + Long.hashCode(network.low())) * 31 + network.bits() + prefix;
    }

    static final class Builder {
        private final Postings.Builder byHash = new Postings.Builder();
        private final boolean[] lengths32 = new boolean[LONGEST + 1];
        private final boolean[] lengths128 = new boolean[LONGEST + 1];

        void add(Condition.InNetwork condition, int branch) {
            byHash.add(hash(condition.network(), condition.prefix()), branch);
            var lengths = condition.network().bits() == LONGEST ? lengths128 : lengths32;
            lengths[condition.prefix()] = true;
        }

        /** Null when nothing was added. */
        NetworkTable build() {
            var table = new NetworkTable(this);
            return table.byHash == null ? null : table;
        }
    }
}
