/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.zoho;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Delivery;
import io.signalbox.model.Value;
import io.signalbox.vendors.Headers;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Vendor.Unreadable;
import io.signalbox.vendors.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZohoTest {

    private static final Path EVENTS = Path.of("..", "..", "events", "zoho");
    private static final Instant NOW = Instant.parse("2026-03-01T13:00:00Z");
    private static final String SECRET = "w7Tq-2mB9xKfV4sLzR8pYc6NdHgJ3uEaoQ1iXtZ5";
    private static final String SAMPLE_TOKEN = "TOKEN_FOR_VERIFICATION_OF_1000000068001";

    private final Zoho zoho = new Zoho();

    @Test
    void every_id_is_an_event_with_its_own_values() throws Exception {
        var events = read(sample("lead-update-two.json"));

        assertThat(events).hasSize(2);
        assertThat(events.get(0).properties()).containsExactly(Map.entry("City", Value.of("Kiel")));
        assertThat(events.get(1).properties()).containsExactly(Map.entry("City", Value.NULL));
        assertThat(events.get(0).id()).isNotEqualTo(events.get(1).id());
    }

    @Test
    void notification_that_is_sent_again_in_another_order_is_the_same_events() throws Exception {
        var body = sample("lead-update-two.json");
        var again = body.replace(
                "\"5725767000003000064\",\n  \"5725767000003000065\"",
                "\"5725767000003000065\",\n  \"5725767000003000064\"");

        assertThat(again).isNotEqualTo(body);
        assertThat(read(again)).containsExactlyInAnyOrderElementsOf(read(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"lead-update.json", "workflow-contact.json", "custom-module.json", "workflow-without-time.txt"})
    void token_is_in_no_event_and_does_not_make_another(String name) throws Exception {
        var body = sample(name);
        var rotated = body.replace(SAMPLE_TOKEN, SECRET);

        assertThat(read(body).toString()).doesNotContain(SAMPLE_TOKEN);
        assertThat(read(rotated)).isEqualTo(read(body));
    }

    @Test
    void token_is_not_kept_with_the_body() throws Exception {
        var body = sample("lead-update.json").replace(SAMPLE_TOKEN, SECRET);
        var request = new InboundRequest("POST", "", new Headers(0), body.getBytes(UTF_8));

        assertThat(zoho.verify(request, connection(), NOW)).isInstanceOf(Verdict.Genuine.class);
        var kept = new String(zoho.bodyToKeep(request, connection()), UTF_8);
        assertThat(kept).hasSameSizeAs(body).doesNotContain(SECRET);
        assertThat(read(kept)).isEqualTo(read(body));
    }

    @Test
    void token_beside_another_of_its_name_is_refused() {
        for (var body : List.of(
                "{\"token\":\"" + SECRET + "\",\"token\":\"" + SECRET + "\"}",
                "token=" + SECRET + "&token=" + SECRET,
                "{\"inner\":{\"token\":\"" + SECRET + "\"}}",
                "{\"token\":[\"" + SECRET + "\"]}",
                "[{\"token\":\"" + SECRET + "\"}]")) {
            var request = new InboundRequest("POST", "", new Headers(0), body.getBytes(UTF_8));
            assertThat(zoho.verify(request, connection(), NOW)).isInstanceOf(Verdict.Refused.class);
        }
    }

    @Test
    void secret_longer_than_zoho_takes_is_refused_as_a_setting() {
        var connection = connection(SECRET + SECRET);

        assertThat(zoho.check(connection))
                .singleElement()
                .satisfies(error -> assertThat(error.message()).contains("24 to 50"));
    }

    @Test
    void thousand_and_one_ids_are_unreadable() {
        var ids = IntStream.range(0, 1_001).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(","));

        assertThatThrownBy(() ->
                        read("{\"module\":\"Leads\",\"operation\":\"insert\",\"server_time\":1,\"ids\":[" + ids + "]}"))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("1000");
    }

    @Test
    void parameters_in_another_order_are_the_same_event() throws Exception {
        var one = read("module=Leads&id=1&City=Kiel&modified_time=2026-03-01T10%3A00%3A00Z");
        var other = read("modified_time=2026-03-01T10%3A00%3A00Z&City=Kiel&id=1&module=Leads");

        assertThat(other.getFirst().id()).isEqualTo(one.getFirst().id());
    }

    private List<CanonicalEvent> read(String body) throws Unreadable {
        return zoho.normalize(
                new Delivery(Zoho.ID, new ConnectionId("acme"), NOW, "1-test-test", Map.of(), body.getBytes(UTF_8)));
    }

    private static String sample(String name) throws IOException {
        return Files.readString(EVENTS.resolve(name));
    }

    private static Connection connection() {
        return connection(SECRET);
    }

    private static Connection connection(String secret) {
        return new Connection(
                new ConnectionId("acme"),
                Zoho.ID,
                URI.create("https://hooks.example.com/hooks/v1/zoho/acme"),
                List.of(new Connection.Secret("s0", secret, NOW.minus(Duration.ofDays(1)), Optional.empty())),
                Map.of(),
                NOW.minus(Duration.ofDays(1)));
    }
}
