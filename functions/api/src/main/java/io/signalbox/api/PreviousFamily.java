/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.api.versions.Deprecations;
import io.signalbox.model.Operation;
import io.signalbox.model.Operations;
import io.signalbox.model.PreviousVersion;
import io.signalbox.model.Schemas;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The operations of v3: each the current one of its name, with what it is sent and what it answers put into v3's words. */
final class PreviousFamily implements Family {

    private final Function<Operation, Endpoint> current;
    private final Function<Kind, Endpoint> deletions;
    private final Kinds kinds;
    private final Deprecations deprecations;
    private final boolean enforces;
    private final InstantSource clock;

    /**
     * @param current what answers an operation of the current version
     * @param deletions what lists the records of a kind that are gone
     * @param enforces whether what has been withdrawn is refused
     */
    PreviousFamily(
            Function<Operation, Endpoint> current,
            Function<Kind, Endpoint> deletions,
            Kinds kinds,
            Deprecations deprecations,
            boolean enforces,
            InstantSource clock) {
        this.current = requireNonNull(current, "current is null");
        this.deletions = requireNonNull(deletions, "deletions is null");
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
            var isOther =
                    same != null && (same.id().equals("discover") || same.id().equals("getOpenApi"));
            if (same != null && !isOther) {
                endpoints.put(operation.id(), endpoint(operation, same, byId, current));
            } else if (PreviousVersion.isDeletions(operation)) {
                var kind = kinds.require(part(operation));
                endpoints.put(operation.id(), endpoint(operation, operation, byId, _ -> deletions.apply(kind)));
            }
        }
        return endpoints;
    }

    private Endpoint endpoint(
            Operation operation, Operation same, Map<String, Operation> byId, Function<Operation, Endpoint> answers) {
        var kind = kind(operation);
        var get = byId.get("get" + kind.map(one -> one.schema().one()).orElse(""));
        return new PreviousEndpoint(same, get, answers, _ -> kind(operation), deprecations, enforces, clock);
    }

    /** Looked up for each call, for users' own fields come and go; nothing is looked for that is no type of record. */
    private Optional<Kind> kind(Operation operation) {
        var part = part(operation);
        return Schemas.STANDARD.stream().anyMatch(schema -> schema.path().equals(part))
                ? kinds.find(part)
                : Optional.empty();
    }

    /** The first part of its path. */
    private static String part(Operation operation) {
        var parts = operation.template().split("/");
        return parts.length > 3 ? parts[3] : "";
    }
}
