/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.model.Value;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A page of a listing, asked for by {@code limit} and {@code after}. */
record Page(int limit, Optional<String> after, Map<String, String> query) {

    private static final int USUAL = 20;

    Page {
        query = Map.copyOf(query);
    }

    /**
     * What the call asks for: {@code after} is the position that its cursor holds.
     *
     * @param known what the query may hold besides {@code limit} and {@code after}
     */
    static Page of(Call call, Cursors cursors, String... known) throws ParametersUnavailable {
        var names = new ArrayList<>(List.of(known));
        names.addAll(List.of("limit", "after"));
        var query = call.query(names.toArray(String[]::new));
        var cursor = query.get("after");
        var after = cursor == null ? Optional.<String>empty() : Optional.of(cursors.read(call, cursor));
        return new Page(Call.limit(query, USUAL), after, query);
    }

    /**
     * The answer: {@code results}, and where there is more, {@code paging.next} and a {@code Link} (RFC 8288).
     *
     * @param position where the next page starts; empty on the last page
     */
    Response answer(Call call, Cursors cursors, List<Value> results, Optional<String> position)
            throws ParametersUnavailable {
        return answer(call, cursors, results, position, Map.of());
    }

    /** @param more further members of the body */
    Response answer(Call call, Cursors cursors, List<Value> results, Optional<String> position, Map<String, Value> more)
            throws ParametersUnavailable {
        var body = new LinkedHashMap<String, Value>();
        body.put("results", Value.of(results));
        var first = first(call);
        var links = new LinkedHashMap<String, Value>();
        links.put("first", RecordJson.link(first));
        var link = "<" + first + ">; rel=\"first\"";
        if (position.isPresent()) {
            var cursor = cursors.write(call, position.get());
            var next = first + "&after=" + cursor;
            body.put(
                    "paging",
                    Value.of(Map.of("next", Value.of(Map.of("after", Value.of(cursor), "link", Value.of(next))))));
            links.put("next", RecordJson.link(next));
            link = "<" + next + ">; rel=\"next\", " + link;
        }
        body.putAll(more);
        body.put("_links", Value.of(links));
        return Response.json(200, Value.of(body)).with("Link", link);
    }

    /** The address of the first page, with all that was asked for. */
    private String first(Call call) {
        var others = new TreeMap<>(query);
        others.remove("after");
        others.put("limit", Integer.toString(limit));
        return call.link(call.request().path()) + "?"
                + others.entrySet().stream()
                        .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                        .collect(Collectors.joining("&"));
    }

    /** As one segment of a path. */
    static String segment(String text) {
        return encoded(text).replace("+", "%20");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
