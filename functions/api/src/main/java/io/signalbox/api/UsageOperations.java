/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.api.versions.Deprecation;
import io.signalbox.api.versions.Deprecations;
import io.signalbox.model.Operation;
import io.signalbox.model.Operations;
import io.signalbox.model.PreviousVersion;
import io.signalbox.model.Value;
import io.signalbox.store.UsageStore;
import io.signalbox.store.UsageStore.Counts;
import io.signalbox.store.UsageStore.Day;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Who calls what how often, who still uses what is going, and what the caller may. A report costs a query for each of
 * its days; what instances have not handed in yet is not in it, a minute's calls at most.
 */
final class UsageOperations implements Family {

    private static final int MOST_DAYS = 30;
    private static final int MOST_RESULTS = 1_000;
    private static final Set<String> GROUPS = Set.of("client", "endpoint", "version");

    private final Supplier<UsageStore> store;
    private final Optional<Meter> meter;
    private final Deprecations deprecations;
    private final InstantSource clock;
    private final Map<String, Operation> operations =
            Operations.ALL.stream().collect(Collectors.toMap(Operation::id, Function.identity()));

    /** @param meter what counts and limits; empty where nothing does */
    UsageOperations(Supplier<UsageStore> store, Optional<Meter> meter, Deprecations deprecations, InstantSource clock) {
        this.store = requireNonNull(store, "store is null");
        this.meter = requireNonNull(meter, "meter is null");
        this.deprecations = requireNonNull(deprecations, "deprecations is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of("getUsage", this::usage, "getVersionDrift", this::drift, "getLimits", this::limits);
    }

    private Response limits(Call call) {
        call.query();
        var policies = meter.stream()
                .flatMap(one -> one.left(call.client()).stream())
                .map(UsageOperations::json)
                .toList();
        var body = new LinkedHashMap<String, Value>();
        body.put("client", Value.of(call.client()));
        body.put("policies", Value.of(policies));
        return Response.json(200, Value.of(body));
    }

    private static Value json(Meter.Left left) {
        var json = new LinkedHashMap<String, Value>();
        json.put("name", Value.of(left.policy().name()));
        json.put("quota", Value.of(left.policy().quota()));
        json.put("window_seconds", Value.of(left.policy().window().toSeconds()));
        json.put("remaining", Value.of(left.remaining()));
        json.put("reset_seconds", Value.of(left.resetSeconds()));
        return Value.of(json);
    }

    /** The days that a report is about, and what was counted in them. */
    private record Period(LocalDate from, LocalDate to, List<Day> days) {}

    private Period period(Map<String, String> query) {
        var text = query.getOrDefault("days", Integer.toString(MOST_DAYS));
        var fits = text.length() <= 2 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        var days = fits ? Integer.parseInt(text) : 0;
        if (days < 1 || days > MOST_DAYS) {
            throw Call.badParameter("days", "OUT_OF_RANGE", "days is a whole number from 1 to " + MOST_DAYS + ".");
        }
        var to = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var from = to.minusDays(days - 1L);
        return new Period(from, to, store.get().days(from, to));
    }

    private Response usage(Call call) {
        var query = call.query("days", "group_by");
        var by = query.getOrDefault("group_by", "client");
        if (!GROUPS.contains(by)) {
            throw Call.badParameter("group_by", "INVALID_VALUE", "group_by is client, endpoint or version.");
        }
        var period = period(query);
        var calls = new TreeMap<String, Long>();
        var refused = new TreeMap<String, Long>();
        for (var day : period.days()) {
            day.counts()
                    .calls()
                    .forEach((operation, count) -> calls.merge(group(by, day.client(), operation), count, Long::sum));
            if (by.equals("client")) {
                refused.merge(day.client(), day.counts().refused(), Long::sum);
            }
        }
        var results = calls.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MOST_RESULTS)
                .map(one -> row(by, one.getKey(), one.getValue(), refused.get(one.getKey())))
                .toList();
        return answer(call, period, "results", results);
    }

