/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Operation;
import io.signalbox.model.Operations;
import io.signalbox.model.SchemaSet;
import io.signalbox.model.Scope;
import io.signalbox.store.SchemaCache;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All kinds of records there are, by their part of the path: the standard ones, and users' own by their names. What was
 * defined elsewhere is known here within a minute; a name that is not known is looked for again. Thread-safe.
 */
final class Kinds {

    private final SchemaCache schemas;
    private SchemaSet last;
    private Map<String, Kind> byPath = Map.of();

    Kinds(SchemaCache schemas) {
        this.schemas = requireNonNull(schemas, "schemas is null");
    }

    private synchronized Map<String, Kind> of(SchemaSet now) {
        if (now != last) {
            var all = new LinkedHashMap<String, Kind>();
            now.all().forEach(schema -> {
                var name = schema.isCustom() ? schema.object().name() : schema.path();
                all.put(name, new Kind(schema));
            });
            byPath = all;
            last = now;
        }
        return byPath;
    }

    List<Kind> all() {
        return List.copyOf(of(schemas.get()).values());
    }

    /** The standard kind of that name, with what users added. */
    Kind standard(ObjectType object) {
        return of(object).orElseThrow();
    }

    /**
     * The user's own kind that a call's path names.
     *
     * @throws Refusal 404 when there is none
     */
    Kind named(Call call) {
        var kind = require(call.variable("object"));
        if (!kind.schema().isCustom()) {
            // In the singular: only the plural is that of a standard object.
            throw missing(call.variable("object"));
        }
        return kind;
    }

    /** @param name as in a path, {@code companies}, or as the object is called, {@code company} */
    Optional<Kind> find(String name) {
        return find(of(schemas.get()), name).or(() -> find(of(schemas.fresh()), name));
    }

    private static Optional<Kind> find(Map<String, Kind> among, String name) {
        return Optional.ofNullable(among.get(name))
                .or(() -> among.values().stream()
                        .filter(kind -> kind.object().name().equals(name))
                        .findFirst());
    }

    Optional<Kind> of(ObjectType object) {
        return find(object.name());
    }

    /** @throws Refusal 404 when there is no such kind */
    Kind require(String name) {
        return find(name).orElseThrow(() -> missing(name));
    }

    private Refusal missing(String name) {
        var names = all().stream()
                .map(kind -> kind.schema().isCustom()
                        ? kind.object().name()
                        : kind.schema().path())
                .toList();
        return Refusal.of(
                ErrorCode.NOT_FOUND,
                "There is no type of record of that name."
                        + Nearest.to(name, names)
                                .map(near -> " Did you mean " + near + "?")
                                .orElse(""));
    }

    /** The scope that reading records of the kind takes. */
    static Scope readScope(Kind kind) {
        return kind.schema().isCustom()
                ? Scope.OBJECTS_READ
                : scope("list" + kind.schema().many());
    }

    /**
     * The scope that changing records of the kind takes.
     *
     * @throws Refusal 404 for a kind that nobody changes
     */
    static Scope writeScope(Kind kind) {
        var scope = kind.schema().isCustom()
                ? Optional.of(Scope.OBJECTS_WRITE)
                : scopeOf("create" + kind.schema().one());
        return scope.orElseThrow(() -> Refusal.of(
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
