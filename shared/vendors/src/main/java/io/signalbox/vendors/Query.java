/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Names and values of a raw query or a form body ({@code application/x-www-form-urlencoded}), in their order, decoded
 * once. A broken escape stands for itself: reading never fails.
 */
public final class Query {

    /** More than any vendor sends; the rest of a longer one is not read. */
    private static final int MOST = 1_000;

    /** One name with its value. */
    public record Pair(String name, String value) {}

    private Query() {}

    /** All pairs; empty where nothing stands between two {@code &}. */
    public static List<Pair> pairs(String raw) {
        var pairs = new ArrayList<Pair>();
        var start = 0;
        while (start < raw.length() && pairs.size() < MOST) {
            var end = raw.indexOf('&', start);
            end = end < 0 ? raw.length() : end;
            if (end > start) {
                var equals = raw.indexOf('=', start);
                var nameEnd = equals < 0 || equals > end ? end : equals;
                pairs.add(new Pair(
                        decoded(raw.substring(start, nameEnd)),
                        nameEnd == end ? "" : decoded(raw.substring(nameEnd + 1, end))));
            }
            start = end + 1;
        }
        return pairs;
    }

    /** All values of that name. */
    public static List<String> values(String raw, String name) {
        return pairs(raw).stream()
                .filter(pair -> pair.name.equals(name))
                .map(Pair::value)
                .toList();
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        var bytes = new ByteArrayOutputStream(text.length());
        var raw = text.getBytes(StandardCharsets.UTF_8);
        for (var i = 0; i < raw.length; i++) {
            var high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            var low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
            if (low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(raw[i] == '+' ? ' ' : raw[i]);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
