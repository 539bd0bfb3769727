/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The clauses of one branch, folded into the shape of the event they want: what decides in the end whether it matches.
 *
 * <p>All clauses below one field ask about the same object. Where the event has an array of objects there, some one
 * element must meet them all; what lies beside that field chooses its own elements. So each object is tried by itself,
 * and the cost is at most the size of the event times the size of the branch, with no combinations to search.
 */
final class Shape {

    private final String name;
    private final Clause[] clauses;
    private final Shape[] nested;

    private Shape(String name, List<Clause> clauses, List<Shape> nested) {
        this.name = name;
        this.clauses = clauses.toArray(new Clause[0]);
        this.nested = nested.toArray(new Shape[0]);
    }

    static Shape of(Field root, List<Clause> branch) {
        return new Plan(root).build(branch);
    }

    /** Whether the event, or any object in it when it is an array, has this shape. */
    boolean holds(Value value) {
        if (value instanceof Value.Obj(var members)) {
            return holdsWithin(members);
        }
        if (value instanceof Value.Arr array && Objects.anyIn(array)) {
            return holdsForAny(array);
        }
        return holdsWithin(Map.of());
    }

    private boolean holdsForAny(Value.Arr array) {
        for (var item : array.items()) {
            if (item instanceof Value.Obj(var members) && holdsWithin(members)) {
                return true;
            }
            if (item instanceof Value.Arr inner && holdsForAny(inner)) {
                return true;
            }
        }
        return false;
    }

    private boolean holdsWithin(Map<String, Value> members) {
        for (var part : nested) {
            var value = members.get(part.name);
            for (var clause : part.clauses) {
                if (!clause.holds(value)) {
                    return false;
                }
            }
            if (part.nested.length > 0 && !part.holds(value)) {
                return false;
            }
        }
        return true;
    }

    private static final class Objects {
        static boolean anyIn(Value.Arr array) {
            for (var item : array.items()) {
                if (item instanceof Value.Obj || (item instanceof Value.Arr inner && anyIn(inner))) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final class Plan {
        private final Field field;
        private final List<Clause> clauses = new ArrayList<>();
        private final Map<Field, Plan> nested = new LinkedHashMap<>();

        Plan(Field field) {
            this.field = field;
        }

        Shape build(List<Clause> branch) {
            for (var clause : branch) {
                at(clause.field()).clauses.add(clause);
            }
            return shape();
        }

        private Plan at(Field wanted) {
            if (wanted == field) {
                return this;
            }
            var above = at(wanted.parent).nested;
            var plan = above.get(wanted);
            if (plan == null) {
                plan = new Plan(wanted);
                above.put(wanted, plan);
            }
            return plan;
        }

        private Shape shape() {
            var shapes = new ArrayList<Shape>(nested.size());
            for (var plan : nested.values()) {
                shapes.add(plan.shape());
            }
            return new Shape(field.name, clauses, shapes);
        }
    }
}
