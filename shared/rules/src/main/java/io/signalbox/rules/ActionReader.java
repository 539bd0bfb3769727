/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.Value;
import io.signalbox.rules.Actions.Action;
import io.signalbox.rules.Actions.Source;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the actions of a score model, and finds all that is wrong with them. */
final class ActionReader {

    private static final int MAX_ACTIONS = 50;
    private static final int MAX_FIELDS = 50;
    private static final Pattern CONNECTION = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.]{0,99}");
    private static final Pattern OWN_FIELD = Pattern.compile("data\\.[A-Za-z0-9_.]{1,100}");

    private final Problems problems;
    private final Map<String, Action> actions = new LinkedHashMap<>();
    private final RuleIndex.Builder index = RuleIndex.builder(MAX_ACTIONS);

    private ActionReader(Problems problems) {
        this.problems = requireNonNull(problems, "problems is null");
    }

    /** Adds what is wrong to the problems; what it returns then is not to be used. */
    static Actions read(Node list, Problems problems) {
        if (list.isMissing()) {
            return Actions.NONE;
        }
        var reader = new ActionReader(problems);
        list.items(0, MAX_ACTIONS).forEach(reader::action);
        return new Actions(reader.actions, reader.index.build());
    }

    private void action(Node node) {
        node.only("id", "when", "push");
        var id = node.member("id").matching(ModelReader.ID);
        var push = node.member("push");
        var connection = Optional.<ConnectionId>empty();
        var set = new LinkedHashMap<String, Source>();
        if (push.isMissing()) {
            push.missing();
        } else {
            push.only("connection", "set");
            var named = push.member("connection");
            if (!named.isMissing()) {
                var text = named.matching(CONNECTION);
                connection = text.isEmpty() ? connection : Optional.of(new ConnectionId(text));
            }
            fields(push.member("set"), set);
        }
        var when = node.member("when");
        if (actions.putIfAbsent(id, new Action(id, connection, set)) != null) {
            problems.add(node.place().member("id"), "id: another action has this id");
        } else if (when.isMissing()) {
            when.missing();
        } else {
            ModelReader.topFields(when.value(), when.place(), Documents.SCORED_FIELDS, problems);
            index.add(id, when.value(), when.place(), problems);
        }
    }

    private void fields(Node node, Map<String, Source> set) {
        var members = node.members();
        if (members.size() > MAX_FIELDS) {
            problems.add(node.place(), "set: at most " + MAX_FIELDS + " fields");
        }
        members.forEach((name, value) -> {
            if (!FIELD.matcher(name).matches()) {
                problems.add(value.place(), Problems.quoted(name) + ": is no name of a field");
            }
            set.put(name, source(name, value));
        });
    }

    private Source source(String name, Node node) {
        return switch (node.value()) {
            case Value.Obj _ -> {
                node.only("from");
                var from = node.member("from");
                var path = from.value() instanceof Value.Text(var text) ? text : "";
                if (!Actions.SCORE.contains(path) && !OWN_FIELD.matcher(path).matches()) {
                    problems.add(
                            from.place(),
                            name + ": from is one of " + String.join(", ", Actions.SCORE) + ", or data. and a field");
                }
                yield new Source.Copied(path);
            }
            case Value.Arr _ -> {
                problems.add(node.place(), name + ": is a plain value, or {from: …}");
                yield new Source.Constant(Value.NULL);
            }
            case Value.Text _, Value.Num _, Value.Bool _, Value.Null _ -> new Source.Constant(node.value());
        };
    }
}
