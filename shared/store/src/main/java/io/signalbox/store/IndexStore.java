/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.filter.IndexKey;
import java.util.Collection;
import java.util.Iterator;
import java.util.Optional;

/**
 * Indexes of fields: record ids by value. Values are {@link IndexKey}s. Written behind the records, so an entry may lag:
 * who finds a record here reads it and looks again. Any call may throw {@link Unavailable}.
 *
 * <p>Writing or removing an entry costs a write unit. A scan costs half a read unit for each of {@value #SHARDS} shards
 * and for each further 4 KB of them, some 50 entries, however many entries there are.
 */
public interface IndexStore {

    int SHARDS = 8;

    /** Not the name of a field: the records of a type that are deleted, merged or erased, by id alone. */
    String DEAD = ":dead";

    /** A record's place in the index of a field. */
    record Entry(ObjectType object, String field, String value, RecordId id) {
        public Entry {
            requireNonNull(object, "object is null");
            requireNonNull(field, "field is null");
            requireNonNull(value, "value is null");
            requireNonNull(id, "id is null");
        }

        public Position position() {
            return new Position(value, id);
        }
    }

    /** Where a scan has come to. */
    record Position(String value, RecordId id) implements Comparable<Position> {
        @Override
        public int compareTo(Position other) {
            var values = IndexKey.compare(value, other.value);
            return values != 0 ? values : id.compareTo(other.id);
        }
    }

    /** Removes these entries and adds those. May be repeated. */
    void write(Collection<Entry> removed, Collection<Entry> added);

    /**
     * Entries by value, those of the same value by id; read as the iterator is asked.
     *
     * @param after where to go on, in the scan's direction
     * @param page about how many entries the caller wants
     */
    Iterator<Entry> scan(
            ObjectType object, String field, Range range, Optional<Position> after, boolean descending, int page);

    /**
     * A stretch of keys.
     *
     * @param from the least, itself included
     * @param to the greatest, itself included; nothing stands for all keys
     * @param isPrefix whether keys that start with {@code to} belong to it too
     */
    record Range(String from, Optional<String> to, boolean isPrefix) {

        public static final Range ALL = new Range("", Optional.empty(), false);

        public static Range exactly(String key) {
            return between(key, key);
        }

        public static Range between(String from, String to) {
            return new Range(from, Optional.of(to), false);
        }

        public static Range from(String key) {
            return new Range(key, Optional.empty(), false);
        }

        public static Range upTo(String key) {
            return new Range("", Optional.of(key), false);
        }

        public static Range startingWith(String prefix) {
            return new Range(prefix, Optional.of(prefix), true);
        }

        boolean holds(String key) {
            if (IndexKey.compare(key, from) < 0) {
                return false;
            }
            return to.isEmpty() || IndexKey.compare(key, to.get()) <= 0 || (isPrefix && key.startsWith(to.get()));
        }
    }
}
