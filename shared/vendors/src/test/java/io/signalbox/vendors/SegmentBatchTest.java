/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static io.signalbox.vendors.Connections.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Connection;
import io.signalbox.vendors.Verdict.Reason;
import io.signalbox.vendors.signing.Hmac;
import io.signalbox.vendors.signing.TextForm;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a batch Segment signs the first message only. */
class SegmentBatchTest {

    private static final String SECRET = "w7Tq-2mB9xKfV4sLzR8pYc6NdHgJ3uEaoQ1iXtZ5";
    private static final Connection CONNECTION = Connections.of("segment", "https://a.example/hooks", Map.of(), SECRET);
    private static final String FIRST = "{\"messageId\":\"1\",\"note\":\"],[\\\"}{,é\"}";

    @Test
    void array_of_the_one_signed_message_is_genuine() {
        assertThat(verify("[" + FIRST + "]", FIRST)).isInstanceOf(Verdict.Genuine.class);
        assertThat(verify(FIRST, FIRST)).isInstanceOf(Verdict.Genuine.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"messageId\":\"2\"}", "1", "\"\"", "[]", "", " ", "\"]"})
    void second_message_that_nobody_signed_is_refused(String second) {
        assertThat(verify("[" + FIRST + "," + second + "]", FIRST))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.SCHEME_NOT_ALLOWED));
    }

    @Test
    void batch_of_4000_is_refused_at_once() {
        var batch = "[" + (FIRST + ",").repeat(3_999) + FIRST + "]";

        assertThat(verify(batch, FIRST)).isInstanceOf(Verdict.Refused.class);
        assertThat(verify(batch, batch)).isInstanceOf(Verdict.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%s ]", "[ %s]", " [%s]", "[%s]\n", "[[%s]]", "[%s", "%s]", "[%s}", "[%s]]", "[%s\u0000]"})
    void nothing_may_stand_beside_the_signed_message(String around) {
        assertThat(verify(around.formatted(FIRST), FIRST)).isInstanceOf(Verdict.Refused.class);
    }

    private static Verdict verify(String body, String signed) {
        var signature = TextForm.HEX.write(Hmac.SHA1.of(SECRET.getBytes(UTF_8), signed.getBytes(UTF_8)));
        var request = new InboundRequest("POST", "", Headers.of("X-Signature", signature), body.getBytes(UTF_8));
        return Vendors.find("segment").orElseThrow().verify(request, CONNECTION, NOW);
    }
}
