/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.Link;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Stamp;
import io.signalbox.model.Value;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.runtime.Problem.Detail;
import io.signalbox.store.LinkStore;
import io.signalbox.store.LinkStore.Linked;
import io.signalbox.store.LinkStore.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Links from records of a kind to others, with a label or without. A link is seen from both sides; either lists its own
 * in one query. The operations ask for the kind's scope, and for that of reading the other kind besides.
 */
final class AssociationOperations implements Family {

    private final ObjectSchema names;
    private final Kind.Of kindOf;
    private final Kinds kinds;
    private final RecordService records;
    private final LinkStore links;
    private final Cursors cursors;

    AssociationOperations(
            ObjectSchema names, Kind.Of kindOf, Kinds kinds, RecordService records, LinkStore links, Cursors cursors) {
        this.names = requireNonNull(names, "names is null");
        this.kindOf = requireNonNull(kindOf, "kindOf is null");
        this.kinds = requireNonNull(kinds, "kinds is null");
        this.records = requireNonNull(records, "records is null");
        this.links = requireNonNull(links, "links is null");
        this.cursors = requireNonNull(cursors, "cursors is null");
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of(
                "list" + names.one() + "Associations", this::list,
                "associate" + names.one(), this::associate,
                "dissociate" + names.one(), this::dissociate);
    }

    private Response list(Call call) throws ParametersUnavailable {
        var kind = kindOf.of(call);
        var other = kinds.require(call.variable("to"));
        call.require(Kinds.readScope(other));
        var page = Page.of(call, cursors);
        var from = key(kind, call.variable("id"));
        alive(kind, from);
        var found = links.list(from, Optional.of(other.object()), page.after(), page.limit() + 1);
        var shown = found.subList(0, Math.min(page.limit(), found.size()));
        var results = shown.stream().map(linked -> json(call, other, linked)).toList();
        var next = found.size() > page.limit() ? Optional.of(shown.getLast().position()) : Optional.<String>empty();
        return page.answer(call, cursors, results, next);
    }

    static Value json(Call call, Kind other, Linked linked) {
        var json = new LinkedHashMap<String, Value>();
        json.put("id", Value.of(linked.other().id().toString()));
        json.put("object", Value.of(linked.other().object().name()));
        json.put(
                "label",
                linked.link().label().isEmpty()
                        ? Value.NULL
                        : Value.of(linked.link().label()));
        json.put("since", Value.of(linked.since().time().toString()));
        json.put(
                "_links",
                Value.of(Map.of(
                        "self", RecordJson.link(other.link(call, linked.other().id())))));
        return Value.of(json);
    }

    private Response associate(Call call) {
        var kind = kindOf.of(call);
        var other = kinds.require(call.variable("to"));
        call.require(Kinds.readScope(other));
        var link = link(call, kind, other);
        alive(kind, key(kind, call.variable("id")));
        alive(other, key(other, call.variable("to_id")));
        var before = links.get(link);
        if (before.filter(Statement::present).isEmpty()) {
            links.put(new Statement(link, true, stamp(call, 0, before)));
        }
        var held = links.get(link).orElseThrow();
        var self = key(kind, call.variable("id"));
        var body = json(call, other, new Linked(link, link.other(self), held.stamp(), ""));
        return Response.json(before.filter(Statement::present).isPresent() ? 200 : 201, body);
    }

    private Response dissociate(Call call) {
        var kind = kindOf.of(call);
        var other = kinds.require(call.variable("to"));
        call.require(Kinds.readScope(other));
        var link = link(call, kind, other);
        var before = links.get(link);
        if (before.filter(Statement::present).isPresent()) {
            links.put(new Statement(link, false, stamp(call, 0, before)));
        }
        return Response.empty(204);
    }

    /** Now, or a moment after what was said last: who sees a link and removes it means to. */
    static Stamp stamp(Call call, int index, Optional<Statement> before) {
        var at = call.once().at().toEpochMilli();
        var after = before.map(said -> said.stamp().millis() + 1).orElse(at);
        return new Stamp(Math.max(at, after), call.once().event(index).tag());
    }

    private static Link link(Call call, Kind kind, Kind other) {
        var label = call.query("label").getOrDefault("label", "");
        if (!Link.isLabel(label)) {
            throw Call.badParameter("label", "INVALID_NAME", "A label is 1 to 63 of a-z, 0-9 and _, a letter first.");
        }
        var from = key(kind, call.variable("id"));
        var to = key(other, call.variable("to_id"));
        if (from.equals(to)) {
            throw Refusal.of(
                    ErrorCode.VALIDATION_FAILED,
                    "A record is not associated with itself.",
                    new Detail("to_id", "SAME_RECORD", "This is the record itself."));
        }
        return new Link(from, to, label);
    }

    private static RecordKey key(Kind kind, String id) {
        return RecordId.parse(id)
                .map(some -> new RecordKey(kind.object(), some))
                .orElseThrow(() -> Outcomes.missing(kind, "id"));
    }

    private void alive(Kind kind, RecordKey key) {
        var record =
                Optional.ofNullable(records.get(List.of(key)).get(key)).orElseThrow(() -> Outcomes.missing(kind, "id"));
        if (!record.isAlive() && record.mergedInto().isEmpty()) {
            throw Outcomes.gone(kind, record);
        }
    }
}
