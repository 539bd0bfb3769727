/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.template;

import io.signalbox.emulator.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which records of a stream a function is called with: those that match one of the patterns, or all when there is none.
 * Of Lambda's pattern language it knows nested members, values that are equal, and {@code {"prefix": "…"}}.
 */
public record EventFilter(List<Map<String, Object>> patterns) {

    public static final EventFilter ALL = new EventFilter(List.of());

    public EventFilter {
        patterns = List.copyOf(patterns);
    }

    /** Reads {@code FilterCriteria}. */
    static EventFilter read(Part criteria) {
        var patterns = new ArrayList<Map<String, Object>>();
        for (var filter : criteria.get("Filters").items()) {
            var part = filter.get("Pattern");
            try {
                var pattern = Json.object(part.text().getBytes(StandardCharsets.UTF_8));
                check(pattern, part);
                patterns.add(pattern);
            } catch (IOException e) {
                throw part.wrong("is not a JSON object");
            }
        }
        return new EventFilter(patterns);
    }

    private static void check(Object pattern, Part part) {
        if (pattern instanceof Map<?, ?> members) {
            members.values().forEach(member -> check(member, part));
        } else if (pattern instanceof List<?> values) {
            for (var value : values) {
                if (value instanceof List || (value instanceof Map<?, ?> test && !isPrefix(test))) {
                    throw part.wrong("only equal values and {\"prefix\": \"text\"} are understood");
                }
            }
        } else {
            throw part.wrong("a pattern's values stand in arrays");
        }
    }

    private static boolean isPrefix(Map<?, ?> test) {
        return test.size() == 1 && test.get("prefix") instanceof String;
    }

    public boolean matches(Map<String, Object> record) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, record));
    }

    private static boolean matches(Object pattern, Object value) {
        if (pattern instanceof Map<?, ?> members) {
            return value instanceof Map<?, ?> held
                    && members.entrySet().stream()
                            .allMatch(member -> matches(member.getValue(), held.get(member.getKey())));
        }
        return ((List<?>) pattern)
                .stream()
                        .anyMatch(test -> test instanceof Map<?, ?> prefix
                                ? value instanceof String text && text.startsWith((String) prefix.get("prefix"))
                                : test.equals(value));
    }
}
