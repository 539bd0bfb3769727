/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.template;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What wakes a function; functions, queues and tables are named by their logical ids. */
public sealed interface Trigger {

    /** Logical id of the function. */
    String function();

    /**
     * A route of the HTTP API.
     *
     * @param method in capitals; {@code ANY} for all
     * @param path as {@code /api/{proxy+}}; {@code $default} for what no other route takes
     * @param authorizer name of the authorizer that is asked first; empty for none
     */
    record Route(String function, String method, String path, Optional<String> authorizer) implements Trigger {

        public static final String ANY = "ANY";
        public static final String DEFAULT = "$default";

        public Route {
            requireNonNull(function, "function is null");
            requireNonNull(method, "method is null");
            requireNonNull(path, "path is null");
            requireNonNull(authorizer, "authorizer is null");
        }

        /** As API Gateway writes it: {@code ANY /api/{proxy+}}. */
        public String key() {
            return path.equals(DEFAULT) ? DEFAULT : method + " " + path;
        }
    }

    /**
     * A queue whose messages come in batches.
     *
     * @param window how long a batch that is not full may wait
     * @param partialFailures whether the answer names the messages that failed
     * @param maximumConcurrency batches at once; empty for no limit
     */
    record QueueSource(
            String function,
            String queue,
            int batchSize,
            Duration window,
            boolean partialFailures,
            OptionalInt maximumConcurrency)
            implements Trigger {}

    /**
     * A table's stream of changes.
     *
     * @param fromStart whether changes made before the first run count, {@code TRIM_HORIZON}
     * @param bisect whether a failing batch is halved
     * @param maximumRetries after the first attempt; -1 for no end
     * @param onFailure queue that is told of a batch given up; empty for none
     * @param filter which changes the function is called with; the others are passed over
     */
    record StreamSource(
            String function,
            String table,
            boolean fromStart,
            int batchSize,
            Duration window,
            boolean bisect,
            int maximumRetries,
            boolean partialFailures,
            Optional<String> onFailure,
            EventFilter filter)
            implements Trigger {}

    /** A schedule of the form {@code rate(n unit)}; {@code name} is the event's key in the template. */
    record Schedule(String function, String name, Duration every) implements Trigger {}
}
