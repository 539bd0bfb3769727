/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model.filter;

import io.signalbox.model.FieldType;
import io.signalbox.model.Value;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Compares a field's value with those of a clause. */
final class Matching {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private Matching() {}

    static boolean matches(Filter.Clause clause, Value value) {
        var held = Comparing.comparable(clause.type(), value);
        if (held.isEmpty()) {
            return clause.operator() == Operator.NOT_EXISTS || clause.operator().isNegative();
        }
        var mine = held.get();
        return switch (clause.operator()) {
            case EQ, IN -> isAmong(mine, clause);
            case NEQ, NOT_IN -> !isAmong(mine, clause);
            case GT -> compare(mine, clause, 0) > 0;
            case GTE -> compare(mine, clause, 0) >= 0;
            case LT -> compare(mine, clause, 0) < 0;
            case LTE -> compare(mine, clause, 0) <= 0;
            case BETWEEN -> compare(mine, clause, 0) >= 0 && compare(mine, clause, 1) <= 0;
            case STARTS_WITH -> mine.toString().startsWith(text(clause));
            case CONTAINS -> contains(mine.toString(), text(clause));
            case NOT_CONTAINS -> !contains(mine.toString(), text(clause));
            case EXISTS -> true;
            case NOT_EXISTS -> false;
        };
    }

    private static boolean isAmong(Comparable<?> mine, Filter.Clause clause) {
        for (var i = 0; i < clause.values().size(); i++) {
            if (compare(mine, clause, i) == 0) {
                return true;
            }
        }
        return false;
    }

    private static int compare(Comparable<?> mine, Filter.Clause clause, int value) {
        var other = Comparing.comparable(clause.type(), clause.values().get(value));
        return other.map(theirs -> Comparing.compare(mine, theirs)).orElse(-1);
    }

    private static String text(Filter.Clause clause) {
        return Comparing.comparable(FieldType.STRING, clause.values().getFirst())
                .map(Object::toString)
                .orElse("");
    }

    private static boolean contains(String text, String wanted) {
        var words = words(text);
        for (var raw : wanted.split("\\s+", -1)) {
            var open = raw.endsWith("*");
            var parts = words(raw);
            for (var i = 0; i < parts.size(); i++) {
                var word = parts.get(i);
                var isOpen = open && i == parts.size() - 1;
                if (words.stream().noneMatch(isOpen ? held -> held.startsWith(word) : word::equals)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static List<String> words(String text) {
        return Arrays.stream(BETWEEN_WORDS.split(text))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
