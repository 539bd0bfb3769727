/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.Edit;
import io.signalbox.core.Edit.Target;
import io.signalbox.core.Edit.Verb;
import io.signalbox.core.Edited;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.runtime.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Many records in one call: {@code {"inputs": […]}} in, {@code {"results": […]}} out, the nth result being the nth
 * input's. Each result has the status that the single call would have been answered with.
 *
 * <p>Up to 100 inputs, each for itself; up to 25 with {@code atomic=true}, all or none in one transaction. What a batch
 * costs is what its items cost, but they share one journal segment and one read.
 */
final class BatchOperations implements Family {

    private static final int MOST = 100;
    private static final int MOST_ATOMIC = 25;

    private final ObjectSchema names;
    private final Kind.Of kinds;
    private final RecordService records;
    private final boolean demandsIfMatch;

    BatchOperations(ObjectSchema names, Kind.Of kinds, RecordService records, boolean demandsIfMatch) {
        this.names = requireNonNull(names, "names is null");
        this.kinds = requireNonNull(kinds, "kinds is null");
        this.records = requireNonNull(records, "records is null");
        this.demandsIfMatch = demandsIfMatch;
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of(
                "batchCreate" + names.many(), call -> write(call, BatchOperations::create, 201),
                "batchUpdate" + names.many(), call -> write(call, this::update, 200),
                "batchUpsert" + names.many(), call -> write(call, BatchOperations::upsert, 200),
                "batchArchive" + names.many(), call -> write(call, this::archive, 200),
                "batchRead" + names.many(), this::read);
    }

    /** Makes an edit of one input; throws {@link Refusal} when it is not right. */
    private interface Reader {
        Edit edit(Call call, Kind kind, BatchInput input);
    }

    private static Edit create(Call call, Kind kind, BatchInput input) {
        input.only("record");
        var properties = RecordInput.creation(kind.schema(), input.object("record"));
        return RecordService.edit(
                call, input.index(), new Target.New(kind.object()), Verb.SET, properties, IfMatch.NONE);
    }

    private Edit update(Call call, Kind kind, BatchInput input) {
        input.only("id", "if_match", "record");
        var properties = RecordInput.patch(kind.schema(), input.object("record"));
        return edit(call, kind, input, Verb.SET, properties);
    }

    private Edit archive(Call call, Kind kind, BatchInput input) {
        input.only("id", "if_match");
        return edit(call, kind, input, Verb.DELETE, Map.of());
    }

    private Edit edit(Call call, Kind kind, BatchInput input, Verb verb, Map<String, Value> properties) {
        var match =
                input.text("if_match").map(IfMatch::parse).orElse(IfMatch.NONE).orDemand(demandsIfMatch);
        var id = RecordId.parse(input.require("id")).orElseThrow(() -> Outcomes.missing(kind, "id"));
        var target = new Target.Id(new RecordKey(kind.object(), id));
        return RecordService.edit(call, input.index(), target, verb, properties, match);
    }

    private static Edit upsert(Call call, Kind kind, BatchInput input) {
        input.only("key", "value", "record");
        var key = kind.keyOrRefusal(input.require("key"), input.require("value"));
        var properties = RecordInput.patch(kind.schema(), input.object("record"));
        RecordWrites.agree(kind, key, properties);
        return RecordService.edit(
                call, input.index(), new Target.Key(key, true, true), Verb.SET, properties, IfMatch.NONE);
    }

    private Response write(Call call, Reader reader, int success) {
        var atomic = atomic(call);
        var kind = kinds.of(call);
        var inputs = BatchInput.all(Bodies.object(call.request()), atomic ? MOST_ATOMIC : MOST);
        var results = new BatchResult[inputs.size()];
        var edits = new ArrayList<Edit>();
        var indexes = new ArrayList<Integer>();
        for (var input : inputs) {
            try {
                edits.add(reader.edit(call, kind, input));
                indexes.add(input.index());
            } catch (Refusal refusal) {
                results[input.index()] = BatchResult.of(refusal);
            }
        }
        if (atomic && edits.size() < inputs.size()) {
            indexes.forEach(i -> results[i] = BatchResult.of(Outcomes.refusal(call, kind, new Edited.Aborted())));
        } else {
            var outcomes = records.edit(edits, atomic);
            for (var i = 0; i < outcomes.size(); i++) {
                results[indexes.get(i)] =
                        result(call, kind, outcomes.get(i), edits.get(i).verb());
            }
        }
        return answer(call, inputs, List.of(results), atomic, success);
    }

