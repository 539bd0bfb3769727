/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.queue;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Revision;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Something to do at a vendor's API.
 *
 * @param attempt how often it was tried and failed
 * @param since when it was first asked for: what it gives up by
 * @param notBefore when to try
 */
public record FetchJob(
        VendorId vendor, ConnectionId connection, Task task, int attempt, Instant since, Instant notBefore) {

    public FetchJob {
        requireNonNull(vendor, "vendor is null");
        requireNonNull(connection, "connection is null");
        requireNonNull(task, "task is null");
        since = Instant.ofEpochMilli(since.toEpochMilli());
        notBefore = Instant.ofEpochMilli(notBefore.toEpochMilli());
    }

    public static FetchJob of(VendorId vendor, ConnectionId connection, Task task, Instant now) {
        return new FetchJob(vendor, connection, task, 0, now, now);
    }

    /** The same, to be tried later. */
    public FetchJob later(int attempts, Instant at) {
        return new FetchJob(vendor, connection, task, attempts, since, at);
    }

    public FetchJob with(Task other) {
        return new FetchJob(vendor, connection, other, attempt, since, notBefore);
    }

    /** What to do. */
    public sealed interface Task {}

    /**
     * Read records back.
     *
     * @param type our type of them
     * @param object the vendor's type of them
     * @param asOf their ids, each with the time of the event that asks for it, in milliseconds
     */
    public record Read(ObjectType type, String object, Map<String, Long> asOf) implements Task {
        public Read {
            requireNonNull(type, "type is null");
            requireNonNull(object, "object is null");
            asOf = Collections.unmodifiableMap(new LinkedHashMap<>(asOf));
        }
    }

    /**
     * Set fields of a record.
     *
     * @param id the vendor's id of it
     * @param fields by the vendor's names
     * @param because what of our record it follows from: one that follows from a later version wins, whichever comes first;
     *     empty when somebody asked for it
     */
    public record Write(
            ObjectType type, String object, String id, Map<String, Value> fields, Optional<Revision> because)
            implements Task {
        public Write {
            requireNonNull(type, "type is null");
            requireNonNull(object, "object is null");
            requireNonNull(id, "id is null");
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
            requireNonNull(because, "because is null");
        }

        /** That somebody asked for. */
        public Write(ObjectType type, String object, String id, Map<String, Value> fields) {
            this(type, object, id, fields, Optional.empty());
        }
    }

    /** Have the vendor send notifications, or go on sending them. */
    public record Watch() implements Task {}
}
