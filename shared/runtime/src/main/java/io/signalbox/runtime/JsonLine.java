/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.runtime;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * Writes one flat or nested JSON object by appending to a string: what a hot path prints or sends on every request. No
 * generator, no tree, no formatter, so it costs one builder and loads one class. Anything that is not made up of a few
 * known members is better written with {@link Json}.
 *
 * <p>Strings are escaped so that the result is one line of characters that every transport takes: control characters,
 * halves of surrogate pairs and U+FFFE, U+FFFF become escapes. Names of numbers, truths, times and objects are the
 * program's own and are written as they are.
 */
public final class JsonLine {

    private static final int DAY_MILLIS = 86_400_000;

    /** The date written last: the next is most often the same. */
    private static volatile Day lastDay = new Day(0, "1970-01-01T");

    private record Day(long epochDay, String text) {}

    private final StringBuilder out;
    private boolean first = true;

    public JsonLine(int capacity) {
        out = new StringBuilder(capacity).append('{');
    }

    /** Adds a string; nothing when it is null. */
    public JsonLine with(String name, String value) {
        if (value != null) {
            separate();
            quote(out, name);
            out.append(':');
            quote(out, value);
        }
        return this;
    }

    /** Adds a string that needs no escape, as ids and the program's own words need none; nothing when it is null. */
    public JsonLine withPlain(String name, String value) {
        if (value != null) {
            name(name).append('"').append(value).append('"');
        }
        return this;
    }

    public JsonLine with(String name, long value) {
        name(name).append(value);
        return this;
    }

    /** Adds a number in as few digits as say it: 2, 0.5. It must be finite. */
    public JsonLine with(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " is not a finite number");
        }
        var whole = (long) value;
        if (whole == value) {
            return with(name, whole);
        }
        name(name).append(BigDecimal.valueOf(value).toPlainString());
        return this;
    }

    public JsonLine with(String name, boolean value) {
        name(name).append(value);
        return this;
    }

    /** Adds a moment as text: ISO 8601 in UTC, always with milliseconds. */
    public JsonLine withTime(String name, long epochMillis) {
        name(name).append('"');
        time(out, epochMillis);
        out.append('"');
        return this;
    }

    /** Starts an object that the members after it belong to, until {@link #end}. */
    public JsonLine object(String name) {
        name(name).append('{');
        first = true;
        return this;
    }

    public JsonLine end() {
        out.append('}');
        first = false;
        return this;
    }

    /** Adds the members of a line that is still open. */
    public JsonLine with(JsonLine members) {
        if (!members.first) {
            separate();
            out.append(members.out, 1, members.out.length());
        }
        return this;
    }

    /** Closes the outermost object; the line is then the builder's whole content. */
    public StringBuilder close() {
        return out.append('}');
    }

    private StringBuilder name(String name) {
        separate();
        return out.append('"').append(name).append("\":");
    }

    private void separate() {
        if (!first) {
            out.append(',');
        }
        first = false;
    }

    /** Appends a JSON string, quotes included. */
    public static void quote(StringBuilder out, String text) {
        out.append('"');
        var done = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c >= ' ' && c < 0xD800 && c != '"' && c != '\\') {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            if (c >= 0xE000 && c < 0xFFFE) {
                continue;
            }
            out.append(text, done, i);
            escape(out, c);
            done = i + 1;
        }
        out.append(text, done, text.length()).append('"');
    }

    private static void escape(StringBuilder out, char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                out.append("\\u");
                for (var shift = 12; shift >= 0; shift -= 4) {
                    out.append(Character.forDigit(c >> shift & 15, 16));
                }
            }
        }
    }

    private static void time(StringBuilder out, long epochMillis) {
        var epochDay = Math.floorDiv(epochMillis, (long) DAY_MILLIS);
        var day = lastDay;
        if (day.epochDay != epochDay) {
            day = new Day(epochDay, LocalDate.ofEpochDay(epochDay) + "T");
            lastDay = day;
        }
        out.append(day.text);
        var millis = Math.floorMod(epochMillis, DAY_MILLIS);
        digits(out, millis / 3_600_000, 10).append(':');
        digits(out, millis / 60_000 % 60, 10).append(':');
        digits(out, millis / 1_000 % 60, 10).append('.');
        digits(out, millis % 1_000, 100).append('Z');
    }

    private static StringBuilder digits(StringBuilder out, int number, int highest) {
        for (var unit = highest; unit > 0; unit /= 10) {
            out.append((char) ('0' + number / unit % 10));
        }
        return out;
    }
}
