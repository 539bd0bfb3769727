/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Several families that stand under one path. */
record FamilyOf(List<Family> parts) implements Family {

    FamilyOf(Family... parts) {
        this(List.of(parts));
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        var all = new HashMap<String, Endpoint>();
        parts.forEach(part -> all.putAll(part.endpoints()));
        return all;
    }
}
