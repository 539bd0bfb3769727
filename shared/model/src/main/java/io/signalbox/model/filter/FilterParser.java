/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model.filter;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.FieldType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.model.filter.InvalidFilter.Reason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads filters.
 *
 * <p>As JSON: a clause is {@code {"field": "amount", "op": "gte", "value": 50000}}, with {@code values} where the operator
 * takes several; {@code {"and": [...]}} and {@code {"or": [...]}} join filters, to a depth of {@value #MOST_DEPTH} and up
 * to {@value #MOST_CLAUSES} clauses; an array is an {@code and}. As parameters of a query: {@code filter[amount][gte]=50000},
 * {@code filter[stage]=won}, {@code filter[company.country][in]=DE,AT}; all of them have to be met.
 *
 * <p>A field of linked records is written with the name of their object before it: {@code company.country}.
 */
public final class FilterParser {

    private static final int MOST_DEPTH = 5;
    private static final int MOST_CLAUSES = 50;
    private static final Pattern PARAMETER = Pattern.compile("filter\\[([^\\]\\[]+)](?:\\[([^\\]\\[]+)])?");
    private static final Set<String> CLAUSE = Set.of("field", "op", "value", "values");

    private final Filterable fields;
    private final Function<ObjectType, Optional<Filterable>> related;
    private int clauses;

    /**
     * @param fields of the object that is filtered
     * @param related of other objects; empty for an object there is not
     */
    public FilterParser(Filterable fields, Function<ObjectType, Optional<Filterable>> related) {
        this.fields = requireNonNull(fields, "fields is null");
        this.related = requireNonNull(related, "related is null");
    }

    /** @throws InvalidFilter naming the part, the field and the fix */
    public Filter parse(Value filter) {
        clauses = 0;
        return parse(filter, "", 1);
    }

    private Filter parse(Value filter, String pointer, int depth) {
        if (depth > MOST_DEPTH) {
            throw invalid(pointer, "", "Groups are nested deeper than " + MOST_DEPTH + ".", "Nest fewer groups.");
        }
        return switch (filter) {
            case Value.Null _ -> Filter.none();
            case Value.Arr(var items) -> new Filter.All(each(items, pointer, depth));
            case Value.Obj object
            when object.members().containsKey("and") -> new Filter.All(group(object, "and", pointer, depth));
            case Value.Obj object
            when object.members().containsKey("or") -> new Filter.Any(group(object, "or", pointer, depth));
            case Value.Obj object -> clause(object, pointer);
            default ->
                throw invalid(
                        pointer,
                        "",
                        "A filter is an object or an array of filters.",
                        "Write {\"field\": \"stage\", \"op\": \"eq\", \"value\": \"won\"}.");
        };
    }

    private List<Filter> group(Value.Obj object, String name, String pointer, int depth) {
        if (object.members().size() > 1) {
            throw invalid(pointer, "", "A group has no other member than \"" + name + "\".", "Nest the other inside.");
        }
        var at = pointer + "/" + name;
        if (!(object.get(name) instanceof Value.Arr(var items)) || items.isEmpty()) {
            throw invalid(at, "", "\"" + name + "\" is not an array with filters in it.", "Give it at least one.");
        }
        return each(items, at, depth);
    }

    private List<Filter> each(List<Value> items, String pointer, int depth) {
        var filters = new ArrayList<Filter>();
        for (var i = 0; i < items.size(); i++) {
            filters.add(parse(items.get(i), pointer + "/" + i, depth + 1));
        }
        return filters;
    }

    private Filter.Clause clause(Value.Obj object, String pointer) {
        for (var name : object.members().keySet()) {
            if (!CLAUSE.contains(name)) {
                throw invalid(
                        pointer + "/" + name,
                        "",
                        "A clause has no member \"" + name + "\".",
                        "It has field, op, and value or values.");
            }
        }
        var field = object.get("field").asText();
        if (field == null) {
            throw invalid(pointer + "/field", "", "The clause names no field.", "Add \"field\".");
        }
        var op = object.get("op");
        var operator = op instanceof Value.Null ? Operator.EQ : operator(op.asText(), pointer + "/op", field);
        var values = new ArrayList<Value>();
        if (object.get("values") instanceof Value.Arr(var several)) {
            values.addAll(several);
        } else if (object.get("value") instanceof Value.Arr(var several)) {
            values.addAll(several);
        } else if (object.members().containsKey("value")) {
            values.add(object.get("value"));
        }
        return clause(field, operator, values, pointer);
    }

    /**
     * The filter that these parameters of a query make; parameters of other names are left aside.
     *
     * @param parameters names, decoded, and their values
     * @throws InvalidFilter naming the parameter, the field and the fix
     */
    public Filter parse(Map<String, String> parameters) {
        clauses = 0;
        var filters = new ArrayList<Filter>();
        parameters.forEach((name, text) -> {
            if (!name.startsWith("filter")) {
                return;
            }
            var parts = PARAMETER.matcher(name);
            if (!parts.matches()) {
                throw invalid(name, "", "\"" + name + "\" is no filter.", "Write filter[amount][gte]=50000.");
            }
            var field = parts.group(1);
            var operator = parts.group(2) == null ? Operator.EQ : operator(parts.group(2), name, field);
            List<String> texts = switch (operator) {
                case EXISTS, NOT_EXISTS -> List.of();
                case IN, NOT_IN, BETWEEN -> Arrays.asList(text.split(",", -1));
                default -> List.of(text);
            };
            var type = type(path(field, name), name);
            filters.add(clause(
                    field, operator, texts.stream().map(one -> read(type, one)).toList(), name));
        });
        return filters.isEmpty() ? Filter.none() : new Filter.All(filters);
    }

    /** A parameter's text as the JSON value it stands for. */
    private static Value read(FieldType type, String text) {
        try {
            return switch (type) {
                case INTEGER, NUMBER -> Value.of(new BigDecimal(text.strip()));
                case BOOLEAN -> text.equals("true") ? Value.TRUE : text.equals("false") ? Value.FALSE : Value.of(text);
                default -> Value.of(text);
            };
        } catch (NumberFormatException _) {
            return Value.of(text);
        }
    }

    private static Operator operator(String name, String pointer, String field) {
        return Optional.ofNullable(name)
                .flatMap(Operator::parse)
                .orElseThrow(() -> invalid(
                        pointer,
                        field,
                        "There is no operator \"" + name + "\".",
                        "Use one of " + Arrays.toString(Operator.values()) + "."));
    }

    private Filter.Clause clause(String field, Operator operator, List<Value> values, String pointer) {
        if (++clauses > MOST_CLAUSES) {
            throw invalid(
                    pointer,
                    field,
                    "The filter has more than " + MOST_CLAUSES + " clauses.",
                    "Use \"in\", or split it.");
        }
        var path = path(field, pointer);
        var type = type(path, pointer);
        if (values.size() < operator.least() || values.size() > operator.most()) {
            var number = operator.least() == operator.most()
                    ? Integer.toString(operator.least())
                    : operator.least() + " to " + operator.most();
            throw invalid(
                    pointer,
                    field,
                    "\"" + operator + "\" takes " + number + " values; there are " + values.size() + ".",
                    "Put them into \"" + (operator.most() > 1 ? "values" : "value") + "\".");
        }
        for (var value : values) {
            if (Comparing.comparable(isOfText(operator) ? FieldType.STRING : type, value)
                    .isEmpty()) {
                throw invalid(
                        pointer,
                        field,
                        "A value for \"" + field + "\" is not " + type.description() + ".",
                        "Give it as " + type.description() + ".");
            }
        }
        return new Filter.Clause(path, type, operator, values);
    }

    private static boolean isOfText(Operator operator) {
        return operator == Operator.STARTS_WITH || operator == Operator.CONTAINS || operator == Operator.NOT_CONTAINS;
    }

    private FieldPath path(String name, String pointer) {
        var dot = name.indexOf('.');
        if (dot < 0 || fields.type(name).isPresent()) {
            return FieldPath.of(name);
        }
        var object = name.substring(0, dot);
        var field = name.substring(dot + 1);
        if (!object.matches("[a-z][a-z0-9_]{0,62}")
                || related.apply(new ObjectType(object)).isEmpty()) {
            throw notFilterable(
                    pointer,
                    name,
                    "There is no object \"" + object + "\" to follow.",
                    "Write a relation as the object's name in the singular: company.country.");
        }
        return new FieldPath(Optional.of(new ObjectType(object)), field);
    }

    private FieldType type(FieldPath path, String pointer) {
        var of = path.relation().isPresent()
                ? related.apply(path.relation().get()).orElseThrow()
                : fields;
        return of.type(path.field())
                .orElseThrow(() -> notFilterable(
                        pointer,
                        path.toString(),
                        "\"" + path + "\" has no index.",
                        "Filter by one of " + String.join(", ", of.names()) + ", or make the field filterable: PATCH"
                                + " /api/v4/schemas/" + of.object() + "/fields/" + path.field()
                                + " {\"filterable\": true}."));
    }

    /**
     * What to sort by: {@code amount}, or {@code -amount} for the greatest first.
     *
     * @throws InvalidFilter when the field has no index
     */
    public Sort sort(String text) {
        var descending = text.startsWith("-");
        var field = descending ? text.substring(1) : text;
        var type = type(FieldPath.of(field), "sort");
        if (field.equals(Filterable.UPDATED_AT) && !descending) {
            throw notFilterable(
                    "sort",
                    field,
                    "Records are not kept in the order of their last change, the oldest first.",
                    "Sort by -updated_at, or follow the change feed: GET /api/v4/changes.");
        }
        return new Sort(field, type, descending);
    }

    private static InvalidFilter invalid(String pointer, String field, String message, String fix) {
        return new InvalidFilter(Reason.INVALID, pointer, field, message, fix);
    }

    private static InvalidFilter notFilterable(String pointer, String field, String message, String fix) {
        return new InvalidFilter(Reason.NOT_FILTERABLE, pointer, field, message, fix);
    }
}
