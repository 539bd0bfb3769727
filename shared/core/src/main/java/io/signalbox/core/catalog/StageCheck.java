/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core.catalog;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.Edit;
import io.signalbox.core.EditCheck;
import io.signalbox.core.Edited;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Holds edits of deals and tickets to their pipelines: the pipeline must be one there is, the stage one of its stages. A
 * record without a pipeline is in the first. Only what an edit changes is looked at, so that a record whose stage a
 * vendor has set can be edited all the same; and of a pipeline that only the vendor knows, any stage will do.
 *
 * <p>Cost: a read unit for a round of edits that change pipelines or stages.
 */
public final class StageCheck implements EditCheck {

    private static final String PIPELINE = "pipeline";
    private static final String STAGE = "stage";

    private final Pipelines pipelines;
    private final Map<ObjectType, Pipelines.Held> held = new HashMap<>();

    public StageCheck(Pipelines pipelines) {
        this.pipelines = requireNonNull(pipelines, "pipelines is null");
    }

    @Override
    public Optional<Edited.Refused> refusal(Edit edit, Optional<CrmRecord> before, CrmRecord after) {
        var object = after.key().object();
        if (edit.verb() != Edit.Verb.SET || !Pipelines.has(object)) {
            return Optional.empty();
        }
        var isMoved = changes(edit, PIPELINE, before, after);
        if (!isMoved && !changes(edit, STAGE, before, after)) {
            return Optional.empty();
        }
        var all = held.computeIfAbsent(object, pipelines::get);
        var name = after.value(PIPELINE).asText();
        var pipeline = name == null ? Optional.of(all.pipelines().getFirst()) : all.find(name);
        if (pipeline.isEmpty()) {
            return isMoved ? Optional.of(unknownPipeline(all)) : Optional.empty();
        }
        var stage = after.value(STAGE);
        return stage.isNull() || pipeline.get().stage(stage.asText()).isPresent()
                ? Optional.empty()
                : Optional.of(unknownStage(pipeline.get()));
    }

    private static boolean changes(Edit edit, String property, Optional<CrmRecord> before, CrmRecord after) {
        return edit.properties().containsKey(property)
                && !after.value(property)
                        .equals(before.map(record -> record.value(property)).orElse(Value.NULL));
    }

    private static Edited.Refused unknownPipeline(Pipelines.Held all) {
        var names = all.pipelines().stream().map(Pipeline::id).collect(Collectors.joining(", "));
        return new Edited.Refused(PIPELINE, "UNKNOWN_PIPELINE", "There is no such pipeline; there are " + names + ".");
    }

    private static Edited.Refused unknownStage(Pipeline pipeline) {
        var names = pipeline.stages().stream().map(Pipeline.Stage::id).collect(Collectors.joining(", "));
        return new Edited.Refused(
                STAGE, "UNKNOWN_STAGE", "The pipeline " + pipeline.id() + " has no such stage; it has " + names + ".");
    }
}
