/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.ErrorCode;
import io.signalbox.model.Value;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The error body, whatever a caller's own words in it are. */
class ProblemTest {

    private static Value body(Problem.Detail... details) {
        return Problem.of(ErrorCode.VALIDATION_FAILED, "No.", details).json("https://crm.example.com", "c");
    }

    @ParameterizedTest
    @CsvSource({"/a/b, b", "/, ''", "/a/, ''", "limit, limit", "'', ''", "//, ''"})
    void the_field_is_what_the_pointer_ends_with(String pointer, String field) {
        var detail = ((Value.Arr) body(new Problem.Detail(pointer, "X", "no")).at("details"))
                .items()
                .getFirst();

        assertThat(detail.at("field")).isEqualTo(Value.of(field));
        assertThat(detail.at("pointer")).isEqualTo(Value.of(pointer));
    }

    @Test
    void what_a_caller_wrote_is_repeated_in_part_where_it_is_long() {
        var detail = new Problem.Detail("/" + "😀".repeat(5_000), "X", "y".repeat(5_000));

        assertThat(detail.pointer()).hasSizeBetween(499, 500).endsWith("😀…");
        assertThat(detail.message()).hasSize(2_000).endsWith("y…");
        var many = Collections.nCopies(2_000, detail).toArray(Problem.Detail[]::new);
        assertThat(((Value.Arr) body(many).at("details")).items()).hasSize(1_000);
    }
}
