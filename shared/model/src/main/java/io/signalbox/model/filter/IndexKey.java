/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model.filter;

import io.signalbox.model.FieldType;
import io.signalbox.model.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Values as texts whose order, by code point, is the values' order. Numbers keep the precision of a double, texts their
 * first {@value #TEXT_LENGTH} characters, times their millisecond; so two values may have one key, and who looks something
 * up by key has to compare the values too.
 */
public final class IndexKey {

    static final int TEXT_LENGTH = 64;

    private IndexKey() {}

    /** The key of a value; empty when there is none, or not one of the field's type. */
    public static Optional<String> of(FieldType type, Value value) {
        return Comparing.comparable(type, value).map(IndexKey::encode);
    }

    private static String encode(Comparable<?> value) {
        return switch (value) {
            case BigDecimal number -> sortable(number.doubleValue());
            case Boolean truth -> truth ? "1" : "0";
            case Instant time -> HexFormat.of().toHexDigits(time.toEpochMilli() ^ Long.MIN_VALUE);
            default -> cut(value.toString());
        };
    }

    /** The bits of a double sort like it once the sign is turned, and all of them where it was set. */
    private static String sortable(double number) {
        var bits = Double.doubleToLongBits(number + 0.0);
        return HexFormat.of().toHexDigits(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE);
    }

    /** The key, or the beginning of the keys, of texts that start so. */
    public static String prefix(String text) {
        return cut(Comparing.folded(text));
    }

    private static String cut(String text) {
        if (text.length() <= TEXT_LENGTH) {
            return text;
        }
        return text.substring(
                0, Character.isHighSurrogate(text.charAt(TEXT_LENGTH - 1)) ? TEXT_LENGTH - 1 : TEXT_LENGTH);
    }

    /** The order of keys. */
    public static int compare(String a, String b) {
        return Comparing.compareText(a, b);
    }
}
