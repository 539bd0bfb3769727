/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Finds which of many IP networks hold an address: one look-up for each prefix length in use. */
final class NetworkTable {

    private final Map<Integer, Map<Integer, Postings<Address>>> building = new TreeMap<>();
    private final Map<Integer, int[]> lengths = new HashMap<>();
    private final Map<Integer, Map<Address, int[]>> tables = new HashMap<>();

    boolean isEmpty() {
        return building.isEmpty();
    }

    void add(Condition.InNetwork condition, int branch) {
        building.computeIfAbsent(condition.network().bits(), _ -> new TreeMap<>())
                .computeIfAbsent(condition.prefix(), _ -> new Postings<>())
                .add(condition.network(), branch);
    }

    NetworkTable frozen() {
        building.forEach((bits, byLength) -> {
            lengths.put(
                    bits, byLength.keySet().stream().mapToInt(Integer::intValue).toArray());
            byLength.forEach((length, networks) -> tables.put((bits << 8) | length, networks.frozen()));
        });
        return this;
    }

    void collect(String text, IntList found) {
        var address = Address.parse(text);
        if (address == null) {
            return;
        }
        for (var length : lengths.getOrDefault(address.bits(), IntList.NONE)) {
            found.addAll(tables.get((address.bits() << 8) | length).getOrDefault(address.masked(length), IntList.NONE));
        }
    }
}
