/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.Score;
import io.signalbox.model.Value;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The actions of a score model, compiled. */
final class Actions {

    static final Actions NONE = new Actions(Map.of(), RuleIndex.builder(1).build());

    /** What {@code from} may name beside the record's own fields. */
    static final List<String> SCORE = List.of("score.value", "score.fit", "score.engagement", "score.label");

    private final Map<String, Action> actions;
    private final RuleIndex index;

    /** @param index finds ids of actions by {@link Documents#scored} */
    Actions(Map<String, Action> actions, RuleIndex index) {
        this.actions = Map.copyOf(actions);
        this.index = requireNonNull(index, "index is null");
    }

    record Action(String id, Optional<ConnectionId> connection, Map<String, Source> set) {}

    /** Where a field's value comes from. */
    sealed interface Source {

        /** Says the same of every record. */
        record Constant(Value value) implements Source {}

        /** A part of the score, or one of the record's own fields. */
        record Copied(String path) implements Source {}
    }

    boolean isEmpty() {
        return actions.isEmpty();
    }

    /** In the order of the document. */
    List<Push> of(CrmRecord record) {
        return isEmpty()
                ? List.of()
                : index.match(Documents.scored(record)).stream()
                        .map(id -> push(actions.get(id), record))
                        .filter(push -> !push.fields().isEmpty())
                        .toList();
    }

    private static Push push(Action action, CrmRecord record) {
        var fields = new LinkedHashMap<String, Value>();
        action.set().forEach((name, source) -> value(source, record).ifPresent(value -> fields.put(name, value)));
        return new Push(action.id(), action.connection(), fields);
    }

    /** Empty for what the record has never said anything of. */
    private static Optional<Value> value(Source source, CrmRecord record) {
        return switch (source) {
            case Source.Constant(var value) -> Optional.of(value);
            case Source.Copied(var path)
            when SCORE.contains(path) -> record.score().map(score -> part(score, path));
            case Source.Copied(var path) ->
                Optional.ofNullable(record.properties().get(path.substring("data.".length())))
                        .map(property -> property.value());
        };
    }

    static Value part(Score score, String path) {
        return switch (path) {
            case "score.value" -> number(score.value());
            case "score.fit" -> number(score.fit());
            case "score.engagement" -> number(score.engagement());
            default -> Value.of(score.label());
        };
    }

    /** Without a needless {@code .0}: many vendors have fields of whole numbers. */
    private static Value number(BigDecimal points) {
        var plain = points.stripTrailingZeros();
        return Value.of(plain.scale() < 0 ? plain.setScale(0) : plain);
    }

    /** The connections that actions name. */
    Set<ConnectionId> connections() {
        return actions.values().stream()
                .flatMap(action -> action.connection().stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
