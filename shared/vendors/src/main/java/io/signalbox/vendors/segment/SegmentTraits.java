/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.segment;

import io.signalbox.model.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Traits as properties, under Segment's names. The two that the Spec defines as objects, {@code address} and
 * {@code company}, become one property a member: {@code address_city}. The trait {@code id} repeats the userId.
 */
record SegmentTraits(Value traits) {

    Map<String, Value> flat() {
        var flat = new LinkedHashMap<String, Value>();
        if (traits instanceof Value.Obj(var members)) {
            members.forEach((name, value) -> {
                if ((name.equals("address") || name.equals("company")) && value instanceof Value.Obj(var inner)) {
                    inner.forEach((part, held) -> flat.put(name + "_" + part, held));
                } else if (!name.equals("id")) {
                    flat.put(name, value);
                }
            });
        }
        return flat;
    }
}