    private static Value row(String by, String name, long calls, Long refused) {
        var row = new LinkedHashMap<String, Value>();
        row.put(by, Value.of(name));
        row.put("calls", Value.of(calls));
        if (refused != null) {
            row.put("rate_limited", Value.of(refused));
        }
        return Value.of(row);
    }

    private String group(String by, String client, String operation) {
        return switch (by) {
            case "client" -> client;
            case "version" -> version(operation);
            default -> operation;
        };
    }

    /** Operations come and go; of one that has gone its name says which version it was of. */
    private String version(String id) {
        var operation = operations.get(id);
        return operation == null ? id.endsWith("V3") ? "v3" : "v4" : PreviousVersion.has(operation) ? "v3" : "v4";
    }

    private Response drift(Call call) {
        var period = period(call.query("days"));
        var byClient =
                period.days().stream().collect(Collectors.groupingBy(Day::client, TreeMap::new, Collectors.toList()));
        var clients = byClient.entrySet().stream()
                .limit(MOST_RESULTS)
                .map(one -> client(one.getKey(), one.getValue()))
                .toList();
        return answer(call, period, "clients", clients);
    }

    private Value client(String name, List<Day> days) {
        var counts = days.stream().map(Day::counts).reduce(Counts.NONE, Counts::plus);
        var versions = new TreeMap<String, Long>();
        counts.calls().forEach((operation, count) -> versions.merge(version(operation), count, Long::sum));
        var json = new LinkedHashMap<String, Value>();
        json.put("client", Value.of(name));
        json.put("calls", numbers(versions));
        json.put("last_seen", time(days.stream().map(Day::lastSeen).max(Comparator.naturalOrder())));
        var items = new ArrayList<Value>();
        for (var item : deprecations.all()) {
            var used = counts.used().getOrDefault(item.name(), 0L);
            var returned = counts.returned().getOrDefault(item.name(), 0L);
            if (used + returned > 0) {
                var last = days.stream()
                        .flatMap(day -> Optional.ofNullable(day.lastUsed().get(item.name())).stream())
                        .max(Comparator.naturalOrder());
                items.add(item(item, used, returned, last));
            }
        }
        json.put("deprecated", Value.of(items));
        return Value.of(json);
    }

    private Value item(Deprecation item, long used, long returned, Optional<Instant> last) {
        var now = clock.instant();
        var json = new LinkedHashMap<String, Value>();
        json.put("name", Value.of(item.name()));
        json.put("kind", Value.of(item.kind().name().toLowerCase(Locale.ROOT)));
        json.put("replacement", Value.of(item.replacement()));
        json.put("used_in_request", Value.of(used));
        json.put("returned_by_default", Value.of(returned));
        json.put("last_seen", time(last));
        json.put("sunset_at", Value.of(item.sunsetAt().toString()));
        json.put("days_to_sunset", Value.of(item.daysToSunset(now)));
        // Who is only shown it by default breaks by nothing but the absence of what it does not read.
        var severity = used == 0 ? Deprecation.Severity.INFO : item.severity(now);
        json.put("severity", Value.of(severity.name().toLowerCase(Locale.ROOT)));
        return Value.of(json);
    }

    private static Value time(Optional<Instant> time) {
        return time.map(some -> Value.of(some.toString())).orElse(Value.NULL);
    }

    private static Value numbers(Map<String, Long> counts) {
        var json = new LinkedHashMap<String, Value>();
        counts.forEach((name, count) -> json.put(name, Value.of(count)));
        return Value.of(json);
    }

    private static Response answer(Call call, Period period, String name, List<Value> results) {
        var body = new LinkedHashMap<String, Value>();
        body.put("from", Value.of(period.from().toString()));
        body.put("to", Value.of(period.to().toString()));
        body.put(name, Value.of(results));
        body.put(
                "_links",
                Value.of(Map.of("self", RecordJson.link(call.link(call.request().path())))));
        return Response.json(200, Value.of(body));
    }
}
