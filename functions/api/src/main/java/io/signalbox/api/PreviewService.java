/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.Outcome;
import io.signalbox.core.Pipeline;
import io.signalbox.core.Preview;
import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.Delivery;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Schemas;
import io.signalbox.model.Score;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.runtime.Problem.Detail;
import io.signalbox.store.ControlStore;
import io.signalbox.vendors.Headers;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a vendor's request would do: read, mapped, folded and scored by what the processor uses, and nothing of it
 * stored. Whether it is genuine is not asked; settings count at once here, in the processor within a minute.
 */
final class PreviewService {

    private static final Set<String> WRAPPING = Set.of("headers", "body", "body_base64", "query");

    private final ControlStore control;
    private final Pipeline pipeline;
    private final InstantSource clock;

    PreviewService(ControlStore control, Pipeline pipeline, InstantSource clock) {
        this.control = requireNonNull(control, "control is null");
        this.pipeline = requireNonNull(pipeline, "pipeline is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** @return {@code events} with the outcome of each, {@code records} with each as it is and as it would be */
    Value preview(Connection connection, Request request) {
        var vendor = Vendors.find(connection.vendor()).orElseThrow(ConnectionOperations::missing);
        var inbound = inbound(request, vendor);
        var delivery = new Delivery(
                connection.vendor(),
                connection.id(),
                clock.instant(),
                request.correlationId(),
                vendor.kept(inbound, connection),
                inbound.body());
        List<CanonicalEvent> events;
        try {
            events = vendor.events(delivery, control.settings(connection.id()));
        } catch (Vendor.Unreadable e) {
            throw Refusal.invalid(List.of(new Detail(
                    "/body", "UNREADABLE", "This is not what " + vendor.displayName() + " sends: " + e.getMessage())));
        }
        return json(events, pipeline.preview(events), request.url().base());
    }

    /** The request to look at: told in JSON, or else the very body that was sent, with the headers it came with. */
    private static InboundRequest inbound(Request request, Vendor vendor) {
        Bodies.checkSize(request);
        var told = told(request.body());
        if (told.isPresent()) {
            return told.get();
        }
        var headers = new Headers(8);
        for (var name : vendor.headersToKeep()) {
            request.header(name).ifPresent(value -> headers.add(name, value));
        }
        return new InboundRequest("POST", "", headers, request.body());
    }

    private static Optional<InboundRequest> told(byte[] bytes) {
        try {
            if (!(Json.parse(bytes) instanceof Value.Obj object)
                    || !WRAPPING.containsAll(object.members().keySet())
                    || object.get("body").isNull() == object.get("body_base64").isNull()) {
                return Optional.empty();
            }
            var headers = new Headers(8);
            if (object.get("headers") instanceof Value.Obj(var members)) {
                members.forEach((name, value) -> {
                    if (value instanceof Value.Text(var text)) {
                        headers.add(name, text);
                    }
                });
            }
            var query = object.get("query") instanceof Value.Text(var text) ? text : "";
            return Optional.of(new InboundRequest("POST", query, headers, body(object)));
        } catch (Json.Malformed _) {
            // No JSON: a form or XML, as the vendor sends it.
            return Optional.empty();
        }
    }

    /** JSON that stands in {@code body} as it is, for convenience, is written out. */
    private static byte[] body(Value.Obj object) {
        if (object.get("body") instanceof Value.Text(var text)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        if (!object.get("body").isNull()) {
            return Json.bytes(object.get("body"));
        }
        try {
            return Base64.getDecoder()
                    .decode(String.valueOf(object.get("body_base64").asText()));
        } catch (IllegalArgumentException _) {
            throw Refusal.invalid(List.of(new Detail("/body_base64", "INVALID_BASE64", "This is not base64.")));
        }
    }

    private Value json(List<CanonicalEvent> events, Preview preview, String base) {
        var shown = new ArrayList<Value>();
        for (var i = 0; i < events.size(); i++) {
            shown.add(event(events.get(i), preview.outcomes().get(i)));
        }
        var records =
                preview.changes().stream().map(change -> record(change, base)).toList();
        return Value.of(Map.of("events", Value.of(shown), "records", Value.of(records)));
    }

    private static Value event(CanonicalEvent event, Outcome outcome) {
        var json = new LinkedHashMap<String, Value>();
        if (new RecordJson(schema(event.object())).event(event) instanceof Value.Obj(var members)) {
            json.putAll(members);
        }
        json.put("object", Value.of(event.object().name()));
        json.put("subject", Value.of(subject(event.subject())));
        json.put("outcome", Value.of(outcome(outcome)));
        return Value.of(json);
    }

    private static String subject(Subject subject) {
        return switch (subject) {
            case Subject.External(var id) -> id.toString();
            case Subject.Keyed(var key) -> key.field() + ":" + key.value();
            case Subject.Own(var id) -> id.toString();
        };
    }

    private static String outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied _ -> "applied";
            case Outcome.Duplicate _ -> "duplicate";
            case Outcome.Ignored _ -> "ignored";
            case Outcome.Failed _ -> "failed";
        };
    }

    private Value record(Preview.Change change, String base) {
        var key = change.after().key();
        var json = new LinkedHashMap<String, Value>();
        json.put("object", Value.of(key.object().name()));
        json.put("id", change.before().isPresent() ? Value.of(key.id().toString()) : Value.NULL);
        json.put("before", change.before().map(record -> record(record, base)).orElse(Value.NULL));
        json.put("after", record(change.after(), base));
        return Value.of(json);
    }

    private Value record(CrmRecord record, String base) {
        if (record.mergedInto().isPresent()) {
            return Value.of(
                    Map.of("merged_into", Value.of(record.mergedInto().get().toString())));
        }
        var object = record.key().object();
        var scored = pipeline.model().scores(object) ? record.score() : Optional.<Score>empty();
        return new RecordJson(schema(object)).record(record, scored, base);
    }

    private static ObjectSchema schema(ObjectType object) {
        return Schemas.of(object)
                .orElseGet(
                        () -> new ObjectSchema(object, "objects/" + object, object.name(), object.name(), List.of()));
    }
}
