/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with, or doubtful about, a rule.
 *
 * @param pointer where, as a JSON Pointer (RFC 6901) into the document that was given
 * @param message what is wrong and what is allowed; starts with the field's path where a field is at fault
 */
public record RuleProblem(String pointer, String message) {
    public RuleProblem {
        requireNonNull(pointer, "pointer is null");
        requireNonNull(message, "message is null");
    }
}
