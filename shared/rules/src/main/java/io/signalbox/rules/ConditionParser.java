/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the entries of a field's list. An operator is one line of the switch in {@link #operator}. One parser reads one
 * rule, for it counts the rule's wildcards.
 */
final class ConditionParser {

    private static final String IGNORE_CASE = "equals-ignore-case";

    private static final List<String> OPERATORS = List.of(
            "prefix",
            "suffix",
            IGNORE_CASE,
            "wildcard",
            "anything-but",
            "exists",
            "numeric",
            "cidr",
            "all",
            "none-of",
            "empty");
    private static final List<String> TEXT_OPERATORS = List.of("prefix", "suffix", "wildcard", IGNORE_CASE);

    private final Problems problems;
    private int wildcards;

    ConditionParser(Problems problems) {
        this.problems = problems;
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
        if (value instanceof Value.Obj(var members)) {
            if (members.size() != 1) {
                return wrong(place, "a condition is an object with exactly one operator");
            }
            var only = members.entrySet().iterator().next();
            return operator(only.getKey(), only.getValue(), place);
        }
        return value instanceof Value.Arr
                ? wrong(place, "a list within the list; give values or conditions")
                : equal(value, place);
    }

    private Condition operator(String name, Value operand, Place place) {
        var at = place.member(name);
        return switch (name) {
            case "prefix" ->
                cased(operand, at) instanceof Cased(var t, var fold) ? new Condition.Prefix(t, fold) : null;
            case "suffix" ->
                cased(operand, at) instanceof Cased(var t, var fold) ? new Condition.Suffix(t, fold) : null;
            case "wildcard" -> cased(operand, at) instanceof Cased(var t, var fold) ? wildcard(t, fold, at) : null;
            case IGNORE_CASE ->
                isText(operand, at) ? new Condition.EqualIgnoringCase(CaseFold.fold(operand.asText())) : null;
            case "anything-but" -> anythingBut(operand, at);
            case "exists" -> isTruth(operand, at) ? new Condition.Exists(isTrue(operand)) : null;
            case "numeric" -> numeric(operand, at);
            case "cidr" -> isText(operand, at) ? network(operand.asText(), at) : null;
            case "all" -> isSeveral(operand, at) ? new Condition.All(several(operand, at)) : null;
            case "none-of" -> isSeveral(operand, at) ? new Condition.NoneOf(several(operand, at)) : null;
            case "empty" -> isTruth(operand, at) ? new Condition.Empty(isTrue(operand)) : null;
            default ->
                wrong(
                        place,
                        "unknown operator " + Problems.quoted(name) + "; expected one of "
                                + String.join(", ", OPERATORS));
        };
    }

    private Condition.OfValue equal(Value literal, Place place) {
        return literal instanceof Value.Text(var text) && tooLong(text, place) ? null : new Condition.Equal(literal);
    }

    /** A text, folded when the case is ignored. */
    private record Cased(String text, boolean ignoreCase) {}

    /** An operand that is a text, or {@code {"equals-ignore-case": text}}; null when it is neither. */
    private Cased cased(Value operand, Place place) {
        var folds =
                operand instanceof Value.Obj(var members) && members.size() == 1 && members.containsKey(IGNORE_CASE);
        var text = folds ? operand.at(IGNORE_CASE) : operand;
        return isText(text, place) ? new Cased(folds ? CaseFold.fold(text.asText()) : text.asText(), folds) : null;
    }

    private boolean isText(Value operand, Place place) {
        if (!(operand instanceof Value.Text(var text))) {
            problems.add(place, place.step() + ": the operand must be a text");
            return false;
        }
        return !tooLong(text, place);
    }

    private boolean isTruth(Value operand, Place place) {
        if (!(operand instanceof Value.Bool)) {
            problems.add(place, place.step() + ": the operand must be true or false");
            return false;
        }
        return true;
    }

    private static boolean isTrue(Value operand) {
        return operand instanceof Value.Bool(var truth) && truth;
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
        var others = new ArrayList<Condition.OfValue>();
        if (operand instanceof Value.Arr(var items)) {
            for (var i = 0; i < items.size(); i++) {
                if (items.get(i) instanceof Value.Obj || items.get(i) instanceof Value.Arr) {
                    return wrong(place.item(i), "anything-but: the list holds plain values only");
                }
                others.add(equal(items.get(i), place.item(i)));
            }
        } else if (operand instanceof Value.Obj(var members)) {
            var only = members.size() == 1 ? members.keySet().iterator().next() : "";
            if (!TEXT_OPERATORS.contains(only)) {
                return wrong(place, "anything-but: expected one of " + String.join(", ", TEXT_OPERATORS));
            }
            var texts = members.get(only) instanceof Value.Arr(var items) ? items : List.of(members.get(only));
            for (var text : texts) {
                others.add((Condition.OfValue) operator(only, text, place));
            }
        } else {
            others.add(equal(operand, place));
        }
        return anythingBut(others, place);
    }

    private Condition anythingBut(List<Condition.OfValue> others, Place place) {
        if (others.isEmpty()) {
            return wrong(place, "anything-but: the list is empty");
        }
        return others.contains(null) ? null : new Condition.AnythingBut(List.copyOf(others));
    }

    private boolean isSeveral(Value operand, Place place) {
        if (!(operand instanceof Value.Arr(var items)) || items.isEmpty()) {
            problems.add(place, place.step() + ": expected a list of at least one value or condition");
            return false;
        }
        return true;
    }

    private List<Condition.OfValue> several(Value operand, Place place) {
        var each = new ArrayList<Condition.OfValue>();
        for (var condition : list((Value.Arr) operand, place)) {
            if (condition instanceof Condition.All) {
                problems.add(place, place.step() + ": all cannot stand inside it");
            } else if (condition instanceof Condition.OfValue one) {
                each.add(one);
            } else {
                problems.add(place, place.step() + ": exists, empty and none-of cannot stand inside it");
            }
        }
        return List.copyOf(each);
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
