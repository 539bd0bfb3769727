/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

/**
 * An IP address as 128 bits, read strictly: four decimal parts for version 4, RFC 4291 section 2.2 for version 6. A name
 * is never looked up.
 *
 * @param bits 32 or 128
 * @param high the first 64 bits; 0 for version 4
 * @param low the last 64 bits
 */
record Address(int bits, long high, long low) {

    private static final int GROUPS = 8;

    /** The address in that text, or null when there is none. */
    static Address parse(String text) {
        if (text.length() < 2 || text.length() > 45) {
            return null;
        }
        return text.indexOf(':') >= 0 ? version6(text) : version4(text, 0);
    }

    /** The address with all but its first {@code prefix} bits zero. */
    Address masked(int prefix) {
        if (bits == 32) {
            return new Address(32, 0, prefix == 0 ? 0 : low & (-1L << (32 - prefix)) & 0xffff_ffffL);
        }
        var highMask = prefix == 0 ? 0 : prefix >= 64 ? -1L : -1L << (64 - prefix);
        var lowMask = prefix <= 64 ? 0 : -1L << (128 - prefix);
        return new Address(128, high & highMask, low & lowMask);
    }

    private static Address version4(String text, int from) {
        var value = 0L;
        var parts = 0;
        var at = from;
        while (parts < 4) {
            var start = at;
            var part = 0;
            while (at < text.length() && at - start < 3 && isDigit(text.charAt(at))) {
                part = part * 10 + (text.charAt(at++) - '0');
            }
            if (at == start || part > 255 || (at - start > 1 && text.charAt(start) == '0')) {
                return null;
            }
            value = (value << 8) | part;
            parts++;
            if (parts < 4 && (at >= text.length() || text.charAt(at++) != '.')) {
                return null;
            }
        }
        return at == text.length() ? new Address(32, 0, value) : null;
    }

    private static Address version6(String text) {
        var groups = new int[GROUPS];
        var count = 0;
        var gap = -1;
        var at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            var end = at;
            while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0 && text.charAt(end) < 128) {
                end++;
            }
            if (end < text.length() && text.charAt(end) == '.') {
                var tail = version4(text, at);
                if (tail == null || count > GROUPS - 2) {
                    return null;
                }
                groups[count++] = (int) (tail.low >> 16);
                groups[count++] = (int) (tail.low & 0xffff);
                break;
            }
            if (end == at || end - at > 4 || count == GROUPS) {
                return null;
            }
            groups[count++] = Integer.parseInt(text, at, end, 16);
            at = end;
            if (at == text.length()) {
                break;
            }
            if (text.charAt(at++) != ':' || at == text.length()) {
                return null;
            }
            if (text.charAt(at) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = count;
                at++;
            }
        }
        return (gap < 0 ? count < GROUPS : count == GROUPS) ? null : spread(groups, count, gap);
    }

    /** Puts the zeros that {@code ::} stands for in their place. */
    private static Address spread(int[] groups, int count, int gap) {
        var high = 0L;
        var low = 0L;
        for (var i = 0; i < GROUPS; i++) {
            var source = gap < 0 || i < gap ? i : i - (GROUPS - count);
            var group = gap >= 0 && i >= gap && i < gap + GROUPS - count ? 0 : groups[source];
            if (i < 4) {
                high = (high << 16) | group;
            } else {
                low = (low << 16) | group;
            }
        }
        return new Address(128, high, low);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
