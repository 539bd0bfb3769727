/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Whether an event meets a pattern, straight from the pattern's JSON and its definition: no compilation, no branches, no
 * index, nothing shared with the engine but {@link Value}. Slow on purpose. Takes valid patterns only.
 */
final class BruteForce {

    private static final Value.Obj NOTHING = new Value.Obj(Map.of());

    private BruteForce() {}

    static boolean matches(Value pattern, Value event) {
        return holds(List.of((Value.Obj) pattern), event);
    }

    /** Whether one and the same object meets all of these patterns. */
    private static boolean holds(List<Value.Obj> patterns, Value value) {
        if (value instanceof Value.Arr array) {
            var objects = new ArrayList<Value.Obj>();
            objectsIn(array, objects);
            return objects.isEmpty()
                    ? holds(patterns, NOTHING)
                    : objects.stream().anyMatch(object -> holds(patterns, object));
        }
        var object = value instanceof Value.Obj given ? given : NOTHING;
        for (var pattern : patterns) {
            if (pattern.members().containsKey("$or")) {
                return holdsForAnAlternative(patterns, pattern, object);
            }
        }
        var names = new LinkedHashSet<String>();
        patterns.forEach(pattern -> names.addAll(pattern.members().keySet()));
        return names.stream().allMatch(name -> memberHolds(patterns, name, object));
    }

    private static boolean holdsForAnAlternative(List<Value.Obj> patterns, Value.Obj chooser, Value.Obj object) {
        var others = new ArrayList<>(patterns);
        others.remove(chooser);
        var rest = new LinkedHashMap<>(chooser.members());
        for (var alternative : ((Value.Arr) rest.remove("$or")).items()) {
            var chosen = new ArrayList<>(others);
            chosen.add(new Value.Obj(rest));
            chosen.add((Value.Obj) alternative);
            if (holds(chosen, object)) {
                return true;
            }
        }
        return false;
    }

    private static boolean memberHolds(List<Value.Obj> patterns, String name, Value.Obj object) {
        var present = object.members().containsKey(name);
        var nested = new ArrayList<Value.Obj>();
        for (var pattern : patterns) {
            var wanted = pattern.members().get(name);
            if (wanted instanceof Value.Obj inner) {
                nested.add(inner);
            } else if (wanted instanceof Value.Arr(var conditions)
                    && conditions.stream().noneMatch(c -> conditionHolds(c, present, object.get(name)))) {
                return false;
            }
        }
        return nested.isEmpty() || holds(nested, object.get(name));
    }

    private static void objectsIn(Value.Arr array, List<Value.Obj> objects) {
        for (var item : array.items()) {
            if (item instanceof Value.Obj object) {
                objects.add(object);
            } else if (item instanceof Value.Arr inner) {
                objectsIn(inner, objects);
            }
        }
    }

    private static boolean conditionHolds(Value condition, boolean present, Value field) {
        var values = new ArrayList<Value>();
        if (present) {
            valuesOf(field, values);
        }
        if (condition instanceof Value.Obj(var members)) {
            var operator = members.keySet().iterator().next();
            var operand = members.get(operator);
            switch (operator) {
                case "exists" -> {
                    return values.isEmpty() != operand.equals(Value.TRUE);
                }
                case "empty" -> {
                    return (!present || isEmpty(field)) == operand.equals(Value.TRUE);
                }
                case "none-of" -> {
                    return values.stream()
                            .noneMatch(value -> items(operand).stream().anyMatch(one -> valueHolds(one, value)));
                }
                default -> {}
            }
        }
        return values.stream().anyMatch(value -> valueHolds(condition, value));
    }

    private static void valuesOf(Value field, List<Value> values) {
        if (field instanceof Value.Arr(var items)) {
            items.forEach(item -> valuesOf(item, values));
        } else if (!(field instanceof Value.Obj)) {
            values.add(field);
        }
    }

    private static boolean isEmpty(Value value) {
        if (value instanceof Value.Arr(var items)) {
            return items.stream().allMatch(BruteForce::isEmpty);
        }
        if (value instanceof Value.Obj(var members)) {
            return members.values().stream().allMatch(BruteForce::isEmpty);
        }
        return value.isNull() || value.equals(Value.of(""));
    }

