/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Operation;
import io.signalbox.model.Operations;
import io.signalbox.model.Schemas;
import io.signalbox.model.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All kinds of records there are, by their part of the path. */
final class Kinds {

    private final Map<String, Kind> byPath = new LinkedHashMap<>();

    Kinds() {
        Schemas.STANDARD.forEach(schema -> byPath.put(schema.path(), new Kind(schema)));
    }

    List<Kind> all() {
        return List.copyOf(byPath.values());
    }

    /** @param name as in a path, {@code companies}, or as the object is called, {@code company} */
    Optional<Kind> find(String name) {
        return Optional.ofNullable(byPath.get(name))
                .or(() -> byPath.values().stream()
                        .filter(kind -> kind.object().name().equals(name))
                        .findFirst());
    }

    Optional<Kind> of(ObjectType object) {
        return find(object.name());
    }

    /** @throws Refusal 404 when there is no such kind */
    Kind require(String name) {
        return find(name)
                .orElseThrow(() -> Refusal.of(
                        ErrorCode.NOT_FOUND,
                        "There is no type of record of that name."
                                + Nearest.to(name, byPath.keySet().stream().toList())
                                        .map(near -> " Did you mean " + near + "?")
                                        .orElse("")));
    }

    /** The scope that reading records of the kind takes. */
    static Scope readScope(Kind kind) {
        return scope("list" + kind.schema().many());
    }

    /**
     * The scope that changing records of the kind takes.
     *
     * @throws Refusal 404 for a kind that nobody changes
     */
    static Scope writeScope(Kind kind) {
        return scopeOf("create" + kind.schema().one())
                .orElseThrow(() -> Refusal.of(
                        ErrorCode.NOT_FOUND, "Records of the type " + kind.object() + " are not changed by anybody."));
    }

    private static Scope scope(String operation) {
        return scopeOf(operation).orElseThrow(() -> new IllegalStateException("no operation " + operation));
    }

    private static Optional<Scope> scopeOf(String operation) {
        return Operations.ALL.stream()
                .filter(one -> one.id().equals(operation))
                .findFirst()
                .flatMap(Operation::scope);
    }
}
