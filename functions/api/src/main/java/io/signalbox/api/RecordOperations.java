/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.Edited;
import io.signalbox.core.History;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.runtime.Problem;
import java.util.HashMap;
import java.util.Map;

/** Records of one kind: created, read by id or key, listed, and their history. */
final class RecordOperations implements Family {

    private final ObjectSchema kind;
    private final RecordService records;
    private final Cursors cursors;
    private final RecordJson json;

    RecordOperations(ObjectSchema kind, RecordService records, Cursors cursors) {
        this.kind = requireNonNull(kind, "kind is null");
        this.records = requireNonNull(records, "records is null");
        this.cursors = requireNonNull(cursors, "cursors is null");
        this.json = new RecordJson(kind);
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        var endpoints = new HashMap<String, Endpoint>();
        endpoints.put("list" + kind.many(), this::list);
        endpoints.put("get" + kind.one(), this::get);
        endpoints.put("get" + kind.one() + "History", this::history);
        endpoints.put("get" + kind.one() + "ByExternalId", this::byExternalId);
        if (kind.object().equals(ObjectType.CONTACT) || kind.object().equals(ObjectType.LEAD)) {
            endpoints.put("create" + kind.one(), this::create);
            endpoints.put("get" + kind.one() + "ByEmail", this::byEmail);
        }
        return endpoints;
    }

    private Response create(Call call) {
        call.query();
        var properties = RecordInput.properties(kind, Bodies.object(call.request()));
        return switch (records.create(kind, properties)) {
            case Edited.Done done ->
                found(call, done.record(), 201)
                        .with(
                                "Location",
                                call.link(kind.pathOf(done.record().key().id())));
            case Edited.Taken(var key, var holder) -> throw duplicate(call, key, holder);
            case Edited other -> throw new IllegalStateException("a creation ended as " + other);
        };
    }

    private Refusal duplicate(Call call, UniqueKey key, RecordId holder) {
        var field = kind.byName().get(key.field());
        var name = field == null ? key.field() : field.name();
        return Refusal.of(
                        ErrorCode.DUPLICATE_RECORD,
                        "There is a " + kind.object() + " with this " + name + " already; Location is where.",
                        new Problem.Detail("/" + name, "NOT_UNIQUE", "Must be unique.", holder.toString()))
                .with("Location", call.link(kind.pathOf(holder)));
    }

    private Response get(Call call) {
        call.query();
        return RecordId.parse(call.variable("id"))
                .flatMap(id -> records.get(kind, id))
                .map(record -> answer(call, record))
                .orElseThrow(() -> missing("id"));
    }

    private Response byEmail(Call call) {
        call.query();
        return UniqueKey.email(kind.object(), call.variable("email"))
                .flatMap(records::find)
                .map(record -> answer(call, record))
                .orElseThrow(() -> missing("e-mail address"));
    }

    private Response byExternalId(Call call) {
        call.query();
        var id = ExternalId.parse(call.variable("external_id"))
                .orElseThrow(() -> Refusal.of(
                        ErrorCode.NOT_FOUND,
                        "An external id is written connection:id, where connection is the id of a connection."));
        return records.find(UniqueKey.external(kind.object(), id))
                .map(record -> answer(call, record))
                .orElseThrow(() -> missing("external id"));
    }

    private Refusal missing(String key) {
        return Refusal.of(ErrorCode.NOT_FOUND, "There is no " + kind.object() + " with this " + key + ".");
    }

    /** 200, or 301 to the survivor of a merge, or 410 for what was deleted. */
    private Response answer(Call call, CrmRecord record) {
        if (record.mergedInto().isPresent()) {
            return moved(call, record, record.mergedInto().get());
        }
        if (!record.isAlive()) {
            throw Refusal.of(ErrorCode.RECORD_DELETED, "This " + kind.object() + " has been deleted.");
        }
        return found(call, record, 200);
    }

    private Response found(Call call, CrmRecord record, int status) {
        return Response.json(status, shown(call, record))
                .with("ETag", EntityTags.of(record.version()))
                .with("Cache-Control", "private, no-cache");
    }

    private Value shown(Call call, CrmRecord record) {
        return json.record(
                record, records.score(kind, record), call.request().url().base());
    }

    private Response moved(Call call, CrmRecord record, RecordId survivor) {
        var target = call.link(kind.pathOf(survivor));
        var body = Value.of(Map.of(
                "id", Value.of(record.key().id().toString()),
                "object", Value.of(kind.object().name()),
                "merged_into", Value.of(survivor.toString()),
                "_links", Value.of(Map.of("self", RecordJson.link(target)))));
        return Response.json(301, body).with("Location", target);
    }

    private Response list(Call call) throws ParametersUnavailable {
        var page = Page.of(call, cursors);
        var found = records.list(kind, page.after().flatMap(RecordId::parse), page.limit());
        var results =
                found.records().stream().map(record -> shown(call, record)).toList();
        return page.answer(call, cursors, results, found.next().map(RecordId::toString));
    }

    private Response history(Call call) throws ParametersUnavailable {
        var page = Page.of(call, cursors);
        var record = RecordId.parse(call.variable("id"))
                .flatMap(id -> records.get(kind, id))
                .orElseThrow(() -> missing("id"));
        var history = records.history(record.key(), page.after(), page.limit());
        var results = history.entries().stream()
                .map(entry -> json.event(entry.event()))
                .toList();
        return page.answer(call, cursors, results, history.next().map(History.Cursor::toString));
    }
}
