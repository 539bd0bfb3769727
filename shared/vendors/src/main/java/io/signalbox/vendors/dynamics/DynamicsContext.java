/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.dynamics;

import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a RemoteExecutionContext says, whichever message it is of. */
record DynamicsContext(Value json, Map<String, Value> input, Map<String, Value> output) {

    private static final String NONE = "00000000-0000-0000-0000-000000000000";

    static DynamicsContext of(Value json) {
        return new DynamicsContext(
                json,
                DynamicsValues.entries(json.at("InputParameters")),
                DynamicsValues.entries(json.at("OutputParameters")));
    }

    String message() {
        return text("MessageName");
    }

    String table() {
        return text("PrimaryEntityName");
    }

    String text(String member) {
        return json.at(member) instanceof Value.Text(var text) ? text : "";
    }

    Value input(String name) {
        return input.getOrDefault(name, Value.NULL);
    }

    /** The row the message is about, where the context names it. */
    Optional<String> primary() {
        return DynamicsValues.id(json.at("PrimaryEntityId"))
                .or(() -> DynamicsValues.id(output.getOrDefault("id", Value.NULL)))
                .or(() -> DynamicsValues.id(input("Target").at("Id")));
    }

    /** The attributes of the registered images after the operation, with those of the entity on top. */
    Map<String, Value> state(Value entity) {
        var state = new LinkedHashMap<String, Value>();
        for (var image : DynamicsValues.entries(json.at("PostEntityImages")).values()) {
            state.putAll(DynamicsValues.attributes(image));
        }
        state.putAll(DynamicsValues.attributes(entity));
        return state;
    }

    /** When the operation was made; a retry says the same. */
    Optional<Instant> created() {
        return DynamicsValues.time(json.at("OperationCreatedOn"));
    }

    /**
     * What makes it the same operation: an asynchronous one's id stays in a retry; a synchronous one may have none, and
     * is told by its request and its time.
     */
    String operation() {
        var operation = text("OperationId");
        if (!operation.isEmpty() && !operation.equals(NONE)) {
            return operation;
        }
        var request = text("RequestId");
        return (request.isEmpty() || request.equals(NONE) ? text("CorrelationId") : request) + " "
                + text("OperationCreatedOn");
    }

    String step() {
        return Ids.text(json.at("OwningExtension").at("Id")).orElse("");
    }

    /** 40 is PostOperation: the one stage at which something has happened. */
    boolean isDone() {
        return json.at("Stage").equals(Value.of(40));
    }
}
