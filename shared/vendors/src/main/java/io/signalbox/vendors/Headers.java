/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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

    private static final byte[] NO_SOURCE = {};

    /** Names and values by turns; null where nobody asked yet for what {@link #source} has. */
    private String[] flat;

    private int used;
    private final byte[] source;

    /** For each of {@link #flat} that lies in the source, its start and its end. */
    private int[] spans;

    public Headers(int expected) {
        this(NO_SOURCE, expected);
    }

    /**
     * Headers that may lie in a text: a string is made only of one that is asked for.
     *
     * @param source do not change the array
     */
    public Headers(byte[] source, int expected) {
        this.source = source;
        flat = new String[2 * expected];
        spans = new int[source.length == 0 ? 0 : 4 * expected];
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
        grow();
        flat[used++] = name.toLowerCase(Locale.ROOT);
        flat[used++] = value;
        return this;
    }

    /** Adds a header that lies in the source, where its name and its value are ASCII. */
    public Headers add(int nameStart, int nameEnd, int valueStart, int valueEnd) {
        grow();
        spans[2 * used] = nameStart;
        spans[2 * used + 1] = nameEnd;
        spans[2 * used + 2] = valueStart;
        spans[2 * used + 3] = valueEnd;
        used += 2;
        return this;
    }

    private void grow() {
        if (used == flat.length) {
            flat = Arrays.copyOf(flat, Math.max(16, used * 2));
            spans = Arrays.copyOf(spans, source.length == 0 ? 0 : 2 * flat.length);
        }
    }

    /** How often a header of that name, in lower case, occurs. */
    public int count(String name) {
        var count = 0;
        for (var i = 0; i < used; i += 2) {
            if (isNamed(i, name)) {
                count++;
            }
        }
        return count;
    }

    /** The first value of the header of that name, in lower case; null when there is none. */
    public String first(String name) {
        for (var i = 0; i < used; i += 2) {
            if (isNamed(i, name)) {
                return text(i + 1);
            }
        }
        return null;
    }

    private boolean isNamed(int index, String name) {
        if (flat[index] != null) {
            return flat[index].equals(name);
        }
        var start = spans[2 * index];
        if (spans[2 * index + 1] - start != name.length()) {
            return false;
        }
        for (var i = 0; i < name.length(); i++) {
            var c = source[start + i];
            if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String text(int index) {
        if (flat[index] == null) {
            var start = spans[2 * index];
            var text = new String(source, start, spans[2 * index + 1] - start, ISO_8859_1);
            flat[index] = index % 2 == 0 ? text.toLowerCase(Locale.ROOT) : text;
        }
        return flat[index];
    }

    public int size() {
        return used / 2;
    }

    public String name(int index) {
        return text(2 * index);
    }

    public String value(int index) {
        return text(2 * index + 1);
    }

    /** The names alone: values may be secret. */
    @Override
    public String toString() {
        var names = new StringBuilder("Headers[");
        for (var i = 0; i < used; i += 2) {
            names.append(i == 0 ? "" : ", ").append(text(i));
        }
        return names.append(']').toString();
    }
}
