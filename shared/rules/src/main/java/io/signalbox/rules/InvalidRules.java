/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import java.util.List;
import java.util.stream.Collectors;

/** Rules that cannot be used, with everything that is wrong with them. */
public final class InvalidRules extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<RuleProblem> problems;

    InvalidRules(List<RuleProblem> problems) {
        super(problems.stream().map(RuleProblem::message).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** In the order of the document; never empty. */
    public List<RuleProblem> problems() {
        return problems;
    }
}
