/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Connection;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Schemas;
import io.signalbox.model.Value;
import io.signalbox.outbound.Reaches;
import io.signalbox.queue.EventQueue.QueueUnavailable;
import io.signalbox.queue.FetchJob;
import io.signalbox.queue.FetchQueue;
import io.signalbox.runtime.Problem.Detail;
import io.signalbox.store.RecordStore;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import io.signalbox.vendors.client.Client;
import io.signalbox.vendors.client.Remote;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Setting fields of a vendor's record. The fetcher does it, with its tokens, limits and patience; here it is only asked. */
final class PushOperations implements Family {

    private static final Set<String> MEMBERS = Set.of("object", "id", "external_id", "fields");
    private static final int MOST_FIELDS = 50;

    private final ConnectionService connections;
    private final RecordStore records;
    private final Reaches reaches;
    private final FetchQueue jobs;
    private final InstantSource clock;

    PushOperations(
            ConnectionService connections, RecordStore records, Reaches reaches, FetchQueue jobs, InstantSource clock) {
        this.connections = requireNonNull(connections, "connections is null");
        this.records = requireNonNull(records, "records is null");
        this.reaches = requireNonNull(reaches, "reaches is null");
        this.jobs = requireNonNull(jobs, "jobs is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of("pushToVendor", this::push);
    }

    private Response push(Call call) {
        call.query();
        var connection = connections.get(ConnectionOperations.id(call));
        var body = Bodies.object(call.request());
        var wrong = new ArrayList<Detail>();
        for (var name : body.members().keySet()) {
            if (!MEMBERS.contains(name)) {
                wrong.add(new Detail("/" + name, "UNKNOWN_FIELD", "There are object, id, external_id and fields."));
            }
        }
        var type = Schemas.STANDARD.stream()
                .map(schema -> schema.object())
                .filter(object -> object.name().equals(body.get("object").asText()))
                .findFirst();
        if (type.isEmpty()) {
            wrong.add(new Detail("/object", "INVALID", "object is the type of a record, such as contact."));
        }
        if (!(body.get("fields") instanceof Value.Obj(var fields))
                || fields.isEmpty()
                || fields.size() > MOST_FIELDS
                || fields.values().stream().anyMatch(PushOperations::isNested)) {
            wrong.add(
                    new Detail("/fields", "INVALID", "fields is an object of 1 to " + MOST_FIELDS + " plain values."));
        }
        if (!wrong.isEmpty()) {
            throw Refusal.invalid(wrong);
        }
        var client = Vendors.find(connection.vendor()).flatMap(Vendor::client);
        if (client.isEmpty() || !reaches.isGranted(connection.id())) {
            throw Refusal.of(
                            ErrorCode.CONFLICT,
                            "The connection has no access to its vendor: POST …/authorize gives it.")
                    .saying("retryable", Value.FALSE);
        }
        var remote = remote(connection, client.get(), type.orElseThrow(), body);
        send(connection, type.orElseThrow(), remote, ((Value.Obj) body.get("fields")).members());
        return Response.json(
                202,
                Value.of(Map.of(
                        "status", Value.of("accepted"),
                        "connection", Value.of(connection.id().value()),
                        "external_id", Value.of(remote.id()))));
    }

    private static boolean isNested(Value value) {
        return switch (value) {
            case Value.Arr _, Value.Obj _ -> true;
            case Value.Text _, Value.Num _, Value.Bool _, Value.Null _ -> false;
        };
    }

    private Remote remote(Connection connection, Client client, ObjectType type, Value.Obj body) {
        var given = Optional.ofNullable(body.get("external_id").asText());
        var external = given.isPresent() ? given : own(connection, type, body);
        return external.flatMap(id -> client.locate(type, id))
                .orElseThrow(() -> Refusal.invalid(List.of(new Detail(
                        "/id",
                        "NOT_FOUND",
                        "Give the id of a record that came by this connection, or its external_id; the vendor must have"
                                + " such objects."))));
    }

    private Optional<String> own(Connection connection, ObjectType type, Value.Obj body) {
        return Optional.ofNullable(body.get("id").asText())
                .flatMap(RecordId::parse)
                .flatMap(id -> records.get(new RecordKey(type, id)))
                .flatMap(record -> record.externalIds().stream()
                        .filter(id -> id.connection().equals(connection.id()))
                        .map(id -> id.id())
                        .findFirst());
    }

    private void send(Connection connection, ObjectType type, Remote remote, Map<String, Value> fields) {
        var mapper =
                Vendors.find(connection.vendor()).orElseThrow().fields().mapper(connections.settings(connection.id()));
        var named = new LinkedHashMap<String, Value>();
        fields.forEach((name, value) -> named.put(mapper.vendorName(type, name), value));
        var write = new FetchJob.Write(type, remote.object(), remote.id(), named);
        try {
            jobs.send(List.of(FetchJob.of(connection.vendor(), connection.id(), write, clock.instant())));
        } catch (QueueUnavailable e) {
            throw Refusal.of(ErrorCode.UNAVAILABLE, "The queue does not answer at the moment; try again.")
                    .with("Retry-After", "2");
        }
    }
}
