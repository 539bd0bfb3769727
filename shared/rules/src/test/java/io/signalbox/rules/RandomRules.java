/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Random patterns and events over few fields and a small alphabet, so that they meet often and nearly meet even more
 * often. All operators, nested objects, arrays of objects, {@code $or}, letters with odd cases, numbers next to 2^53.
 */
final class RandomRules {

    private static final List<String> FIELDS = List.of("a", "b", "c", "type");
    private static final List<String> OBJECTS = List.of("o", "p");
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "b",
            "A",
            "ab",
            "aB",
            "ba",
            "aab",
            "abab",
            "b*a",
            "\\",
            "ä",
            "Ä",
            "ß",
            "ss",
            "İ",
            "i",
            "ı",
            "𐐀",
            "𐐨",
            "10.0.0.1",
            "10.0.0.200",
            "10.1.0.1",
            "2001:db8::1",
            "2001:db8:0:0:1::",
            "::ffff:10.0.0.1",
            "10.0.0.256");
    private static final List<String> NETWORKS =
            List.of("10.0.0.0/24", "10.0.0.1/32", "10.0.0.0/8", "0.0.0.0/0", "10.0.0.1", "2001:db8::/32", "::/0");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0.0",
            "1",
            "1.0",
            "2",
            "-1",
            "0.1",
            "0.10",
            "1e2",
            "100",
            "9007199254740992",
            "9007199254740993",
            "9007199254740991",
            "1e400",
            "-1e400",
            "0.1000000000000000055511151231257827",
            "123.4567890123456789");

    private final Random random;
    private final boolean portable;

    /** @param portable only what event-ruler 2.1.0 answers right, or defines alike */
    RandomRules(long seed, boolean portable) {
        this.random = new Random(seed);
        this.portable = portable;
    }

    Value pattern() {
        return pattern(2, true);
    }

    private Value pattern(int depth, boolean or) {
        var members = new LinkedHashMap<String, Value>();
        for (var i = random.nextInt(3); i >= 0; i--) {
            members.put(pick(FIELDS), list(this::condition, 3));
        }
        if (depth > 0 && random.nextInt(2) == 0) {
            members.put(pick(OBJECTS), pattern(depth - 1, or && random.nextInt(3) == 0));
        }
        if (!portable && random.nextInt(12) == 0) {
            members.put(pick(FIELDS), pattern(0, false));
        }
        if (or && !portable && random.nextInt(3) == 0) {
            members.put("$or", list(() -> pattern(depth, false), 3));
        }
        return Value.of(members);
    }

    private Value condition() {
        return switch (random.nextInt(portable ? 7 : 16)) {
            case 0, 1 -> plain();
            case 2 -> operator("prefix", text());
            case 3 -> operator("suffix", text());
            case 4 -> operator("anything-but", plainOrList());
            case 5 -> operator("exists", Value.of(portable || random.nextBoolean()));
            case 6 -> operator("numeric", range());
            case 7 -> operator("equals-ignore-case", text());
            case 8 -> operator("wildcard", wildcard());
            case 9 -> operator("wildcard", operator("equals-ignore-case", wildcard()));
            case 10 -> operator(random.nextBoolean() ? "prefix" : "suffix", operator("equals-ignore-case", text()));
            case 11 -> operator("cidr", Value.of(pick(NETWORKS)));
            case 12 -> operator("empty", Value.of(random.nextBoolean()));
            case 13 -> operator("all", list(this::valueCondition, 2));
            case 14 -> operator("none-of", list(this::valueCondition, 2));
            default ->
                operator(
                        "anything-but",
                        random.nextBoolean()
                                ? operator("wildcard", list(this::wildcard, 2))
                                : operator(
                                        pick(List.of("prefix", "suffix", "equals-ignore-case")), list(this::text, 2)));
        };
    }

    /** What may stand inside {@code all} and {@code none-of}. */
    private Value valueCondition() {
        while (true) {
            var condition = condition();
            if (!(condition instanceof Value.Obj(var members))
                    || members.keySet().stream().noneMatch(List.of("exists", "empty", "all", "none-of")::contains)) {
                return condition;
            }
        }
    }

    private Value plain() {
        return switch (random.nextInt(6)) {
            case 0 -> number();
            case 1 -> portable ? text() : Value.of(random.nextBoolean());
            case 2 -> portable ? text() : Value.NULL;
            default -> text();
        };
    }

    private Value plainOrList() {
        // event-ruler takes texts or numbers there, not both.
        return random.nextBoolean() ? text() : list(this::text, 3);
    }

    private Value wildcard() {
        var pattern = new StringBuilder();
        var last = "";
        for (var i = random.nextInt(4); i >= 0; i--) {
            var next = pick(List.of("*", "a", "b", "B", "\\*", "\\\\", "ä"));
            if (!next.equals("*") || !last.equals("*")) {
                pattern.append(next);
                last = next;
            }
        }
        return Value.of(pattern.toString());
    }

    private Value range() {
        var low = number();
        var high = number();
        var order = ((Value.Num) low).value().compareTo(((Value.Num) high).value());
        if (order == 0 || random.nextBoolean()) {
            return Value.of(List.of(Value.of(pick(List.of("<", "<=", "=", ">", ">="))), low));
        }
        return Value.of(List.of(
                Value.of(pick(List.of(">", ">="))),
                order < 0 ? low : high,
                Value.of(pick(List.of("<", "<="))),
                order < 0 ? high : low));
    }

    Value event() {
        return event(2);
    }

    private Value event(int depth) {
        var members = new LinkedHashMap<String, Value>();
        for (var field : FIELDS) {
            switch (random.nextInt(8)) {
                case 0, 1 -> {}
                case 2 -> members.put(field, portable ? list(this::scalar, 3) : Value.of(listOf(this::loose, 3)));
                case 3 -> members.put(field, portable ? scalar() : loose());
                default -> members.put(field, scalar());
            }
        }
        for (var object : OBJECTS) {
            if (depth > 0) {
                switch (random.nextInt(5)) {
                    case 0 -> {}
                    case 1, 2 -> members.put(object, list(() -> event(depth - 1), 3));
                    case 3 -> members.put(object, event(depth - 1));
                    default -> members.put(object, portable ? event(depth - 1) : loose());
                }
            }
        }
        return Value.of(members);
    }

    /** Anything, in places where a pattern may want something else. */
    private Value loose() {
        return switch (random.nextInt(5)) {
            case 0 -> Value.of(List.of());
            case 1 -> Value.of(List.of(Value.of(List.of(scalar())), event(0)));
            case 2 -> event(0);
            default -> scalar();
        };
    }

    private Value scalar() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> number();
            case 2 -> Value.of(random.nextBoolean());
            case 3 -> portable ? text() : Value.NULL;
            default -> text();
        };
    }

    private Value text() {
        return Value.of(pick(portable ? List.of("a", "b", "A", "ab", "ba", "aab", "abab", "ä", "ß") : TEXTS));
    }

    private Value number() {
        return Value.of(new BigDecimal(pick(portable ? List.of("0", "1", "1.0", "2", "-1", "0.1", "100") : NUMBERS)));
    }

    private Value list(Supplier<Value> item, int most) {
        return Value.of(listOf(item, most));
    }

    private List<Value> listOf(Supplier<Value> item, int most) {
        var items = new ArrayList<Value>();
        for (var i = random.nextInt(most); i >= 0; i--) {
            items.add(item.get());
        }
        return items;
    }

    private static Value operator(String name, Value operand) {
        return Value.of(Map.of(name, operand));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
