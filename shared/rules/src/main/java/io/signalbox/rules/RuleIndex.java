/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Many rules, and which of them an event meets. The cost of a match follows the fields of the event and the rules that
 * come close, not the number of rules: each is filed under its most selective clause, looked up there, and only then
 * tried in full.
 *
 * <p>A rule is a pattern in the language of Amazon EventBridge: an object of the event's fields, each with a list of
 * values and conditions of which one must hold. Conditions: {@code prefix}, {@code suffix}, {@code equals-ignore-case},
 * {@code wildcard}, {@code anything-but}, {@code exists}, {@code numeric}, {@code cidr}; {@code $or} takes a list of
 * patterns. Beyond EventBridge:
 *
 * <ul>
 *   <li>{@code {"wildcard": {"equals-ignore-case": "*vp*"}}} ignores the case;
 *   <li>{@code {"all": [c1, c2]}} wants one value that meets every condition;
 *   <li>{@code {"none-of": [c1, c2]}} wants no value that meets any, and holds where the field is missing;
 *   <li>{@code {"empty": true}} wants the field missing, null, an empty text, or an array or object of such.
 * </ul>
 *
 * <p>Conditions on fields below the same object must be met by the same object, so by one element where the event has an
 * array of them; {@code exists: false} there means that this element lacks the field. Numbers are compared exactly,
 * whatever their length. A dot in a name is part of the name.
 *
 * <p>Immutable: share it between threads, and swap the reference to change the rules.
 */
public final class RuleIndex {

    private final String[] rules;
    private final int[] ruleOf;
    private final Shape[] shapes;
    private final Guard guard;
    private final Probe root;
    private final int[] always;
    private final List<RuleProblem> warnings;

    private RuleIndex(Builder from) {
        rules = from.rules.toArray(new String[0]);
        var count = 0;
        for (var each : from.branches) {
            count += each.size();
        }
        ruleOf = new int[count];
        shapes = new Shape[count];
        guard = Guard.over(from.branches);
        var filing = new Filing(from.selectivity, guard);
        var found = new ArrayList<RuleProblem>();
        var branch = 0;
        for (var rule = 0; rule < rules.length; rule++) {
            var indexed = true;
            for (var clauses : from.branches.get(rule)) {
                ruleOf[branch] = rule;
                shapes[branch] = Shape.of(from.root, clauses);
                indexed &= filing.file(clauses, branch++);
            }
            if (!indexed) {
                found.add(new RuleProblem(
                        "/" + rules[rule],
                        "not indexable: nothing in the rule narrows events down, so it is tried on each that has the"
                                + " field; add a value, prefix, suffix, wildcard or range"));
            }
        }
        always = filing.always.toArray();
        root = filing.probe(from.root);
        warnings = List.copyOf(found);
    }

    public static Builder builder() {
        return builder(Limits.RULES);
    }

    /** A builder that takes more, or fewer, than the 100,000 rules that are usual. */
    public static Builder builder(int maxRules) {
        return new Builder(maxRules);
    }

    /**
     * The ids of the rules that the event meets, in the order they were added. When each rule has a selective clause, an
     * event that ten rules meet costs about 2 µs, of ten rules as of ten thousand; a rule without one is tried every time.
     */
    public List<String> match(Value event) {
        var candidates = new IntList(32);
        root.collect(event, guard.of(event), candidates);
        candidates.addAll(always);
        candidates.sort();
        var met = new ArrayList<String>();
        var lastBranch = -1;
        var lastRule = -1;
        for (var i = 0; i < candidates.size(); i++) {
            var branch = candidates.get(i);
            if (branch != lastBranch && ruleOf[branch] != lastRule && shapes[branch].holds(event)) {
                lastRule = ruleOf[branch];
                met.add(rules[lastRule]);
            }
            lastBranch = branch;
        }
        return met;
    }

    public int size() {
        return rules.length;
    }

    /** Rules that cost time on nearly every event, for having no selective clause; each at {@code /id}. */
    public List<RuleProblem> warnings() {
        return warnings;
    }

