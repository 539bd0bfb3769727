/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Finds which of many literals occur anywhere in a text, in one pass over it (Aho and Corasick, "Efficient string
 * matching", 1975). Transitions are in one open-addressed table of longs, half full: a state costs about 60 bytes. Chars
 * that begin no literal are passed over without it.
 */
final class LiteralAutomaton {

    private static final int ROOT = 0;
    private static final long FREE = -1;

    /** No state: {@link #ROOT}, for nothing leads there. */
    private static final int NONE = ROOT;

    private static final int ASCII = 128;

    /** In pairs: a state with a char, and the state that follows. */
    private final long[] steps;

    private final int shift;

    /** What follows the root by an ASCII char; {@link #ROOT} for those that begin no literal. */
    private final int[] first = new int[ASCII];

    private int states = 1;

    /** The state of the longest proper suffix that is also a path from the root. */
    private final int[] fallback;

    /** Of the state and its fallbacks, the first that ends a literal; {@link #ROOT} for none. */
    private final int[] ending;

    /** For a state that ends a literal, where its branches start; what follows the last is the next such state's. */
    private final int[] starts;

    private final int[] branches;

    private LiteralAutomaton(Builder from) {
        var total = 1;
        for (var literal : from.literals) {
            total += literal.length();
        }
        var log = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(8, 2 * total - 1));
        steps = new long[2 << log];
        shift = Long.SIZE - log;
        Arrays.fill(steps, FREE);
        var parents = new int[total];
        var chars = new char[total];
        var filed = new long[from.literals.size()];
        for (var i = 0; i < filed.length; i++) {
            filed[i] = (long) path(from.literals.get(i), parents, chars) << 32 | from.branches.get(i);
        }
        Arrays.sort(filed);
        branches = new int[filed.length];
        starts = new int[states + 1];
        ending = new int[states];
        for (var i = 0; i < filed.length; i++) {
            var state = (int) (filed[i] >> 32);
            branches[i] = (int) filed[i];
            ending[state] = state;
            starts[state + 1] = i + 1;
        }
        for (var state = 1; state <= states; state++) {
            starts[state] = Math.max(starts[state], starts[state - 1]);
        }
        fallback = new int[states];
        link(parents, chars);
    }

    /** The state at the end of the literal's path, which is laid where it is not there. */
    private int path(String literal, int[] parents, char[] chars) {
        var state = ROOT;
        for (var i = 0; i < literal.length(); i++) {
            var c = literal.charAt(i);
            var next = step(state, c);
            if (next == NONE) {
                next = states++;
                parents[next] = state;
                chars[next] = c;
                put(state, c, next);
            }
            state = next;
        }
        return state;
    }

    /** States in order of depth: a fallback is always shallower, so it is known by then. */
    private void link(int[] parents, char[] chars) {
        var depths = new int[states];
        var order = new long[states];
        for (var state = 1; state < states; state++) {
            depths[state] = depths[parents[state]] + 1;
            order[state] = (long) depths[state] << 32 | state;
        }
        Arrays.sort(order);
        for (var i = 1; i < states; i++) {
            var state = (int) order[i];
            var back = parents[state] == ROOT ? ROOT : next(fallback[parents[state]], chars[state]);
            fallback[state] = back;
            if (ending[state] == ROOT) {
                ending[state] = ending[back];
            }
        }
    }

    void collect(String text, IntList found) {
        var state = ROOT;
        BitSet seen = null;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            state = next(state, c);
            if (state == ROOT) {
                continue;
            }
            // A text may hold the same literal a thousand times; its branches are wanted once.
            for (var end = ending[state];
                    end != ROOT && (seen == null || !seen.get(end));
                    end = ending[fallback[end]]) {
                seen = seen == null ? new BitSet() : seen;
                seen.set(end);
                for (var at = starts[end]; at < starts[end + 1]; at++) {
                    found.add(branches[at]);
                }
            }
        }
    }

    private int next(int from, char c) {
        for (var state = from; state != ROOT; state = fallback[state]) {
            var next = step(state, c);
            if (next != NONE) {
                return next;
            }
        }
        return c < ASCII ? first[c] : step(ROOT, c);
    }

    private int step(int state, char c) {
        var key = (long) state << 16 | c;
        for (var slot = slot(key); ; slot = slot + 2 & steps.length - 1) {
            if (steps[slot] == key) {
                return (int) steps[slot + 1];
            }
            if (steps[slot] == FREE) {
                return NONE;
            }
        }
    }

    private void put(int state, char c, int target) {
        if (state == ROOT && c < ASCII) {
            first[c] = target;
        }
        var key = (long) state << 16 | c;
        var slot = slot(key);
        while (steps[slot] != FREE) {
            slot = slot + 2 & steps.length - 1;
        }
        steps[slot] = key;
        steps[slot + 1] = target;
    }

    private int slot(long key) {
        return (int) (key * 0x9E3779B97F4A7C15L >>> shift) << 1;
    }

    static final class Builder {
        private final List<String> literals = new ArrayList<>();
        private final IntList branches = new IntList(0);

        /** @param literal not empty */
        void add(String literal, int branch) {
            literals.add(literal);
            branches.add(branch);
        }

        /** Null when nothing was added. */
        LiteralAutomaton build() {
            return literals.isEmpty() ? null : new LiteralAutomaton(this);
        }
    }
}
