/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.model.FieldType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Schemas;
import io.signalbox.model.Value;
import io.signalbox.model.filter.Filter.All;
import io.signalbox.model.filter.Filter.Any;
import io.signalbox.model.filter.Filter.Clause;
import io.signalbox.model.filter.InvalidFilter.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FilterParserTest {

    private static final Clause BIG = clause("amount", FieldType.NUMBER, Operator.GTE, Value.of(50_000));
    private static final Clause WON = clause("stage", FieldType.STRING, Operator.EQ, Value.of("won"));

    private final FilterParser parser = new FilterParser(
            Filterable.standard(ObjectType.DEAL),
            object -> Schemas.of(object).map(schema -> Filterable.standard(schema.object())));

    private static Clause clause(String field, FieldType type, Operator operator, Value... values) {
        return new Clause(FieldPath.of(field), type, operator, List.of(values));
    }

    private static Value object(Object... members) {
        var map = new TreeMap<String, Value>();
        for (var i = 0; i < members.length; i += 2) {
            map.put((String) members[i], members[i + 1] instanceof Value value ? value : Value.of("" + members[i + 1]));
        }
        return Value.of(map);
    }

    private InvalidFilter refused(Value filter) {
        return catchThrowableOfType(InvalidFilter.class, () -> parser.parse(filter));
    }

    @Test
    void groups_nest() {
        var big = object("field", "amount", "op", "GTE", "value", Value.of(50_000));
        var won = object("field", "stage", "value", "won");

        assertThat(parser.parse(big)).isEqualTo(BIG);
        assertThat(parser.parse(Value.of(List.of(big, won)))).isEqualTo(new All(List.of(BIG, WON)));
        assertThat(parser.parse(object("or", Value.of(List.of(big, object("and", Value.of(List.of(won))))))))
                .isEqualTo(new Any(List.of(BIG, new All(List.of(WON)))));
        assertThat(parser.parse(Value.NULL)).isEqualTo(Filter.none());
    }

    @Test
    void parameters_are_read_by_the_type_of_their_field() {
        var parameters = new TreeMap<>(Map.of(
                "filter[amount][gte]", "50000",
                "filter[stage]", "won",
                "filter[company.country][in]", "DE,AT",
                "filter[owner_id][exists]", "",
                "limit", "10"));

        assertThat(parser.parse(parameters))
                .isEqualTo(new All(List.of(
                        BIG,
                        new Clause(
                                new FieldPath(Optional.of(ObjectType.COMPANY), "country"),
                                FieldType.STRING,
                                Operator.IN,
                                List.of(Value.of("DE"), Value.of("AT"))),
                        clause("owner_id", FieldType.STRING, Operator.EXISTS),
                        WON)));
        assertThat(parser.parse(Map.of("limit", "3"))).isEqualTo(Filter.none());
    }

    @Test
    void a_field_without_an_index_is_refused_with_the_fix() {
        var refused = refused(Value.of(List.of(object("field", "lost_reason", "value", "price"))));

        assertThat(refused.reason()).isEqualTo(Reason.NOT_FILTERABLE);
        assertThat(refused.pointer()).isEqualTo("/0");
        assertThat(refused.field()).isEqualTo("lost_reason");
        assertThat(refused.fix()).contains("amount, close_date").contains("/api/v4/schemas/deal/fields/lost_reason");
        assertThat(refused(object("field", "company.lost_reason", "value", "x")).reason())
                .isEqualTo(Reason.NOT_FILTERABLE);
        assertThat(refused(object("field", "nobody.name", "value", "x")).reason())
                .isEqualTo(Reason.NOT_FILTERABLE);
    }

    @Test
    void what_is_not_in_the_grammar_is_refused_where_it_stands() {
        assertThat(refused(object("field", "amount", "op", "like", "value", "5"))
                        .pointer())
                .isEqualTo("/op");
        assertThat(refused(object("field", "amount", "op", "gt", "value", "much"))
                        .fix())
                .isEqualTo("Give it as a number.");
        assertThat(refused(object("field", "amount", "op", "between", "value", Value.of(5)))
                        .getMessage())
                .contains("takes 2 values");
        assertThat(refused(object("or", Value.of(List.of(Value.of("x"))))).pointer())
                .isEqualTo("/or/0");
        assertThat(refused(object("or", Value.of(List.of()))).pointer()).isEqualTo("/or");
        assertThat(refused(object("op", "eq")).pointer()).isEqualTo("/field");
        assertThat(refused(object("field", "amount", "weight", "5")).pointer()).isEqualTo("/weight");
        assertThatThrownBy(() -> parser.parse(Map.of("filter.amount", "5"))).isInstanceOf(InvalidFilter.class);
    }

    @Test
    void filters_have_bounds() {
        var deep = object("field", "stage", "value", "won");
        for (var i = 0; i < 6; i++) {
            deep = object("and", Value.of(List.of(deep)));
        }
        assertThat(refused(deep).getMessage()).contains("deeper");

        var many = new ArrayList<Value>();
        for (var i = 0; i < 51; i++) {
            many.add(object("field", "stage", "value", "s" + i));
        }
        assertThat(refused(Value.of(many)).getMessage()).contains("more than 50 clauses");
    }

    @Test
    void alternatives_multiply_out() {
        var both = new All(List.of(new Any(List.of(BIG, WON)), new Any(List.of(WON, BIG)), BIG));

        assertThat(both.alternatives(4)).hasSize(4).allMatch(clauses -> clauses.size() == 3);
        assertThatThrownBy(() -> both.alternatives(3)).isInstanceOf(InvalidFilter.class);
        assertThat(Filter.none().alternatives(1)).containsExactly(List.of());
    }

    @Test
    void a_sort_is_by_an_indexed_field() {
        assertThat(parser.sort("-amount")).isEqualTo(new Sort("amount", FieldType.NUMBER, true));
        assertThat(parser.sort("close_date")).isEqualTo(new Sort("close_date", FieldType.DATETIME, false));
        assertThat(parser.sort("-updated_at").descending()).isTrue();
        assertThatThrownBy(() -> parser.sort("updated_at")).isInstanceOf(InvalidFilter.class);
        assertThatThrownBy(() -> parser.sort("lost_reason")).isInstanceOf(InvalidFilter.class);
    }
}
