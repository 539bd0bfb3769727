/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.catalog.Pipeline;
import io.signalbox.core.catalog.Pipeline.Stage;
import io.signalbox.core.catalog.Pipelines;
import io.signalbox.core.catalog.Pipelines.Held;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.ObjectSchema;
import io.signalbox.model.Value;
import io.signalbox.runtime.Problem.Detail;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pipelines of deals or of tickets, and their stages, in their order. All pipelines of a type have one version, which
 * is the entity tag of each. What records are in is not removed.
 */
final class PipelineOperations implements Family {

    private static final int TRIES = 5;
    private static final int LONGEST_ID = 64;
    private static final int LONGEST_LABEL = 200;
    private static final int MOST_STAGES = 100;
    private static final int MOST = 100;

    private final ObjectSchema schema;
    private final Pipelines pipelines;
    private final StageUse use;

    PipelineOperations(ObjectSchema schema, Pipelines pipelines, StageUse use) {
        this.schema = requireNonNull(schema, "schema is null");
        this.pipelines = requireNonNull(pipelines, "pipelines is null");
        this.use = requireNonNull(use, "use is null");
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        var one = schema.one();
        return Map.of(
                "list" + one + "Pipelines", this::list,
                "create" + one + "Pipeline", this::create,
                "get" + one + "Pipeline", this::get,
                "update" + one + "Pipeline", this::update,
                "delete" + one + "Pipeline", this::delete,
                "create" + one + "Stage", this::createStage,
                "update" + one + "Stage", this::updateStage,
                "delete" + one + "Stage", this::deleteStage);
    }

    private Response list(Call call) {
        call.query();
        var held = pipelines.get(schema.object());
        var body = new LinkedHashMap<String, Value>();
        body.put(
                "results",
                Value.of(held.pipelines().stream().map(one -> json(call, one)).toList()));
        body.put("_links", Value.of(Map.of("self", RecordJson.link(call.link(path())))));
        return tagged(Response.json(200, Value.of(body)), held);
    }

    private Response get(Call call) {
        call.query();
        var held = pipelines.get(schema.object());
        return tagged(Response.json(200, json(call, find(held, call))), held);
    }

    private Response create(Call call) {
        call.query();
        var members = Members.of(Bodies.object(call.request()), "id", "label", "stages", "position");
        var label = members.required("label", LONGEST_LABEL);
        var id = members.text("id", LONGEST_ID).orElseGet(() -> idOf(label));
        var stages = stages(members).orElse(List.of());
        if (stages.isEmpty()) {
            members.wrong("/stages", "REQUIRED", "A pipeline has at least one stage.");
        }
        var position = members.position();
        members.check();
        var made = new Pipeline(id, label, stages);
        var held = change(call, before -> {
            if (before.find(id).isPresent()) {
                throw taken("There is a pipeline with this id already.");
            }
            if (before.pipelines().size() >= MOST) {
                throw invalid("", "TOO_MANY", "There are at most " + MOST + " pipelines.");
            }
            return placed(before.pipelines(), made, position.orElse(MOST));
        });
        return tagged(Response.json(201, json(call, made)), held).with("Location", call.link(path(made)));
    }

    private Response update(Call call) {
        call.query();
        var members = Members.of(Bodies.patch(call.request()), "label", "stages", "position");
        var label = members.text("label", LONGEST_LABEL);
        var stages = stages(members);
        if (stages.filter(List::isEmpty).isPresent()) {
            members.wrong("/stages", "REQUIRED", "A pipeline has at least one stage.");
        }
        var position = members.position();
        members.check();
        return answer(call, change(call, before -> {
            var old = find(before, call);
            var now = new Pipeline(old.id(), label.orElse(old.label()), stages.orElse(old.stages()));
            for (var stage : old.stages()) {
                if (now.stage(stage.id()).isEmpty()) {
                    use.refuseStage(before, old, stage);
                }
            }
            return placed(
                    before.pipelines(), now, position.orElse(before.pipelines().indexOf(old)));
        }));
    }

