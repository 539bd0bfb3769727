/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.Value;
import java.math.BigDecimal;
import java.util.List;

/**
 * One entry of a field's list: {@code "x"}, {@code {"prefix": "x"}}. Most ask about one value and hold when any value of
 * the field does; {@link OfField} ask about the field as a whole, and may hold where the field is missing.
 *
 * <p>A condition says all about itself: when it holds, how rare that is, under what it is filed. By methods and not by
 * switches over types, each of which would cost a start of the JVM a class made on the spot.
 */
sealed interface Condition {

    /** @param field what the event has there; null where the field is missing */
    boolean holds(Value field);

    /** What it costs to file a branch under this condition, as {@link Selectivity} counts. */
    double cost(Selectivity selectivity, Field field);

    /** Whether an event that has the field may still not call up the branch. */
    boolean narrows();

    /** Files a branch so that each value that meets the condition finds it. */
    void file(FieldIndex.Builder index, int branch);

    /** Has its literals counted. */
    void count(Selectivity selectivity, Field field);

    /** Asks about one value: a text, number, boolean or null. */
    sealed interface OfValue extends Condition {
        boolean test(Value value);

        @Override
        default boolean holds(Value field) {
            return Leaves.any(field, this);
        }
    }

    /** Asks for a literal. */
    sealed interface OfLiteral extends OfValue {
        /** One text for each literal and kind of look-up. */
        String key();

        @Override
        default double cost(Selectivity selectivity, Field field) {
            return selectivity.share(key(), field);
        }

        @Override
        default boolean narrows() {
            return true;
        }

        @Override
        default void count(Selectivity selectivity, Field field) {
            selectivity.countLiteral(key(), field);
        }
    }

    /** Asks about all that the field holds; no value leads to it. */
    sealed interface OfField extends Condition {
        @Override
        default double cost(Selectivity selectivity, Field field) {
            return Selectivity.ALWAYS;
        }

        @Override
        default boolean narrows() {
            return false;
        }

        @Override
        default void file(FieldIndex.Builder index, int branch) {
            index.present(branch);
        }

        @Override
        default void count(Selectivity selectivity, Field field) {}
    }

    /** Equal in type and value; numbers by value, so that 300 is 300.0. */
    record Equal(Value literal) implements OfLiteral {
        @Override
        public boolean test(Value value) {
            if (literal instanceof Value.Text(var text)) {
                return value instanceof Value.Text(var other) && text.equals(other);
            }
            if (literal instanceof Value.Bool(var truth)) {
                return value instanceof Value.Bool(var other) && truth == other;
            }
            return literal instanceof Value.Null ? value instanceof Value.Null : literal.equals(value);
        }

        @Override
        public String key() {
            return "=".concat(String.valueOf(literal.asText()));
        }

        @Override
        public double cost(Selectivity selectivity, Field field) {
            var share = selectivity.share(key(), field);
            return literal instanceof Value.Bool ? Math.max(Selectivity.ONE_SIDED, share) : share;
        }

        @Override
        public void file(FieldIndex.Builder index, int branch) {
            index.equal(literal, branch);
        }
    }

    /** @param folded the literal, already folded */
    record EqualIgnoringCase(String folded) implements OfLiteral {
        @Override
        public boolean test(Value value) {
            return value instanceof Value.Text(var text) && text.equalsIgnoreCase(folded);
        }

        @Override
        public String key() {
            return "~".concat(folded);
        }

        @Override
        public void file(FieldIndex.Builder index, int branch) {
            index.equalFolded(folded, branch);
        }
    }

    /** @param literal folded when the case is ignored */
    record Prefix(String literal, boolean ignoreCase) implements OfLiteral {
        @Override
        public boolean test(Value value) {
            return value instanceof Value.Text(var text)
                    && text.regionMatches(ignoreCase, 0, literal, 0, literal.length());
        }

        @Override
        public String key() {
            return "^".concat(literal);
        }

        @Override
        public double cost(Selectivity selectivity, Field field) {
            return Math.max(Selectivity.chance(literal), selectivity.share(key(), field));
        }

        @Override
        public boolean narrows() {
            return !literal.isEmpty();
        }

