/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a pattern into its branches: each a list of clauses that must all hold, of which branches one must. That is the
 * pattern in disjunctive normal form, {@code $or} multiplied out.
 */
final class PatternParser {

    private static final String OR = "$or";

    private final Problems problems;
    private final ConditionParser conditions;

    private PatternParser(Problems problems) {
        this.problems = problems;
        this.conditions = new ConditionParser(problems);
    }

    /** The branches of a pattern; what is wrong with it goes to {@code problems}, and the branches are then void. */
    static List<List<Clause>> parse(Value pattern, Field root, Place place, Problems problems) {
        if (!(pattern instanceof Value.Obj object)) {
            problems.add(place, "a pattern is an object that names fields of the event");
            return List.of();
        }
        var parser = new PatternParser(problems);
        var branches = parser.object(object, root, place, 1);
        var literals = 0;
        for (var branch : branches) {
            for (var clause : branch) {
                literals += clause.conditions().size();
            }
        }
        if (literals > Limits.LITERALS) {
            problems.add(
                    place,
                    "the pattern has " + literals + " values once $or is multiplied out; at most " + Limits.LITERALS
                            + " are allowed");
        }
        return branches;
    }

    private List<List<Clause>> object(Value.Obj object, Field field, Place place, int depth) {
        if (object.members().isEmpty()) {
            problems.add(place, "an empty object; name at least one field in it");
        }
        if (depth > Limits.DEPTH) {
            problems.add(place, "nested deeper than " + Limits.DEPTH + " objects");
            return List.of();
        }
        List<List<Clause>> branches = List.of(List.of());
        for (var member : object.members().entrySet()) {
            var name = member.getKey();
            branches = product(branches, member(name, member.getValue(), field, place, depth), place.member(name));
        }
        return branches;
    }

    private List<List<Clause>> member(String name, Value value, Field field, Place place, int depth) {
        if (name.equals(OR)) {
            return or(value, field, place.field(name), depth);
        }
        var here = place.field(name);
        if (name.startsWith("$")) {
            problems.add(here, "unknown keyword; the only one that begins with $ is " + OR);
            return List.of();
        }
        if (value instanceof Value.Obj nested) {
            return object(nested, field.child(name), here, depth + 1);
        }
        if (value instanceof Value.Arr list) {
            return List.of(List.of(new Clause(field.child(name), conditions.list(list, here))));
        }
        problems.add(here, "expected a list of values, as in [\"a\", \"b\"], or an object of fields");
        return List.of();
    }

    private List<List<Clause>> or(Value value, Field field, Place place, int depth) {
        if (!(value instanceof Value.Arr(var alternatives)) || alternatives.isEmpty()) {
            problems.add(place, "expected a list of at least one pattern");
            return List.of();
        }
        var branches = new ArrayList<List<Clause>>();
        for (var i = 0; i < alternatives.size(); i++) {
            var here = place.item(i);
            if (alternatives.get(i) instanceof Value.Obj alternative) {
                branches.addAll(object(alternative, field, here, depth + 1));
            } else {
                problems.add(here, "expected an object that names fields");
            }
            if (branches.size() > Limits.BRANCHES) {
                tooMany(place);
                return List.of();
            }
        }
        return branches;
    }

    private List<List<Clause>> product(List<List<Clause>> left, List<List<Clause>> right, Place place) {
        if ((long) left.size() * right.size() > Limits.BRANCHES) {
            tooMany(place);
            return List.of();
        }
        var product = new ArrayList<List<Clause>>(left.size() * right.size());
        for (var a : left) {
            for (var b : right) {
                var both = new ArrayList<Clause>(a.size() + b.size());
                both.addAll(a);
                both.addAll(b);
                product.add(both);
            }
        }
        return product;
    }

    private void tooMany(Place place) {
        problems.add(place, OR + " expands to more than " + Limits.BRANCHES + " combinations");
    }
}