    private Response delete(Call call) {
        call.query();
        change(call, before -> {
            var old = find(before, call);
            if (before.pipelines().size() == 1) {
                throw Refusal.of(ErrorCode.IN_USE, "This is the last pipeline; make another before you remove it.");
            }
            use.refusePipeline(before, old);
            return before.pipelines().stream().filter(one -> !one.equals(old)).toList();
        });
        return Response.empty(204);
    }

    private Response createStage(Call call) {
        call.query();
        var members = Members.of(Bodies.object(call.request()), "id", "label", "probability", "closed", "position");
        var stage = stage(members);
        var position = members.position();
        members.check();
        var held = change(call, before -> {
            var old = find(before, call);
            if (old.stage(stage.id()).isPresent()) {
                throw taken("The pipeline has a stage with this id already.");
            }
            if (old.stages().size() >= MOST_STAGES) {
                throw invalid("", "TOO_MANY", "A pipeline has at most " + MOST_STAGES + " stages.");
            }
            return with(before, old, placedStage(old.stages(), stage, position.orElse(MOST_STAGES)));
        });
        var found = find(held, call);
        return tagged(Response.json(201, json(call, found)), held).with("Location", call.link(path(found)));
    }

    private Response updateStage(Call call) {
        call.query();
        var members = Members.of(Bodies.patch(call.request()), "label", "probability", "closed", "position");
        var label = members.text("label", LONGEST_LABEL);
        var probability = members.number("probability", 0, 1);
        var closed = members.flag("closed");
        var position = members.position();
        members.check();
        return answer(call, change(call, before -> {
            var old = find(before, call);
            var stage = findStage(old, call);
            var now = new Stage(
                    stage.id(),
                    label.orElse(stage.label()),
                    probability.orElse(stage.probability()),
                    closed.orElse(stage.isClosed()));
            return with(
                    before,
                    old,
                    placedStage(old.stages(), now, position.orElse(old.stages().indexOf(stage))));
        }));
    }

    private Response deleteStage(Call call) {
        call.query();
        change(call, before -> {
            var old = find(before, call);
            var stage = findStage(old, call);
            if (old.stages().size() == 1) {
                throw Refusal.of(ErrorCode.IN_USE, "This is the pipeline's last stage; remove the pipeline instead.");
            }
            use.refuseStage(before, old, stage);
            return with(
                    before,
                    old,
                    old.stages().stream().filter(one -> !one.equals(stage)).toList());
        });
        return Response.empty(204);
    }

    private interface Step {
        List<Pipeline> of(Held before);
    }

    /** Replaces what is held by what a step makes of it, again where somebody else was faster. */
    private Held change(Call call, Step step) {
        var match = IfMatch.of(call.request());
        for (var tries = 0; tries < TRIES; tries++) {
            var held = pipelines.get(schema.object());
            if (!match.versions().isEmpty() && !match.versions().contains(tag(held))) {
                throw Refusal.of(
                                ErrorCode.PRECONDITION_FAILED,
                                "The pipelines have changed since this ETag; read them again.")
                        .with("ETag", EntityTags.of(tag(held)));
            }
            var next = step.of(held);
            if (next.equals(held.pipelines())) {
                return held;
            }
            if (pipelines.replace(schema.object(), held.version(), next)) {
                return new Held(held.version() + 1, next);
            }
        }
        throw Refusal.of(ErrorCode.CONFLICT, "Others kept changing the pipelines; try again in a moment.")
                .with("Retry-After", "1");
    }

    /** One more than the version held, which is 0 as long as nobody has changed anything. */
    private static long tag(Held held) {
        return held.version() + 1;
    }

    private static Response tagged(Response response, Held held) {
        return response.with("ETag", EntityTags.of(tag(held))).with("Cache-Control", "private, no-cache");
    }

