/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.EventId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordKey;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A change to one record that a caller of the REST API wants. It becomes an event like a vendor's; unlike a vendor's, it
 * may be refused: when the record is not as the caller believes, or a unique key is taken.
 *
 * <p>An edit that is tried again with the same {@code id} is done once, whatever became of the first try; for a creation
 * {@code at} and {@code ids} must then be the same as well, for they make the id that the first try may have used.
 *
 * @param id the id of the event; what makes it the same edit when it is tried again
 * @param at when the caller wanted it. The event bears this time, or a later one where the record has a property from
 *     the future: whoever read a value and replaces it means to, whatever the clocks say
 * @param rawType what the caller asked for: the operation's id
 * @param properties by their stored names; {@link Value#NULL} clears one
 * @param data what else the event says
 * @param versions the versions of which the record must have one; empty when any will do
 * @param ids where the ids of new records are drawn from
 */
public record Edit(
        Target target,
        Verb verb,
        EventId id,
        Instant at,
        String rawType,
        Map<String, Value> properties,
        Map<String, Value> data,
        Set<Long> versions,
        RandomGenerator ids) {

    public Edit {
        requireNonNull(target, "target is null");
        requireNonNull(verb, "verb is null");
        requireNonNull(id, "id is null");
        requireNonNull(rawType, "rawType is null");
        versions = Set.copyOf(versions);
        requireNonNull(ids, "ids is null");
        at = Instant.ofEpochMilli(at.toEpochMilli());
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /** Which record is meant. */
    public sealed interface Target {

        /** One that is to be made. */
        record New(ObjectType object) implements Target {
            public New {
                requireNonNull(object, "object is null");
            }
        }

        /** The one with this id. */
        record Id(RecordKey key) implements Target {
            public Id {
                requireNonNull(key, "key is null");
            }
        }

        /**
         * The one that this key finds.
         *
         * @param mayCreate whether it is made when there is none
         * @param mayUpdate whether one that is there may be changed
         */
        record Key(UniqueKey key, boolean mayCreate, boolean mayUpdate) implements Target {
            public Key {
                requireNonNull(key, "key is null");
            }
        }

        default ObjectType object() {
            return switch (this) {
                case New made -> made.object();
                case Id id -> id.key().object();
                case Key key -> key.key().object();
            };
        }
    }

    /** What is to be done with it. */
    public enum Verb {
        /** Sets properties; makes the record where the target allows it. */
        SET,
        DELETE,
        RESTORE,
        /** Forgets the person for good. */
        ERASE
    }
}
