/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a rule means and what is wrong with one, as tables: cases.json and invalid.json. */
class RuleCasesTest {

    record Case(String why, Value rule, Value event, boolean met) {
        @Override
        public String toString() {
            return why;
        }
    }

    record Invalid(Value rule, String pointer, String says) {
        @Override
        public String toString() {
            return says;
        }
    }

    static List<Case> cases() throws Exception {
        return rows("cases.json").stream()
                .map(row -> new Case(
                        row.at("why").asText(),
                        row.at("rule"),
                        row.at("event"),
                        row.at("met").equals(Value.TRUE)))
                .toList();
    }

    static List<Invalid> invalid() throws Exception {
        return rows("invalid.json").stream()
                .map(row -> new Invalid(
                        row.at("rule"),
                        row.at("pointer").asText(),
                        row.at("says").asText()))
                .toList();
    }

    private static List<Value> rows(String resource) throws Exception {
        try (var in = RuleCasesTest.class.getResourceAsStream(resource)) {
            return ((Value.Arr) Json.parse(in.readAllBytes())).items();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_event_meets_the_rule_or_not(Case row) throws Exception {
        var index = RuleIndex.builder().add("rule", row.rule).build();
        assertThat(index.match(row.event)).isEqualTo(row.met ? List.of("rule") : List.of());
        assertThat(BruteForce.matches(row.rule, row.event)).isEqualTo(row.met);
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void an_invalid_rule_is_refused_with_its_place(Invalid row) {
        var error = catchThrowableOfType(
                InvalidRules.class, () -> RuleIndex.builder().add("rule", row.rule));
        assertThat(error.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains(row.says);
            assertThat(problem.pointer()).isEqualTo(row.pointer);
        });
    }
}
