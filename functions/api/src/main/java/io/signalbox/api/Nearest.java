/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import java.util.Collection;
import java.util.Optional;

/** The name somebody meant: the one with the fewest letters to change, if they are few. */
final class Nearest {

    private static final int LONGEST = 200;

    private Nearest() {}

    /** @return the nearest name, or nothing when none is at most two, or a third, of its letters away */
    static Optional<String> to(String given, Collection<String> names) {
        if (given.length() > LONGEST) {
            return Optional.empty();
        }
        String nearest = null;
        var least = Integer.MAX_VALUE;
        for (var name : names) {
            var distance = distance(given, name);
            if (distance < least) {
                least = distance;
                nearest = name;
            }
        }
        var near = nearest != null && least < nearest.length() && least <= Math.max(2, nearest.length() / 3);
        return near ? Optional.of(nearest) : Optional.empty();
    }

    /** Insertions, deletions and replacements between the two (Levenshtein). */
    private static int distance(String a, String b) {
        var previous = new int[b.length() + 1];
        var current = new int[b.length() + 1];
        for (var j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (var i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (var j = 1; j <= b.length(); j++) {
                var change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
            }
            var spare = previous;
            previous = current;
            current = spare;
        }
        return previous[b.length()];
    }
}
