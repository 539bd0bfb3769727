/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.search.Search;
import io.signalbox.core.search.SearchPage;
import io.signalbox.core.search.SearchQuery;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.Value;
import io.signalbox.model.filter.Filterable;
import io.signalbox.model.filter.InvalidFilter;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.runtime.Json;
import io.signalbox.runtime.Problem.Detail;
import io.signalbox.store.FeedStore;
import io.signalbox.store.LinkStore;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Records of one kind as they are looked for: listed, by parameters, and searched, by a body; in one grammar, a page at
 * a time, without a ceiling. What a page costs does not grow with what is stored.
 */
final class SearchOperations implements Family {

    private static final int USUAL = 20;
    private static final Set<String> BODY =
            Set.of("filter", "sort", "fields", "expand", "updated_after", "include_deleted", "limit", "after");

    private final ObjectSchema names;
    private final Kind.Of kinds;
    private final Kinds others;
    private final RecordService records;
    private final Search search;
    private final Cursors cursors;
    private final LinkStore links;
    private final InstantSource clock;

    /** @param names what the operations are called after */
    SearchOperations(
            ObjectSchema names,
            Kind.Of kinds,
            Kinds others,
            RecordService records,
            Search search,
            Cursors cursors,
            LinkStore links,
            InstantSource clock) {
        this.names = requireNonNull(names, "names is null");
        this.kinds = requireNonNull(kinds, "kinds is null");
        this.others = requireNonNull(others, "others is null");
        this.records = requireNonNull(records, "records is null");
        this.search = requireNonNull(search, "search is null");
        this.cursors = requireNonNull(cursors, "cursors is null");
        this.links = requireNonNull(links, "links is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of("list" + names.many(), this::list, "search" + names.many(), this::search);
    }

    private Response list(Call call) throws ParametersUnavailable {
        var kind = kinds.of(call);
        var page = Page.of(call, cursors, "fields", "expand", "sort", "updated_after", "include_deleted", Call.FILTER);
        var shape = Shape.of(call, kind, others, page.query());
        var query = new SearchInput(call, kind, others).listing(page.query(), page.limit());
        var found = find(query, page.after(), "");
        var results = shape.shown(call, kind, records, links, found.records());
        return page.answer(call, cursors, results, found.next(), said(query, found));
    }

    private Response search(Call call) throws ParametersUnavailable {
        call.query();
        var kind = kinds.of(call);
        var body = body(call);
        var shape = Shape.of(call, kind, others, shape(body));
        var query = new SearchInput(call, kind, others).search(body, limit(body));
        var about = about(body);
        var cursor = SearchInput.text(body, "after");
        var from = cursor.isPresent() ? Optional.of(cursors.read(call, about, cursor.get())) : Optional.<String>empty();
        var found = find(query, from, "/filter");
        var answer = new LinkedHashMap<String, Value>();
        answer.put("results", Value.of(shape.shown(call, kind, records, links, found.records())));
        if (found.next().isPresent()) {
            var after = cursors.write(call, about, found.next().get(), Cursors.LIFETIME);
            answer.put("paging", Value.of(Map.of("next", Value.of(Map.of("after", Value.of(after))))));
        }
        answer.putAll(said(query, found));
        return Response.json(200, Value.of(answer));
    }

    private static Value.Obj body(Call call) {
        var body = Bodies.object(call.request());
        for (var name : body.members().keySet()) {
            if (!BODY.contains(name)) {
                var near = Nearest.to(name, List.copyOf(BODY));
                throw Refusal.invalid(List.of(new Detail(
                        "/" + Pointers.step(name),
                        "UNKNOWN_FIELD",
                        "A search has no such member."
                                + near.map(one -> " Did you mean " + one + "?").orElse(""))));
            }
        }
        return body;
    }

    /** The members {@code fields} and {@code expand}, as the parameters of that name are written. */
    private static Map<String, String> shape(Value.Obj body) {
        var shape = new TreeMap<String, String>();
        for (var name : List.of("fields", "expand")) {
            switch (body.get(name)) {
                case Value.Null _ -> {}
                case Value.Arr(var items)
                when items.stream().allMatch(Value.Text.class::isInstance) ->
                    shape.put(name, items.stream().map(Value::asText).collect(Collectors.joining(",")));
                default ->
                    throw Refusal.invalid(
                            List.of(new Detail("/" + name, "INVALID_TYPE", name + " must be an array of texts.")));
            }
        }
        return shape;
    }

    private static int limit(Value.Obj body) {
        return switch (body.get("limit")) {
            case Value.Null _ -> USUAL;
            case Value.Num(var number)
            when number.stripTrailingZeros().scale() <= 0
                    && number.signum() > 0
                    && number.intValue() <= 100
                    && number.precision() - number.scale() <= 3 -> number.intValue();
            default ->
                throw Refusal.invalid(
                        List.of(new Detail("/limit", "OUT_OF_RANGE", "limit is a whole number from 1 to 100.")));
        };
    }

    /** What the search is of, whatever the page and the order of members. */
    private static String about(Value.Obj body) {
        var members = new TreeMap<>(body.members());
        members.remove("after");
        members.remove("limit");
        return Json.text(ordered(Value.of(members)));
    }

    private static Value ordered(Value value) {
        return switch (value) {
            case Value.Obj(var members) -> {
                var sorted = new TreeMap<String, Value>();
                members.forEach((name, member) -> sorted.put(name, ordered(member)));
                yield Value.of(sorted);
            }
            case Value.Arr(var items) ->
                Value.of(items.stream().map(SearchOperations::ordered).toList());
            default -> value;
        };
    }

    private SearchPage find(SearchQuery query, Optional<String> from, String pointer) {
        try {
            return search.find(query, from);
        } catch (InvalidFilter e) {
            throw SearchInput.refusal(e, pointer);
        } catch (IllegalArgumentException _) {
            // What the plan was made of has changed since the cursor was given out.
            throw Cursors.invalid();
        }
    }

    /** What is to be known of a page besides its records. */
    private Map<String, Value> said(SearchQuery query, SearchPage found) {
        var said = new LinkedHashMap<String, Value>();
        said.put("consistency", Value.of(found.consistency().name().toLowerCase(Locale.ROOT)));
        if (query.sort().filter(by -> by.field().equals(Filterable.UPDATED_AT)).isPresent()) {
            said.put(
                    "changes_since",
                    Value.of(clock.instant().minus(FeedStore.KEPT).toString()));
        }
        return said;
    }
}
