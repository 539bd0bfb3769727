/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that a user sees all of it at once. */
final class Problems {

    /** More would not be read. */
    private static final int MAX = 100;

    private final List<RuleProblem> found = new ArrayList<>();

    void add(Place place, String message) {
        if (found.size() < MAX) {
            var field = place.field();
            found.add(new RuleProblem(place.pointer(), field.isEmpty() ? message : field + ": " + message));
        }
    }

    int size() {
        return found.size();
    }

    void throwIfAny() throws InvalidRules {
        if (!found.isEmpty()) {
            throw new InvalidRules(found);
        }
    }

    /** A user's word for a message: short, whatever was sent. */
    static String quoted(String word) {
        return "\"" + (word.length() > 40 ? word.substring(0, 40) + "…" : word) + "\"";
    }
}
