/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.ErrorCode;
import io.signalbox.model.Value;
import io.signalbox.runtime.Problem;
import java.util.LinkedHashMap;
import java.util.Optional;

/** What became of one input of a batch. */
sealed interface BatchResult {

    /** It went well. */
    record Good(int status, CrmRecord record, Optional<Value> shown) implements BatchResult {}

    /** It did not; the error is the one that the single call would have been answered with. */
    record Bad(Problem problem) implements BatchResult {}

    static BatchResult of(Refusal refusal) {
        return new Bad(refusal.problem());
    }

    static BatchResult of(int status, CrmRecord record, Value shown) {
        return new Good(status, record, Optional.of(shown));
    }

    static BatchResult deleted(CrmRecord record) {
        return new Good(204, record, Optional.empty());
    }

    default boolean isError() {
        return this instanceof Bad;
    }

    /** For the error of the whole batch, when this item is at fault. */
    default Optional<Problem.Detail> detail(String pointer) {
        return this instanceof Bad(var problem) && problem.code() != ErrorCode.BATCH_ABORTED
                ? Optional.of(new Problem.Detail(pointer, problem.code().name(), problem.message()))
                : Optional.empty();
    }

    default Value json(Call call, BatchInput input) {
        var json = new LinkedHashMap<String, Value>();
        json.put("client_ref", input.ref());
        switch (this) {
            case Good(var status, var record, var shown) -> {
                json.put("status", Value.of(status));
                json.put("id", Value.of(record.key().id().toString()));
                json.put("etag", Value.of(EntityTags.of(record.version())));
                shown.ifPresent(value -> json.put("record", value));
            }
            case Bad(var problem) -> {
                json.put("status", Value.of(problem.code().status()));
                json.put(
                        "error",
                        problem.json(call.request().url().base(), call.request().correlationId()));
            }
        }
        return Value.of(json);
    }
}
