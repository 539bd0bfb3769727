/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;

/**
 * One entry of a field's list: {@code "x"}, {@code {"prefix": "x"}}. Most ask about one value and hold when any value of
 * the field does; {@link OfField} ask about the field as a whole, and may hold where the field is missing.
 */
sealed interface Condition {

    /** Asks about one value: a text, number, boolean or null. */
    sealed interface OfValue extends Condition, Predicate<Value> {}

    /** Asks about all that the field holds. */
    sealed interface OfField extends Condition {
        /** @param field null where the field is missing */
        boolean test(Value field);
    }

    /** Equal in type and value; numbers by value, so that 300 is 300.0. */
    record Equal(Value literal) implements OfValue {
        @Override
        public boolean test(Value value) {
            return switch (literal) {
                case Value.Text(var text) -> value instanceof Value.Text(var other) && text.equals(other);
                case Value.Num number -> number.equals(value);
                case Value.Bool(var truth) -> value instanceof Value.Bool(var other) && truth == other;
                case Value.Null _ -> value instanceof Value.Null;
                case Value.Arr _, Value.Obj _ -> false;
            };
        }
    }

    /** @param folded the literal, already folded */
    record EqualIgnoringCase(String folded) implements OfValue {
        @Override
        public boolean test(Value value) {
            return value instanceof Value.Text(var text) && text.equalsIgnoreCase(folded);
        }
    }

    /** @param literal folded when the case is ignored */
    record Prefix(String literal, boolean ignoreCase) implements OfValue {
        @Override
        public boolean test(Value value) {
            return value instanceof Value.Text(var text)
                    && text.regionMatches(ignoreCase, 0, literal, 0, literal.length());
        }
    }

    /** @param literal folded when the case is ignored */
    record Suffix(String literal, boolean ignoreCase) implements OfValue {
        @Override
        public boolean test(Value value) {
            return value instanceof Value.Text(var text)
                    && text.regionMatches(ignoreCase, text.length() - literal.length(), literal, 0, literal.length());
        }
    }

    /**
     * Text with any text in place of each star.
     *
     * @param parts what stands between the stars, first and last perhaps empty; folded when the case is ignored
     */
    record Wildcard(List<String> parts, boolean ignoreCase) implements OfValue {
        @Override
        public boolean test(Value value) {
            if (!(value instanceof Value.Text(var raw))) {
                return false;
            }
            var text = ignoreCase ? CaseFold.fold(raw) : raw;
            var head = parts.getFirst();
            var tail = parts.getLast();
            if (parts.size() == 1) {
                return text.equals(head);
            }
            if (text.length() < head.length() + tail.length() || !text.startsWith(head) || !text.endsWith(tail)) {
                return false;
            }
            var at = head.length();
            var end = text.length() - tail.length();
            // The leftmost place for each part leaves the most room for the next.
            for (var part : parts.subList(1, parts.size() - 1)) {
                var found = text.indexOf(part, at, end);
                if (found < 0) {
                    return false;
                }
                at = found + part.length();
            }
            return true;
        }

        /** What must stand in every text that matches; the rarest guess is the longest. */
        String longest() {
            var longest = "";
            for (var part : parts) {
                longest = part.length() > longest.length() ? part : longest;
            }
            return longest;
        }
    }

    /**
     * A number between two others, compared exactly.
     *
     * @param low null for no lower limit
     * @param high null for no upper limit
     */
    record Range(BigDecimal low, boolean withLow, BigDecimal high, boolean withHigh) implements OfValue {
        @Override
        public boolean test(Value value) {
            return value instanceof Value.Num(var number)
                    && (low == null || number.compareTo(low) > (withLow ? -1 : 0))
                    && (high == null || number.compareTo(high) < (withHigh ? 1 : 0));
        }
    }

    /** An IP address inside a network. */
    record InNetwork(Address network, int prefix) implements OfValue {
        @Override
        public boolean test(Value value) {
            return value instanceof Value.Text(var text) && isWithin(Address.parse(text));
        }

        private boolean isWithin(Address address) {
            return address != null
                    && address.bits() == network.bits()
                    && address.masked(prefix).equals(network);
        }
    }

    /** A value that none of the others describes; there must be a value. */
    record AnythingBut(List<OfValue> others) implements OfValue {
        @Override
        public boolean test(Value value) {
            for (var other : others) {
                if (other.test(value)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** One value that meets every one of them. */
    record All(List<OfValue> each) implements OfValue {
        @Override
        public boolean test(Value value) {
            for (var one : each) {
                if (!one.test(value)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Whether there is a value, null included; an object or an empty array is none. */
    record Exists(boolean wanted) implements OfField {
        @Override
        public boolean test(Value field) {
            return Leaves.any(field, _ -> true) == wanted;
        }
    }

    /** Whether there is nothing to see: missing, null, an empty text, or only such in an array or object. */
    record Empty(boolean wanted) implements OfField {
        @Override
        public boolean test(Value field) {
            return isEmpty(field) == wanted;
        }

        private static boolean isEmpty(Value value) {
            return switch (value) {
                case null -> true;
                case Value.Null _ -> true;
                case Value.Text(var text) -> text.isEmpty();
                case Value.Arr(var items) -> items.stream().allMatch(Empty::isEmpty);
                case Value.Obj(var members) -> members.values().stream().allMatch(Empty::isEmpty);
                case Value.Bool _, Value.Num _ -> false;
            };
        }
    }

    /** No value of the field meets any of them; holds where the field is missing. */
    record NoneOf(List<OfValue> unwanted) implements OfField {
        @Override
        public boolean test(Value field) {
            for (var one : unwanted) {
                if (Leaves.any(field, one)) {
                    return false;
                }
            }
            return true;
        }
    }
}
