/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.Operation;
import io.signalbox.model.Scope;
import io.signalbox.runtime.Problem;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that was let in, and the operation it is for.
 *
 * @param variables the varying parts of the path, decoded, by their name in the template
 * @param once what makes its changes the same when it is sent again
 */
record Call(Request request, Operation operation, Map<String, String> variables, Once once) {

    /** Among the names a query may hold, it stands for all filters. */
    static final String FILTER = "filter";

    private static final Once NOTHING = new Once("", Instant.EPOCH);

    Call {
        requireNonNull(request, "request is null");
        requireNonNull(operation, "operation is null");
        variables = Map.copyOf(variables);
        requireNonNull(once, "once is null");
    }

    Call(Request request, Operation operation, Map<String, String> variables) {
        this(request, operation, variables, NOTHING);
    }

    Call once(Once other) {
        return new Call(request, operation, variables, other);
    }

    /** The client that calls; empty for a public operation. */
    String client() {
        return request.access().client();
    }

    /** Refuses a call whose token lacks a scope that this part of it needs besides the operation's own. */
    void require(Scope scope) {
        Gate.require(scope, request);
    }

    String variable(String name) {
        return requireNonNull(variables.get(name), () -> operation.id() + " has no variable " + name);
    }

    /** An absolute link to a path of this API. */
    String link(String path) {
        return request.url().base() + path;
    }

    /**
     * The query's parameters. A name that is not among those the operation knows is refused, for a filter that is
     * silently ignored answers the wrong question; {@code access_token} alone is ignored, as RFC 6750 asks.
     */
    Map<String, String> query(String... known) {
        var parameters = new HashMap<String, String>();
        for (var pair : Request.form(request.rawQuery())) {
            var name = pair.getKey();
            if (name.equals("access_token")) {
                continue;
            }
            if (!Arrays.asList(known).contains(name) && !isFilter(name, known)) {
                throw badParameter(
                        name,
                        "UNKNOWN_PARAMETER",
                        "There is no such query parameter here."
                                + Nearest.to(name, List.of(known))
                                        .map(near -> " Did you mean " + near + "?")
                                        .orElse(""));
            }
            if (parameters.put(name, pair.getValue()) != null) {
                throw badParameter(name, "REPEATED", "The query parameter is given twice.");
            }
        }
        return parameters;
    }

    /** Filters vary in their names: {@code filter[amount][gte]}. */
    private static boolean isFilter(String name, String... known) {
        return name.startsWith(FILTER) && Arrays.asList(known).contains(FILTER);
    }

    /** The parameter {@code limit}: 1 to 100. */
    static int limit(Map<String, String> query, int otherwise) {
        var text = Optional.ofNullable(query.get("limit"));
        if (text.isEmpty()) {
            return otherwise;
        }
        var fits = text.get().length() <= 3
                && !text.get().isEmpty()
                && text.get().chars().allMatch(c -> c >= '0' && c <= '9');
        var limit = fits ? Integer.parseInt(text.get()) : 0;
        if (limit < 1 || limit > 100) {
            throw badParameter("limit", "OUT_OF_RANGE", "limit is a whole number from 1 to 100.");
        }
        return limit;
    }

    /** A parameter that is true or false, and false when it is missing. */
    static boolean flag(Map<String, String> query, String name) {
        var text = query.getOrDefault(name, "false");
        if (!text.equals("true") && !text.equals("false")) {
            throw badParameter(name, "INVALID_BOOLEAN", name + " is true or false.");
        }
        return text.equals("true");
    }

    static Refusal badParameter(String name, String code, String message) {
        var shown = name.length() <= 40 && name.chars().allMatch(c -> c > ' ' && c < 127) ? name : "?";
        return Refusal.of(ErrorCode.MALFORMED_REQUEST, message, new Problem.Detail(shown, code, message));
    }
}