    private static List<Value> items(Value value) {
        return value instanceof Value.Arr(var items) ? items : List.of(value);
    }

    private static boolean valueHolds(Value condition, Value value) {
        if (!(condition instanceof Value.Obj(var members))) {
            return condition.equals(value);
        }
        var operator = members.keySet().iterator().next();
        var operand = members.get(operator);
        return switch (operator) {
            case "prefix", "suffix", "wildcard", "equals-ignore-case" -> textHolds(operator, operand, value);
            case "anything-but" ->
                operand instanceof Value.Obj(var inner)
                        ? items(inner.values().iterator().next()).stream()
                                .noneMatch(text ->
                                        textHolds(inner.keySet().iterator().next(), text, value))
                        : items(operand).stream().noneMatch(value::equals);
            case "all" -> items(operand).stream().allMatch(one -> valueHolds(one, value));
            case "numeric" -> value instanceof Value.Num(var number) && numberHolds(items(operand), number);
            case "cidr" -> value instanceof Value.Text(var text) && isWithin(text, operand.asText());
            default -> throw new IllegalArgumentException("no such operator: " + operator);
        };
    }

    private static boolean textHolds(String operator, Value operand, Value value) {
        if (!(value instanceof Value.Text(var text))) {
            return false;
        }
        var ignoreCase = operand instanceof Value.Obj || operator.equals("equals-ignore-case");
        var literal = operand instanceof Value.Obj(var inner)
                ? inner.get("equals-ignore-case").asText()
                : operand.asText();
        var wanted = ignoreCase ? plain(literal) : literal;
        var given = ignoreCase ? plain(text) : text;
        return switch (operator) {
            case "prefix" -> given.startsWith(wanted);
            case "suffix" -> given.endsWith(wanted);
            case "wildcard" -> wildcard(wanted, 0, given, 0);
            default -> given.equals(wanted);
        };
    }

    /** Letter by letter through upper and lower case. */
    private static String plain(String text) {
        return text.codePoints()
                .map(point -> Character.toLowerCase(Character.toUpperCase(point)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean wildcard(String pattern, int p, String text, int t) {
        if (p == pattern.length()) {
            return t == text.length();
        }
        if (pattern.charAt(p) == '*') {
            return wildcard(pattern, p + 1, text, t) || (t < text.length() && wildcard(pattern, p, text, t + 1));
        }
        var literal = pattern.charAt(p) == '\\' ? p + 1 : p;
        return t < text.length()
                && text.charAt(t) == pattern.charAt(literal)
                && wildcard(pattern, literal + 1, text, t + 1);
    }

    private static boolean numberHolds(List<Value> operand, BigDecimal number) {
        for (var i = 0; i < operand.size(); i += 2) {
            var order = number.compareTo(((Value.Num) operand.get(i + 1)).value());
            Predicate<Integer> holds = switch (operand.get(i).asText()) {
                case "<" -> o -> o < 0;
                case "<=" -> o -> o <= 0;
                case "=" -> o -> o == 0;
                case ">=" -> o -> o >= 0;
                default -> o -> o > 0;
            };
            if (!holds.test(order)) {
                return false;
            }
        }
        return true;
    }

    /** Java takes {@code ::ffff:10.0.0.1} for a version 4 address; here it stays what it is written as. */
    private static byte[] bytes(String literal) {
        var address = InetAddress.ofLiteral(literal).getAddress();
        if (address.length == 4 && literal.contains(":")) {
            return ByteBuffer.allocate(16)
                    .putShort(10, (short) -1)
                    .put(12, address)
                    .array();
        }
        return address;
    }

    /** Both written in a form that {@link InetAddress#ofLiteral} takes, or not addresses at all. */
    private static boolean isWithin(String text, String network) {
        if (!text.matches("(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*)){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            return false;
        }
        var parts = network.split("/");
        try {
            var address = bytes(text);
            var base = bytes(parts[0]);
            var bits = base.length * 8;
            var shift = bits - (parts.length > 1 ? Integer.parseInt(parts[1]) : bits);
            return address.length == base.length
                    && new BigInteger(1, address).shiftRight(shift).equals(new BigInteger(1, base).shiftRight(shift));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
