/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.api.versions.PreviousRecords;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.Operation;
import io.signalbox.model.PreviousVersion;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.runtime.Problem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A call of v3 as the call of v4 that it stands for. What cannot be read is left as it is, for v4 to refuse.
 *
 * @param call the one of v4
 * @param usesScore whether it names the deprecated {@code lead_score}
 * @param scores the names of the score that the answer is to have, where it is to have some fields only
 * @param warningsInBody whether warnings are asked for in the body too
 */
record PreviousRequest(Call call, boolean usesScore, Optional<Set<String>> scores, boolean warningsInBody) {

    private static final String GIVEN = "custom." + PreviousRecords.GIVEN;
    private static final String FILTERED = "score.value";
    private static final Pattern FILTER = Pattern.compile("filter\\[([^]]*)](.*)");

    PreviousRequest {
        requireNonNull(call, "call is null");
        scores = scores.map(Set::copyOf);
    }

    /**
     * @param operation the current one that answers
     * @param kind the type of record that the path is about; empty for none
     */
    static PreviousRequest of(Call call, Operation operation, Optional<Kind> kind, Warnings warnings) {
        return new Reading(call, operation, kind, warnings).result();
    }

    /** Puts the request together. */
    private static final class Reading {
        private final Call call;
        private final Operation operation;
        private final Optional<Kind> kind;
        private final Warnings warnings;
        private final boolean isScored;
        private final Set<String> scores = new LinkedHashSet<>();
        private boolean isPart;
        private boolean usesScore;
        private boolean inBody;

        Reading(Call call, Operation operation, Optional<Kind> kind, Warnings warnings) {
            this.call = call;
            this.operation = operation;
            this.kind = kind;
            this.warnings = warnings;
            this.isScored =
                    kind.map(Kind::object).filter(PreviousRecords::areScored).isPresent();
        }

        PreviousRequest result() {
            var from = call.request();
            var query = query(from.rawQuery());
            var request = new Request(
                    from.method(),
                    PreviousVersion.currentPath(from.path()),
                    query,
                    from.headers(),
                    body(from.body()),
                    from.access(),
                    from.url(),
                    from.correlationId());
            return new PreviousRequest(
                    new Call(request, operation, call.variables(), call.once()),
                    usesScore,
                    isPart ? Optional.of(scores) : Optional.empty(),
                    inBody);
        }

        private String query(String raw) {
            var pairs = new ArrayList<String>();
            for (var pair : Request.form(raw)) {
                var name = pair.getKey();
                var value = pair.getValue();
                switch (name) {
                    case "warnings" -> inBody(value);
                    case "atomic" ->
                        throw Call.badParameter(
                                name, "UNKNOWN_PARAMETER", "v3 has no atomic batches; those of /api/v4 have atomic.");
                    case "fields" -> pairs.add(encoded(name, fields(value)));
                    case "sort" -> pairs.add(encoded(name, sort(value)));
                    default -> pairs.add(encoded(filter(name), value));
                }
            }
            return String.join("&", pairs);
        }

        private void inBody(String value) {
            if (!value.equals("body")) {
                throw Call.badParameter("warnings", "INVALID_VALUE", "warnings is body, or left out.");
            }
            inBody = true;
        }

        private String fields(String text) {
            if (!isScored || text.strip().equals("*")) {
                return text;
            }
            isPart = true;
            var names = new LinkedHashSet<String>();
            for (var part : text.split(",", -1)) {
                var name = part.strip();
                if (isScore(name)) {
                    scores.add(name);
                    names.addAll(List.of(PreviousRecords.HEALTH, GIVEN));
                } else {
                    names.add(name);
                }
            }
            return String.join(",", names);
        }

        private String sort(String text) {
            return String.join(
                    ",",
                    Arrays.stream(text.split(",", -1))
                            .map(key -> key.startsWith("-") ? "-" + path(key.substring(1)) : path(key))
                            .toList());
        }

        private String filter(String name) {
            var filter = FILTER.matcher(name);
            return filter.matches() ? "filter[" + path(filter.group(1)) + "]" + filter.group(2) : name;
        }

        /** A field where it is filtered or sorted by. */
        private String path(String field) {
            return isScored && isScore(field) ? FILTERED : field;
        }

        private boolean isScore(String name) {
            usesScore |= name.equals(PreviousRecords.SCORE);
            return name.equals(PreviousRecords.SCORE) || name.equals(PreviousRecords.HEALTH);
        }

        private byte[] body(byte[] bytes) {
            if (bytes.length == 0 || kind.isEmpty()) {
                return bytes;
            }
            try {
                return Json.parse(bytes) instanceof Value.Obj object ? Json.bytes(body(object)) : bytes;
            } catch (Json.Malformed _) {
                return bytes;
            }
        }

