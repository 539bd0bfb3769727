/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.Value;
import io.signalbox.rules.InvalidRules;
import io.signalbox.rules.RuleProblem;
import io.signalbox.rules.ScoreModel;
import io.signalbox.runtime.Problem.Detail;
import io.signalbox.store.ControlStore;
import io.signalbox.store.ControlStore.StoredRules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The score rules: one document, read and replaced as a whole. {@code GET} answers the document itself, so what was
 * read can be edited and put back; its version is the entity tag, {@code "v0"} for the rules that are built in. A new
 * rule set is in force everywhere within a minute.
 */
final class RuleOperations implements Family {

    private final ControlStore control;

    RuleOperations(ControlStore control) {
        this.control = requireNonNull(control, "control is null");
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        return Map.of("getRules", this::get, "replaceRules", this::replace);
    }

    private Response get(Call call) {
        call.query();
        var stored = control.rules();
        var rules = stored.map(StoredRules::rules)
                .orElseGet(() -> ScoreModel.starter().json());
        return Response.json(200, rules)
                .with("ETag", EntityTags.of(stored.map(StoredRules::version).orElse(0L)))
                .with("Cache-Control", "private, no-cache");
    }

    private Response replace(Call call) {
        call.query();
        var rules = Bodies.object(call.request());
        var expected = EntityTags.required(call.request());
        var model = compile(rules);
        var version = expected.orElseGet(this::version);
        if (!control.replaceRules(version, rules)) {
            throw Refusal.of(
                            ErrorCode.PRECONDITION_FAILED,
                            "The rules have changed since this ETag; read them again and put the change into those.")
                    .with("ETag", EntityTags.of(version()));
        }
        var body = new LinkedHashMap<String, Value>();
        body.put("version", Value.of(version + 1));
        body.put("model", Value.of(model.id()));
        var warnings = Stream.concat(model.warnings().stream(), strangers(model));
        body.put("warnings", Value.of(warnings.map(RuleOperations::json).toList()));
        body.put("_links", Value.of(Map.of("self", RecordJson.link(call.link("/api/v4/rules")))));
        return Response.json(200, Value.of(body)).with("ETag", EntityTags.of(version + 1));
    }

    /** An action may wait for its connection, so this is no error. */
    private Stream<RuleProblem> strangers(ScoreModel model) {
        return model.pushedTo().stream()
                .filter(id -> control.connection(id).isEmpty())
                .sorted()
                .map(id -> new RuleProblem(
                        "/spec/actions", "there is no connection " + id + ": nothing is written until there is one"));
    }

    private long version() {
        return control.rules().map(StoredRules::version).orElse(0L);
    }

    private static ScoreModel compile(Value rules) {
        try {
            return ScoreModel.compile(rules);
        } catch (InvalidRules e) {
            throw Refusal.invalid(e.problems().stream()
                    .map(problem -> new Detail(problem.pointer(), "INVALID_RULE", problem.message()))
                    .toList());
        }
    }

    private static Value json(RuleProblem problem) {
        return Value.of(Map.of("pointer", Value.of(problem.pointer()), "message", Value.of(problem.message())));
    }
}
