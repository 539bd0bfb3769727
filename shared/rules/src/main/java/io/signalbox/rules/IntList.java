/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import java.util.Arrays;

/** Ints without boxes. */
final class IntList {

    static final int[] NONE = {};

    /** So many are sorted by insertion. */
    private static final int FEW = 16;

    private int[] items;
    private int size;

    IntList(int capacity) {
        items = capacity == 0 ? NONE : new int[capacity];
    }

    void add(int item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, Math.max(2, size * 2));
        }
        items[size++] = item;
    }

    void addAll(int[] more) {
        if (size + more.length > items.length) {
            items = Arrays.copyOf(items, Math.max(size + more.length, size * 2));
        }
        System.arraycopy(more, 0, items, size, more.length);
        size += more.length;
    }

    int size() {
        return size;
    }

    int get(int index) {
        return items[index];
    }

    void sort() {
        if (size > FEW) {
            Arrays.sort(items, 0, size);
            return;
        }
        for (var i = 1; i < size; i++) {
            var item = items[i];
            var at = i;
            for (; at > 0 && items[at - 1] > item; at--) {
                items[at] = items[at - 1];
            }
            items[at] = item;
        }
    }

    int[] toArray() {
        return size == 0 ? NONE : Arrays.copyOf(items, size);
    }
}