        @Override
        public void file(FieldIndex.Builder index, int branch) {
            index.prefix(literal, ignoreCase, branch);
        }
    }

    /** @param literal folded when the case is ignored */
    record Suffix(String literal, boolean ignoreCase) implements OfLiteral {
        @Override
        public boolean test(Value value) {
            return value instanceof Value.Text(var text)
                    && text.regionMatches(ignoreCase, text.length() - literal.length(), literal, 0, literal.length());
        }

        @Override
        public String key() {
            return "$".concat(literal);
        }

        @Override
        public double cost(Selectivity selectivity, Field field) {
            return Math.max(Selectivity.chance(literal), selectivity.share(key(), field));
        }

        @Override
        public boolean narrows() {
            return !literal.isEmpty();
        }

        @Override
        public void file(FieldIndex.Builder index, int branch) {
            index.suffix(literal, ignoreCase, branch);
        }
    }

    /**
     * Text with any text in place of each star.
     *
     * @param parts what stands between the stars, first and last perhaps empty; folded when the case is ignored
     */
    record Wildcard(List<String> parts, boolean ignoreCase) implements OfLiteral {
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

        @Override
        public String key() {
            return "*".concat(longest());
        }

        @Override
        public double cost(Selectivity selectivity, Field field) {
            return Math.max(Selectivity.chance(longest()), selectivity.share(key(), field));
        }

        @Override
        public boolean narrows() {
            return !longest().isEmpty();
        }

        @Override
        public void file(FieldIndex.Builder index, int branch) {
            if (narrows()) {
                index.literal(longest(), ignoreCase, branch);
            } else {
                index.present(branch);
            }
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

        @Override
        public double cost(Selectivity selectivity, Field field) {
            return selectivity.range(low != null && high != null, field);
        }

        @Override
        public boolean narrows() {
            return true;
        }

        @Override
        public void file(FieldIndex.Builder index, int branch) {
            index.range(this, branch);
        }

        @Override
        public void count(Selectivity selectivity, Field field) {
            selectivity.countRange(field);
        }
    }

    /** An IP address inside a network. */
    record InNetwork(Address network, int prefix) implements OfLiteral {
        @Override
        public boolean test(Value value) {
            return value instanceof Value.Text(var text) && isWithin(Address.parse(text));
        }

        private boolean isWithin(Address address) {
            return address != null
                    && address.bits() == network.bits()
                    && address.masked(prefix).equals(network);
        }

        @Override
        public String key() {
            return "/" + prefix + ":" + network.high() + ":" + network.low();
        }

        @Override
        public void file(FieldIndex.Builder index, int branch) {
            index.network(this, branch);
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

        @Override
        public double cost(Selectivity selectivity, Field field) {
            return Selectivity.ANY_VALUE;
        }

        @Override
        public boolean narrows() {
            return false;
        }

        @Override
        public void file(FieldIndex.Builder index, int branch) {
            index.present(branch);
        }

        @Override
        public void count(Selectivity selectivity, Field field) {}
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

        @Override
        public double cost(Selectivity selectivity, Field field) {
            return selectivity.rarest(each, field).cost(selectivity, field);
        }

        @Override
        public boolean narrows() {
            for (var one : each) {
                if (one.narrows()) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void file(FieldIndex.Builder index, int branch) {
            index.rarest(each).file(index, branch);
        }

        @Override
        public void count(Selectivity selectivity, Field field) {
            for (var one : each) {
                one.count(selectivity, field);
            }
        }
    }

    /** Whether there is a value, null included; an object or an empty array is none. */
    record Exists(boolean wanted) implements OfField {
        @Override
        public boolean holds(Value field) {
            return Leaves.exist(field) == wanted;
        }

        @Override
        public double cost(Selectivity selectivity, Field field) {
            return wanted ? Selectivity.ANY_VALUE : Selectivity.ALWAYS;
        }
    }

    /** Whether there is nothing to see: missing, null, an empty text, or only such in an array or object. */
    record Empty(boolean wanted) implements OfField {
        @Override
        public boolean holds(Value field) {
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
        public boolean holds(Value field) {
            for (var one : unwanted) {
                if (Leaves.any(field, one)) {
                    return false;
                }
            }
            return true;
        }
    }
}
