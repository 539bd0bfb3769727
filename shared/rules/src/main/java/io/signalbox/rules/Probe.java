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

    /** @param index null when no branch is filed under this field itself */
    Probe(String name, FieldIndex index, List<Probe> below) {
        this.name = name;
        this.index = index;
        this.below = below.toArray(Probe[]::new);
        byName = HashMap.newHashMap(below.size());
        below.forEach(probe -> byName.put(probe.name, probe));
    }

    void collect(Value value, IntList found) {
        switch (value) {
            case Value.Obj(var members) -> {
                if (below.length <= members.size()) {
                    for (var probe : below) {
                        probe.collectMember(members.get(probe.name), found);
                    }
                } else {
                    members.forEach((member, held) -> {
                        var probe = byName.get(member);
                        if (probe != null) {
                            probe.collectMember(held, found);
                        }
                    });
                }
            }
            case Value.Arr(var items) -> items.forEach(item -> collect(item, found));
            case Value.Text _, Value.Num _, Value.Bool _, Value.Null _ -> {}
        }
    }

    private void collectMember(Value value, IntList found) {
        if (value == null) {
            return;
        }
        if (index != null) {
            index.collect(value, found);
        }
        if (below.length > 0) {
            collect(value, found);
        }
    }
}