    private static boolean atomic(Call call) {
        var text = call.query("atomic").getOrDefault("atomic", "false");
        if (!text.equals("true") && !text.equals("false")) {
            throw Call.badParameter("atomic", "INVALID_BOOLEAN", "atomic is true or false.");
        }
        return text.equals("true");
    }

    private BatchResult result(Call call, Kind kind, Edited outcome, Verb verb) {
        if (!(outcome instanceof Edited.Done(var record, var created))) {
            return BatchResult.of(Outcomes.refusal(call, kind, outcome));
        }
        return verb == Verb.DELETE
                ? BatchResult.deleted(record)
                : BatchResult.of(created ? 201 : 200, record, shown(call, kind, View.ALL, record));
    }

    private Value shown(Call call, Kind kind, View view, CrmRecord record) {
        var base = call.request().url().base();
        return view.of(kind.json().record(record, records.score(record), base));
    }

    /** The plain status when all went well, 207 when it did not: then the results are to be looked at one by one. */
    private static Response answer(
            Call call, List<BatchInput> inputs, List<BatchResult> results, boolean atomic, int success) {
        var shown = new ArrayList<Value>();
        for (var i = 0; i < results.size(); i++) {
            shown.add(results.get(i).json(call, inputs.get(i)));
        }
        var failed = results.stream().anyMatch(BatchResult::isError);
        if (failed && atomic) {
            var details = new ArrayList<Problem.Detail>();
            for (var i = 0; i < results.size(); i++) {
                results.get(i).detail("/inputs/" + i).ifPresent(details::add);
            }
            throw Refusal.of(
                            ErrorCode.BATCH_ABORTED,
                            "Nothing was done, for not all of the batch can be; results says why.",
                            details.toArray(Problem.Detail[]::new))
                    .saying("results", Value.of(shown));
        }
        return Response.json(failed ? 207 : success, Value.of(Map.of("results", Value.of(shown))));
    }

    private Response read(Call call) {
        var kind = kinds.of(call);
        var view = View.of(kind, call.query("fields").get("fields"));
        var inputs = BatchInput.all(Bodies.object(call.request()), MOST);
        var results = new BatchResult[inputs.size()];
        var keys = new UniqueKey[inputs.size()];
        var ids = new RecordId[inputs.size()];
        for (var input : inputs) {
            try {
                input.only("id", "key", "value");
                if (input.text("id").isPresent()) {
                    ids[input.index()] =
                            RecordId.parse(input.require("id")).orElseThrow(() -> Outcomes.missing(kind, "id"));
                } else {
                    keys[input.index()] = kind.keyOrRefusal(input.require("key"), input.require("value"));
                }
            } catch (Refusal refusal) {
                results[input.index()] = BatchResult.of(refusal);
            }
        }
        var found = found(kind, keys, ids);
        for (var i = 0; i < results.length; i++) {
            if (results[i] == null) {
                results[i] = found.get(i)
                        .map(record -> read(call, kind, view, record))
                        .orElseGet(() -> BatchResult.of(Outcomes.missing(kind, "id or key")));
            }
        }
        return answer(call, inputs, List.of(results), false, 200);
    }

    private BatchResult read(Call call, Kind kind, View view, CrmRecord record) {
        if (record.mergedInto().isPresent()) {
            return BatchResult.of(Outcomes.refusal(
                    call, kind, new Edited.Moved(record.mergedInto().get())));
        }
        return record.isAlive()
                ? BatchResult.of(200, record, shown(call, kind, view, record))
                : BatchResult.of(Outcomes.gone(kind, record));
    }

    private List<Optional<CrmRecord>> found(Kind kind, UniqueKey[] keys, RecordId[] ids) {
        var wanted = new HashSet<UniqueKey>();
        for (var key : keys) {
            if (key != null) {
                wanted.add(key);
            }
        }
        var holders = records.find(wanted);
        var recordKeys = new ArrayList<Optional<RecordKey>>();
        for (var i = 0; i < ids.length; i++) {
            var id = ids[i] != null ? ids[i] : keys[i] != null ? holders.get(keys[i]) : null;
            recordKeys.add(Optional.ofNullable(id).map(some -> new RecordKey(kind.object(), some)));
        }
        var all = records.get(
                recordKeys.stream().flatMap(Optional::stream).distinct().toList());
        return recordKeys.stream().map(key -> key.map(all::get)).toList();
    }
}
