/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.api.versions.Deprecations;
import io.signalbox.model.Operation;
import io.signalbox.model.Operations;
import io.signalbox.model.PreviousVersion;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The operations of v3: each the current one of its name, with what it is sent and what it answers put into v3's words. */
final class PreviousFamily implements Family {

    private final Function<Operation, Endpoint> current;
    private final Kinds kinds;
    private final Deprecations deprecations;
    private final boolean enforces;
    private final InstantSource clock;

    /**
     * @param current what answers an operation of the current version
     * @param enforces whether what has been withdrawn is refused
     */
    PreviousFamily(
            Function<Operation, Endpoint> current,
            Kinds kinds,
            Deprecations deprecations,
            boolean enforces,
            InstantSource clock) {
        this.current = requireNonNull(current, "current is null");
        this.kinds = requireNonNull(kinds, "kinds is null");
        this.deprecations = requireNonNull(deprecations, "deprecations is null");
        this.enforces = enforces;
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public Map<String, Endpoint> endpoints() {
        var byId = Operations.ALL.stream().collect(Collectors.toMap(Operation::id, operation -> operation));
        var endpoints = new HashMap<String, Endpoint>();
        for (var operation : Operations.ALL) {
            var same = byId.get(PreviousVersion.has(operation) ? PreviousVersion.current(operation) : "");
            if (same != null && !same.id().equals("discover") && !same.id().equals("getOpenApi")) {
                var path = operation.template().split("/");
                endpoints.put(
                        operation.id(),
                        new PreviousEndpoint(
                                same,
                                byId.get("get"
                                        + kinds.find(path[3])
                                                .map(kind -> kind.schema().one())
                                                .orElse("")),
                                current,
                                call -> kinds.find(path[3]),
                                deprecations,
                                enforces,
                                clock));
            }
        }
        return endpoints;
    }
}
