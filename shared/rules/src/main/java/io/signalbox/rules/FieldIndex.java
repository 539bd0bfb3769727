/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.Value;
import java.util.List;

/**
 * The branches that are filed under one field, found from a value of it. A table that no condition needs is null and
 * costs nothing. What comes out may still not match: it met one condition of one clause, or has the hash of one, no more.
 */
final class FieldIndex {

    private final Postings texts;
    private final Postings others;
    private final Postings foldedTexts;
    private final EdgeTable prefixes;
    private final EdgeTable suffixes;
    private final LiteralAutomaton literals;
    private final EdgeTable foldedPrefixes;
    private final EdgeTable foldedSuffixes;
    private final LiteralAutomaton foldedLiterals;
    private final IntervalTree ranges;
    private final NetworkTable networks;
    private final int[] present;
    private final boolean folds;
    private final long guard;

    private FieldIndex(Builder from) {
        texts = from.texts.build();
        others = from.others.build();
        foldedTexts = from.foldedTexts.build();
        prefixes = from.prefixes.build();
        suffixes = from.suffixes.build();
        literals = from.literals.build();
        foldedPrefixes = from.foldedPrefixes.build();
        foldedSuffixes = from.foldedSuffixes.build();
        foldedLiterals = from.foldedLiterals.build();
        ranges = from.ranges.isEmpty() ? null : from.ranges.build();
        networks = from.networks == null ? null : from.networks.build();
        present = from.present.size() == 0 ? null : from.present.toArray();
        folds = foldedPrefixes != null || foldedSuffixes != null || foldedLiterals != null;
        guard = from.guard;
    }

    /** What an event must have one bit of, to find any branch here; see {@link Guard}. */
    long guard() {
        return guard;
    }

    /** Adds the branches that any value of the field calls for; the same one perhaps several times. */
    void collect(Value field, IntList found) {
        if (field instanceof Value.Text(var text)) {
            collectText(text, found);
        } else if (field instanceof Value.Arr(var items)) {
            for (var item : items) {
                collect(item, found);
            }
        } else if (!(field instanceof Value.Obj)) {
            collectOther(field, found);
        }
    }

    private void collectOther(Value value, IntList found) {
        if (present != null) {
            found.addAll(present);
        }
        if (others != null) {
            others.collect(hash(value), found);
        }
        if (ranges != null && value instanceof Value.Num(var number)) {
            ranges.collect(number, found);
        }
    }

    private void collectText(String text, IntList found) {
        if (present != null) {
            found.addAll(present);
        }
        if (texts != null) {
            texts.collect(text.hashCode(), found);
        }
        if (prefixes != null) {
            prefixes.collect(text, found);
        }
        if (suffixes != null) {
            suffixes.collect(text, found);
        }
        if (literals != null) {
            literals.collect(text, found);
        }
        if (foldedTexts != null) {
            foldedTexts.collect(CaseFold.hash(text), found);
        }
        if (folds) {
            collectFolded(CaseFold.fold(text), found);
        }
        if (networks != null) {
            networks.collect(text, found);
        }
    }

    private void collectFolded(String folded, IntList found) {
        if (foldedPrefixes != null) {
            foldedPrefixes.collect(folded, found);
        }
        if (foldedSuffixes != null) {
            foldedSuffixes.collect(folded, found);
        }
        if (foldedLiterals != null) {
            foldedLiterals.collect(folded, found);
        }
    }

    /** Of a number, boolean or null; the same for equal ones. */
    private static int hash(Value value) {
        if (value instanceof Value.Num number) {
            return number.hashCode();
        }
        return value instanceof Value.Bool(var truth) ? Boolean.hashCode(truth) : 0;
    }

    static final class Builder {
        private final Selectivity selectivity;
        private final Field field;
        private final Postings.Builder texts = new Postings.Builder();
        private final Postings.Builder others = new Postings.Builder();
        private final Postings.Builder foldedTexts = new Postings.Builder();
        private final EdgeTable.Builder prefixes = new EdgeTable.Builder(false);
        private final EdgeTable.Builder suffixes = new EdgeTable.Builder(true);
        private final LiteralAutomaton.Builder literals = new LiteralAutomaton.Builder();
        private final EdgeTable.Builder foldedPrefixes = new EdgeTable.Builder(false);
        private final EdgeTable.Builder foldedSuffixes = new EdgeTable.Builder(true);
        private final LiteralAutomaton.Builder foldedLiterals = new LiteralAutomaton.Builder();
        private final IntervalTree.Builder ranges = new IntervalTree.Builder();
        private final IntList present = new IntList(0);
        private NetworkTable.Builder networks;
        private long guard;

        Builder(Selectivity selectivity, Field field) {
            this.selectivity = selectivity;
            this.field = field;
        }

        /** Adds the bits of a branch that is filed here. */
        void guard(long bits) {
            guard |= bits;
        }

        void equal(Value literal, int branch) {
            if (literal instanceof Value.Text(var text)) {
                texts.add(text.hashCode(), branch);
            } else {
                others.add(hash(literal), branch);
            }
        }

        void equalFolded(String folded, int branch) {
            foldedTexts.add(folded.hashCode(), branch);
        }

        void prefix(String literal, boolean folded, int branch) {
            (folded ? foldedPrefixes : prefixes).add(literal, branch);
        }

        void suffix(String literal, boolean folded, int branch) {
            (folded ? foldedSuffixes : suffixes).add(literal, branch);
        }

        /** Under a text that stands anywhere. */
        void literal(String literal, boolean folded, int branch) {
            (folded ? foldedLiterals : literals).add(literal, branch);
        }

        void range(Condition.Range range, int branch) {
            ranges.add(range, branch);
        }

        void network(Condition.InNetwork network, int branch) {
            networks = networks == null ? new NetworkTable.Builder() : networks;
            networks.add(network, branch);
        }

        /** Under any value at all. */
        void present(int branch) {
            present.add(branch);
        }

        /** Of conditions that must all hold, the one to file under. */
        Condition.OfValue rarest(List<Condition.OfValue> each) {
            return selectivity.rarest(each, field);
        }

        FieldIndex build() {
            return new FieldIndex(this);
        }
    }
}
