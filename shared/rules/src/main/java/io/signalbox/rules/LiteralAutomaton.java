/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;

/**
 * Finds which of many literals occur anywhere in a text, in one pass over it (Aho and Corasick, "Efficient string
 * matching", 1975). Transitions are in one open-addressed table of longs, half full: a state costs about 50 bytes.
 */
final class LiteralAutomaton {

    private static final int ROOT = 0;
    private static final long FREE = -1;

    private long[] keys;
    private int[] targets;
    private int states = 1;

    /** The state of the longest proper suffix that is also a path from the root. */
    private final int[] fallback;

    /** The next state on the fallback chain that ends a literal; {@link #ROOT} for none. */
    private final int[] output;

    private final int[][] branches;

    LiteralAutomaton(Map<String, int[]> byLiteral) {
        var total = 1 + byLiteral.keySet().stream().mapToInt(String::length).sum();
        keys = new long[Integer.highestOneBit(Math.max(8, total)) * 4];
        Arrays.fill(keys, FREE);
        targets = new int[keys.length];
        branches = new int[total][];
        var parents = new int[total];
        var chars = new char[total];
        byLiteral.forEach((literal, filed) -> {
            var state = ROOT;
            for (var i = 0; i < literal.length(); i++) {
                var next = step(state, literal.charAt(i));
                if (next < 0) {
                    next = states++;
                    parents[next] = state;
                    chars[next] = literal.charAt(i);
                    put(state, literal.charAt(i), next);
                }
                state = next;
            }
            branches[state] = filed;
        });
        fallback = new int[states];
        output = new int[states];
        link(parents, chars);
    }

    /** States in order of depth: a fallback is always shallower, so it is known by then. */
    private void link(int[] parents, char[] chars) {
        var children = new IntList[states];
        for (var state = 1; state < states; state++) {
            if (children[parents[state]] == null) {
                children[parents[state]] = new IntList(1);
            }
            children[parents[state]].add(state);
        }
        var queue = new ArrayDeque<Integer>();
        queue.add(ROOT);
        while (!queue.isEmpty()) {
            var state = queue.remove();
            if (state != ROOT) {
                var back = parents[state] == ROOT ? ROOT : next(fallback[parents[state]], chars[state]);
                fallback[state] = back;
                output[state] = branches[back] != null ? back : output[back];
            }
            for (var i = 0; children[state] != null && i < children[state].size(); i++) {
                queue.add(children[state].get(i));
            }
        }
    }

    void collect(String text, IntList found) {
        var state = ROOT;
        BitSet seen = null;
        for (var i = 0; i < text.length(); i++) {
            state = next(state, text.charAt(i));
            var end = branches[state] != null ? state : output[state];
            // A text may hold the same literal a thousand times; its branches are wanted once.
            for (; end != ROOT && (seen == null || !seen.get(end)); end = output[end]) {
                seen = seen == null ? new BitSet() : seen;
                seen.set(end);
                found.addAll(branches[end]);
            }
        }
    }

    private int next(int from, char c) {
        var state = from;
        var next = step(state, c);
        while (next < 0 && state != ROOT) {
            state = fallback[state];
            next = step(state, c);
        }
        return Math.max(next, ROOT);
    }

    private int step(int state, char c) {
        var key = ((long) state << 16) | c;
        for (var slot = slot(key); ; slot = (slot + 1) & (keys.length - 1)) {
            if (keys[slot] == key) {
                return targets[slot];
            }
            if (keys[slot] == FREE) {
                return -1;
            }
        }
    }

    private void put(int state, char c, int target) {
        var key = ((long) state << 16) | c;
        var slot = slot(key);
        while (keys[slot] != FREE) {
            slot = (slot + 1) & (keys.length - 1);
        }
        keys[slot] = key;
        targets[slot] = target;
    }

    private int slot(long key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & (keys.length - 1);
    }
}
