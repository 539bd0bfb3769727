/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * What links two records: the same link from whichever side it is named. Between records of different types, and
 * between records of one type without a label, it has no direction, and the two are put in their order; with a label
 * between records of one type ({@code reports_to}) it leads from the first to the second.
 *
 * @param label says in what way they belong together; empty for just that they do
 */
public record Link(RecordKey from, RecordKey to, String label) {

    private static final Pattern LABEL = Pattern.compile("([a-z][a-z0-9_]{0,62})?");

    public Link {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        if (!isLabel(label)) {
            throw new IllegalArgumentException("label is not " + LABEL + ": " + label);
        }
        if (from.equals(to)) {
            throw new IllegalArgumentException("a record is not linked to itself");
        }
        var directed = from.object().equals(to.object()) && !label.isEmpty();
        if (!directed && from.compareTo(to) > 0) {
            var first = to;
            to = from;
            from = first;
        }
    }

    public static boolean isLabel(String text) {
        return LABEL.matcher(text).matches();
    }

    /** The record on the other side. */
    public RecordKey other(RecordKey one) {
        return one.equals(from) ? to : from;
    }

    /** The same link with one record in another's place. */
    public Link with(RecordKey old, RecordKey replacement) {
        return new Link(old.equals(from) ? replacement : from, old.equals(to) ? replacement : to, label);
    }
}
