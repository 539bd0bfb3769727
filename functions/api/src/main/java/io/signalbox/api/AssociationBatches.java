/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.Link;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Value;
import io.signalbox.runtime.Problem.Detail;
import io.signalbox.store.LinkStore;
import io.signalbox.store.LinkStore.Linked;
import io.signalbox.store.LinkStore.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Up to a hundred links between records of two types at once: made, read, removed, each for itself. Who changes links needs
 * the scope to write the first type besides, and to read the other.
 */
final class AssociationBatches implements Family {

    private static final int MOST = 100;

    /** Links of one record; for more of them it has a listing of its own. */
    private static final int MOST_LINKS = 100;

    private final Kinds kinds;
    private final RecordService records;
    private final LinkStore links;

    AssociationBatches(Kinds kinds, RecordService records, LinkStore links) {
        this.kinds = requireNonNull(kinds, "kinds is null");
        this.records = requireNonNull(records, "records is null");
        this.links = requireNonNull(links, "links is null");
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of(
                "batchCreateAssociations", this::create,
                "batchReadAssociations", this::read,
                "batchArchiveAssociations", this::archive);
    }

    /** What becomes of one input. */
    private interface Step {
        Value of(BatchInput input);
    }

    private Response create(Call call) {
        call.query();
        var from = writable(call);
        var to = readable(call, "to");
        var inputs = BatchInput.all(Bodies.object(call.request()), MOST);
        var wanted = new HashSet<RecordKey>();
        for (var input : inputs) {
            id(input, "from_id").ifPresent(id -> wanted.add(new RecordKey(from.object(), id)));
            id(input, "to_id").ifPresent(id -> wanted.add(new RecordKey(to.object(), id)));
        }
        var found = records.get(wanted);
        return answer(call, inputs, 201, input -> {
            var link = link(input, from, to);
            alive(found, from, key(input, "from_id", from));
            alive(found, to, key(input, "to_id", to));
            var before = links.get(link);
            var isThere = before.filter(Statement::present).isPresent();
            if (!isThere) {
                links.put(new Statement(link, true, AssociationOperations.stamp(call, input.index(), before)));
            }
            var self = key(input, "from_id", from);
            var stamp = links.get(link).orElseThrow().stamp();
            var shown = AssociationOperations.json(call, to, new Linked(link, link.other(self), stamp, ""));
            return result(input, isThere ? 200 : 201, Map.of("association", shown));
        });
    }

    private Response archive(Call call) {
        call.query();
        var from = writable(call);
        var to = readable(call, "to");
        var inputs = BatchInput.all(Bodies.object(call.request()), MOST);
        return answer(call, inputs, 200, input -> {
            var link = link(input, from, to);
            var before = links.get(link);
            if (before.filter(Statement::present).isPresent()) {
                links.put(new Statement(link, false, AssociationOperations.stamp(call, input.index(), before)));
            }
            return result(input, 204, Map.of());
        });
    }

    private Response read(Call call) {
        call.query();
        var from = readable(call, "from");
        var to = readable(call, "to");
        var inputs = BatchInput.all(Bodies.object(call.request()), MOST);
        var wanted = new HashSet<RecordKey>();
        inputs.forEach(input -> id(input, "id").ifPresent(id -> wanted.add(new RecordKey(from.object(), id))));
        var found = records.get(wanted);
        return answer(call, inputs, 200, input -> {
            input.only("id");
            var key = key(input, "id", from);
            alive(found, from, key);
            var all = links.list(key, Optional.of(to.object()), Optional.empty(), MOST_LINKS + 1);
            var shown = all.stream()
                    .limit(MOST_LINKS)
                    .map(linked -> AssociationOperations.json(call, to, linked))
                    .toList();
            var more = new LinkedHashMap<String, Value>();
            more.put("associations", Value.of(shown));
            more.put("has_more", all.size() > MOST_LINKS ? Value.TRUE : Value.FALSE);
            return result(input, 200, more);
        });
    }

    private Kind readable(Call call, String variable) {
        var kind = kinds.require(call.variable(variable));
        call.require(Kinds.readScope(kind));
        return kind;
    }

    private Kind writable(Call call) {
        var kind = kinds.require(call.variable("from"));
        call.require(Kinds.writeScope(kind));
        return kind;
    }

    private static Link link(BatchInput input, Kind from, Kind to) {
        input.only("from_id", "to_id", "label");
        var label = input.text("label").orElse("");
        if (!Link.isLabel(label)) {
            throw invalid("/label", "INVALID_NAME", "A label is 1 to 63 of a-z, 0-9 and _, a letter first.");
        }
        var one = key(input, "from_id", from);
        var other = key(input, "to_id", to);
        if (one.equals(other)) {
            throw invalid("/to_id", "SAME_RECORD", "A record is not associated with itself.");
        }
        return new Link(one, other, label);
    }

    private static Optional<RecordId> id(BatchInput input, String name) {
        return input.members().get(name) instanceof Value.Text(var text) ? RecordId.parse(text) : Optional.empty();
    }

    private static RecordKey key(BatchInput input, String name, Kind kind) {
        return RecordId.parse(input.require(name))
                .map(id -> new RecordKey(kind.object(), id))
                .orElseThrow(() -> Outcomes.missing(kind, "id"));
    }

    private static void alive(Map<RecordKey, CrmRecord> found, Kind kind, RecordKey key) {
        var record = found.get(key);
        if (record == null) {
            throw Outcomes.missing(kind, "id");
        }
        if (!record.isAlive() && record.mergedInto().isEmpty()) {
            throw Outcomes.gone(kind, record);
        }
    }

    private static Refusal invalid(String pointer, String code, String message) {
        return Refusal.invalid(List.of(new Detail(pointer, code, message)));
    }

    private static Value result(BatchInput input, int status, Map<String, Value> more) {
        var json = new LinkedHashMap<String, Value>();
        json.put("client_ref", input.ref());
        json.put("status", Value.of(status));
        json.putAll(more);
        return Value.of(json);
    }

    /** The plain status when all went well, 207 when it did not: then the results are to be looked at one by one. */
    private static Response answer(Call call, List<BatchInput> inputs, int success, Step step) {
        var results = new ArrayList<Value>();
        var isMixed = false;
        for (var input : inputs) {
            try {
                results.add(step.of(input));
            } catch (Refusal refusal) {
                isMixed = true;
                var error = refusal.problem()
                        .json(call.request().url().base(), call.request().correlationId());
                ErrorCode code = refusal.problem().code();
                results.add(result(input, code.status(), Map.of("error", error)));
            }
        }
        return Response.json(isMixed ? 207 : success, Value.of(Map.of("results", Value.of(results))));
    }
}
