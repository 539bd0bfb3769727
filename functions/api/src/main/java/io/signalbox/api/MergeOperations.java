/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.Edit.Target;
import io.signalbox.core.Edit.Verb;
import io.signalbox.core.Edited;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Value;
import io.signalbox.runtime.Problem.Detail;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Duplicates become part of a record: {@code {"primary_id", "duplicate_ids", "field_policy"}}. */
final class MergeOperations implements Family {

    private static final int MOST = 20;
    private static final Set<String> MEMBERS = Set.of("primary_id", "duplicate_ids", "field_policy");
    private static final Set<String> POLICIES = Set.of("latest", "primary");

    private final ObjectSchema names;
    private final Kind.Of kinds;
    private final RecordService records;

    MergeOperations(ObjectSchema names, Kind.Of kinds, RecordService records) {
        this.names = requireNonNull(names, "names is null");
        this.kinds = requireNonNull(kinds, "kinds is null");
        this.records = requireNonNull(records, "records is null");
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of("merge" + names.many(), this::merge);
    }

    private Response merge(Call call) {
        call.query();
        var kind = kinds.of(call);
        var body = Bodies.object(call.request());
        var wrong = new ArrayList<>(Bodies.others(body, MEMBERS, "A merge has no such member."));
        var primary = id(body.get("primary_id"), "/primary_id", wrong);
        var duplicates = duplicates(body.get("duplicate_ids"), primary, wrong);
        var policy = body.get("field_policy").isNull()
                ? "latest"
                : body.get("field_policy").asText();
        if (policy == null || !POLICIES.contains(policy)) {
            wrong.add(new Detail("/field_policy", "INVALID_VALUE", "field_policy is latest or primary."));
        }
        if (!wrong.isEmpty()) {
            throw Refusal.invalid(wrong);
        }
        var target = new Target.Id(new RecordKey(kind.object(), primary.orElseThrow()));
        var edit = RecordService.edit(call, 0, target, Verb.SET, Map.of(), IfMatch.of(call.request()));
        var outcome = records.unite(edit, duplicates, "primary".equals(policy));
        if (!(outcome instanceof Edited.Done done)) {
            throw Outcomes.refusal(call, kind, outcome);
        }
        var record = done.record();
        var base = call.request().url().base();
        return Response.json(200, kind.json().record(record, records.score(record), base))
                .with("ETag", EntityTags.of(record.version()))
                .with("Cache-Control", "private, no-cache");
    }

    private static Optional<RecordId> id(Value value, String pointer, List<Detail> wrong) {
        var id = value instanceof Value.Text(var text) ? RecordId.parse(text) : Optional.<RecordId>empty();
        if (id.isEmpty()) {
            wrong.add(new Detail(pointer, "INVALID_ID", "This must be the id of a record, as a text."));
        }
        return id;
    }

    private static List<RecordId> duplicates(Value value, Optional<RecordId> primary, List<Detail> wrong) {
        if (!(value instanceof Value.Arr(var items)) || items.isEmpty() || items.size() > MOST) {
            wrong.add(new Detail(
                    "/duplicate_ids", "INVALID_TYPE", "duplicate_ids is an array of 1 to " + MOST + " ids."));
            return List.of();
        }
        var ids = new ArrayList<RecordId>();
        for (var i = 0; i < items.size(); i++) {
            var pointer = "/duplicate_ids/" + i;
            var id = id(items.get(i), pointer, wrong);
            if (id.isPresent() && id.equals(primary)) {
                wrong.add(new Detail(pointer, "SAME_RECORD", "A record is no duplicate of itself."));
            }
            id.ifPresent(ids::add);
        }
        return ids;
    }
}
