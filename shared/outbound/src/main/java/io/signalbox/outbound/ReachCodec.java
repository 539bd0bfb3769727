/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.outbound;

import io.signalbox.model.Value;
import io.signalbox.outbound.Reach.Granted;
import io.signalbox.outbound.Reach.Usage;
import io.signalbox.vendors.client.App.Flow;
import io.signalbox.vendors.client.Quota;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A {@link Reach} as the value of a state. What is not there is left out. */
final class ReachCodec {

    private ReachCodec() {}

    static Value encode(Reach reach) {
        var json = new LinkedHashMap<String, Value>();
        reach.granted().ifPresent(granted -> {
            var members = new LinkedHashMap<String, Value>();
            members.put("flow", Value.of(granted.flow().name()));
            members.put("at", time(granted.at()));
            members.put("scopes", texts(granted.scopes()));
            members.put("fields", texts(granted.fields()));
            members.put("daily_limit", Value.of(granted.dailyLimit()));
            json.put("granted", Value.of(members));
        });
        json.put("breaker", breaker(reach.breaker()));
        json.put("paused_until", time(reach.pausedUntil()));
        var usage = new LinkedHashMap<String, Value>();
        usage.put("day", Value.of(reach.usage().day().toEpochDay()));
        usage.put("calls", Value.of(reach.usage().calls()));
        reach.usage().vendors().ifPresent(quota -> {
            usage.put("limit", Value.of(quota.limit()));
            usage.put("remaining", Value.of(quota.remaining()));
        });
        json.put("usage", Value.of(usage));
        reach.failingSince().ifPresent(since -> json.put("failing_since", time(since)));
        reach.attention()
                .ifPresent(what -> json.put(
                        "attention",
                        Value.of(Map.of(
                                "code", Value.of(what.code().name()),
                                "message", Value.of(what.message()),
                                "action", Value.of(what.action()),
                                "since", time(what.since())))));
        if (!reach.pushes().isEmpty()) {
            json.put("pushes", texts(List.copyOf(reach.pushes())));
        }
        return Value.of(json);
    }

    private static Value breaker(Breaker breaker) {
        return switch (breaker) {
            case Breaker.Closed(var failures) -> Value.of(Map.of("failures", Value.of(failures)));
            case Breaker.Open(var until, var trips) ->
                Value.of(Map.of("open_until", time(until), "trips", Value.of(trips)));
            case Breaker.HalfOpen(var until, var trips) ->
                Value.of(Map.of("probe_until", time(until), "trips", Value.of(trips)));
        };
    }

    static Reach decode(Value json) {
        var usage = json.at("usage");
        return new Reach(
                json.at("granted").isNull() ? Optional.empty() : Optional.of(granted(json.at("granted"))),
                breakerOf(json.at("breaker")),
                instant(json.at("paused_until")),
                new Usage(
                        LocalDate.ofEpochDay(number(usage.at("day"))),
                        number(usage.at("calls")),
                        usage.at("limit").isNull()
                                ? Optional.empty()
                                : Optional.of(new Quota(number(usage.at("limit")), number(usage.at("remaining"))))),
                json.at("failing_since").isNull() ? Optional.empty() : Optional.of(instant(json.at("failing_since"))),
                json.at("attention").isNull() ? Optional.empty() : Optional.of(attention(json.at("attention"))),
                Set.copyOf(list(json.at("pushes"))));
    }

    private static Granted granted(Value json) {
        return new Granted(
                Flow.valueOf(json.at("flow").asText()),
                instant(json.at("at")),
                list(json.at("scopes")),
                list(json.at("fields")),
                number(json.at("daily_limit")));
    }

    private static Attention attention(Value json) {
        return new Attention(
                Attention.Code.valueOf(json.at("code").asText()),
                json.at("message").asText(),
                json.at("action").asText(),
                instant(json.at("since")));
    }

    private static Breaker breakerOf(Value json) {
        if (!json.at("open_until").isNull()) {
            return new Breaker.Open(instant(json.at("open_until")), (int) number(json.at("trips")));
        }
        if (!json.at("probe_until").isNull()) {
            return new Breaker.HalfOpen(instant(json.at("probe_until")), (int) number(json.at("trips")));
        }
        return new Breaker.Closed((int) number(json.at("failures")));
    }

    static Value texts(List<String> texts) {
        return Value.of(texts.stream().map(text -> Value.of(text)).toList());
    }

    static List<String> list(Value json) {
        return json instanceof Value.Arr(var items)
                ? items.stream().map(item -> item.asText()).toList()
                : List.of();
    }

    private static Value time(Instant time) {
        return Value.of(time.toEpochMilli());
    }

    private static Instant instant(Value json) {
        return Instant.ofEpochMilli(number(json));
    }

    private static long number(Value json) {
        return json instanceof Value.Num(var number) ? number.longValue() : 0;
    }
}
