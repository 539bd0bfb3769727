/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.openapi;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import io.signalbox.runtime.Problem;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Answers that are errors: one a status, with an example for every code that it may carry. */
final class ErrorAnswers {

    private static final String CORRELATION = "0e8fb41a-f516-4987-a601-4d226adb1759";
    private static final Set<Integer> WORTH_WAITING = Set.of(429, 503);

    /** The closed list, as a schema. */
    Value codes() {
        return Tree.of(
                "type",
                Value.of("string"),
                "description",
                Value.of("The closed list of error codes; each has a page under `/docs/errors`."),
                "enum",
                Value.of(Arrays.stream(ErrorCode.values())
                        .map(code -> Value.of(code.name()))
                        .toList()));
    }

    /** An error body for every code, by the code. */
    Value examples() {
        var all = new TreeMap<String, Value>();
        for (var code : ErrorCode.values()) {
            all.put(code.name(), example(code));
        }
        return Value.of(all);
    }

    /** The answers for these codes, by status. */
    Map<String, Value> byStatus(Set<ErrorCode> codes) {
        var examples = new TreeMap<Integer, Map<String, Value>>();
        for (var code : codes) {
            examples.computeIfAbsent(code.status(), _ -> new LinkedHashMap<>())
                    .put(code.name(), Tree.ref("examples", code.name()));
        }
        var answers = new TreeMap<String, Value>();
        examples.forEach((status, those) -> answers.put(Integer.toString(status), answer(status, those)));
        return answers;
    }

    private static Value answer(int status, Map<String, Value> examples) {
        var headers = new LinkedHashMap<String, Value>();
        if (WORTH_WAITING.contains(status)) {
            headers.put("Retry-After", Tree.ref("headers", "Retry-After"));
        }
        if (status == 401 || status == 403) {
            headers.put("WWW-Authenticate", Tree.ref("headers", "WWW-Authenticate"));
        }
        return Tree.of(
                "description", Value.of(String.join(", ", examples.keySet()) + "."),
                "headers", Value.of(headers),
                "content",
                        Tree.of(
                                Problem.MEDIA_TYPE,
                                Tree.of("schema", Tree.ref("schemas", "Problem"), "examples", Value.of(examples))));
    }

    private static Value example(ErrorCode code) {
        var body = Problem.of(code, code.title() + "; the page says what to do.")
                .body("https://crm.example.com", CORRELATION);
        try {
            return Tree.of("summary", Value.of(code.title()), "value", Json.parse(body));
        } catch (Json.Malformed e) {
            throw new IllegalStateException("an error body of ours is not JSON", e);
        }
    }
}
