/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.Edit.Target;
import io.signalbox.core.Edit.Verb;
import io.signalbox.core.Edited;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.runtime.Problem;
import java.util.Map;

/** Changes to one record: made, changed, put in place by a key, deleted and brought back. */
final class RecordWrites implements Family {

    static final String MERGE_PATCH = "application/merge-patch+json";

    private final ObjectSchema names;
    private final Kind.Of kinds;
    private final RecordService records;
    private final boolean demandsIfMatch;

    /**
     * @param names what the operations are called after
     * @param demandsIfMatch whether changes without {@code If-Match} are refused with 428
     */
    RecordWrites(ObjectSchema names, Kind.Of kinds, RecordService records, boolean demandsIfMatch) {
        this.names = requireNonNull(names, "names is null");
        this.kinds = requireNonNull(kinds, "kinds is null");
        this.records = requireNonNull(records, "records is null");
        this.demandsIfMatch = demandsIfMatch;
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of(
                "create" + names.one(), this::create,
                "update" + names.one(), this::update,
                "upsert" + names.one(), this::upsert,
                "delete" + names.one(), this::delete,
                "restore" + names.one(), this::restore);
    }

    private Response create(Call call) {
        call.query();
        var kind = kinds.of(call);
        var properties = RecordInput.creation(kind.schema(), Bodies.object(call.request()));
        var target = new Target.New(kind.object());
        return answer(
                call, kind, records.edit(RecordService.edit(call, 0, target, Verb.SET, properties, IfMatch.NONE)));
    }

    private Response update(Call call) {
        call.query();
        var kind = kinds.of(call);
        var match = IfMatch.of(call.request()).orDemand(demandsIfMatch);
        var properties = RecordInput.patch(kind.schema(), Bodies.patch(call.request()));
        return change(call, kind, Verb.SET, properties, match);
    }

    private Response restore(Call call) {
        call.query();
        return change(call, kinds.of(call), Verb.RESTORE, Map.of(), IfMatch.of(call.request()));
    }

    private Response delete(Call call) {
        call.query();
        var match = IfMatch.of(call.request()).orDemand(demandsIfMatch);
        var kind = kinds.of(call);
        return switch (edit(call, kind, Verb.DELETE, Map.of(), match)) {
            case Edited.Done _ -> Response.empty(204);
            case Edited other -> throw Outcomes.refusal(call, kind, other);
        };
    }

    private Response change(Call call, Kind kind, Verb verb, Map<String, Value> properties, IfMatch match) {
        return answer(call, kind, edit(call, kind, verb, properties, match));
    }

    private Edited edit(Call call, Kind kind, Verb verb, Map<String, Value> properties, IfMatch match) {
        var id = RecordId.parse(call.variable("id")).orElseThrow(() -> Outcomes.missing(kind, "id"));
        var target = new Target.Id(new RecordKey(kind.object(), id));
        return records.edit(RecordService.edit(call, 0, target, verb, properties, match));
    }

    private Response upsert(Call call) {
        call.query();
        var kind = kinds.of(call);
        var key = kind.keyOrRefusal(call.variable("key"), call.variable("value"));
        var match = IfMatch.of(call.request());
        var mayUpdate = call.request().header("if-none-match").stream()
                .noneMatch(header -> header.strip().equals("*"));
        var properties = RecordInput.patch(kind.schema(), Bodies.object(call.request()));
        agree(kind, key, properties);
        var target = new Target.Key(key, !match.isGiven(), mayUpdate);
        var outcome = records.edit(RecordService.edit(call, 0, target, Verb.SET, properties, match));
        if (outcome instanceof Edited.Missing) {
            throw Refusal.of(
                    ErrorCode.PRECONDITION_FAILED,
                    "There is no " + kind.object() + " with this key, and If-Match asks for one.");
        }
        return answer(call, kind, outcome);
    }

    /** The key in the path and the same field in the body must not say different things. */
    static void agree(Kind kind, UniqueKey key, Map<String, Value> properties) {
        var said = properties.get(key.field());
        if (said != null && !kind.keyOf(key.field(), said).equals(java.util.Optional.of(key))) {
            var message = "The body has another " + key.field() + " than the key; leave it out, or PATCH the record.";
            throw Refusal.of(
                    ErrorCode.VALIDATION_FAILED,
                    message,
                    new Problem.Detail(kind.pointer(key.field()), "CONFLICTING_KEY", message));
        }
    }

    private Response answer(Call call, Kind kind, Edited outcome) {
        if (!(outcome instanceof Edited.Done(var record, var created))) {
            throw Outcomes.refusal(call, kind, outcome);
        }
        var base = call.request().url().base();
        var body = kind.json().record(record, records.score(record), base);
        var response = Response.json(created ? 201 : 200, body)
                .with("ETag", EntityTags.of(record.version()))
                .with("Cache-Control", "private, no-cache");
        return created ? response.with("Location", kind.link(call, record.key().id())) : response;
    }
}
