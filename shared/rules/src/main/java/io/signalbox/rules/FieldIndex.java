/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.Value;
import java.util.Map;

/**
 * The branches that are filed under one field, found from a value of it. A table that no condition needs is null and
 * costs nothing. What comes out may still not match: it met one condition of one clause, no more.
 */
final class FieldIndex {

    private final Map<String, int[]> texts;
    private final Map<Value, int[]> others;
    private final Map<String, int[]> foldedTexts;
    private final PrefixTable prefixes;
    private final PrefixTable foldedPrefixes;
    private final PrefixTable suffixes;
    private final PrefixTable foldedSuffixes;
    private final LiteralAutomaton literals;
    private final LiteralAutomaton foldedLiterals;
    private final IntervalTree ranges;
    private final NetworkTable networks;
    private final int[] present;
    private final boolean folds;

    private FieldIndex(Builder from) {
        texts = from.texts.isEmpty() ? null : from.texts.frozen();
        others = from.others.isEmpty() ? null : from.others.frozen();
        foldedTexts = from.foldedTexts.isEmpty() ? null : from.foldedTexts.frozen();
        prefixes = prefixTable(from.prefixes);
        foldedPrefixes = prefixTable(from.foldedPrefixes);
        suffixes = prefixTable(from.suffixes);
        foldedSuffixes = prefixTable(from.foldedSuffixes);
        literals = automaton(from.literals);
        foldedLiterals = automaton(from.foldedLiterals);
        ranges = from.ranges.isEmpty() ? null : from.ranges.build();
        networks = from.networks.isEmpty() ? null : from.networks.frozen();
        present = from.present.toArray();
        folds = foldedTexts != null || foldedPrefixes != null || foldedSuffixes != null || foldedLiterals != null;
    }

    private static PrefixTable prefixTable(Postings<String> postings) {
        return postings.isEmpty() ? null : new PrefixTable(postings.frozen());
    }

    private static LiteralAutomaton automaton(Postings<String> postings) {
        return postings.isEmpty() ? null : new LiteralAutomaton(postings.frozen());
    }

    /** Adds the branches that any value of the field calls for; the same one perhaps several times. */
    void collect(Value field, IntList found) {
        switch (field) {
            case Value.Arr(var items) -> items.forEach(item -> collect(item, found));
            case Value.Obj _ -> {}
            case Value.Text(var text) -> collectText(text, found);
            case Value.Num number -> {
                collectOther(number, found);
                if (ranges != null) {
                    ranges.collect(number.value(), found);
                }
            }
            case Value.Bool _, Value.Null _ -> collectOther(field, found);
        }
    }

    private void collectOther(Value value, IntList found) {
        found.addAll(present);
        if (others != null) {
            found.addAll(others.getOrDefault(value, IntList.NONE));
        }
    }

    private void collectText(String text, IntList found) {
        found.addAll(present);
        if (texts != null) {
            found.addAll(texts.getOrDefault(text, IntList.NONE));
        }
        collect(text, prefixes, suffixes, literals, found);
        if (folds) {
            var folded = CaseFold.fold(text);
            if (foldedTexts != null) {
                found.addAll(foldedTexts.getOrDefault(folded, IntList.NONE));
            }
            collect(folded, foldedPrefixes, foldedSuffixes, foldedLiterals, found);
        }
        if (networks != null) {
            networks.collect(text, found);
        }
    }

    private static void collect(
            String text, PrefixTable starts, PrefixTable ends, LiteralAutomaton within, IntList found) {
        if (starts != null) {
            starts.collect(text, found);
        }
        if (ends != null) {
            ends.collect(reversed(text), found);
        }
        if (within != null) {
            within.collect(text, found);
        }
    }

    /** Char by char, so that a suffix of chars is a prefix of the reverse. */
    private static String reversed(String text) {
        var chars = text.toCharArray();
        for (int i = 0, j = chars.length - 1; i < j; i++, j--) {
            var c = chars[i];
            chars[i] = chars[j];
            chars[j] = c;
        }
        return new String(chars);
    }

    static final class Builder {
        private final Postings<String> texts = new Postings<>();
        private final Postings<Value> others = new Postings<>();
        private final Postings<String> foldedTexts = new Postings<>();
        private final Postings<String> prefixes = new Postings<>();
        private final Postings<String> foldedPrefixes = new Postings<>();
        private final Postings<String> suffixes = new Postings<>();
        private final Postings<String> foldedSuffixes = new Postings<>();
        private final Postings<String> literals = new Postings<>();
        private final Postings<String> foldedLiterals = new Postings<>();
        private final IntervalTree.Builder ranges = new IntervalTree.Builder();
        private final NetworkTable networks = new NetworkTable();
        private final IntList present = new IntList(0);

        /** Files a branch so that each value that meets the condition finds it. */
        void file(Condition.OfValue condition, int branch, Selectivity selectivity, Field field) {
            switch (condition) {
                case Condition.Equal(Value.Text(var text)) -> texts.add(text, branch);
                case Condition.Equal(var literal) -> others.add(literal, branch);
                case Condition.EqualIgnoringCase(var folded) -> foldedTexts.add(folded, branch);
                case Condition.Prefix(var literal, var fold) -> (fold ? foldedPrefixes : prefixes).add(literal, branch);
                case Condition.Suffix(var literal, var fold) ->
                    (fold ? foldedSuffixes : suffixes).add(reversed(literal), branch);
                case Condition.Wildcard wildcard -> {
                    var literal = wildcard.longest();
                    if (literal.isEmpty()) {
                        present.add(branch);
                    } else {
                        (wildcard.ignoreCase() ? foldedLiterals : literals).add(literal, branch);
                    }
                }
                case Condition.Range range -> ranges.add(range, branch);
                case Condition.InNetwork network -> networks.add(network, branch);
                case Condition.All(var each) -> file(selectivity.rarest(each, field), branch, selectivity, field);
                case Condition.AnythingBut _ -> present.add(branch);
            }
        }

        /** Files a branch under any value at all. */
        void filePresent(int branch) {
            present.add(branch);
        }

        FieldIndex build() {
            return new FieldIndex(this);
        }
    }
}