        private Value.Obj body(Value.Obj object) {
            var id = operation.id();
            var schema = kind.orElseThrow().schema();
            if (Set.of("create" + schema.one(), "update" + schema.one(), "upsert" + schema.one())
                    .contains(id)) {
                return record(object, "");
            }
            if (id.startsWith("batch")) {
                return inputs(object);
            }
            return id.startsWith("search") ? (Value.Obj) searched(object) : object;
        }

        private Value.Obj inputs(Value.Obj object) {
            if (!(object.get("inputs") instanceof Value.Arr(var items))) {
                return object;
            }
            var inputs = new ArrayList<Value>();
            for (var item : items) {
                inputs.add(
                        item.at("record") instanceof Value.Obj record
                                ? with(item, "record", record(record, "/inputs/" + inputs.size() + "/record"))
                                : item);
            }
            return with(object, "inputs", Value.of(inputs));
        }

        private Value.Obj record(Value.Obj object, String at) {
            var schema = kind.orElseThrow().schema();
            var taken = PreviousRecords.taken(
                    schema, object, name -> name.equals("custom") || RecordInput.READ_ONLY.contains(name));
            taken.unknown().forEach(warnings::unknownField);
            usesScore |= taken.usesOldName();
            for (var name : List.of(PreviousRecords.SCORE, PreviousRecords.HEALTH)) {
                if (isScored && !PreviousRecords.isScore(object.get(name))) {
                    throw Refusal.invalid(List.of(new Problem.Detail(
                            at + "/" + name, "INVALID_NUMBER", name + " must be a number from 0 to 100, or null.")));
                }
            }
            if (taken.conflicts()) {
                var message = "lead_score and lead_health_score are two names of one field and say different things;"
                        + " send lead_health_score alone.";
                throw Refusal.of(
                        ErrorCode.CONFLICTING_DEPRECATED_FIELD,
                        message,
                        new Problem.Detail(at + "/" + PreviousRecords.SCORE, "CONFLICTS", message));
            }
            return taken.body();
        }

        /** Field names of a search, wherever they stand in it: as {@code field}, in {@code sort} and {@code fields}. */
        private Value searched(Value value) {
            return switch (value) {
                case Value.Obj(var members) -> {
                    var all = new LinkedHashMap<String, Value>();
                    members.forEach((name, member) -> all.put(name, searched(name, member)));
                    yield Value.of(all);
                }
                case Value.Arr(var items) ->
                    Value.of(items.stream().map(this::searched).toList());
                case Value.Text _, Value.Num _, Value.Bool _, Value.Null _ -> value;
            };
        }

        private Value searched(String name, Value value) {
            return switch (name) {
                case "field", "property" -> value instanceof Value.Text(var text) ? Value.of(path(text)) : value;
                case "sort" -> texts(value, this::sort);
                case "fields" ->
                    value instanceof Value.Arr(var items)
                            ? Value.of(items.stream()
                                    .flatMap(item -> item instanceof Value.Text(var text)
                                            ? Arrays.stream(fields(text).split(","))
                                                    .map(Value::of)
                                            : java.util.stream.Stream.of(item))
                                    .toList())
                            : texts(value, this::fields);
                default -> searched(value);
            };
        }

        private Value texts(Value value, java.util.function.UnaryOperator<String> change) {
            return switch (value) {
                case Value.Text(var text) -> Value.of(change.apply(text));
                case Value.Arr(var items) ->
                    Value.of(items.stream().map(item -> texts(item, change)).toList());
                case Value.Obj _, Value.Num _, Value.Bool _, Value.Null _ -> searched(value);
            };
        }
    }

    static Value.Obj with(Value object, String name, Value value) {
        var members =
                object instanceof Value.Obj(var some) ? new LinkedHashMap<>(some) : new LinkedHashMap<String, Value>();
        members.put(name, value);
        return new Value.Obj(members);
    }

    static String encoded(String name, String value) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** The query as it was asked for, without the place in the listing. */
    static String queryOf(Request request) {
        return Request.form(request.rawQuery()).stream()
                .filter(pair -> !Set.of("after", "access_token").contains(pair.getKey()))
                .map(pair -> encoded(pair.getKey(), pair.getValue()))
                .collect(java.util.stream.Collectors.joining("&"));
    }

    /** Whether the answer is to have this name of the score. */
    boolean wants(String name) {
        return scores.isEmpty() || scores.get().contains(name);
    }

    /** The call with the path's id in place of another. */
    PreviousRequest about(String id, Operation get) {
        var from = call.request();
        var parts = from.path().split("/");
        var request = new Request(
                "GET",
                String.join("/", Arrays.asList(parts).subList(0, 4)) + "/" + id,
                from.rawQuery(),
                from.headers(),
                from.body(),
                from.access(),
                from.url(),
                from.correlationId());
        return new PreviousRequest(
                new Call(request, get, Map.of("id", id), call.once()), usesScore, scores, warningsInBody);
    }
}
