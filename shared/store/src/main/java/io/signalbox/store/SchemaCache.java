/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.SchemaSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What users defined, at most {@link #KEPT} old: one read a process and minute, none a record. Thread-safe.
 *
 * <p>So a change is in force everywhere within a minute; what has to be sure that all have seen it waits {@link
 * #SEEN_BY_ALL}.
 */
public final class SchemaCache implements Supplier<SchemaSet> {

    /** How old what is held may be. */
    public static final Duration KEPT = Duration.ofMinutes(1);

    /** After this every process has read a change, and has finished what it did on what it knew before. */
    public static final Duration SEEN_BY_ALL = Duration.ofMinutes(2);

    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(1);

    private final Definitions definitions;
    private final InstantSource clock;
    private SchemaSet held;
    private Instant readAt = Instant.MIN;

    public SchemaCache(DocumentStore documents, InstantSource clock) {
        this.definitions = new Definitions(documents);
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * When the storage does not answer, what was last read goes on being true.
     *
     * @throws Unavailable when it does not answer and nothing was read yet
     */
    @Override
    public synchronized SchemaSet get() {
        return isYoung(KEPT) ? held : read();
    }

    /** For something that is not in what is held: read again, unless that was done within a second. */
    public synchronized SchemaSet fresh() {
        return isYoung(AT_MOST_EVERY) ? held : read();
    }

    /** What is held is known to be old. */
    public synchronized void forget() {
        readAt = Instant.MIN;
    }

    private boolean isYoung(Duration age) {
        var now = clock.instant();
        return held != null && !readAt.equals(Instant.MIN) && now.isBefore(readAt.plus(age)) && !now.isBefore(readAt);
    }

    private SchemaSet read() {
        try {
            held = Definitions.schemas(definitions.all());
            readAt = clock.instant();
        } catch (Unavailable e) {
            if (held == null) {
                throw e;
            }
        }
        return held;
    }
}
