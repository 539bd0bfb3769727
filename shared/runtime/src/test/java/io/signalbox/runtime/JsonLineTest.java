/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.Value;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonLineTest {

    @Test
    void members_objects_and_lines_are_joined_by_single_commas() {
        var tail = new JsonLine(16).with("d", "x").with("e", true);
        var line = new JsonLine(16)
                .with("left_out", (String) null)
                .with("a", 1)
                .object("b")
                .end()
                .object("c")
                .with("in", "y")
                .end()
                .with(new JsonLine(16))
                .with(tail)
                .close();

        assertThat(line).hasToString("{\"a\":1,\"b\":{},\"c\":{\"in\":\"y\"},\"d\":\"x\",\"e\":true}");
    }

    @Test
    void time_is_written_as_instant_writes_it_with_three_digits_of_fraction() {
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++) {
            var millis = random.nextLong(-2_000_000_000_000L, 250_000_000_000_000L);
            var text = new JsonLine(64).withTime("t", millis).close().toString();
            assertThat(text).hasSize("{\"t\":\"2026-01-01T00:00:00.000Z\"}".length());
            assertThat(Instant.parse(text.substring(6, 30)).toEpochMilli()).isEqualTo(millis);
        }
    }

    @Test
    void every_string_of_whole_characters_reads_back_and_stays_one_line() throws Json.Malformed {
        var random = new Random(11);
        for (var i = 0; i < 2_000; i++) {
            var text = new StringBuilder();
            random.ints(random.nextInt(40), 0, 0x110000)
                    .map(point -> random.nextBoolean() ? point & 0x7F : point)
                    .filter(point -> point < 0xD800 || point > 0xDFFF)
                    .forEach(text::appendCodePoint);
            var line = new JsonLine(64).with("k", text.toString()).close().toString();

            assertThat(Json.parse(line).at("k")).isEqualTo(Value.of(text.toString()));
            assertThat(line).doesNotContain("\n", "\r", "\u0000", "\uFFFE", "\uFFFF");
        }
    }

    @Test
    void a_number_is_written_in_as_few_digits_as_say_it() {
        var line =
                new JsonLine(64).with("a", 2.0).with("b", 0.5).with("c", -17.25).with("d", 1e-7);

        assertThat(line.close()).hasToString("{\"a\":2,\"b\":0.5,\"c\":-17.25,\"d\":0.00000010}");
        assertThatThrownBy(() -> new JsonLine(16).with("k", Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void half_a_surrogate_pair_becomes_an_escape() {
        assertThat(new JsonLine(16).with("k", "a\uD83Db\uDE00").close()).hasToString("{\"k\":\"a\\ud83db\\ude00\"}");
    }
}
