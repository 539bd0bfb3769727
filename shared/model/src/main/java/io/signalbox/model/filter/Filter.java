/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model.filter;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.FieldType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A condition on a record, already checked: every field is filterable and every value of its field's type. */
public sealed interface Filter {

    /** What every record meets. */
    static All none() {
        return new All(List.of());
    }

    /** Met when all are. */
    record All(List<Filter> of) implements Filter {
        public All {
            of = List.copyOf(of);
        }
    }

    /** Met when one is. */
    record Any(List<Filter> of) implements Filter {
        public Any {
            of = List.copyOf(of);
        }
    }

    /**
     * One comparison. With a relation it is met when some linked record meets it.
     *
     * @param type the field's
     * @param values as many as the operator wants, of that type
     */
    record Clause(FieldPath path, FieldType type, Operator operator, List<Value> values) implements Filter {
        public Clause {
            requireNonNull(path, "path is null");
            requireNonNull(type, "type is null");
            requireNonNull(operator, "operator is null");
            values = List.copyOf(values);
        }

        /** Whether a record meets it, the relation left aside. */
        public boolean isMetBy(CrmRecord record) {
            return Matching.matches(this, Filterable.value(record, path.field()));
        }
    }

    /**
     * Whether a record meets it.
     *
     * @param linked the records of a type that it is linked to; asked only where the filter names a relation
     */
    default boolean matches(CrmRecord record, Function<ObjectType, List<CrmRecord>> linked) {
        return switch (this) {
            case All(var filters) -> filters.stream().allMatch(filter -> filter.matches(record, linked));
            case Any(var filters) -> filters.stream().anyMatch(filter -> filter.matches(record, linked));
            case Clause clause ->
                clause.path()
                        .relation()
                        .map(object -> linked.apply(object).stream().anyMatch(clause::isMetBy))
                        .orElseGet(() -> clause.isMetBy(record));
        };
    }

    /**
     * The same as alternatives, of each of which all clauses have to be met: what an index can be asked.
     *
     * @param most how many alternatives at most
     * @throws InvalidFilter when it has more
     */
    default List<List<Clause>> alternatives(int most) {
        List<List<Clause>> found = switch (this) {
            case Clause clause -> List.of(List.of(clause));
            case Any(var filters) ->
                filters.stream()
                        .flatMap(filter -> filter.alternatives(most).stream())
                        .toList();
            case All(var filters) -> product(filters, most);
        };
        if (found.size() > most) {
            throw new InvalidFilter(
                    InvalidFilter.Reason.INVALID,
                    "",
                    "",
                    "The filter has more than " + most + " alternatives when its groups are multiplied out.",
                    "Nest fewer \"or\" groups inside \"and\"; use \"in\" for several values of one field.");
        }
        return found;
    }

    private static List<List<Clause>> product(List<Filter> filters, int most) {
        List<List<Clause>> all = List.of(List.of());
        for (var filter : filters) {
            var next = new ArrayList<List<Clause>>();
            for (var more : filter.alternatives(most)) {
                for (var held : all) {
                    if (next.size() > most) {
                        return next;
                    }
                    var both = new ArrayList<>(held);
                    both.addAll(more);
                    next.add(both);
                }
            }
            all = next;
        }
        return all;
    }
}
