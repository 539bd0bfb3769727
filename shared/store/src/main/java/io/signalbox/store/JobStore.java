/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Jobs: work that outlasts the call that asked for it, such as erasing a person. What is not finished can be found, so
 * that whoever crashed at it is not the last to have tried. Any call may throw {@link Unavailable}.
 *
 * <p>Cost: creating and finishing a job is a transaction of two items, four write units; a step between is one.
 */
public interface JobStore {

    /** How long a finished job can be asked for. */
    Duration KEPT = Duration.ofDays(30);

    /** Creates it at version 1; false when the id is taken by another. True again for the same call. */
    boolean create(Job job);

    /** Replaces it if the one held has the version before and is not finished; else false. True again for the same call. */
    boolean replace(Job next);

    Optional<Job> get(String id);

    /** Unfinished jobs, oldest first. */
    List<Job> open(int limit);

    /**
     * A job and how far it is.
     *
     * @param id 1 to 64 letters, digits, {@code -} and {@code _}
     * @param kind what it does: {@code erase}
     * @param client the API client that asked for it
     * @param version 1 at first, then one more with each replacement
     * @param input what it was asked for
     * @param outcome how far it came, then what came of it: the receipt, or what went wrong; null before
     */
    record Job(
            String id,
            String kind,
            String client,
            State state,
            long version,
            Instant createdAt,
            Instant updatedAt,
            Value input,
            Value outcome) {

        private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

        public Job {
            requireNonNull(kind, "kind is null");
            requireNonNull(client, "client is null");
            requireNonNull(state, "state is null");
            createdAt = Instant.ofEpochMilli(createdAt.toEpochMilli());
            updatedAt = Instant.ofEpochMilli(updatedAt.toEpochMilli());
            requireNonNull(input, "input is null");
            requireNonNull(outcome, "outcome is null");
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException("job id is not " + ID);
            }
            if (version < 1) {
                throw new IllegalArgumentException("job version is below 1");
            }
        }

        /** A job nobody has begun. */
        public static Job queued(String id, String kind, String client, Value input, Instant now) {
            return new Job(id, kind, client, State.QUEUED, 1, now, now, input, Value.NULL);
        }

        /** The next version of it. */
        public Job next(State nextState, Value nextOutcome, Instant now) {
            return new Job(id, kind, client, nextState, version + 1, createdAt, now, input, nextOutcome);
        }
    }

    /** Where a job stands. */
    enum State {
        QUEUED,
        RUNNING,
        SUCCEEDED,
        FAILED;

        public boolean isFinished() {
            return this == SUCCEEDED || this == FAILED;
        }
    }
}
