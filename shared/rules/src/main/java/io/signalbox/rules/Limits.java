/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

/** How large a rule may be: rules come from users, and each of these bounds what one rule may cost everybody. */
final class Limits {

    /** Alternatives that {@code $or} may multiply to. */
    static final int BRANCHES = 64;

    /** Nested objects in a pattern. */
    static final int DEPTH = 16;

    /** Values in one rule, counted once for each alternative they end up in. */
    static final int LITERALS = 10_000;

    static final int LITERAL_LENGTH = 1_024;

    /** Wildcard patterns in one rule. */
    static final int WILDCARDS = 200;

    /** Stars in one wildcard pattern. */
    static final int STARS = 16;

    static final int RULES = 100_000;

    private Limits() {}
}
