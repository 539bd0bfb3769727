/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** All objects there are: the standard ones, with the fields that users added, and users' own. */
public final class SchemaSet {

    /** As long as users define nothing. */
    public static final SchemaSet STANDARD = new SchemaSet(Schemas.STANDARD);

    private final List<ObjectSchema> all;
    private final Map<ObjectType, ObjectSchema> byObject;

    /** @param all the standard ones first, in the order they are documented */
    public SchemaSet(List<ObjectSchema> all) {
        this.all = List.copyOf(all);
        var map = new LinkedHashMap<ObjectType, ObjectSchema>();
        all.forEach(schema -> map.put(schema.object(), schema));
        this.byObject = Collections.unmodifiableMap(map);
    }

    public List<ObjectSchema> all() {
        return all;
    }

    public Optional<ObjectSchema> of(ObjectType object) {
        return Optional.ofNullable(byObject.get(object));
    }

    /** The keys that find a record: those of every record of its type, and its values of fields that are unique. */
    public SortedSet<UniqueKey> keys(CrmRecord record) {
        var keys = record.uniqueKeys();
        var schema = byObject.get(record.key().object());
        if (schema == null || schema.own().isEmpty() || !record.isAlive()) {
            return keys;
        }
        var more = new TreeSet<>(keys);
        for (var field : schema.own()) {
            if (field.unique().isKept()) {
                field.key(record.key().object(), record.value(field.name())).ifPresent(more::add);
            }
        }
        return more;
    }
}
