/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.Value;
import java.util.function.Predicate;

/** The values a field holds: itself, or those of its array at any depth. Objects are not values but more fields. */
final class Leaves {

    private Leaves() {}

    /** @param field null where it is missing */
    static boolean any(Value field, Predicate<Value> test) {
        return switch (field) {
            case null -> false;
            case Value.Arr(var items) -> {
                for (var item : items) {
                    if (any(item, test)) {
                        yield true;
                    }
                }
                yield false;
            }
            case Value.Obj _ -> false;
            case Value.Text _, Value.Num _, Value.Bool _, Value.Null _ -> test.test(field);
        };
    }
}
