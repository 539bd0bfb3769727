/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.Separated;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Value;
import io.signalbox.runtime.Problem.Detail;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A wrong match is taken back: {@code {"external_ids": ["hubspot:42"], "connections": ["shop"]}} says whose events become
 * a record of their own.
 */
final class SplitOperations implements Family {

    private static final int MOST = 100;
    private static final Set<String> MEMBERS = Set.of("external_ids", "connections");

    private final ObjectSchema names;
    private final Kind.Of kinds;
    private final RecordService records;

    SplitOperations(ObjectSchema names, Kind.Of kinds, RecordService records) {
        this.names = requireNonNull(names, "names is null");
        this.kinds = requireNonNull(kinds, "kinds is null");
        this.records = requireNonNull(records, "records is null");
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of("split" + names.one(), this::split);
    }

    private Response split(Call call) {
        call.query();
        var kind = kinds.of(call);
        var body = Bodies.object(call.request());
        var wrong = new ArrayList<>(Bodies.others(body, MEMBERS, "A split has no such member."));
        var ids = each(body, "external_ids", ExternalId::parse, "An external id is written connection:id.", wrong);
        var connections = each(
                body,
                "connections",
                text -> ConnectionId.isValid(text) ? Optional.of(new ConnectionId(text)) : Optional.empty(),
                "This is no id of a connection.",
                wrong);
        if (wrong.isEmpty() && ids.isEmpty() && connections.isEmpty()) {
            wrong.add(new Detail("/external_ids", "REQUIRED", "Say which external ids, or connections, to split off."));
        }
        if (!wrong.isEmpty()) {
            throw Refusal.invalid(wrong);
        }
        var id = RecordId.parse(call.variable("id")).orElseThrow(() -> Outcomes.missing(kind, "id"));
        return answer(call, kind, id, records.split(new RecordKey(kind.object(), id), ids, connections));
    }

    private static <T> Set<T> each(
            Value.Obj body, String name, Function<String, Optional<T>> parser, String message, List<Detail> wrong) {
        var found = new HashSet<T>();
        if (body.get(name).isNull()) {
            return found;
        }
        if (!(body.get(name) instanceof Value.Arr(var items)) || items.size() > MOST) {
            wrong.add(new Detail("/" + name, "INVALID_TYPE", name + " is an array of at most " + MOST + " texts."));
            return found;
        }
        for (var i = 0; i < items.size(); i++) {
            var one = items.get(i) instanceof Value.Text(var text) ? parser.apply(text) : Optional.<T>empty();
            if (one.isPresent()) {
                found.add(one.get());
            } else {
                wrong.add(new Detail("/" + name + "/" + i, "INVALID_ID", message));
            }
        }
        return found;
    }

    private Response answer(Call call, Kind kind, RecordId id, Separated outcome) {
        return switch (outcome) {
            case Separated.Done(var remaining, var parted) ->
                Response.json(
                                201,
                                Value.of(Map.of(
                                        "record", shown(call, kind, remaining),
                                        "split_off", shown(call, kind, parted))))
                        .with("Location", kind.link(call, parted.key().id()));
            case Separated.Missing() -> throw Outcomes.missing(kind, "id");
            case Separated.Gone() ->
                throw Outcomes.gone(kind, records.get(kind.object(), id).orElseThrow());
            case Separated.Moved(var survivor) ->
                throw Refusal.of(
                                ErrorCode.RECORD_MERGED,
                                "This " + kind.object() + " has become part of another; split that one.",
                                new Detail("/id", "MERGED", "It is part of existing_id now.", survivor.toString()))
                        .with("Location", kind.link(call, survivor));
            case Separated.Nothing() ->
                throw Refusal.invalid(List.of(new Detail(
                        "/external_ids",
                        "NOTHING_TO_SPLIT",
                        "None of these is the record's, or nothing would be left of it.")));
            case Separated.Incomplete() ->
                throw Refusal.of(
                                ErrorCode.CONFLICT,
                                "The journal no longer holds all that made this record, so it cannot be told who said"
                                        + " what.")
                        .saying("retryable", Value.FALSE);
            case Separated.Contended() ->
                throw Refusal.of(ErrorCode.CONFLICT, "Others kept changing the record; try again in a moment.")
                        .with("Retry-After", "1")
                        .with("X-Should-Retry", "true");
        };
    }

    private Value shown(Call call, Kind kind, CrmRecord record) {
        return kind.json()
                .record(record, records.score(record), call.request().url().base());
    }
}
