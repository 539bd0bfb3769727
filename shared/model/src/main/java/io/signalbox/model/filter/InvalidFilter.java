/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model.filter;

import static java.util.Objects.requireNonNull;

/** A filter or a sort that cannot be used, why, and what to do about it. */
public final class InvalidFilter extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Which error it is to the caller. */
    public enum Reason {
        /** It is not in the grammar, or a value does not fit its field. */
        INVALID,
        /** The field has no index, or there is no such field. */
        NOT_FILTERABLE
    }

    private final Reason reason;
    private final String pointer;
    private final String field;
    private final String fix;

    /**
     * @param pointer to the part that is wrong, a JSON pointer (RFC 6901) from the filter on; empty for the whole
     * @param field the field it is about, or empty
     * @param message what is wrong, a sentence
     * @param fix what to do about it, a sentence
     */
    public InvalidFilter(Reason reason, String pointer, String field, String message, String fix) {
        super(message);
        this.reason = requireNonNull(reason, "reason is null");
        this.pointer = requireNonNull(pointer, "pointer is null");
        this.field = requireNonNull(field, "field is null");
        this.fix = requireNonNull(fix, "fix is null");
    }

    public Reason reason() {
        return reason;
    }

    public String pointer() {
        return pointer;
    }

    public String field() {
        return field;
    }

    public String fix() {
        return fix;
    }
}
