/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedContentTest {

    @ParameterizedTest
    @CsvSource({
        "{body}, B",
        "{timestamp}.{body}, T.B",
        "{timestamp}{body}, TB",
        "{body}{timestamp}, BT",
        "v0:{timestamp}:{body}, v0:T:B",
        "{id}.{timestamp}.{body}, I.T.B",
        "{body}.{id}, B.I",
        "{method}{url}{body}{timestamp}, POSTUBT",
        "{timestamp} {id} {body}, T I B"
    })
    void template_that_reads_in_one_way_is_filled(String template, String filled) {
        var out = new ByteArrayOutputStream();
        for (var part : SignedContent.of(template)
                .bytes(new SignedContent.Filling("POST", "U", "T", "I", "B".getBytes(UTF_8)))) {
            out.writeBytes(part);
        }

        assertThat(out).hasToString(filled);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{timestamp}",
                "fixed",
                "{id}.{timestamp}",
                "{id}{body}",
                "{body}{id}",
                "{id}-{body}",
                "{id}x.{body}",
                "{body}.x{id}",
                "{id}{timestamp}.{body}",
                "{body}{timestamp}{id}",
                "{id}{url}{body}",
                "{body}{body}",
                "{id}.{body}.{id}",
                "{nonce}.{body}",
                "{Body}",
                "{body",
                "body}",
                "{ body }",
                "}{body}"
            })
    void template_that_leaves_the_body_out_or_lets_bytes_move_is_refused(String template) {
        assertThat(SignedContent.problem(template)).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> SignedContent.of(template));
    }

    @Test
    void template_without_end_is_refused() {
        assertThat(SignedContent.problem("{body}" + ".".repeat(200))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a b", "é", "a\nb", "a{b"})
    void text_that_could_reach_over_its_end_is_no_id(String text) {
        assertThat(SignedContent.isId(text)).isFalse();
    }

    @Test
    void id_has_200_characters_at_most() {
        assertThat(SignedContent.isId("a".repeat(200))).isTrue();
        assertThat(SignedContent.isId("a".repeat(201))).isFalse();
    }
}
