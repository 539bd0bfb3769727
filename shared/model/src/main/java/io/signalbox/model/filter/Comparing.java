/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model.filter;

import io.signalbox.model.FieldType;
import io.signalbox.model.Value;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/** Values in the form in which they are compared: text, number, truth or time, as the field's type has it. */
final class Comparing {

    private Comparing() {}

    /** Empty when the value is none, or not one of the type. */
    static Optional<Comparable<?>> comparable(FieldType type, Value value) {
        var shown = type.show(value);
        return switch (type) {
            case INTEGER, NUMBER ->
                shown instanceof Value.Num(var number) ? Optional.of(number) : Optional.<Comparable<?>>empty();
            case BOOLEAN -> shown instanceof Value.Bool(var truth) ? Optional.of(truth) : Optional.empty();
            case DATE, DATETIME -> time(shown).map(time -> time);
            default -> text(shown).map(text -> text);
        };
    }

    private static Optional<String> text(Value value) {
        return switch (value) {
            case Value.Text(var text) -> Optional.of(folded(text)).filter(folded -> !folded.isEmpty());
            case Value.Num(BigDecimal number) -> Optional.of(number.toPlainString());
            case Value.Bool(var truth) -> Optional.of(Boolean.toString(truth));
            case Value.Null _, Value.Arr _, Value.Obj _ -> Optional.empty();
        };
    }

    /** In lower case, composed, without space around it; control characters, which order keys, are spaces. */
    static String folded(String text) {
        var plain = text.strip().toLowerCase(Locale.ROOT);
        for (var i = 0; i < plain.length(); i++) {
            var c = plain.charAt(i);
            if (c >= 0x80 || c < ' ') {
                return Normalizer.normalize(plain, Normalizer.Form.NFC).replaceAll("\\p{Cntrl}", " ");
            }
        }
        return plain;
    }

    private static Optional<Instant> time(Value value) {
        if (!(value instanceof Value.Text(var text))) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    text.length() == 10
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** The two must be of one kind. */
    @SuppressWarnings("unchecked")
    static int compare(Comparable<?> a, Comparable<?> b) {
        return a instanceof String text ? compareText(text, (String) b) : ((Comparable<Object>) a).compareTo(b);
    }

    /** By code points, which is the order of UTF-8 bytes and so of stored keys; Java's own order differs past U+FFFF. */
    static int compareText(String a, String b) {
        var length = Math.min(a.length(), b.length());
        for (var i = 0; i < length; i++) {
            var x = a.charAt(i);
            var y = b.charAt(i);
            if (x != y) {
                return Character.isSurrogate(x) == Character.isSurrogate(y)
                        ? Character.compare(x, y)
                        : Character.isSurrogate(x) ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
