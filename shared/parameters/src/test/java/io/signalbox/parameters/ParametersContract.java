/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.parameters.Parameters.ParametersUnavailable;
import org.junit.jupiter.api.Test;

/** What every {@link Parameters} keeps. */
abstract class ParametersContract {

    abstract Parameters parameters() throws Exception;

    /** Parameters of a service that does not answer. */
    abstract Parameters away() throws Exception;

    @Test
    void value_is_read_as_it_was_put() throws Exception {
        var parameters = parameters();
        var value = "{\"a\":\"é 😀 \\n\"}\n" + "x".repeat(4_000);
        parameters.put("connections/acme", value);

        assertThat(parameters.get("connections/acme")).contains(value);
        assertThat(parameters.get("connections/acm")).isEmpty();
        assertThat(parameters.get("acme")).isEmpty();
    }

    @Test
    void put_replaces_and_delete_removes_as_often_as_one_likes() throws Exception {
        var parameters = parameters();
        parameters.put("a", "1");
        parameters.put("a", "2");
        assertThat(parameters.get("a")).contains("2");
        parameters.delete("a");
        parameters.delete("a");
        assertThat(parameters.get("a")).isEmpty();
    }

    @Test
    void create_succeeds_once_and_leaves_what_is_there() throws Exception {
        var parameters = parameters();
        assertThat(parameters.create("a", "1")).isTrue();
        assertThat(parameters.create("a", "2")).isFalse();
        assertThat(parameters.get("a")).contains("1");
        parameters.delete("a");
        assertThat(parameters.create("a", "3")).isTrue();
    }

    @Test
    void absent_service_is_not_an_absent_value() throws Exception {
        var away = away();
        assertThatThrownBy(() -> away.get("a")).isInstanceOf(ParametersUnavailable.class);
        assertThatThrownBy(() -> away.put("a", "hunter2"))
                .isInstanceOf(ParametersUnavailable.class)
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> away.create("a", "1")).isInstanceOf(ParametersUnavailable.class);
        assertThatThrownBy(() -> away.delete("a")).isInstanceOf(ParametersUnavailable.class);
    }
}
