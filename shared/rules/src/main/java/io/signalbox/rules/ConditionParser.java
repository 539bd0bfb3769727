/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Reads the entries of a field's list. An operator is one line in the table of the constructor. One parser reads one
 * rule, for it counts the rule's wildcards.
 */
final class ConditionParser {

    private static final String IGNORE_CASE = "equals-ignore-case";

    private static final List<String> TEXT_OPERATORS = List.of("prefix", "suffix", "wildcard", IGNORE_CASE);

    private final Problems problems;
    private final Map<String, BiFunction<Value, Place, Condition>> operators = new LinkedHashMap<>();
    private int wildcards;

    ConditionParser(Problems problems) {
        this.problems = problems;
        operators.put("prefix", (v, at) -> cased(v, at, Condition.Prefix::new));
        operators.put("suffix", (v, at) -> cased(v, at, Condition.Suffix::new));
        operators.put(IGNORE_CASE, (v, at) -> text(v, at, t -> new Condition.EqualIgnoringCase(CaseFold.fold(t))));
        operators.put("wildcard", (v, at) -> cased(v, at, (text, ignoreCase) -> wildcard(text, ignoreCase, at)));
        operators.put("anything-but", this::anythingBut);
        operators.put("exists", (v, at) -> truth(v, at, Condition.Exists::new));
        operators.put("numeric", this::numeric);
        operators.put("cidr", (v, at) -> text(v, at, t -> network(t, at)));
        operators.put("all", (v, at) -> several(v, at, Condition.All::new));
        operators.put("none-of", (v, at) -> several(v, at, Condition.NoneOf::new));
        operators.put("empty", (v, at) -> truth(v, at, Condition.Empty::new));
    }

    /** The conditions of a field; fewer than there are entries when something was wrong. */
    List<Condition> list(Value.Arr list, Place place) {
        if (list.items().isEmpty()) {
            problems.add(place, "an empty list matches nothing; give at least one value");
        }
        var conditions = new ArrayList<Condition>(list.items().size());
        for (var i = 0; i < list.items().size(); i++) {
            var condition = entry(list.items().get(i), place.item(i));
            if (condition != null) {
                conditions.add(condition);
            }
        }
        return conditions;
    }

    private Condition entry(Value value, Place place) {
        return switch (value) {
            case Value.Obj(var members) -> {
                if (members.size() != 1) {
                    problems.add(place, "a condition is an object with exactly one operator");
                    yield null;
                }
                var only = members.entrySet().iterator().next();
                yield operator(only.getKey(), only.getValue(), place);
            }
            case Value.Arr _ -> wrong(place, "a list within the list; give values or conditions");
            case Value.Text _, Value.Num _, Value.Bool _, Value.Null _ -> equal(value, place);
        };
    }

    private Condition operator(String name, Value operand, Place place) {
        var operator = operators.get(name);
        if (operator == null) {
            return wrong(
                    place,
                    "unknown operator " + Problems.quoted(name) + "; expected one of "
                            + String.join(", ", operators.keySet()));
        }
        return operator.apply(operand, place.member(name));
    }

    private Condition.OfValue equal(Value literal, Place place) {
        return literal instanceof Value.Text(var text) && tooLong(text, place) ? null : new Condition.Equal(literal);
    }

    /** An operand that is a text, or {@code {"equals-ignore-case": text}}. */
    private Condition cased(Value operand, Place place, BiFunction<String, Boolean, Condition> make) {
        if (operand instanceof Value.Obj(var members) && members.keySet().equals(Set.of(IGNORE_CASE))) {
            return text(members.get(IGNORE_CASE), place, t -> make.apply(CaseFold.fold(t), true));
        }
        return text(operand, place, t -> make.apply(t, false));
    }

    private Condition text(Value operand, Place place, Function<String, Condition> make) {
        if (!(operand instanceof Value.Text(var text))) {
            return wrong(place, place.step() + ": the operand must be a text");
        }
        return tooLong(text, place) ? null : make.apply(text);
    }

    private Condition truth(Value operand, Place place, Function<Boolean, Condition> make) {
        return operand instanceof Value.Bool(var wanted)
                ? make.apply(wanted)
                : wrong(place, place.step() + ": the operand must be true or false");
    }