    private Response answer(Call call, Held held) {
        return tagged(Response.json(200, json(call, find(held, call))), held);
    }

    private static Pipeline find(Held held, Call call) {
        return held.find(call.variable("pipeline_id"))
                .orElseThrow(() -> Refusal.of(ErrorCode.NOT_FOUND, "There is no pipeline with this id."));
    }

    private static Stage findStage(Pipeline pipeline, Call call) {
        return pipeline.stage(call.variable("stage_id"))
                .orElseThrow(() -> Refusal.of(ErrorCode.NOT_FOUND, "The pipeline has no stage with this id."));
    }

    private static List<Pipeline> with(Held before, Pipeline old, List<Stage> stages) {
        var now = new Pipeline(old.id(), old.label(), stages);
        return before.pipelines().stream()
                .map(one -> one.equals(old) ? now : one)
                .toList();
    }

    /** The list with one of that id at that place; behind all when it is shorter. */
    private static List<Pipeline> placed(List<Pipeline> all, Pipeline one, int position) {
        var others = new ArrayList<>(
                all.stream().filter(other -> !other.id().equals(one.id())).toList());
        others.add(Math.min(position, others.size()), one);
        return others;
    }

    private static List<Stage> placedStage(List<Stage> all, Stage one, int position) {
        var others = new ArrayList<>(
                all.stream().filter(other -> !other.id().equals(one.id())).toList());
        others.add(Math.min(position, others.size()), one);
        return others;
    }

    private static Optional<List<Stage>> stages(Members members) {
        var found = members.objects("stages", "id", "label", "probability", "closed");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var stages = found.get().stream().map(PipelineOperations::stage).toList();
        if (stages.size() > MOST_STAGES) {
            members.wrong("/stages", "TOO_MANY", "A pipeline has at most " + MOST_STAGES + " stages.");
        }
        if (stages.stream().map(Stage::id).distinct().count() < stages.size()) {
            members.wrong("/stages", "REPEATED", "Two of the stages have one id.");
        }
        return Optional.of(stages);
    }

    private static Stage stage(Members members) {
        var label = members.required("label", LONGEST_LABEL);
        return new Stage(
                members.text("id", LONGEST_ID).orElseGet(() -> idOf(label)),
                label,
                members.number("probability", 0, 1).orElse(BigDecimal.ZERO),
                members.flag("closed").orElse(false));
    }

    /** {@code new_business} for “New business”. */
    private static String idOf(String label) {
        var id = label.toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "_")
                .replaceAll("^_|_$", "");
        var cut = id.substring(0, Math.min(id.length(), LONGEST_ID));
        return cut.isEmpty() ? "_" : cut;
    }

    private static Refusal taken(String message) {
        return invalid("/id", "NOT_UNIQUE", message);
    }

    private static Refusal invalid(String pointer, String code, String message) {
        return Refusal.invalid(List.of(new Detail(pointer, code, message)));
    }

    private String path() {
        return "/api/v4/" + schema.path() + "/pipelines";
    }

    private String path(Pipeline pipeline) {
        return path() + "/" + Page.segment(pipeline.id());
    }

    private Value json(Call call, Pipeline pipeline) {
        var stages = new ArrayList<Value>();
        for (var stage : pipeline.stages()) {
            var json = new LinkedHashMap<String, Value>();
            json.put("id", Value.of(stage.id()));
            json.put("label", Value.of(stage.label()));
            json.put("probability", Value.of(stage.probability()));
            json.put("closed", stage.isClosed() ? Value.TRUE : Value.FALSE);
            stages.add(Value.of(json));
        }
        var json = new LinkedHashMap<String, Value>();
        json.put("id", Value.of(pipeline.id()));
        json.put("label", Value.of(pipeline.label()));
        json.put("stages", Value.of(stages));
        json.put("_links", Value.of(Map.of("self", RecordJson.link(call.link(path(pipeline))))));
        return Value.of(json);
    }
}
