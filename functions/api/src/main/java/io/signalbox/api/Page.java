/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.model.Value;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A page of a listing, asked for by {@code limit} and {@code after}. */
record Page(int limit, Optional<String> after) {

    private static final int USUAL = 20;

    /** What the call asks for: {@code after} is the position that its cursor holds. */
    static Page of(Call call, Cursors cursors) throws ParametersUnavailable {
        var query = call.query("limit", "after");
        var cursor = query.get("after");
        var after = cursor == null ? Optional.<String>empty() : Optional.of(cursors.read(call, cursor));
        return new Page(Call.limit(query, USUAL), after);
    }

    /**
     * The answer: {@code results}, and where there is more, {@code paging.next} and a {@code Link} (RFC 8288).
     *
     * @param position where the next page starts; empty on the last page
     */
    Response answer(Call call, Cursors cursors, List<Value> results, Optional<String> position)
            throws ParametersUnavailable {
        var body = new LinkedHashMap<String, Value>();
        body.put("results", Value.of(results));
        if (position.isEmpty()) {
            return Response.json(200, Value.of(body));
        }
        var cursor = cursors.write(call, position.get());
        var first = call.link(call.request().path()) + "?limit=" + limit;
        var next = first + "&after=" + cursor;
        body.put(
                "paging",
                Value.of(Map.of("next", Value.of(Map.of("after", Value.of(cursor), "link", Value.of(next))))));
        return Response.json(200, Value.of(body))
                .with("Link", "<" + next + ">; rel=\"next\", <" + first + ">; rel=\"first\"");
    }
}
