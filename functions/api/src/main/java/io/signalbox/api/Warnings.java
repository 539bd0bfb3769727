/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static java.util.Objects.requireNonNull;

import io.signalbox.api.versions.Deprecation;
import io.signalbox.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an answer says besides what was asked for: in {@code Api-Warnings}, a list of tokens with parameters (RFC 9651),
 * and with {@code warnings=body} in a member of the body too. At most {@value #MOST}, each once.
 */
final class Warnings {

    static final String HEADER = "Api-Warnings";

    private static final int MOST = 20;
    private static final int LONGEST_NAME = 60;

    /**
     * One of them.
     *
     * @param code what kind of warning
     * @param name of what
     * @param replacement what to use instead; empty for nothing
     */
    private record Warning(String code, String name, String replacement, String message) {
        Warning {
            requireNonNull(code, "code is null");
            requireNonNull(name, "name is null");
        }

        String header() {
            return code + ";name=\"" + quoted(name) + "\""
                    + (replacement.isEmpty() ? "" : ";replacement=\"" + quoted(replacement) + "\"");
        }

        Value json() {
            var json = new LinkedHashMap<String, Value>();
            json.put("code", Value.of(code));
            json.put("name", Value.of(name));
            if (!replacement.isEmpty()) {
                json.put("replacement", Value.of(replacement));
            }
            json.put("message", Value.of(message));
            return Value.of(json);
        }

        /** A structured-field string holds printable ASCII alone. */
        private static String quoted(String text) {
            return text.chars()
                    .mapToObj(c -> c == '"' || c == '\\' ? "\\" + (char) c : c < ' ' || c > '~' ? "?" : "" + (char) c)
                    .collect(Collectors.joining());
        }
    }

    private final List<Warning> all = new ArrayList<>();

    void deprecated(Deprecation item) {
        var isField = item.kind() == Deprecation.Kind.FIELD;
        add(new Warning(
                isField ? "deprecated-field" : "deprecated-version",
                item.name(),
                item.replacement(),
                item.name() + " goes on " + item.sunsetAt() + "; use " + item.replacement() + "."));
    }

    void unknownField(String name) {
        var shown = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
        add(new Warning("unknown-field", shown, "", "There is no such field; it was ignored."));
    }

    private void add(Warning warning) {
        if (all.size() < MOST && !all.contains(warning)) {
            all.add(warning);
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    String header() {
        return all.stream().map(Warning::header).collect(Collectors.joining(", "));
    }

    Value json() {
        return Value.of(all.stream().map(Warning::json).toList());
    }
}
