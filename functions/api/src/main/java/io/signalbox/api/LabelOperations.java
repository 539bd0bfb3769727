/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.catalog.Labels;
import io.signalbox.core.catalog.Labels.Held;
import io.signalbox.core.catalog.Labels.Label;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.Link;
import io.signalbox.model.Value;
import io.signalbox.runtime.Problem.Detail;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the labels of links are called, from either side. A link may bear a label that is not listed here, as vendors'
 * links do; and keeps one that is removed here.
 */
final class LabelOperations implements Family {

    private static final int TRIES = 5;
    private static final int MOST = 100;
    private static final int LONGEST = 200;

    private final Kinds kinds;
    private final Labels labels;

    LabelOperations(Kinds kinds, Labels labels) {
        this.kinds = requireNonNull(kinds, "kinds is null");
        this.labels = requireNonNull(labels, "labels is null");
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of(
                "listAssociationLabels", this::list,
                "createAssociationLabel", this::create,
                "updateAssociationLabel", this::update,
                "deleteAssociationLabel", this::delete);
    }

    /** The two types of the path; the token needs the scopes to read both. */
    private record Pair(Kind from, Kind to) {
        static Pair of(Call call, Kinds kinds) {
            var from = kinds.require(call.variable("from"));
            var to = kinds.require(call.variable("to"));
            call.require(Kinds.readScope(from));
            call.require(Kinds.readScope(to));
            return new Pair(from, to);
        }

        String path() {
            return "/api/v4/associations/" + from.schema().path() + "/"
                    + to.schema().path() + "/labels";
        }
    }

    private Response list(Call call) {
        call.query();
        var pair = Pair.of(call, kinds);
        var held = labels.get(pair.from().object(), pair.to().object());
        var body = new LinkedHashMap<String, Value>();
        body.put(
                "results",
                Value.of(held.labels().stream().map(LabelOperations::json).toList()));
        body.put("_links", Value.of(Map.of("self", RecordJson.link(call.link(pair.path())))));
        return Response.json(200, Value.of(body));
    }

    private Response create(Call call) {
        call.query();
        var pair = Pair.of(call, kinds);
        var members = Members.of(Bodies.object(call.request()), "name", "label", "inverse_label");
        var name = members.required("name", LONGEST);
        if (!name.isEmpty() && !Link.isLabel(name)) {
            members.wrong("/name", "INVALID_NAME", "A name is 1 to 63 of a-z, 0-9 and _, a letter first.");
        }
        var text = members.required("label", LONGEST);
        var inverse = members.text("inverse_label", LONGEST).orElse(text);
        members.check();
        var made = new Label(name, text, inverse);
        change(pair, before -> {
            if (before.labels().stream().anyMatch(one -> one.name().equals(name))) {
                throw invalid("/name", "NOT_UNIQUE", "There is a label of this name already.");
            }
            if (before.labels().size() >= MOST) {
                throw invalid("", "TOO_MANY", "Two types of records have at most " + MOST + " labels.");
            }
            var all = new ArrayList<>(before.labels());
            all.add(made);
            return all;
        });
        return Response.json(201, json(made)).with("Location", call.link(pair.path() + "/" + name));
    }

    private Response update(Call call) {
        call.query();
        var pair = Pair.of(call, kinds);
        var members = Members.of(Bodies.patch(call.request()), "label", "inverse_label");
        var text = members.text("label", LONGEST);
        var inverse = members.text("inverse_label", LONGEST);
        members.check();
        var held = change(pair, before -> {
            var old = find(before, call);
            var now = new Label(old.name(), text.orElse(old.text()), inverse.orElse(old.inverse()));
            return before.labels().stream()
                    .map(one -> one.equals(old) ? now : one)
                    .toList();
        });
        return Response.json(200, json(find(held, call)));
    }

    private Response delete(Call call) {
        call.query();
        change(Pair.of(call, kinds), before -> {
            var old = find(before, call);
            return before.labels().stream().filter(one -> !one.equals(old)).toList();
        });
        return Response.empty(204);
    }

    private interface Step {
        List<Label> of(Held before);
    }

    private Held change(Pair pair, Step step) {
        var from = pair.from().object();
        var to = pair.to().object();
        for (var tries = 0; tries < TRIES; tries++) {
            var held = labels.get(from, to);
            var next = step.of(held);
            if (labels.replace(from, to, held.version(), next)) {
                return new Held(held.version() + 1, next);
            }
        }
        throw Refusal.of(ErrorCode.CONFLICT, "Others kept changing the labels; try again in a moment.")
                .with("Retry-After", "1");
    }

    private static Label find(Held held, Call call) {
        return held.labels().stream()
                .filter(label -> label.name().equals(call.variable("label")))
                .findFirst()
                .orElseThrow(() -> Refusal.of(ErrorCode.NOT_FOUND, "There is no label of this name."));
    }

    private static Refusal invalid(String pointer, String code, String message) {
        return Refusal.invalid(List.of(new Detail(pointer, code, message)));
    }

    private static Value json(Label label) {
        var json = new LinkedHashMap<String, Value>();
        json.put("name", Value.of(label.name()));
        json.put("label", Value.of(label.text()));
        json.put("inverse_label", Value.of(label.inverse()));
        return Value.of(json);
    }
}
