/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.queue;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Revision;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.queue.DeliveryCodec.Undecodable;
import io.signalbox.runtime.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A job for the fetcher as the text of a queue message: one JSON object. */
public final class FetchCodec {

    private static final Value VERSION = Value.of(1);

    private FetchCodec() {}

    public static String encode(FetchJob job) {
        var json = new LinkedHashMap<String, Value>();
        json.put("v", VERSION);
        json.put("vendor", Value.of(job.vendor().value()));
        json.put("connection", Value.of(job.connection().value()));
        json.put("attempt", Value.of(job.attempt()));
        json.put("since", Value.of(job.since().toEpochMilli()));
        json.put("not_before", Value.of(job.notBefore().toEpochMilli()));
        switch (job.task()) {
            case FetchJob.Read(var type, var object, var asOf) -> {
                var ids = new LinkedHashMap<String, Value>();
                asOf.forEach((id, millis) -> ids.put(id, Value.of(millis)));
                json.put("read", Value.of(Map.of("type", Value.of(type.name()), "object", Value.of(object))));
                json.put("ids", Value.of(ids));
            }
            case FetchJob.Watch _ -> json.put("watch", Value.TRUE);
            case FetchJob.Write(var type, var object, var id, var fields, var because) -> {
                json.put("write", Value.of(Map.of("type", Value.of(type.name()), "object", Value.of(object))));
                json.put("id", Value.of(id));
                json.put("fields", Value.of(fields));
                because.ifPresent(revision -> json.put(
                        "because",
                        Value.of(Map.of(
                                "type", Value.of(revision.record().object().name()),
                                "id", Value.of(revision.record().id().toString()),
                                "version", Value.of(revision.version())))));
            }
        }
        return Json.text(Value.of(json));
    }

    public static FetchJob decode(String message) throws Undecodable {
        try {
            var json = Json.parse(message);
            if (!json.at("v").equals(VERSION)) {
                throw new Undecodable("the message's version is not 1");
            }
            return new FetchJob(
                    new VendorId(json.at("vendor").asText()),
                    new ConnectionId(json.at("connection").asText()),
                    task(json),
                    Math.toIntExact(whole(json.at("attempt"))),
                    Instant.ofEpochMilli(whole(json.at("since"))),
                    Instant.ofEpochMilli(whole(json.at("not_before"))));
        } catch (Json.Malformed e) {
            throw new Undecodable("the message is not JSON: " + e.getMessage());
        } catch (IllegalArgumentException | NullPointerException | ArithmeticException e) {
            throw new Undecodable("the message lacks a member or holds a wrong one");
        }
    }

    private static FetchJob.Task task(Value json) throws Undecodable {
        if (json.at("ids") instanceof Value.Obj(var ids)) {
            var asOf = new LinkedHashMap<String, Long>();
            for (var id : ids.entrySet()) {
                asOf.put(id.getKey(), whole(id.getValue()));
            }
            return new FetchJob.Read(type(json.at("read")), object(json.at("read")), asOf);
        }
        if (json.at("fields") instanceof Value.Obj(var fields)) {
            return new FetchJob.Write(
                    type(json.at("write")),
                    object(json.at("write")),
                    json.at("id").asText(),
                    fields,
                    because(json.at("because")));
        }
        if (json.at("watch").equals(Value.TRUE)) {
            return new FetchJob.Watch();
        }
        throw new Undecodable("the message says neither what to read nor what to write");
    }

    private static Optional<Revision> because(Value json) throws Undecodable {
        if (json.isNull()) {
            return Optional.empty();
        }
        var id = RecordId.parse(json.at("id").asText()).orElseThrow(() -> new Undecodable("the record's id is none"));
        return Optional.of(new Revision(new RecordKey(type(json), id), whole(json.at("version"))));
    }

    private static ObjectType type(Value task) {
        return new ObjectType(task.at("type").asText());
    }

    private static String object(Value task) {
        return task.at("object").asText();
    }

    private static long whole(Value value) throws Undecodable {
        if (value instanceof Value.Num(var number)) {
            return number.longValueExact();
        }
        throw new Undecodable("a number is missing");
    }
}
