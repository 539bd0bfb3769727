/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.search.SearchQuery;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.FieldType;
import io.signalbox.model.Value;
import io.signalbox.model.filter.Filter;
import io.signalbox.model.filter.FilterParser;
import io.signalbox.model.filter.Filterable;
import io.signalbox.model.filter.InvalidFilter;
import io.signalbox.model.filter.Sort;
import io.signalbox.runtime.Problem.Detail;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Reads what is looked for: from the parameters of a listing, from the body of a search, in one grammar. What asks for
 * something of linked records needs the scope to read those.
 */
final class SearchInput {

    private static final String SORT = "sort";
    private static final int LONGEST = 500;

    private final Kind kind;
    private final FilterParser parser;

    SearchInput(Call call, Kind kind, Kinds kinds) {
        this.kind = requireNonNull(kind, "kind is null");
        this.parser = new FilterParser(
                kind.filterable(),
                object -> kinds.of(object).map(other -> {
                    call.require(Kinds.readScope(other));
                    return other.filterable();
                }));
    }

    /** @param parameters of a query; those that have nothing to do with it are left aside */
    SearchQuery listing(Map<String, String> parameters, int limit) {
        var updatedAfter = Optional.ofNullable(parameters.get("updated_after"))
                .map(text -> time(text)
                        .orElseThrow(() -> Call.badParameter("updated_after", "INVALID_DATETIME", timeMessage())));
        var includeDeleted = Call.flag(parameters, "include_deleted");
        // In one order everywhere: a cursor knows a clause by its place.
        var filter = checked("", () -> parser.parse(new TreeMap<>(parameters)));
        return query(filter, parameters.get(SORT), includeDeleted, updatedAfter, limit);
    }

    SearchQuery search(Value.Obj body, int limit) {
        var updatedAfter = text(body, "updated_after")
                .map(text -> time(text).orElseThrow(() -> wrong("/updated_after", "INVALID_DATETIME", timeMessage())));
        var includeDeleted = switch (body.get("include_deleted")) {
            case Value.Null _ -> false;
            case Value.Bool(var truth) -> truth;
            default -> throw wrong("/include_deleted", "INVALID_BOOLEAN", "include_deleted is true or false.");
        };
        var filter = checked("/filter", () -> parser.parse(body.get("filter")));
        return query(filter, text(body, SORT).orElse(null), includeDeleted, updatedAfter, limit);
    }

    private SearchQuery query(
            Filter filter, String sort, boolean includeDeleted, Optional<Instant> updatedAfter, int limit) {
        var order = Optional.ofNullable(sort).map(text -> checked("", () -> parser.sort(text)));
        order.ifPresent(by -> check(by, filter, includeDeleted));
        return new SearchQuery(kind.object(), kind.filterable(), filter, order, includeDeleted, updatedAfter, limit);
    }

    /** Refuses an order that the records would not be in, or that some would be missing from. */
    private static void check(Sort by, Filter filter, boolean includeDeleted) {
        if (by.field().equals(Filterable.ID) && (by.descending() || !filter.equals(Filter.none()))) {
            throw refusal(
                    ErrorCode.INVALID_FILTER,
                    SORT,
                    "Records are in the order of their ids, ascending, where there is no filter; there is no such"
                            + " order else.",
                    "Sort by created_at or -created_at, which is the same order.");
        }
        var isIndexed = !by.field().equals(Filterable.ID) && !by.field().equals(Filterable.UPDATED_AT);
        if (includeDeleted && isIndexed) {
            throw refusal(
                    ErrorCode.INVALID_FILTER,
                    SORT,
                    "Deleted records are in no index, so they have no place in this order.",
                    "Leave out sort, or sort by -updated_at.");
        }
    }

    private <T> T checked(String pointer, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (InvalidFilter e) {
            var building = kind.notReady(e.field());
            if (e.reason() == InvalidFilter.Reason.NOT_FILTERABLE && building.isPresent()) {
                throw building.get();
            }
            throw refusal(e, pointer);
        }
    }

    /** @param pointer to the filter in the body; empty for parameters */
    static Refusal refusal(InvalidFilter invalid, String pointer) {
        var code = switch (invalid.reason()) {
            case INVALID -> ErrorCode.INVALID_FILTER;
            case NOT_FILTERABLE -> ErrorCode.FIELD_NOT_FILTERABLE;
        };
        return refusal(code, cut(pointer + invalid.pointer()), cut(invalid.getMessage()), invalid.fix());
    }

    private static Refusal refusal(ErrorCode code, String pointer, String message, String fix) {
        return Refusal.of(code, message + " See details for what to do.", new Detail(pointer, code.name(), fix));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    static Optional<String> text(Value.Obj body, String name) {
        return switch (body.get(name)) {
            case Value.Null _ -> Optional.empty();
            case Value.Text(var text) -> Optional.of(text);
            default -> throw wrong("/" + name, "INVALID_TYPE", name + " must be a text.");
        };
    }

    private static Refusal wrong(String pointer, String code, String message) {
        return Refusal.invalid(List.of(new Detail(pointer, code, message)));
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static String timeMessage() {
        return "updated_after must be " + FieldType.DATETIME.description() + ".";
    }
}
