/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.model.Value;
import io.signalbox.outbound.Breaker;
import io.signalbox.outbound.Reach;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A connection's access to its vendor as JSON: how it goes, and nothing secret. */
final class AccessJson {

    private AccessJson() {}

    static Value access(Reach reach, Instant notificationsUntil) {
        var json = new LinkedHashMap<String, Value>();
        json.put("status", Value.of(status(reach)));
        var granted = reach.granted();
        json.put("flow", text(granted.map(held -> held.flow().name().toLowerCase(Locale.ROOT))));
        json.put("granted_at", time(granted.map(Reach.Granted::at)));
        json.put("scopes", texts(granted.map(Reach.Granted::scopes).orElse(List.of())));
        json.put("fields", texts(granted.map(Reach.Granted::fields).orElse(List.of())));
        json.put("failing_since", time(reach.failingSince()));
        json.put("paused_until", time(Optional.of(reach.pausedUntil()).filter(at -> at.isAfter(Instant.EPOCH))));
        json.put("breaker", Value.of(breaker(reach.breaker())));
        var quota = new LinkedHashMap<String, Value>();
        quota.put("day", Value.of(reach.usage().day().toString()));
        quota.put("calls", Value.of(reach.usage().calls()));
        quota.put(
                "daily_limit",
                granted.filter(held -> held.dailyLimit() > 0)
                        .map(held -> Value.of(held.dailyLimit()))
                        .orElse(Value.NULL));
        quota.put(
                "vendor_limit",
                reach.usage().vendors().map(said -> Value.of(said.limit())).orElse(Value.NULL));
        quota.put(
                "vendor_remaining",
                reach.usage().vendors().map(said -> Value.of(said.remaining())).orElse(Value.NULL));
        json.put("quota", Value.of(quota));
        json.put("notifications_until", time(Optional.of(notificationsUntil).filter(at -> at.isAfter(Instant.EPOCH))));
        json.put(
                "attention",
                reach.attention()
                        .map(what -> {
                            var members = new LinkedHashMap<String, Value>();
                            members.put("code", Value.of(what.code().name()));
                            members.put("message", Value.of(what.message()));
                            members.put("action", Value.of(what.action()));
                            members.put("since", Value.of(what.since().toString()));
                            return Value.of(members);
                        })
                        .orElse(Value.NULL));
        return Value.of(json);
    }

    private static String status(Reach reach) {
        if (reach.granted().isEmpty()) {
            return "none";
        }
        return reach.attention().isPresent()
                ? "needs_attention"
                : reach.failingSince().isPresent() ? "failing" : "connected";
    }

    private static String breaker(Breaker breaker) {
        return switch (breaker) {
            case Breaker.Closed _ -> "closed";
            case Breaker.Open _ -> "open";
            case Breaker.HalfOpen _ -> "half_open";
        };
    }

    private static Value texts(List<String> texts) {
        return Value.of(texts.stream().map(text -> Value.of(text)).toList());
    }

    private static Value text(Optional<String> text) {
        return text.map(said -> Value.of(said)).orElse(Value.NULL);
    }

    private static Value time(Optional<Instant> time) {
        return time.map(at -> Value.of(at.toString())).orElse(Value.NULL);
    }
}
