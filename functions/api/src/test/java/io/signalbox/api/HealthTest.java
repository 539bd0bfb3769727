/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthTest {

    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = new TestApi();
    }

    @Test
    void it_passes_without_a_token_when_everything_answers() throws Exception {
        var answer = api.bare("GET", "/health").go().is(200);

        assertThat(answer.text()).isEqualTo("{\"status\":\"pass\"}");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
    }

    @Test
    void it_fails_and_says_what_while_something_is_away() throws Exception {
        api.parameters.setAway(true);

        var answer = api.bare("GET", "/health").go().isProblem(503, "UNAVAILABLE");
        assertThat(answer.details()).containsExactly("/parameters FAILS");
        assertThat(answer.header("retry-after")).isEqualTo("5");
    }

    @Test
    void it_fails_before_the_signing_key_is_there() throws Exception {
        api.parameters.delete("oauth/signing-key");

        api.bare("GET", "/health").go().isProblem(503, "UNAVAILABLE");
    }

    @Test
    void what_was_found_is_told_for_five_seconds() throws Exception {
        api.bare("GET", "/health").go().is(200);
        var reads = api.parameters.reads();
        api.parameters.setAway(true);

        api.clock.advance(Duration.ofSeconds(5));
        api.bare("GET", "/health").go().is(200);
        assertThat(api.parameters.reads()).isEqualTo(reads);
        api.clock.advance(Duration.ofMillis(1));
        api.bare("GET", "/health").go().is(503);
    }
}
