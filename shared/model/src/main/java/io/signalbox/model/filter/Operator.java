/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model.filter;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a clause asks of a field. A text is compared without regard to case and to the space around it. */
public enum Operator {
    EQ(1, 1),
    NEQ(1, 1),
    GT(1, 1),
    GTE(1, 1),
    LT(1, 1),
    LTE(1, 1),
    /** Both ends belong to it. */
    BETWEEN(2, 2),
    IN(1, Operator.MOST_VALUES),
    NOT_IN(1, Operator.MOST_VALUES),
    STARTS_WITH(1, 1),
    /** Has every one of the value's words, a {@code *} at whose end stands for the rest of a word. */
    CONTAINS(1, 1),
    NOT_CONTAINS(1, 1),
    EXISTS(0, 0),
    NOT_EXISTS(0, 0);

    /** As many as a batch. */
    static final int MOST_VALUES = 100;

    private static final Map<String, Operator> BY_NAME = names();

    private final int least;
    private final int most;

    Operator(int least, int most) {
        this.least = least;
        this.most = most;
    }

    int least() {
        return least;
    }

    int most() {
        return most;
    }

    /** Whether a record without the field meets it: what is not there is not equal to anything. */
    boolean isNegative() {
        return this == NEQ || this == NOT_IN || this == NOT_CONTAINS;
    }

    private static Map<String, Operator> names() {
        var names = new HashMap<String, Operator>();
        for (var operator : values()) {
            names.put(operator.toString(), operator);
        }
        names.put("has_property", EXISTS);
        names.put("not_has_property", NOT_EXISTS);
        names.put("is_not_null", EXISTS);
        names.put("is_null", NOT_EXISTS);
        names.put("contains_token", CONTAINS);
        names.put("not_contains_token", NOT_CONTAINS);
        return names;
    }

    /** The operator so called, in any case; HubSpot's names are known too. */
    public static Optional<Operator> parse(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
