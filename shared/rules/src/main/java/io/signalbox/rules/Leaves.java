/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.Value;

/** The values a field holds: itself, or those of its array at any depth. Objects are not values but more fields. */
final class Leaves {

    private Leaves() {}

    /** @param field null where it is missing */
    static boolean any(Value field, Condition.OfValue test) {
        if (field instanceof Value.Arr(var items)) {
            for (var item : items) {
                if (any(item, test)) {
                    return true;
                }
            }
            return false;
        }
        return isLeaf(field) && test.test(field);
    }

    /** @param field null where it is missing */
    static boolean exist(Value field) {
        if (field instanceof Value.Arr(var items)) {
            for (var item : items) {
                if (exist(item)) {
                    return true;
                }
            }
            return false;
        }
        return isLeaf(field);
    }

    private static boolean isLeaf(Value value) {
        return value != null && !(value instanceof Value.Obj);
    }
}
