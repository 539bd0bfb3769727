/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.api.versions.PreviousRecords;
import io.signalbox.model.PreviousVersion;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An answer of v4 as v3 gives it: its records in the shape of v3, its links to paths of v3. Whether it shows the
 * deprecated name of the lead score is known afterwards.
 */
final class PreviousAnswer {

    private static final Set<String> HELD = Set.of("custom", "data", "input", "outcome", "reasons");

    private final Call call;
    private final Predicate<String> wants;
    private boolean showsScore;

    /**
     * @param call the one of v3
     * @param wants whether a name of the score is to be shown
     */
    PreviousAnswer(Call call, Predicate<String> wants) {
        this.call = requireNonNull(call, "call is null");
        this.wants = requireNonNull(wants, "wants is null");
    }

    boolean showsScore() {
        return showsScore;
    }

    /** The body; null for one that is no JSON object. */
    Value.Obj body(Response response) {
        if (response.body().length == 0
                || !MediaTypes.JSON.equals(response.headers().get("Content-Type"))) {
            return null;
        }
        try {
            return Json.parse(response.body()) instanceof Value.Obj object ? (Value.Obj) paged(shown(object)) : null;
        } catch (Json.Malformed e) {
            throw new IllegalStateException("an answer is not JSON", e);
        }
    }

    /** The headers, with links to v3. */
    Map<String, String> headers(Response response, Value.Obj body) {
        var headers = new LinkedHashMap<>(response.headers());
        for (var name : List.of("Location", "Content-Location")) {
            headers.computeIfPresent(name, (_, location) -> here(location));
        }
        if (headers.containsKey("Link") && body != null) {
            var links = body.get("_links");
            var next = links.at("next").at("href");
            var first = "<" + links.at("first").at("href").asText() + ">; rel=\"first\"";
            headers.put("Link", next.isNull() ? first : "<" + next.asText() + ">; rel=\"next\", " + first);
        }
        return headers;
    }

    /** A link to where the same is in v3. */
    String here(String link) {
        var base = call.request().url().base();
        var current = base + PreviousVersion.currentPath(PreviousVersion.PATH);
        return link.startsWith(current + "/") ? base + PreviousVersion.PATH + link.substring(current.length()) : link;
    }

    private Value shown(Value value) {
        return switch (value) {
            case Value.Obj object -> {
                var members = new LinkedHashMap<String, Value>();
                object.members().forEach((name, member) -> members.put(name, member(name, member)));
                yield isRecord(object) ? record(new Value.Obj(members)) : Value.of(members);
            }
            case Value.Arr(var items) ->
                Value.of(items.stream().map(this::shown).toList());
            case Value.Text _, Value.Num _, Value.Bool _, Value.Null _ -> value;
        };
    }

    private Value member(String name, Value value) {
        if (value instanceof Value.Text(var text) && (name.equals("href") || name.equals("link"))) {
            return Value.of(here(text));
        }
        if (name.equals("properties") && value instanceof Value.Obj(var properties)) {
            var texts = new LinkedHashMap<String, Value>();
            properties.forEach(
                    (field, one) -> texts.put(field, PreviousRecords.isMoney(field) ? PreviousRecords.text(one) : one));
            return Value.of(texts);
        }
        return HELD.contains(name) ? value : shown(value);
    }

    private static boolean isRecord(Value.Obj object) {
        return object.get("object") instanceof Value.Text
                && object.get("version") instanceof Value.Num
                && object.get("_links") instanceof Value.Obj;
    }

    private Value record(Value.Obj record) {
        var shown = PreviousRecords.shown(record, wants);
        showsScore |= !shown.at(PreviousRecords.SCORE).isNull();
        return shown;
    }

    /** A page leads on with what was asked for, in the words of v3. */
    private Value paged(Value body) {
        if (body.at("_links").at("first").isNull()) {
            return body;
        }
        var query = PreviousRequest.queryOf(call.request());
        var first = call.link(call.request().path()) + (query.isEmpty() ? "" : "?" + query);
        var links = PreviousRequest.with(body.at("_links"), "first", RecordJson.link(first));
        var after = body.at("paging").at("next").at("after");
        if (after.isNull()) {
            return PreviousRequest.with(body, "_links", links);
        }
        var next = first + (query.isEmpty() ? "?" : "&") + "after=" + after.asText();
        var paging = Value.of(Map.of("next", Value.of(Map.of("after", after, "link", Value.of(next)))));
        links = PreviousRequest.with(links, "next", RecordJson.link(next));
        return PreviousRequest.with(PreviousRequest.with(body, "paging", paging), "_links", links);
    }
}
