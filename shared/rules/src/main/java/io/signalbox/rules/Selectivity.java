/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Guesses how likely an event is to call up a branch filed under a clause, from the rules alone: a literal that many
 * rules name is common in events too, and makes a long list of candidates in any case. After Fabret et al., "Filtering
 * algorithms and implementation for very fast publish/subscribe systems" (2001), without its sampling of events.
 */
final class Selectivity {

    /** The cost of a clause that cannot be looked up: the branch is then tried on every event. */
    static final double ALWAYS = 2;

    /** The cost of a clause that any value of the field calls up. */
    static final double ANY_VALUE = 1;

    static final double ONE_SIDED = 0.5;

    private static final double BAND = 0.1;

    /** Of one field: how many rules ask for each literal, and how many for a range. */
    private static final class Uses {
        private final Map<String, Integer> literals = new HashMap<>();
        private int ranges;
    }

    private static final Uses NONE = new Uses();

    private final Map<Field, Uses> uses = new HashMap<>();
    private int rules;

    /** Takes a rule's literals into account, each clause once however many branches share it. */
    void count(List<List<Clause>> rule) {
        rules++;
        var counted = Collections.<Clause>newSetFromMap(new IdentityHashMap<>());
        for (var branch : rule) {
            for (var clause : branch) {
                if (rule.size() == 1 || counted.add(clause)) {
                    for (var condition : clause.conditions()) {
                        condition.count(this, clause.field());
                    }
                }
            }
        }
    }

    void countLiteral(String key, Field field) {
        var literals = of(field).literals;
        literals.put(key, literals.getOrDefault(key, 0) + 1);
    }

    void countRange(Field field) {
        of(field).ranges++;
    }

    private Uses of(Field field) {
        var known = uses.get(field);
        if (known == null) {
            known = new Uses();
            uses.put(field, known);
        }
        return known;
    }

    /** The cost of filing a branch under this clause: what its conditions cost together. */
    double cost(Clause clause) {
        var cost = 0.0;
        for (var condition : clause.conditions()) {
            var one = condition.cost(this, clause.field());
            if (one >= ALWAYS) {
                return ALWAYS;
            }
            cost += one;
        }
        return Math.min(cost, ANY_VALUE);
    }

    /** Of conditions that must all hold, the one that fewest events will. */
    Condition.OfValue rarest(List<Condition.OfValue> each, Field field) {
        var rarest = each.getFirst();
        for (var one : each) {
            rarest = one.cost(this, field) < rarest.cost(this, field) ? one : rarest;
        }
        return rarest;
    }

    /** The share of rules that ask for it. */
    double share(String key, Field field) {
        return (double) uses.getOrDefault(field, NONE).literals.getOrDefault(key, 0) / Math.max(1, rules);
    }

    /** Of two fields with ranges, the one with more of them tells rules apart better. */
    double range(boolean bounded, Field field) {
        return (bounded ? BAND : ONE_SIDED) * (1 + 1.0 / (1 + uses.getOrDefault(field, NONE).ranges));
    }

    /** Any text holds nothing; one in two a given letter; and so on. */
    static double chance(String text) {
        return Math.scalb(ANY_VALUE, -Math.min(text.length(), 20));
    }
}
