/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.Deflater;

/**
 * Writes numbers and texts as few bytes: what is stored is billed by the started kilobyte.
 *
 * <p>Two streams, for they compress differently. Numbers are varints (7 bits a byte, least significant first) and raw
 * bytes, mostly of hashes, which no compressor makes smaller. Texts are UTF-8, each ended by {@code FF}, and go through
 * Deflate with the {@link Vocabulary}'s dictionary when that saves something. Symbols, which are texts that recur, are
 * numbers: 0 and a text for a new one; 1 to {@link #NEAR} for the first new ones when they come again; then the words of
 * the vocabulary; then the other new ones.
 *
 * <p>The whole: {@link #VERSION}, length of the numbers, length of the plain texts, shifted, with a bit that says
 * whether they are deflated, the numbers, the texts.
 */
final class PackWriter {

    /** Changes with the format, with the vocabulary and with its dictionary. */
    static final int VERSION = 1;

    static final int TEXT_END = 0xFF;

    /** How many of a pack's own symbols go before the vocabulary, so that they too take a byte. */
    static final int NEAR = 24;

    /** As far as JSON numbers may go; see {@code runtime.Json}. */
    static final int MAX_SCALE = 10_000;

    private final ByteArrayOutputStream numbers = new ByteArrayOutputStream(512);
    private final ByteArrayOutputStream texts = new ByteArrayOutputStream(1024);
    private final Map<String, Integer> symbols = new HashMap<>();

    /** A number without sign; all 64 bits count. */
    void number(long value) {
        var rest = value;
        while ((rest & ~0x7FL) != 0) {
            numbers.write(((int) rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        numbers.write((int) rest);
    }

    /** A number that may be negative, small when it is near 0. */
    void signed(long value) {
        number(zigzag(value));
    }

    static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }

    /** The lowest bytes of a number, highest first. */
    void raw(long value, int bytes) {
        for (var shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            numbers.write((int) (value >>> shift));
        }
    }

    void raw(byte[] bytes) {
        numbers.writeBytes(bytes);
    }

    /** With its scale: 1.0 stays 1.0. */
    void decimal(BigDecimal value) {
        if (Math.abs((long) value.scale()) > MAX_SCALE) {
            throw new IllegalArgumentException("a number's exponent is beyond " + MAX_SCALE);
        }
        signed(value.scale());
        var unscaled = value.unscaledValue();
        if (unscaled.bitLength() < 62) {
            number(zigzag(unscaled.longValue()) << 1);
        } else {
            var bytes = unscaled.toByteArray();
            number(((long) bytes.length << 1) | 1);
            raw(bytes);
        }
    }

    void text(String text) {
        texts.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        texts.write(TEXT_END);
    }

    void symbol(String text) {
        var word = Vocabulary.code(text);
        if (word > 0) {
            number(NEAR + word);
            return;
        }
        var place = symbols.putIfAbsent(text, symbols.size() + 1);
        if (place == null) {
            number(0);
            text(text);
        } else {
            number(place <= NEAR ? place : Vocabulary.SIZE + place);
        }
    }

    byte[] finish() {
        var plain = texts.toByteArray();
        var deflated = deflate(plain);
        var smaller = deflated.length + 2 < plain.length;
        var whole = new PackWriter();
        whole.numbers.write(VERSION);
        whole.number(numbers.size());
        whole.number(((long) plain.length << 1) | (smaller ? 1 : 0));
        whole.raw(numbers.toByteArray());
        whole.raw(smaller ? deflated : plain);
        return whole.numbers.toByteArray();
    }

    private static byte[] deflate(byte[] plain) {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setDictionary(Vocabulary.dictionary());
            deflater.setInput(plain);
            deflater.finish();
            var out = new byte[plain.length + plain.length / 8 + 64];
            var length = 0;
            while (!deflater.finished()) {
                if (length == out.length) {
                    out = Arrays.copyOf(out, 2 * length);
                }
                length += deflater.deflate(out, length, out.length - length);
            }
            return Arrays.copyOf(out, length);
        } finally {
            deflater.end();
        }
    }
}
