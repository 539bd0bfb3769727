/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.Value;
import java.util.List;

/** A field and its list of conditions, of which one must hold. */
record Clause(Field field, List<Condition> conditions) {

    /** @param value what the event has there, or null where the field is missing */
    boolean holds(Value value) {
        for (var condition : conditions) {
            if (condition.holds(value)) {
                return true;
            }
        }
        return false;
    }
}
