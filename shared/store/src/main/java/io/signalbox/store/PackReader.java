/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads what {@link PackWriter} wrote, in the same order. Whatever the bytes are, it answers or throws {@link
 * CorruptItem}, in time and memory that their number bounds.
 */
final class PackReader {

    /** Deflate gives at most 1,032 bytes for one. */
    private static final long MAX_RATIO = 1_040;

    private final byte[] bytes;
    private final int numbersEnd;
    private final byte[] texts;
    private final List<String> symbols = new ArrayList<>();
    private int at;
    private int textAt;

    PackReader(byte[] bytes) {
        this.bytes = bytes;
        if (bytes.length == 0 || bytes[0] != PackWriter.VERSION) {
            throw new CorruptItem(
                    bytes.length == 0
                            ? "the item is empty"
                            : "the item has format " + bytes[0] + "; this code reads " + PackWriter.VERSION);
        }
        var end = bytes.length;
        this.at = 1;
        var length = number(end);
        var form = number(end);
        if (length < 0 || length > end - at) {
            throw new CorruptItem("the item is cut off");
        }
        this.numbersEnd = at + (int) length;
        this.texts = texts(form >>> 1, (form & 1) == 1);
    }

    private byte[] texts(long length, boolean deflated) {
        var held = bytes.length - numbersEnd;
        if (deflated ? length > held * MAX_RATIO + 64 || length > Integer.MAX_VALUE - 8 : length != held) {
            throw new CorruptItem("the item's texts do not fit their length");
        }
        var plain = new byte[(int) length];
        if (!deflated) {
            System.arraycopy(bytes, numbersEnd, plain, 0, held);
            return plain;
        }
        var inflater = new Inflater(true);
        try {
            inflater.setDictionary(Vocabulary.dictionary());
            inflater.setInput(bytes, numbersEnd, held);
            var done = 0;
            while (done < plain.length) {
                var more = inflater.inflate(plain, done, plain.length - done);
                if (more == 0) {
                    throw new CorruptItem("the item's texts end too early");
                }
                done += more;
            }
            if (inflater.inflate(new byte[1]) != 0 || !inflater.finished() || inflater.getRemaining() != 0) {
                throw new CorruptItem("the item's texts do not fit their length");
            }
            return plain;
        } catch (DataFormatException e) {
            throw new CorruptItem("the item's texts are not deflated", e);
        } finally {
            inflater.end();
        }
    }

    long number() {
        return number(numbersEnd);
    }

    private long number(int end) {
        var value = 0L;
        for (var shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw new CorruptItem("the item's numbers end too early");
            }
            var b = bytes[at++];
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new CorruptItem("a number in the item is too long");
    }

    long signed() {
        return unzigzag(number());
    }

    static long unzigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    /** How many things follow, each of which takes at least a byte. */
    int count() {
        return within(number());
    }

    int within(long count) {
        if (count < 0 || count > numbersEnd - at) {
            throw new CorruptItem("the item says it holds more than it does");
        }
        return (int) count;
    }

    /** A number that is used as an int. */
    int small() {
        return Math.toIntExact(number());
    }

    long raw(int length) {
        var value = 0L;
        for (var b : rawBytes(length)) {
            value = (value << 8) | (b & 0xFF);
        }
        return value;
    }

    byte[] rawBytes(int length) {
        if (length < 0 || length > numbersEnd - at) {
            throw new CorruptItem("the item's numbers end too early");
        }
        var copy = new byte[length];
        System.arraycopy(bytes, at, copy, 0, length);
        at += length;
        return copy;
    }

    BigDecimal decimal() {
        var scale = signed();
        if (Math.abs(scale) > PackWriter.MAX_SCALE) {
            throw new CorruptItem("a number's exponent is beyond " + PackWriter.MAX_SCALE);
        }
        var head = number();
        if ((head & 1) == 0) {
            return BigDecimal.valueOf(unzigzag(head >>> 1), (int) scale);
        }
        return new BigDecimal(new BigInteger(rawBytes(Math.toIntExact(head >>> 1))), (int) scale);
    }

    String text() {
        var from = textAt;
        while (textAt < texts.length && (texts[textAt] & 0xFF) != PackWriter.TEXT_END) {
            textAt++;
        }
        if (textAt == texts.length) {
            throw new CorruptItem("the item's texts end too early");
        }
        return new String(texts, from, textAt++ - from, StandardCharsets.UTF_8);
    }

    String symbol() {
        var code = small();
        if (code == 0) {
            symbols.add(text());
            return symbols.getLast();
        }
        if (code <= PackWriter.NEAR) {
            return symbols.get(code - 1);
        }
        var word = code - PackWriter.NEAR;
        return word <= Vocabulary.SIZE
                ? Vocabulary.word(word)
                : symbols.get(PackWriter.NEAR + word - Vocabulary.SIZE - 1);
    }

    /** Whether every number has been read. */
    boolean isRead() {
        return at == numbersEnd;
    }

    /** Everything must have been read. */
    void end() {
        if (at != numbersEnd || textAt != texts.length) {
            throw new CorruptItem("the item holds more than it should");
        }
    }
}
