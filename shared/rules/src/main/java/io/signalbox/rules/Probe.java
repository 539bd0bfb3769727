/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Walks an event along the fields that have an index, and no others. */
final class Probe {

    private final String name;
    private final FieldIndex index;
    private final Probe[] below;
    private final Map<String, Probe> byName;
    private final long guard;

    /** @param index null when no branch is filed under this field itself */
    Probe(String name, FieldIndex index, List<Probe> below) {
        this.name = name;
        this.index = index;
        this.below = below.toArray(new Probe[0]);
        byName = HashMap.newHashMap(below.size());
        var bits = index == null ? 0 : index.guard();
        for (var probe : below) {
            byName.put(probe.name, probe);
            bits |= probe.guard;
        }
        guard = bits;
    }

    /** @param bits what the event has of its {@link Guard} */
    void collect(Value value, long bits, IntList found) {
        if (value instanceof Value.Obj(var members)) {
            if (below.length <= members.size()) {
                collectEach(members, bits, found);
            } else {
                for (var member : members.entrySet()) {
                    var probe = byName.get(member.getKey());
                    if (probe != null && (probe.guard & bits) != 0) {
                        probe.collectMember(member.getValue(), bits, found);
                    }
                }
            }
        } else if (value instanceof Value.Arr(var items)) {
            for (var item : items) {
                collect(item, bits, found);
            }
        }
    }

    /** All are looked up before any is used, so that the processor waits for memory about once and not once for each. */
    private void collectEach(Map<String, Value> members, long bits, IntList found) {
        var held = new Value[below.length];
        for (var i = 0; i < held.length; i++) {
            held[i] = (below[i].guard & bits) == 0 ? null : members.get(below[i].name);
        }
        for (var i = 0; i < held.length; i++) {
            below[i].collectMember(held[i], bits, found);
        }
    }

    private void collectMember(Value value, long bits, IntList found) {
        if (value == null) {
            return;
        }
        if (index != null) {
            index.collect(value, found);
        }
        if (below.length > 0) {
            collect(value, bits, found);
        }
    }
}
