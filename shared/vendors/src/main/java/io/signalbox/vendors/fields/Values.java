/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.fields;

import io.signalbox.model.FieldType;
import io.signalbox.model.PhoneNumbers;
import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/** Brings values into their canonical form; leaves alone what does not read as it. */
final class Values {

    private static final int LONGEST_NUMBER = 40;
    private static final int LONGEST_TIME = 40;

    private Values() {}

    /** @param country whose national phone numbers are meant */
    static Value read(Reading.Form form, Value value, Optional<String> country) {
        return switch (form) {
            case TEXT -> text(value);
            case NUMBER -> number(value);
            case BOOLEAN -> truth(value);
            case DATE -> date(value);
            case TIME -> time(value);
            case MILLIS -> Ids.millis(value).map(Values::written).orElse(value);
            case SECONDS -> seconds(value);
            case PHONE -> phone(value, country);
        };
    }

    static Value read(FieldType type, Value value, Optional<String> country) {
        return switch (type) {
            case STRING, EMAIL, URL, ENUM -> text(value);
            case PHONE -> phone(value, country);
            case INTEGER, NUMBER -> number(value);
            case BOOLEAN -> truth(value);
            case DATE -> date(value);
            case DATETIME -> time(value);
        };
    }

    /** Ids and postal codes come as numbers from some. */
    private static Value text(Value value) {
        return value instanceof Value.Num(var number) ? Value.of(number.toPlainString()) : value;
    }

    private static Value phone(Value value, Optional<String> country) {
        var said = text(value);
        return said instanceof Value.Text(var text)
                ? PhoneNumbers.e164(text, country).map(Value::of).orElse(said)
                : said;
    }

    static Value number(Value value) {
        if (!(value instanceof Value.Text(var said))) {
            return value;
        }
        var text = said.strip();
        if (text.isEmpty() || text.length() > LONGEST_NUMBER) {
            return value;
        }
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && (c != '-' || i > 0)) {
                return value;
            }
        }
        try {
            return Value.of(new BigDecimal(text));
        } catch (NumberFormatException _) {
            return value;
        }
    }

    static Value divided(Value value, int by) {
        return number(value) instanceof Value.Num(var number)
                ? Value.of(
                        number.divide(BigDecimal.valueOf(by), Math.max(number.scale(), 0) + 6, RoundingMode.HALF_EVEN)
                                .stripTrailingZeros())
                : value;
    }

    private static Value truth(Value value) {
        return switch (value) {
            case Value.Text(var text) ->
                switch (text.strip().toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "1" -> Value.TRUE;
                    case "false", "no", "0" -> Value.FALSE;
                    default -> value;
                };
            case Value.Num(var number) ->
                number.signum() == 0 ? Value.FALSE : number.compareTo(BigDecimal.ONE) == 0 ? Value.TRUE : value;
            case Value.Bool _, Value.Null _, Value.Arr _, Value.Obj _ -> value;
        };
    }

    private static Value seconds(Value value) {
        return number(value) instanceof Value.Num(var number) && number.abs().precision() - number.scale() <= 12
                ? Ids.moment(number.movePointRight(3).longValue())
                        .map(Values::written)
                        .orElse(value)
                : value;
    }

    private static Value date(Value value) {
        if (value instanceof Value.Text(var said) && said.strip().length() == 10) {
            try {
                return Value.of(LocalDate.parse(said.strip()).toString());
            } catch (DateTimeException _) {
                return value;
            }
        }
        return moment(value)
                .map(at -> Value.of(at.atOffset(ZoneOffset.UTC).toLocalDate().toString()))
                .orElse(value);
    }

    static Value time(Value value) {
        return moment(value).map(Values::written).orElse(value);
    }

    private static Value written(Instant at) {
        return Value.of(at.toString());
    }

    private static Optional<Instant> moment(Value value) {
        return switch (value) {
            case Value.Num _ -> Ids.millis(value);
            case Value.Text(var text) -> moment(text.strip());
            case Value.Bool _, Value.Null _, Value.Arr _, Value.Obj _ -> Optional.empty();
        };
    }

    /** {@code 2026-03-01}, {@code 2026-03-01T12:00}, with seconds, with an offset; a blank may stand for the T. */
    private static Optional<Instant> moment(String text) {
        if (text.length() > LONGEST_TIME) {
            return Optional.empty();
        }
        if (text.length() < 10 || text.charAt(4) != '-') {
            return Ids.millis(Value.of(text));
        }
        try {
            if (text.length() == 10) {
                return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            var iso = text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text;
            var sign = Math.max(iso.lastIndexOf('+'), iso.lastIndexOf('-'));
            var hasOffset = sign > 10 || iso.endsWith("Z");
            if (!hasOffset) {
                return Optional.of(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
            }
            if (sign > 10 && iso.length() - sign == 5) {
                iso = iso.substring(0, sign + 3) + ':' + iso.substring(sign + 3);
            }
            return Optional.of(OffsetDateTime.parse(iso).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
