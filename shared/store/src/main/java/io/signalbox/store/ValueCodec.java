/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@link Value}s in a pack. The kind, 3 bits, is the caller's to write, so that it can share a byte with something else.
 */
final class ValueCodec {

    static final int KIND_BITS = 3;

    private static final int NULL = 0;
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int TEXT = 3;
    private static final int DIGITS = 4;
    private static final int WHOLE = 5;
    private static final int DECIMAL = 6;
    private static final int NESTED = 7;

    /** Deeper than JSON may be that comes in; keeps damaged bytes from exhausting the stack. */
    private static final int MAX_DEPTH = 100;

    private ValueCodec() {}

    static int kind(Value value) {
        return switch (value) {
            case Value.Null _ -> NULL;
            case Value.Bool(var truth) -> truth ? TRUE : FALSE;
            case Value.Text(var text) -> isDigits(text) ? DIGITS : TEXT;
            case Value.Num(var number) -> isWhole(number) ? WHOLE : DECIMAL;
            case Value.Arr _, Value.Obj _ -> NESTED;
        };
    }

    /** Whether the text is the decimal form of a number from 0 up to 18 digits: an id, a time in milliseconds. */
    static boolean isDigits(String text) {
        return !text.isEmpty()
                && text.length() <= 18
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && (text.length() == 1 || text.charAt(0) != '0');
    }

    private static boolean isWhole(BigDecimal number) {
        return number.scale() == 0 && number.unscaledValue().bitLength() < 64;
    }

    static void writeBody(PackWriter out, Value value) {
        writeBody(out, value, MAX_DEPTH);
    }

    private static void writeBody(PackWriter out, Value value, int depth) {
        switch (value) {
            case Value.Null _, Value.Bool _ -> {}
            case Value.Text(var text) -> {
                if (isDigits(text)) {
                    out.number(Long.parseLong(text));
                } else {
                    out.text(text);
                }
            }
            case Value.Num(var number) -> {
                if (isWhole(number)) {
                    out.signed(number.longValue());
                } else {
                    out.decimal(number);
                }
            }
            case Value.Arr(var items) -> {
                out.number((long) items.size() << 1);
                items.forEach(item -> writeWhole(out, item, depth - 1));
            }
            case Value.Obj(var members) -> {
                out.number(((long) members.size() << 1) | 1);
                members.forEach((name, item) -> {
                    out.symbol(name);
                    writeWhole(out, item, depth - 1);
                });
            }
        }
    }

    private static void writeWhole(PackWriter out, Value value, int depth) {
        if (depth == 0) {
            throw new IllegalArgumentException("a value is nested deeper than " + MAX_DEPTH + " levels");
        }
        out.number(kind(value));
        writeBody(out, value, depth);
    }

    static Value readBody(PackReader in, int kind) {
        return readBody(in, kind, MAX_DEPTH);
    }

    private static Value readBody(PackReader in, int kind, int depth) {
        return switch (kind) {
            case NULL -> Value.NULL;
            case TRUE -> Value.TRUE;
            case FALSE -> Value.FALSE;
            case TEXT -> Value.of(in.text());
            case DIGITS -> Value.of(Long.toUnsignedString(in.number()));
            case WHOLE -> Value.of(in.signed());
            case DECIMAL -> Value.of(in.decimal());
            case NESTED -> nested(in, depth - 1);
            default -> throw new CorruptItem("a value in the item has an unknown kind");
        };
    }

    private static Value nested(PackReader in, int depth) {
        if (depth == 0) {
            throw new CorruptItem("a value in the item is nested too deep");
        }
        var head = in.number();
        var count = in.within(head >>> 1);
        if ((head & 1) == 0) {
            var items = new ArrayList<Value>(count);
            for (var i = 0; i < count; i++) {
                items.add(readBody(in, in.small(), depth));
            }
            return new Value.Arr(items);
        }
        var members = new LinkedHashMap<String, Value>();
        for (var i = 0; i < count; i++) {
            members.put(in.symbol(), readBody(in, in.small(), depth));
        }
        return new Value.Obj(members);
    }

    /** Names as symbols, each value with its kind. */
    static void writeMap(PackWriter out, Map<String, Value> values) {
        out.number(values.size());
        values.forEach((name, value) -> {
            out.symbol(name);
            writeWhole(out, value, MAX_DEPTH);
        });
    }

    static Map<String, Value> readMap(PackReader in) {
        var values = new LinkedHashMap<String, Value>();
        var count = in.count();
        for (var i = 0; i < count; i++) {
            values.put(in.symbol(), readBody(in, in.small(), MAX_DEPTH));
        }
        return values;
    }
}