    private Condition.OfValue wildcard(String pattern, boolean ignoreCase, Place place) {
        if (++wildcards > Limits.WILDCARDS) {
            return wrong(place, "wildcard: at most " + Limits.WILDCARDS + " in one rule");
        }
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        for (var i = 0; i < pattern.length(); i++) {
            var c = pattern.charAt(i);
            if (c == '*') {
                if (part.isEmpty() && !parts.isEmpty()) {
                    return wrong(place, "wildcard: two stars in a row; one is enough");
                }
                parts.add(part.toString());
                part.setLength(0);
            } else if (c == '\\') {
                if (++i == pattern.length() || (pattern.charAt(i) != '*' && pattern.charAt(i) != '\\')) {
                    return wrong(place, "wildcard: after a backslash only * or another backslash may follow");
                }
                part.append(pattern.charAt(i));
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts.size() - 1 > Limits.STARS
                ? wrong(place, "wildcard: at most " + Limits.STARS + " stars")
                : new Condition.Wildcard(List.copyOf(parts), ignoreCase);
    }

    /** A value, a list of values, or one text operator with a text or a list of texts. */
    private Condition anythingBut(Value operand, Place place) {
        return switch (operand) {
            case Value.Arr(var items) -> {
                var others = new ArrayList<Condition.OfValue>();
                for (var i = 0; i < items.size(); i++) {
                    if (items.get(i) instanceof Value.Obj || items.get(i) instanceof Value.Arr) {
                        yield wrong(place.item(i), "anything-but: the list holds plain values only");
                    }
                    others.add(equal(items.get(i), place.item(i)));
                }
                yield anythingBut(others, place);
            }
            case Value.Obj(var members) -> {
                var only = members.size() == 1 ? members.keySet().iterator().next() : "";
                if (!TEXT_OPERATORS.contains(only)) {
                    yield wrong(place, "anything-but: expected one of " + String.join(", ", TEXT_OPERATORS));
                }
                var texts = members.get(only) instanceof Value.Arr(var items) ? items : List.of(members.get(only));
                var others = new ArrayList<Condition.OfValue>();
                for (var text : texts) {
                    others.add((Condition.OfValue) operator(only, text, place));
                }
                yield anythingBut(others, place);
            }
            case Value.Text _, Value.Num _, Value.Bool _, Value.Null _ -> {
                var other = equal(operand, place);
                yield other == null ? null : new Condition.AnythingBut(List.of(other));
            }
        };
    }

    private Condition anythingBut(List<Condition.OfValue> others, Place place) {
        if (others.isEmpty()) {
            return wrong(place, "anything-but: the list is empty");
        }
        return others.contains(null) ? null : new Condition.AnythingBut(List.copyOf(others));
    }

    private Condition several(Value operand, Place place, Function<List<Condition.OfValue>, Condition> make) {
        if (!(operand instanceof Value.Arr list) || list.items().isEmpty()) {
            return wrong(place, place.step() + ": expected a list of at least one value or condition");
        }
        var each = new ArrayList<Condition.OfValue>();
        for (var condition : list(list, place)) {
            switch (condition) {
                case Condition.All _ -> problems.add(place, place.step() + ": all cannot stand inside it");
                case Condition.OfValue one -> each.add(one);
                case Condition.OfField _ ->
                    problems.add(place, place.step() + ": exists, empty and none-of cannot stand inside it");
            }
        }
        return make.apply(List.copyOf(each));
    }

    private Condition numeric(Value operand, Place place) {
        if (!(operand instanceof Value.Arr(var items)) || (items.size() != 2 && items.size() != 4)) {
            return wrong(place, "numeric: expected [operator, number] or [\">\", low, \"<\", high]");
        }
        var operators = new String[2];
        var numbers = new BigDecimal[2];
        for (var i = 0; i < items.size(); i += 2) {
            if (!(items.get(i) instanceof Value.Text(var sign))
                    || !List.of("<", "<=", "=", ">=", ">").contains(sign)) {
                return wrong(place.item(i), "numeric: the operator must be one of < <= = >= >");
            }
            if (!(items.get(i + 1) instanceof Value.Num(var number))) {
                return wrong(place.item(i + 1), "numeric: operand of " + sign + " must be a number");
            }
            operators[i / 2] = sign;
            numbers[i / 2] = number;
        }
        var first = operators[0];
        if (items.size() == 2) {
            return switch (first.charAt(0)) {
                case '=' -> new Condition.Equal(Value.of(numbers[0]));
                case '>' -> new Condition.Range(numbers[0], first.length() > 1, null, false);
                default -> new Condition.Range(null, false, numbers[0], first.length() > 1);
            };
        }
        if (first.charAt(0) != '>' || operators[1].charAt(0) != '<') {
            return wrong(place, "numeric: a range is a lower limit (> or >=) and then an upper one (< or <=)");
        }
        if (numbers[0].compareTo(numbers[1]) >= 0) {
            return wrong(place, "numeric: the lower limit must be below the upper one");
        }
        return new Condition.Range(numbers[0], first.length() > 1, numbers[1], operators[1].length() > 1);
    }

    private Condition network(String text, Place place) {
        var slash = text.indexOf('/');
        var digits = slash < 0 ? "" : text.substring(slash + 1);
        var address = Address.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null || (slash >= 0 && !digits.matches("0|[1-9][0-9]{0,2}"))) {
            return wrong(place, "cidr: expected an IP network, as in 10.0.0.0/8 or 2001:db8::/32");
        }
        var prefix = slash < 0 ? address.bits() : Integer.parseInt(digits);
        return prefix > address.bits()
                ? wrong(place, "cidr: the prefix length is at most " + address.bits())
                : new Condition.InNetwork(address.masked(prefix), prefix);
    }

    private boolean tooLong(String text, Place place) {
        if (text.length() <= Limits.LITERAL_LENGTH) {
            return false;
        }
        problems.add(place, "a text of " + text.length() + " characters; at most " + Limits.LITERAL_LENGTH);
        return true;
    }

    private Condition.OfValue wrong(Place place, String message) {
        problems.add(place, message);
        return null;
    }
}
