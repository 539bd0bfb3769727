/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.testkit.fakes;

import io.signalbox.model.Value;
import io.signalbox.testkit.fakes.FakeApi.Answer;
import io.signalbox.testkit.fakes.FakeApi.Call;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * HubSpot's CRM objects as its OpenAPI documents have them: batch read (207 and {@code errors} when some are missing, a
 * property that was not asked for is not shown), read of one, update of one, the token endpoint, and the daily limit's
 * headers.
 */
public final class FakeHubSpot {

    public static final String HOST = "api.hubapi.com";

    private static final long DAILY = 500_000;

    /** What is asked for in one call at most. */
    private static final int MOST = 100;

    public final FakeTokens tokens;

    private final Map<String, Held> objects = new ConcurrentHashMap<>();
    private long remaining = DAILY;

    private record Held(Map<String, String> properties, Instant createdAt, Instant updatedAt) {}

    public FakeHubSpot(FakeApi api) {
        this(api, false);
    }

    /** @param rotating whether each refresh ends the refresh token it was made with, as HubSpot may and Zendesk does */
    public FakeHubSpot(FakeApi api, boolean rotating) {
        tokens = new FakeTokens(rotating, 1_800, Map.of("token_type", Value.of("bearer")));
        api.serve(HOST, this::answer);
    }

    /** Puts a record there. */
    public void put(String object, String id, Instant updatedAt, Map<String, String> properties) {
        objects.put(object + "/" + id, new Held(Map.copyOf(properties), updatedAt, updatedAt));
    }

    public String property(String object, String id, String name) {
        return objects.get(object + "/" + id).properties().get(name);
    }

    /** From now on so many calls are left today. */
    public void setRemaining(long calls) {
        remaining = calls;
    }

    private synchronized Answer answer(Call call) {
        if (call.path().equals("/oauth/v3/token")) {
            return tokens.answer(call.form());
        }
        if (!tokens.accepts(call.header("authorization").replaceFirst("^Bearer ", ""))) {
            return error(401, "EXPIRED_AUTHENTICATION", "The OAuth token used to make this call expired");
        }
        remaining--;
        var parts = call.path().split("/");
        if (!call.path().startsWith("/crm/v3/objects/") || parts.length < 6) {
            return error(404, "NOT_FOUND", "resource not found");
        }
        var answer = call.path().endsWith("/batch/read") ? read(parts[4], call.json()) : one(parts[4], parts[5], call);
        return answer.with("X-HubSpot-RateLimit-Daily", Long.toString(DAILY))
                .with("X-HubSpot-RateLimit-Daily-Remaining", Long.toString(remaining));
    }

    private Answer read(String object, Value body) {
        if (!(body.at("inputs") instanceof Value.Arr(var inputs))
                || !(body.at("properties") instanceof Value.Arr(var names))
                || !(body.at("propertiesWithHistory") instanceof Value.Arr)) {
            return error(400, "VALIDATION_ERROR", "inputs, properties and propertiesWithHistory are required");
        }
        if (inputs.size() > MOST) {
            return error(400, "VALIDATION_ERROR", "the maximum number of inputs supported is " + MOST);
        }
        var results = new ArrayList<Value>();
        var missing = new ArrayList<Value>();
        for (var input : inputs) {
            var id = input.at("id").asText();
            var held = objects.get(object + "/" + id);
            if (held == null) {
                missing.add(Value.of(id));
            } else {
                results.add(shown(id, held, names));
            }
        }
        var answer = new LinkedHashMap<String, Value>();
        answer.put("status", Value.of("COMPLETE"));
        answer.put("results", Value.of(results));
        if (!missing.isEmpty()) {
            answer.put("numErrors", Value.of(1));
            answer.put(
                    "errors",
                    Value.of(List.of(Value.of(Map.of(
                            "status", Value.of("error"),
                            "category", Value.of("OBJECT_NOT_FOUND"),
                            "message", Value.of("Could not get some objects, they may be deleted or not exist."),
                            "context", Value.of(Map.of("ids", Value.of(missing))))))));
        }
        answer.put("startedAt", Value.of("2026-01-01T00:00:00.000Z"));
        answer.put("completedAt", Value.of("2026-01-01T00:00:00.010Z"));
        return Answer.json(missing.isEmpty() ? 200 : 207, Value.of(answer));
    }

    private static Value shown(String id, Held held, List<Value> names) {
        var properties = new LinkedHashMap<String, Value>();
        properties.put("hs_object_id", Value.of(id));
        for (var name : names) {
            properties.put(name.asText(), Value.of(held.properties().get(name.asText())));
        }
        return Value.of(Map.of(
                "id", Value.of(id),
                "properties", Value.of(properties),
                "createdAt", Value.of(held.createdAt().toString()),
                "updatedAt", Value.of(held.updatedAt().toString()),
                "archived", Value.FALSE));
    }

    private Answer one(String object, String id, Call call) {
        var held = objects.get(object + "/" + id);
        if (held == null) {
            return error(404, "OBJECT_NOT_FOUND", "Object not found");
        }
        if (!call.method().equals("PATCH")) {
            return Answer.json(200, shown(id, held, List.of()));
        }
        var properties = new LinkedHashMap<>(held.properties());
        if (call.json().at("properties") instanceof Value.Obj(var set)) {
            set.forEach((name, value) -> properties.put(name, value.asText()));
        }
        var now = held.updatedAt().plusSeconds(1);
        var after = new Held(properties, held.createdAt(), now);
        objects.put(object + "/" + id, after);
        return Answer.json(200, shown(id, after, List.of()));
    }

    private static Answer error(int status, String category, String message) {
        return Answer.json(
                status,
                Value.of(Map.of(
                        "status", Value.of("error"),
                        "category", Value.of(category),
                        "message", Value.of(message),
                        "correlationId", Value.of("00000000-0000-0000-0000-000000000000"))));
    }
}
