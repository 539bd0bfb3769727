/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import java.util.HashMap;
import java.util.Map;

/** Branches by the key they are filed under, while the index is built. */
final class Postings<K> {

    private final Map<K, IntList> branches = new HashMap<>();

    void add(K key, int branch) {
        branches.computeIfAbsent(key, _ -> new IntList(1)).add(branch);
    }

    boolean isEmpty() {
        return branches.isEmpty();
    }

    Map<K, int[]> frozen() {
        var frozen = HashMap.<K, int[]>newHashMap(branches.size());
        branches.forEach((key, list) -> frozen.put(key, list.toArray()));
        return frozen;
    }
}
