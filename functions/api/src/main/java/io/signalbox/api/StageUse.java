/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.catalog.Pipeline;
import io.signalbox.core.catalog.Pipeline.Stage;
import io.signalbox.core.catalog.Pipelines.Held;
import io.signalbox.core.search.Search;
import io.signalbox.core.search.SearchQuery;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.FieldType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.model.filter.FieldPath;
import io.signalbox.model.filter.Filter;
import io.signalbox.model.filter.Filter.Clause;
import io.signalbox.model.filter.Filterable;
import io.signalbox.model.filter.Operator;
import io.signalbox.runtime.Problem.Detail;
import java.util.List;
import java.util.Optional;

/**
 * Looks whether records are in a stage or a pipeline, by the search index. A record without a pipeline is in the first. The
 * index lags a moment: a record that is moved there just then keeps what it has.
 */
final class StageUse {

    /** Half a thousand records each. */
    private static final int PAGES = 20;

    private final ObjectType object;
    private final Search search;

    StageUse(ObjectType object, Search search) {
        this.object = requireNonNull(object, "object is null");
        this.search = requireNonNull(search, "search is null");
    }

    /** @throws Refusal 409 when a record is in that stage */
    void refuseStage(Held held, Pipeline pipeline, Stage stage) {
        refuse(new Filter.All(
                List.of(clause("stage", Operator.EQ, List.of(Value.of(stage.id()))), in(held, pipeline))));
    }

    /** @throws Refusal 409 when a record is in that pipeline */
    void refusePipeline(Held held, Pipeline pipeline) {
        var itself = clause("pipeline", Operator.EQ, List.of(Value.of(pipeline.id())));
        refuse(itself);
        if (isFirst(held, pipeline)) {
            var stages = pipeline.stages().stream()
                    .<Value>map(stage -> Value.of(stage.id()))
                    .toList();
            refuse(new Filter.All(
                    List.of(clause("stage", Operator.IN, stages), clause("pipeline", Operator.NOT_EXISTS, List.of()))));
        }
    }

    private static boolean isFirst(Held held, Pipeline pipeline) {
        return held.pipelines().getFirst().equals(pipeline);
    }

    private static Filter in(Held held, Pipeline pipeline) {
        Filter itself = clause("pipeline", Operator.EQ, List.of(Value.of(pipeline.id())));
        return isFirst(held, pipeline)
                ? new Filter.Any(List.of(itself, clause("pipeline", Operator.NOT_EXISTS, List.of())))
                : itself;
    }

    private static Clause clause(String field, Operator operator, List<Value> values) {
        return new Clause(FieldPath.of(field), FieldType.STRING, operator, values);
    }

    private void refuse(Filter filter) {
        var query = SearchQuery.all(Filterable.standard(object), 1).matching(filter);
        Optional<String> from = Optional.empty();
        for (var pages = 0; pages < PAGES; pages++) {
            var page = search.find(query, from);
            if (!page.records().isEmpty()) {
                throw inUse(page.records().getFirst());
            }
            if (page.next().isEmpty()) {
                return;
            }
            from = page.next();
        }
        throw Refusal.of(
                ErrorCode.IN_USE,
                "There are too many records to tell that none is in it; search for them and move them first.");
    }

    private Refusal inUse(CrmRecord record) {
        return Refusal.of(
                ErrorCode.IN_USE,
                "It is in use; move the " + object + " in existing_id, and others like it, elsewhere first.",
                new Detail(
                        "", "IN_USE", "This record is in it.", record.key().id().toString()));
    }
}
