/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import io.signalbox.model.ErrorCode;
import java.util.HashSet;
import java.util.Set;

/**
 * The precondition of a change (RFC 9110 section 13.1.1): the versions of which the record must have one.
 *
 * @param isGiven whether there is one at all
 * @param versions empty when any version will do; the version 0, which no record has, when none will
 */
record IfMatch(boolean isGiven, Set<Long> versions) {

    static final IfMatch NONE = new IfMatch(false, Set.of());
    private static final Set<Long> NO_VERSION = Set.of(0L);

    IfMatch {
        versions = Set.copyOf(versions);
    }

    /** What the header says. It is compared strongly, so {@code W/"v1"} matches nothing. */
    static IfMatch of(Request request) {
        return request.header("if-match").map(IfMatch::parse).orElse(NONE);
    }

    static IfMatch parse(String header) {
        if (header.strip().equals("*")) {
            return new IfMatch(true, Set.of());
        }
        var versions = new HashSet<Long>();
        for (var tag : header.split(",")) {
            EntityTags.version(tag.strip()).ifPresent(versions::add);
        }
        return new IfMatch(true, versions.isEmpty() ? NO_VERSION : versions);
    }

    /** @param demanded whether a change without a precondition is refused with 428 */
    IfMatch orDemand(boolean demanded) {
        if (demanded && !isGiven) {
            throw Refusal.of(
                    ErrorCode.PRECONDITION_REQUIRED,
                    "Here a change needs If-Match with the ETag that GET answered, so that nobody's change is lost; or"
                            + " If-Match: * to change whatever is there.");
        }
        return this;
    }
}
