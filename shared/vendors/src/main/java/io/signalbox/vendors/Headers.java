/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import java.util.Arrays;
import java.util.Locale;

/**
 * A request's headers in the order they came, names in lower case; a name may occur more than once. A list and not a
 * map: a verifier asks for three names of twenty, so looking is cheaper than sorting in.
 *
 * <p>API Gateway's payload 2.0 joins the values of a repeated header with a comma, so a repetition may also show as a
 * comma in a value that cannot hold one.
 */
public final class Headers {

    private String[] flat;
    private int used;

    public Headers(int expected) {
        flat = new String[2 * expected];
    }

    /** Headers of names and values by turns. */
    public static Headers of(String... namesAndValues) {
        var headers = new Headers(namesAndValues.length / 2);
        for (var i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    public Headers add(String name, String value) {
        if (used == flat.length) {
            flat = Arrays.copyOf(flat, Math.max(16, used * 2));
        }
        flat[used++] = name.toLowerCase(Locale.ROOT);
        flat[used++] = value;
        return this;
    }

    /** How often a header of that name, in lower case, occurs. */
    public int count(String name) {
        var count = 0;
        for (var i = 0; i < used; i += 2) {
            if (flat[i].equals(name)) {
                count++;
            }
        }
        return count;
    }

    /** The first value of the header of that name, in lower case; null when there is none. */
    public String first(String name) {
        for (var i = 0; i < used; i += 2) {
            if (flat[i].equals(name)) {
                return flat[i + 1];
            }
        }
        return null;
    }

    public int size() {
        return used / 2;
    }

    public String name(int index) {
        return flat[2 * index];
    }

    public String value(int index) {
        return flat[2 * index + 1];
    }

    /** The names alone: values may be secret. */
    @Override
    public String toString() {
        var names = new StringBuilder("Headers[");
        for (var i = 0; i < used; i += 2) {
            names.append(i == 0 ? "" : ", ").append(flat[i]);
        }
        return names.append(']').toString();
    }
}
