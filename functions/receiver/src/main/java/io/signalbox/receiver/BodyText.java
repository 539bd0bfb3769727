/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.receiver;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Turns the JSON string that holds a request's body back into the body's bytes, without a {@code String} between.
 *
 * <p>A body is mostly JSON itself, so about one byte in eight is an escaped quote. Eight bytes are looked at at once: when
 * they hold nothing but ASCII and escaped quotes, the backslashes are shifted out of the word, with no branch on where
 * they are. Every other word is read byte by byte.
 */
final class BodyText {

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long LOW = 0x7F * ONES;
    private static final long SPACES = ' ' * ONES;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;

    private final byte[] in;
    private final byte[] out;
    private int from;
    private int to;

    /** Where the text ends: the index of its closing quote. */
    int end() {
        return from;
    }

    /**
     * @param in JSON, with 8 bytes of zero after its end
     * @param start of the text, after its opening quote
     */
    BodyText(byte[] in, int start) {
        this.in = in;
        out = new byte[in.length - start + Long.BYTES];
        from = start;
    }

    /** A bit in the first of 8 bytes that is a control character, a quote, a backslash or not ASCII; 0 for none. */
    static long special(long word) {
        return ((word ^ QUOTES) - ONES | (word ^ BACKSLASHES) - ONES | word - SPACES | word) & HIGH;
    }

    /** The body; null when the text is not one that ends, or holds half a surrogate pair or what is not UTF-8. */
    byte[] read() {
        var words = ByteBuffer.wrap(in).order(ByteOrder.LITTLE_ENDIAN);
        var plain = ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
        var last = in.length - Long.BYTES;
        // A backslash that ended the word before stands as the bit before this word's first.
        var carry = 0L;
        var source = from;
        var target = to;
        while (source <= last) {
            var word = words.getLong(source);
            var odd = (word | word - SPACES) & HIGH;
            var backslashes = ~((word ^ BACKSLASHES) + LOW) & HIGH;
            var quotes = ~((word ^ QUOTES) + LOW) & HIGH;
            if ((odd | quotes ^ (backslashes << Byte.SIZE | carry)) == 0) {
                carry = backslashes >>> 56;
                source += Long.BYTES;
                plain.putLong(target, without(word, backslashes));
                target += Long.BYTES - Long.bitCount(backslashes);
                continue;
            }
            from = carry == 0 ? source : source - 1;
            to = target;
            carry = 0;
            for (var next = source + Long.BYTES; from < next; ) {
                if (in[from] == '"') {
                    return Arrays.copyOf(out, to);
                }
                if (!readOne()) {
                    return null;
                }
            }
            source = from;
            target = to;
        }
        return null;
    }

    /** The word's other bytes, moved together. Two rounds, for no backslash costs no more than a missed branch. */
    private static long without(long word, long backslashes) {
        var below = ((backslashes & -backslashes) >>> 7) - 1;
        var left = word & below | word >>> Byte.SIZE & ~below;
        var others = (backslashes & backslashes - 1) >>> Byte.SIZE;
        below = ((others & -others) >>> 7) - 1;
        left = left & below | left >>> Byte.SIZE & ~below;
        others = (others & others - 1) >>> Byte.SIZE;
        return others == 0 ? left : without(left, others);
    }

    /** Reads one byte, escape or UTF-8 sequence; false when it is none of these. */
    private boolean readOne() {
        var c = in[from];
        if (c == '\\') {
            return readEscape();
        }
        if (c >= ' ') {
            out[to++] = c;
            from++;
            return true;
        }
        return c < 0 && readSequence();
    }

    private boolean readEscape() {
        var c = switch (in[from + 1]) {
            case '"', '\\', '/' -> in[from + 1];
            case 'b' -> (byte) '\b';
            case 'f' -> (byte) '\f';
            case 'n' -> (byte) '\n';
            case 'r' -> (byte) '\r';
            case 't' -> (byte) '\t';
            default -> (byte) 0;
        };
        if (c == 0) {
            return in[from + 1] == 'u' && readUnicode();
        }
        out[to++] = c;
        from += 2;
        return true;
    }

    private boolean readUnicode() {
        var unit = hex(from + 2);
        if (unit < 0) {
            return false;
        }
        var point = unit;
        var length = 6;
        if (unit >= 0xD800 && unit < 0xE000) {
            var low = unit < 0xDC00 && in[from + 6] == '\\' && in[from + 7] == 'u' ? hex(from + 8) : -1;
            if (low < 0xDC00 || low > 0xDFFF) {
                return false;
            }
            point = Character.toCodePoint((char) unit, (char) low);
            length = 12;
        }
        from += length;
        if (point < 0x80) {
            out[to++] = (byte) point;
            return true;
        }
        var more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
        out[to++] = (byte) (0xFF00 >> more + 1 | point >> 6 * more);
        for (var i = more - 1; i >= 0; i--) {
            out[to++] = (byte) (0x80 | point >> 6 * i & 0x3F);
        }
        return true;
    }

    /** The number of four hex digits; negative when they are not. */
    private int hex(int start) {
        var number = 0;
        for (var i = start; i < start + 4; i++) {
            var c = i < in.length ? in[i] : 0;
            number = c < 0 ? -1 : number << 4 | Character.digit(c, 16);
            if (number < 0) {
                return -1;
            }
        }
        return number;
    }

    /** Copies a UTF-8 sequence of the shortest form (RFC 3629), a surrogate's apart. */
    private boolean readSequence() {
        var lead = in[from] & 0xFF;
        var length =
                lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
        var point = lead & 0x7F >> length;
        for (var i = 1; i < length; i++) {
            if ((in[from + i] & 0xC0) != 0x80) {
                return false;
            }
            point = point << 6 | in[from + i] & 0x3F;
        }
        var isWhole = switch (length) {
            case 2 -> true;
            case 3 -> point >= 0x800 && (point < 0xD800 || point > 0xDFFF);
            case 4 -> point >= 0x10000 && point <= 0x10FFFF;
            default -> false;
        };
        for (var i = 0; isWhole && i < length; i++) {
            out[to++] = in[from++];
        }
        return isWhole;
    }
}
