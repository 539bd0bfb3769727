/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.Value;
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

    private static final double ONE_SIDED = 0.5;
    private static final double BAND = 0.1;

    private final Map<Field, Map<String, Integer>> uses = new HashMap<>();
    private final Map<Field, Integer> ranges = new HashMap<>();
    private int rules;

    /** Takes a rule's literals into account, each clause once however many branches share it. */
    void count(List<List<Clause>> rule) {
        rules++;
        var counted = Collections.<Clause>newSetFromMap(new IdentityHashMap<>());
        for (var branch : rule) {
            for (var clause : branch) {
                if (rule.size() == 1 || counted.add(clause)) {
                    clause.conditions().forEach(condition -> count(condition, clause.field()));
                }
            }
        }
    }

    private void count(Condition condition, Field field) {
        switch (condition) {
            case Condition.Range _ -> ranges.merge(field, 1, Integer::sum);
            case Condition.All(var each) -> each.forEach(one -> count(one, field));
            case Condition.OfValue one -> {
                var literal = literal(one);
                if (literal != null) {
                    uses.computeIfAbsent(field, _ -> new HashMap<>()).merge(literal, 1, Integer::sum);
                }
            }
            case Condition.OfField _ -> {}
        }
    }

    /** The cost of filing a branch under this clause: what its conditions cost together. */
    double cost(Clause clause) {
        var cost = 0.0;
        for (var condition : clause.conditions()) {
            switch (condition) {
                case Condition.OfValue one -> cost += cost(one, clause.field());
                case Condition.Exists(var wanted) when wanted -> cost += ANY_VALUE;
                case Condition.Exists _, Condition.Empty _, Condition.NoneOf _ -> {
                    return ALWAYS;
                }
            }
        }
        return Math.min(cost, ANY_VALUE);
    }

    /** Of conditions that must all hold, the one that fewest events will. */
    Condition.OfValue rarest(List<Condition.OfValue> each, Field field) {
        var rarest = each.getFirst();
        for (var one : each) {
            rarest = cost(one, field) < cost(rarest, field) ? one : rarest;
        }
        return rarest;
    }

    private double cost(Condition.OfValue condition, Field field) {
        return switch (condition) {
            case Condition.Equal(Value.Bool _) -> Math.max(ONE_SIDED, share(condition, field));
            case Condition.Equal _, Condition.EqualIgnoringCase _ -> share(condition, field);
            case Condition.Prefix(var text, var _) -> Math.max(chance(text), share(condition, field));
            case Condition.Suffix(var text, var _) -> Math.max(chance(text), share(condition, field));
            case Condition.Wildcard wildcard -> Math.max(chance(wildcard.longest()), share(condition, field));
            case Condition.InNetwork _ -> share(condition, field);
            case Condition.Range range -> {
                var share = range.low() == null || range.high() == null ? ONE_SIDED : BAND;
                // Of two fields with ranges, the one with more of them tells rules apart better.
                yield share * (1 + 1.0 / (1 + ranges.getOrDefault(field, 0)));
            }
            case Condition.All(var each) -> cost(rarest(each, field), field);
            case Condition.AnythingBut _ -> ANY_VALUE;
        };
    }

    /** Whether an event that has the field may still not call up the branch. */
    boolean narrows(Condition condition) {
        return switch (condition) {
            case Condition.Equal _, Condition.EqualIgnoringCase _, Condition.Range _, Condition.InNetwork _ -> true;
            case Condition.Prefix(var text, var _) -> !text.isEmpty();
            case Condition.Suffix(var text, var _) -> !text.isEmpty();
            case Condition.Wildcard wildcard -> !wildcard.longest().isEmpty();
            case Condition.All(var each) -> each.stream().anyMatch(this::narrows);
            case Condition.AnythingBut _, Condition.OfField _ -> false;
        };
    }

    private double share(Condition.OfValue condition, Field field) {
        var known = uses.get(field);
        var count = known == null ? 0 : known.getOrDefault(literal(condition), 0);
        return (double) count / Math.max(1, rules);
    }

    /** Any text holds nothing; one in two a given letter; and so on. */
    private static double chance(String text) {
        return Math.scalb(ANY_VALUE, -Math.min(text.length(), 20));
    }

    /** One text for each literal and kind of look-up, cheaper than hashing conditions; null for what has no literal. */
    private static String literal(Condition.OfValue condition) {
        return switch (condition) {
            case Condition.Equal(var value) -> "=" + value.asText();
            case Condition.EqualIgnoringCase(var text) -> "~" + text;
            case Condition.Prefix(var text, var _) -> "^" + text;
            case Condition.Suffix(var text, var _) -> "$" + text;
            case Condition.Wildcard wildcard -> "*" + wildcard.longest();
            case Condition.InNetwork(var network, var prefix) -> "/" + prefix + network.high() + ":" + network.low();
            case Condition.Range _, Condition.All _, Condition.AnythingBut _ -> null;
        };
    }
}
