/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.relay;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ObjectType;
import io.signalbox.model.SchemaSet;
import io.signalbox.model.filter.Filterable;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Of which fields the index is kept up: worked out once for each change of what users defined. Thread-safe. */
final class FilterableFields implements Function<ObjectType, Filterable> {

    private final Supplier<SchemaSet> schemas;
    private final Map<ObjectType, Filterable> byObject = new HashMap<>();
    private SchemaSet last = SchemaSet.STANDARD;

    FilterableFields(Supplier<SchemaSet> schemas) {
        this.schemas = requireNonNull(schemas, "schemas is null");
    }

    @Override
    public synchronized Filterable apply(ObjectType object) {
        var now = schemas.get();
        if (now != last) {
            byObject.clear();
            last = now;
        }
        return byObject.computeIfAbsent(
                object, name -> now.of(name).map(Filterable::kept).orElseGet(() -> Filterable.standard(name)));
    }
}
