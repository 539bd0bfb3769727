/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionParametersTest {

    private static final ConnectionId ACME = new ConnectionId("acme");

    private final MemoryParameters parameters = new MemoryParameters();
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private final InstantSource time = () -> now;
    private final ConnectionParameters connections = new ConnectionParameters(parameters, time);

    @Test
    void connection_survives_the_round_trip() throws ParametersUnavailable {
        var connection = new Connection(
                ACME,
                new VendorId("hubspot"),
                URI.create("https://example.com/hooks/v1/hubspot/acme?a=%2F"),
                List.of(
                        new Connection.Secret("s1", "päss \"word\" of twenty", now, Optional.of(now.plusSeconds(9))),
                        new Connection.Secret("s2", "other-secret-value", now, Optional.empty())),
                Map.of("allow_v1", Value.TRUE, "n", Value.of(3)),
                now);

        connections.save(connection);

        assertThat(connections.load(ACME)).contains(connection);
        assertThat(connections.loadFresh(ACME)).contains(connection);
    }

    @Test
    void connection_is_read_once_a_minute() throws ParametersUnavailable {
        connections.save(connection("one"));
        connections.load(ACME);
        elsewhere(connection("two"));

        pass(Duration.ofMillis(59_999));
        assertThat(secret()).isEqualTo("one-secret-value");
        assertThat(parameters.reads()).isEqualTo(1);

        pass(Duration.ofMillis(1));
        assertThat(secret()).isEqualTo("two-secret-value");
        assertThat(parameters.reads()).isEqualTo(2);
    }

    @Test
    void absence_is_remembered_for_ten_seconds() throws ParametersUnavailable {
        assertThat(connections.load(ACME)).isEmpty();
        elsewhere(connection("one"));

        pass(Duration.ofMillis(9_999));
        assertThat(connections.load(ACME)).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(connections.load(ACME)).isPresent();
    }

    @Test
    void what_is_saved_or_deleted_here_counts_here_at_once() throws ParametersUnavailable {
        assertThat(connections.load(ACME)).isEmpty();
        connections.save(connection("one"));
        assertThat(secret()).isEqualTo("one-secret-value");
        connections.save(connection("two"));
        assertThat(secret()).isEqualTo("two-secret-value");
        connections.delete(ACME);
        assertThat(connections.load(ACME)).isEmpty();
    }

    @Test
    void connection_outlives_an_absent_store_by_ten_minutes_and_no_longer() throws ParametersUnavailable {
        connections.save(connection("one"));
        connections.load(ACME);
        parameters.setAway(true);

        pass(Duration.ofMillis(599_999));
        assertThat(secret()).isEqualTo("one-secret-value");
        pass(Duration.ofSeconds(6));
        assertThatThrownBy(() -> connections.load(ACME)).isInstanceOf(ParametersUnavailable.class);
        parameters.setAway(false);
        assertThat(secret()).isEqualTo("one-secret-value");
    }

    @Test
    void absent_store_is_asked_every_five_seconds() throws ParametersUnavailable {
        connections.save(connection("one"));
        connections.load(ACME);
        parameters.setAway(true);
        pass(Duration.ofSeconds(60));
        for (var i = 0; i < 100; i++) {
            connections.load(ACME);
            pass(Duration.ofMillis(100));
        }

        assertThat(parameters.reads()).isEqualTo(3);
    }

    @Test
    void absent_store_is_an_error_for_a_connection_not_seen_before() {
        parameters.setAway(true);

        assertThatThrownBy(() -> connections.load(ACME)).isInstanceOf(ParametersUnavailable.class);
    }

    @Test
    void clock_set_back_does_not_lengthen_a_lease() throws ParametersUnavailable {
        connections.save(connection("one"));
        connections.load(ACME);
        elsewhere(connection("two"));

        pass(Duration.ofDays(-1));

        assertThat(secret()).isEqualTo("two-secret-value");
    }

    @Test
    void made_up_ids_push_out_nothing_real() throws ParametersUnavailable {
        connections.save(connection("one"));
        connections.load(ACME);
        for (var i = 0; i < 2_000; i++) {
            connections.load(new ConnectionId("made-up-" + i));
        }
        parameters.setAway(true);

        assertThat(secret()).isEqualTo("one-secret-value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "{}",
                "{\"v\":1}",
                "{\"v\":1,\"id\":\"other\",\"vendor\":\"hubspot\",\"public_url\":\"https://a\",\"created_at\":\"2026-03-01T10:00:00Z\"}",
                "{\"v\":1,\"id\":\"acme\",\"vendor\":\"hubspot\",\"public_url\":\"https://a\",\"created_at\":\"today\"}",
                "{\"v\":1,\"id\":\"acme\",\"vendor\":\"hubspot\",\"public_url\":\"https://a\","
                        + "\"created_at\":\"2026-03-01T10:00:00Z\",\"secrets\":[{}]}"
            })
    void parameter_edited_by_hand_lets_nobody_in(String text) throws ParametersUnavailable {
        parameters.put("connections/acme", text);

        assertThatThrownBy(() -> connections.load(ACME))
                .isInstanceOf(ParametersUnavailable.class)
                .hasMessageContaining("acme");
    }

    private String secret() throws ParametersUnavailable {
        return connections.load(ACME).orElseThrow().secrets().getFirst().value();
    }

    private void elsewhere(Connection connection) throws ParametersUnavailable {
        new ConnectionParameters(parameters, time).save(connection);
    }

    private void pass(Duration duration) {
        now = now.plus(duration);
    }

    private Connection connection(String name) {
        return new Connection(
                ACME,
                new VendorId("hubspot"),
                URI.create("https://example.com/hooks/v1/hubspot/acme"),
                List.of(new Connection.Secret("s1", name + "-secret-value", now, Optional.empty())),
                Map.of(),
                now);
    }
}
