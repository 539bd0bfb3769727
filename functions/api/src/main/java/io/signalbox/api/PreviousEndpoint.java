/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.api.versions.Deprecation;
import io.signalbox.api.versions.Deprecations;
import io.signalbox.api.versions.PreviousRecords;
import io.signalbox.model.Operation;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** An operation of v3, around the current one that does it. */
final class PreviousEndpoint implements Endpoint {

    /** A survivor may have been merged in its turn. */
    private static final int MOST_MERGES = 10;

    private final Operation same;
    private final Operation get;
    private final Function<Operation, Endpoint> current;
    private final Function<Call, Optional<Kind>> kind;
    private final Deprecations deprecations;
    private final boolean enforces;
    private final InstantSource clock;

    /**
     * @param same the current operation
     * @param get the current operation that reads one record of the kind; null without a kind
     * @param kind which type of record a call is about
     */
    PreviousEndpoint(
            Operation same,
            Operation get,
            Function<Operation, Endpoint> current,
            Function<Call, Optional<Kind>> kind,
            Deprecations deprecations,
            boolean enforces,
            InstantSource clock) {
        this.same = requireNonNull(same, "same is null");
        this.get = get;
        this.current = requireNonNull(current, "current is null");
        this.kind = requireNonNull(kind, "kind is null");
        this.deprecations = requireNonNull(deprecations, "deprecations is null");
        this.enforces = enforces;
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public Response answer(Call call) throws Exception {
        var version = deprecations.named("v3");
        var items = new ArrayList<>(version.stream().toList());
        var signals = new Signals(call);
        var warnings = new Warnings();
        try {
            version.ifPresent(item -> refuse(signals, item));
            return answer(call, items, signals, warnings);
        } catch (Refusal refusal) {
            items.forEach(warnings::deprecated);
            var said = refusal;
            for (var header : signals.on(refusal.headers(), items).entrySet()) {
                said = said.with(header.getKey(), header.getValue());
            }
            var location = refusal.headers().get("Location");
            if (location != null) {
                said = said.with("Location", new PreviousAnswer(call, _ -> true).here(location));
            }
            throw warnings.isEmpty() ? said : said.with(Warnings.HEADER, warnings.header());
        }
    }

    private void refuse(Signals signals, Deprecation item) {
        if (enforces) {
            signals.refuse(item, clock.instant());
        }
    }

    /** @param items what the answer is concerned by, added to as it is found out */
    private Response answer(Call call, List<Deprecation> items, Signals signals, Warnings warnings) throws Exception {
        var about = kind.apply(call);
        var score = about.flatMap(kind -> deprecations.field(kind.object(), PreviousRecords.SCORE));
        var request = PreviousRequest.of(call, same, about, warnings);
        if (request.usesScore()) {
            score.ifPresent(items::addFirst);
            score.ifPresent(item -> refuse(signals, item));
        }
        var isAway =
                enforces && score.filter(item -> item.isAway(clock.instant())).isPresent();
        var answer = new PreviousAnswer(
                call, name -> request.wants(name) && !(isAway && name.equals(PreviousRecords.SCORE)));
        var response = survivor(request, current.apply(same).answer(request.call()));
        var body = answer.body(response);
        if (answer.showsScore() && !request.usesScore()) {
            score.ifPresent(items::addFirst);
        }
        items.forEach(warnings::deprecated);
        var headers = signals.on(answer.headers(response, body), items);
        if (!warnings.isEmpty()) {
            headers.put(Warnings.HEADER, warnings.header());
        }
        if (body == null) {
            return new Response(response.status(), headers, response.body());
        }
        var whole = request.warningsInBody() && !warnings.isEmpty()
                ? PreviousRequest.with(body, "warnings", warnings.json())
                : (Value) body;
        return new Response(response.status(), headers, Json.bytes(whole));
    }

    /** In place of 301: the record that the one asked for has become part of, and where it is. */
    private Response survivor(PreviousRequest request, Response response) throws Exception {
        var found = response;
        for (var i = 0; found.status() == 301 && i < MOST_MERGES; i++) {
            var id = Json.parse(found.body()).at("merged_into").asText();
            var location = found.headers().get("Location");
            found = current.apply(get).answer(request.about(id, get).call());
            found = found.status() == 200 ? found.with("Content-Location", location) : found;
        }
        return found;
    }
}
