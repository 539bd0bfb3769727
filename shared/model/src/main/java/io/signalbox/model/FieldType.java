/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import io.signalbox.model.Value.Bool;
import io.signalbox.model.Value.Num;
import io.signalbox.model.Value.Text;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a field holds. {@link #accept} is strict, for what clients of this API send; {@link #show} is lenient, for what
 * vendors have sent: it brings a value into the field's form where it plainly can be, and else leaves it as it is, for
 * nothing known is ever hidden; {@link #shown} tells the two apart.
 */
public enum FieldType {
    STRING("a text of at most 8,192 characters", FieldType::text, UnaryOperator.identity()),
    PHONE("a text of at most 8,192 characters", FieldType::text, UnaryOperator.identity()),
    EMAIL("an e-mail address", FieldType::email, UnaryOperator.identity()),
    URL("an absolute http or https URL", FieldType::url, UnaryOperator.identity()),
    /** Which of them is for the field to say: {@link CustomField#accept}. */
    ENUM("one of its options", FieldType::text, UnaryOperator.identity()),
    INTEGER("a whole number", FieldType::integer, FieldType::showNumber),
    NUMBER("a number", value -> value instanceof Num ? value : null, FieldType::showNumber),
    BOOLEAN("true or false", value -> value instanceof Bool ? value : null, FieldType::showBoolean),
    DATE("a date: 2026-03-01", FieldType::date, FieldType::showDate),
    DATETIME("a time with its offset (RFC 3339): 2026-03-01T12:00:00Z", FieldType::time, FieldType::showTime);

    private static final int MAX_TEXT = 8_192;

    private final String description;
    // Method references without state, which Error Prone cannot see.
    @SuppressWarnings("ImmutableEnumChecker")
    private final UnaryOperator<Value> accept;

    @SuppressWarnings("ImmutableEnumChecker")
    private final UnaryOperator<Value> show;

    /** @param accept the value as it is stored, or null when it does not fit */
    FieldType(String description, UnaryOperator<Value> accept, UnaryOperator<Value> show) {
        this.description = description;
        this.accept = accept;
        this.show = show;
    }

    /** In words, for an error message. */
    public String description() {
        return description;
    }

    /** The value as it is stored; empty when it does not fit. */
    public Optional<Value> accept(Value value) {
        return Optional.ofNullable(accept.apply(value));
    }

    /** The value in the form the field is shown in, or as it is. */
    public Value show(Value stored) {
        return show.apply(stored);
    }

    /**
     * The value in the form the field is shown in; empty when it cannot be brought into it: a text where a number
     * belongs. Null is in every form, and any text in that of an address.
     */
    public Optional<Value> shown(Value stored) {
        var shown = show(stored);
        if (shown.isNull()) {
            return Optional.of(shown);
        }
        return switch (this) {
            case STRING, PHONE, EMAIL, URL, ENUM -> Optional.of(shown).filter(Text.class::isInstance);
            case INTEGER, NUMBER, BOOLEAN, DATE, DATETIME -> accept(shown).map(_ -> shown);
        };
    }

    private static Value text(Value value) {
        return value instanceof Text(var text) && text.length() <= MAX_TEXT ? value : null;
    }

    private static Value email(Value value) {
        if (!(value instanceof Text(var text))) {
            return null;
        }
        var address = text.strip();
        var one = address.indexOf('@') == address.lastIndexOf('@');
        var plain = address.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
        var fits = one && plain && UniqueKey.email(ObjectType.CONTACT, address).isPresent();
        return fits ? Value.of(address) : null;
    }

    private static Value url(Value value) {
        if (!(value instanceof Text(var text)) || text.length() > MAX_TEXT) {
            return null;
        }
        try {
            var url = new URI(text);
            var web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            return web && url.getHost() != null ? value : null;
        } catch (URISyntaxException _) {
            return null;
        }
    }

    private static Value integer(Value value) {
        return value instanceof Num(var number) && isWhole(number) ? value : null;
    }

    private static boolean isWhole(BigDecimal number) {
        return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    }

    private static Value date(Value value) {
        try {
            return value instanceof Text(var text)
                    ? Value.of(LocalDate.parse(text).toString())
                    : null;
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static Value time(Value value) {
        try {
            return value instanceof Text(var text)
                    ? Value.of(OffsetDateTime.parse(text).toInstant().toString())
                    : null;
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static Value showNumber(Value stored) {
        if (stored instanceof Text(var text) && text.length() <= 40 && isDecimal(text)) {
            return Value.of(new BigDecimal(text));
        }
        return stored;
    }

    private static Value showBoolean(Value stored) {
        if (stored instanceof Text(var text)) {
            return text.equals("true") ? Value.TRUE : text.equals("false") ? Value.FALSE : stored;
        }
        return stored;
    }

    private static Value showDate(Value stored) {
        return millis(stored)
                .map(time ->
                        Value.of(time.atOffset(ZoneOffset.UTC).toLocalDate().toString()))
                .orElse(stored);
    }

    private static Value showTime(Value stored) {
        return millis(stored).map(time -> Value.of(time.toString())).orElse(stored);
    }

    /** Vendors write times as milliseconds since 1970, as numbers or as digits. */
    private static Optional<Instant> millis(Value stored) {
        var text = stored.asText();
        if (text == null || !isMillis(text)) {
            return Optional.empty();
        }
        return Optional.of(Instant.ofEpochMilli(Long.parseLong(text)));
    }

    private static boolean isMillis(String text) {
        return text.length() <= (text.startsWith("-") ? 16 : 15) && isDecimal(text) && text.indexOf('.') < 0;
    }

    /** Digits, perhaps a minus before and a point within; by hand, for no pattern is worth its cold start. */
    private static boolean isDecimal(String text) {
        var start = text.startsWith("-") ? 1 : 0;
        var point = text.indexOf('.');
        if (start == text.length() || point == start || point == text.length() - 1) {
            return false;
        }
        for (var i = start; i < text.length(); i++) {
            var c = text.charAt(i);
            if ((c < '0' || c > '9') && i != point) {
                return false;
            }
        }
        return true;
    }
}
