/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.ObjectType;
import io.signalbox.model.Schemas;
import io.signalbox.model.Value;
import io.signalbox.runtime.Json;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Records of v3 and of v4 side by side: the table is {@code records.json}. */
class PreviousRecordsTest {

    private static Stream<Value> cases(String of) throws Exception {
        try (var in = PreviousRecordsTest.class.getResourceAsStream("records.json")) {
            return ((Value.Arr) Json.parse(in.readAllBytes()).at(of)).items().stream();
        }
    }

    @TestFactory
    Stream<DynamicTest> what_v4_answers_v3_shows() throws Exception {
        return cases("shown")
                .map(one -> DynamicTest.dynamicTest(one.at("name").asText(), () -> {
                    var shown = PreviousRecords.shown((Value.Obj) one.at("v4"), _ -> true);
                    assertThat(Json.text(shown)).isEqualTo(Json.text(one.at("v3")));
                }));
    }

    @TestFactory
    Stream<DynamicTest> what_v3_is_sent_v4_takes() throws Exception {
        return cases("taken")
                .map(one -> DynamicTest.dynamicTest(one.at("name").asText(), () -> {
                    var kind = Schemas.of(new ObjectType(one.at("object").asText()))
                            .orElseThrow();
                    var taken = PreviousRecords.taken(kind, (Value.Obj) one.at("v3"), Set.of("custom", "id")::contains);
                    assertThat(Json.text(taken.body())).isEqualTo(Json.text(one.at("v4")));
                    assertThat(taken.unknown().stream()
                                    .map(name -> (Value) Value.of(name))
                                    .toList())
                            .isEqualTo(((Value.Arr) one.at("unknown")).items());
                    assertThat(Value.of(taken.usesOldName())).isEqualTo(one.at("old"));
                    assertThat(Value.of(taken.conflicts())).isEqualTo(one.at("conflicts"));
                }));
    }

    @TestFactory
    Stream<DynamicTest> one_name_of_the_score_is_shown_where_one_is_asked_for() {
        var record =
                (Value.Obj) Value.of(java.util.Map.of("object", Value.of("lead"), "lead_health_score", Value.of(5)));
        return Stream.of("lead_score", "lead_health_score")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    var shown = (Value.Obj) PreviousRecords.shown(record, name::equals);
                    assertThat(shown.members()).containsOnlyKeys(List.of("object", name));
                }));
    }
}
