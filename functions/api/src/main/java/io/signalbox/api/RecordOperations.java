/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.History;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.RecordId;
import io.signalbox.model.Value;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.store.LinkStore;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Records of one kind as they are read: by id or key, and their history. */
final class RecordOperations implements Family {

    private final ObjectSchema names;
    private final Kind.Of kinds;
    private final RecordService records;
    private final Cursors cursors;
    private final Kinds others;
    private final LinkStore links;

    /** @param names what the operations are called after */
    RecordOperations(
            ObjectSchema names, Kind.Of kinds, RecordService records, Cursors cursors, Kinds others, LinkStore links) {
        this.names = requireNonNull(names, "names is null");
        this.kinds = requireNonNull(kinds, "kinds is null");
        this.records = requireNonNull(records, "records is null");
        this.cursors = requireNonNull(cursors, "cursors is null");
        this.others = requireNonNull(others, "others is null");
        this.links = requireNonNull(links, "links is null");
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of(
                "get" + names.one(), this::get,
                "get" + names.one() + "ByKey", this::byKey,
                "get" + names.one() + "History", this::history);
    }

    private Response get(Call call) {
        var kind = kinds.of(call);
        var shape = Shape.of(call, kind, others, call.query("fields", "expand"));
        return RecordId.parse(call.variable("id"))
                .flatMap(id -> records.get(kind.object(), id))
                .map(record -> answer(call, kind, shape, record))
                .orElseThrow(() -> Outcomes.missing(kind, "id"));
    }

    private Response byKey(Call call) {
        var kind = kinds.of(call);
        var shape = Shape.of(call, kind, others, call.query("fields", "expand"));
        return kind.key(call.variable("key"), call.variable("value"))
                .flatMap(records::find)
                .map(record -> answer(call, kind, shape, record))
                .orElseThrow(() -> Outcomes.missing(kind, call.variable("key")));
    }

    /** 200, or 301 to the survivor of a merge, or 410 for what was deleted. */
    private Response answer(Call call, Kind kind, Shape shape, CrmRecord record) {
        if (record.mergedInto().isPresent()) {
            return moved(call, kind, record, record.mergedInto().get());
        }
        if (!record.isAlive()) {
            throw Outcomes.gone(kind, record);
        }
        return Response.json(
                        200,
                        shape.shown(call, kind, records, links, List.of(record)).getFirst())
                .with("ETag", EntityTags.of(record.version()))
                .with("Cache-Control", "private, no-cache");
    }

    private static Response moved(Call call, Kind kind, CrmRecord record, RecordId survivor) {
        var target = kind.link(call, survivor);
        var body = Value.of(Map.of(
                "id", Value.of(record.key().id().toString()),
                "object", Value.of(kind.object().name()),
                "merged_into", Value.of(survivor.toString()),
                "_links", Value.of(Map.of("self", RecordJson.link(target)))));
        return Response.json(301, body).with("Location", target);
    }

    private Response history(Call call) throws ParametersUnavailable {
        var kind = kinds.of(call);
        var page = Page.of(call, cursors, "fields");
        var fields = fields(page.query().get("fields"));
        var record = RecordId.parse(call.variable("id"))
                .flatMap(id -> records.get(kind.object(), id))
                .orElseThrow(() -> Outcomes.missing(kind, "id"));
        var history = records.history(record.key(), page.after(), page.limit());
        var results = history.entries().stream()
                .filter(entry -> fields.isEmpty()
                        || entry.event().properties().keySet().stream().anyMatch(fields::contains))
                .map(entry -> kind.json().event(entry.event(), fields))
                .toList();
        return page.answer(call, cursors, results, history.next().map(History.Cursor::toString));
    }

    /** The fields whose history is asked for; none for all. A page has then those of its events that are about them. */
    private static Set<String> fields(String text) {
        return text == null
                ? Set.of()
                : Arrays.stream(text.split(","))
                        .map(name -> name.strip().replaceFirst("^custom\\.", ""))
                        .collect(Collectors.toUnmodifiableSet());
    }
}