    /** Takes rules one by one; not for sharing between threads. */
    public static final class Builder {
        private final int maxRules;
        private final Field root = Field.root();
        private final List<String> rules = new ArrayList<>();
        private final Set<String> ids = new HashSet<>();
        private final List<List<List<Clause>>> branches = new ArrayList<>();
        private final Map<Field, Map<String, Clause>> shared = new HashMap<>();
        private final Selectivity selectivity = new Selectivity();

        private Builder(int maxRules) {
            this.maxRules = maxRules;
        }

        /**
         * Adds a rule.
         *
         * @throws InvalidRules with all that is wrong with the pattern; nothing is added then
         * @throws IllegalArgumentException when a rule of that id is there already
         */
        public Builder add(String id, Value pattern) throws InvalidRules {
            var problems = new Problems();
            add(id, pattern, Place.ROOT, problems);
            problems.throwIfAny();
            return this;
        }

        /** The same for a pattern inside a larger document, whose other problems are collected too. */
        void add(String id, Value pattern, Place place, Problems problems) {
            requireNonNull(id, "id is null");
            requireNonNull(pattern, "pattern is null");
            if (ids.contains(id)) {
                throw new IllegalArgumentException("a rule of this id is there already: " + id);
            }
            if (rules.size() >= maxRules) {
                problems.add(place, "at most " + maxRules + " rules are allowed");
                return;
            }
            var before = problems.size();
            var rule = PatternParser.parse(pattern, root, place, problems);
            if (problems.size() == before) {
                ids.add(id);
                rules.add(id);
                for (var branch : rule) {
                    for (var i = 0; i < branch.size(); i++) {
                        branch.set(i, shared(branch.get(i)));
                    }
                }
                branches.add(rule);
                selectivity.count(rule);
            }
        }

        /** Rules repeat what they ask for, most of all a type; one object for all is less memory, and stays in the cache. */
        private Clause shared(Clause clause) {
            if (clause.conditions().size() != 1
                    || !(clause.conditions().getFirst() instanceof Condition.Equal(Value.Text(var text)))) {
                return clause;
            }
            var ofField = shared.get(clause.field());
            if (ofField == null) {
                ofField = new HashMap<>();
                shared.put(clause.field(), ofField);
            }
            var known = ofField.putIfAbsent(text, clause);
            return known == null ? clause : known;
        }

        public RuleIndex build() {
            return new RuleIndex(this);
        }
    }

    /** Files each branch under its cheapest clause. */
    private static final class Filing {
        private final Selectivity selectivity;
        private final Guard guard;
        private final Map<Field, FieldIndex.Builder> indexes = new HashMap<>();
        private final IntList always = new IntList(0);

        Filing(Selectivity selectivity, Guard guard) {
            this.selectivity = selectivity;
            this.guard = guard;
        }

        /** Whether the clause it was filed under narrows events down. */
        boolean file(List<Clause> branch, int number) {
            var cheapest = Selectivity.ALWAYS;
            Clause access = null;
            for (var clause : branch) {
                var cost = selectivity.cost(clause);
                if (cost < cheapest) {
                    cheapest = cost;
                    access = clause;
                }
            }
            if (access == null) {
                always.add(number);
                return false;
            }
            var index = indexes.get(access.field());
            if (index == null) {
                index = new FieldIndex.Builder(selectivity, access.field());
                indexes.put(access.field(), index);
            }
            index.guard(guard.of(branch));
            var narrows = true;
            for (var condition : access.conditions()) {
                condition.file(index, number);
                narrows &= condition.narrows();
            }
            return narrows;
        }

        /** The part of the tree of fields that leads to an index; null when none is below. */
        Probe probe(Field field) {
            var index = indexes.get(field);
            var below = new ArrayList<Probe>();
            for (var child : field.children.values()) {
                var probe = probe(child);
                if (probe != null) {
                    below.add(probe);
                }
            }
            if (index == null && below.isEmpty() && field.parent != null) {
                return null;
            }
            return new Probe(field.name, index == null ? null : index.build(), below);
        }
    }
}
