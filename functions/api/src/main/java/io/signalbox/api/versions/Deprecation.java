/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.versions;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ObjectType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Something of the API that will go, and when.
 *
 * @param name the field, or the version
 * @param objects the types of records that have the field; none for a version
 * @param replacement what to use in its place
 * @param deprecatedAt since when nothing new should use it (RFC 9745); may lie ahead
 * @param sunsetAt when it goes (RFC 8594)
 * @param brownouts times before that at which it is away as if it had gone
 * @param why a sentence or two; backquotes stand around what is code
 * @param instead what a client is to change, likewise
 */
public record Deprecation(
        String name,
        Kind kind,
        Set<ObjectType> objects,
        String replacement,
        Instant deprecatedAt,
        Instant sunsetAt,
        List<Window> brownouts,
        String why,
        String instead) {

    /** What it is. */
    public enum Kind {
        FIELD,
        VERSION
    }

    /** A stretch of time; its end is not in it. */
    public record Window(Instant from, Instant to) {
        public Window {
            if (!from.isBefore(to)) {
                throw new IllegalArgumentException("a window ends after it begins");
            }
        }

        boolean holds(Instant time) {
            return !time.isBefore(from) && time.isBefore(to);
        }
    }

    /** How soon something has to be done about it, by the days that are left: 60, 30, 7, none. */
    public enum Severity {
        INFO,
        NOTICE,
        WARNING,
        CRITICAL,
        GONE
    }

    public Deprecation {
        requireNonNull(name, "name is null");
        requireNonNull(kind, "kind is null");
        objects = Set.copyOf(objects);
        requireNonNull(replacement, "replacement is null");
        brownouts = List.copyOf(brownouts);
        requireNonNull(why, "why is null");
        requireNonNull(instead, "instead is null");
        if (sunsetAt.isBefore(deprecatedAt)) {
            throw new IllegalArgumentException("the sunset of " + name + " is before its deprecation");
        }
    }

    /** Whether it is away: gone for good, or for the length of a brown-out. */
    public boolean isAway(Instant now) {
        return !now.isBefore(sunsetAt) || brownout(now).isPresent();
    }

    /** The brown-out that is on. */
    public Optional<Window> brownout(Instant now) {
        return brownouts.stream().filter(window -> window.holds(now)).findFirst();
    }

    /** Whole days until it goes; 0 on the last day and after. */
    public long daysToSunset(Instant now) {
        return Math.max(0, Duration.between(now, sunsetAt).toDays());
    }

    public Severity severity(Instant now) {
        if (!now.isBefore(sunsetAt)) {
            return Severity.GONE;
        }
        var days = daysToSunset(now);
        return days <= 7
                ? Severity.CRITICAL
                : days <= 30 ? Severity.WARNING : days <= 60 ? Severity.NOTICE : Severity.INFO;
    }
}
