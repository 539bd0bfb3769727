/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.Value;
import io.signalbox.runtime.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request that is answered with an error; thrown wherever that is found out. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;
    private final transient Map<String, String> headers;

    private Refusal(Problem problem, Map<String, String> headers) {
        super(problem.code().name(), null, false, false);
        this.problem = requireNonNull(problem, "problem is null");
        this.headers = Map.copyOf(headers);
    }

    static Refusal of(ErrorCode code, String message, Problem.Detail... details) {
        return new Refusal(Problem.of(code, message, details), Map.of());
    }

    /** 422 with everything that is wrong. */
    static Refusal invalid(List<Problem.Detail> details) {
        var message = details.size() == 1
                ? details.getFirst().message()
                : details.size() + " things are wrong with the request; see details.";
        return new Refusal(new Problem(ErrorCode.VALIDATION_FAILED, message, details, Map.of()), Map.of());
    }

    Refusal with(String header, String value) {
        var all = new TreeMap<>(headers);
        all.put(header, value);
        return new Refusal(problem, all);
    }

    /** With a further member of the body, or another value for one. */
    Refusal saying(String member, Value value) {
        var extra = new TreeMap<>(problem.extra());
        extra.put(member, value);
        return new Refusal(new Problem(problem.code(), problem.message(), problem.details(), extra), headers);
    }

    Problem problem() {
        return problem;
    }

    Map<String, String> headers() {
        return headers;
    }
}
