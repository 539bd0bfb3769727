/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.dynamics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Delivery;
import io.signalbox.model.Value;
import io.signalbox.vendors.Headers;
import io.signalbox.vendors.InboundRequest;
import io.signalbox.vendors.Vendor.Unreadable;
import io.signalbox.vendors.Verdict;
import io.signalbox.vendors.Verdict.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DynamicsTest {

    private static final Path EVENTS = Path.of("..", "..", "events", "dynamics");
    private static final Instant NOW = Instant.parse("2026-03-01T13:00:00Z");
    private static final String SECRET = "w7Tq-2mB9xKfV4sLzR8pYc6NdHgJ3uEaoQ1iXtZ5";

    private final Dynamics dynamics = new Dynamics();

    /** The first two are of Microsoft's own sample, of one operation. */
    @ParameterizedTest
    @CsvSource({
        "/Date(1506384247000)/, 2017-09-26T00:04:07Z",
        "/Date(1506409448000-0700)/, 2017-09-26T00:04:08Z",
        "/Date(1506384247000+0000)/, 2017-09-26T00:04:07Z",
        "/Date(1506364447000+0530)/, 2017-09-26T00:04:07Z",
        "/Date(0)/, 1970-01-01T00:00:00Z"
    })
    void time_is_read_by_the_clock_that_was_meant(String text, Instant time) {
        assertThat(DynamicsValues.time(Value.of(text))).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/Date()/",
                "/Date(1.5)/",
                "/Date(99999999999999999999)/",
                "/Date(-1)/",
                "/Date(1+07)/",
                "Date(1)",
                "/Date(999999999999999)/"
            })
    void what_is_no_time_stays_what_it_is(String text) {
        assertThat(DynamicsValues.time(Value.of(text))).isEmpty();
        assertThat(DynamicsValues.plain(Value.of(text))).isEqualTo(Value.of(text));
    }

    @Test
    void attributes_of_the_target_win_over_those_of_an_image() throws Exception {
        var properties = read(sample("contact-update-image.json")).getFirst().properties();

        assertThat(properties)
                .containsEntry("telephone1", Value.NULL)
                .containsEntry("emailaddress1", Value.of("ada@northwind.example"))
                .containsEntry("statuscode", Value.of(1))
                .containsEntry("ownerid.name", Value.of("Grace"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "20", "30", "null", "\"40\""})
    void step_that_is_not_at_post_operation_changes_nothing(String stage) throws Exception {
        var body = sample("contact-update.json").replace("\"Stage\": 40", "\"Stage\": " + stage);

        assertThat(read(body)).singleElement().returns("vendor.raw", CanonicalEvent::type);
    }

    @Test
    void retry_is_the_same_event_and_another_operation_or_step_is_another() throws Exception {
        var body = sample("contact-update.json");

        assertThat(read(body)).isEqualTo(read(body));
        for (var part : List.of("4af10637", "75417616", "6d81597f", "4ef5b371")) {
            assertThat(read(body.replace(part, "00000001")).getFirst().id())
                    .isNotEqualTo(read(body).getFirst().id());
        }
    }

    @Test
    void synchronous_step_without_an_operation_is_told_by_its_request_and_time() throws Exception {
        var body = sample("contact-synchronous.json");

        assertThat(read(body.replace("c3e7b5df", "d4f8c6e0")).getFirst().id())
                .isNotEqualTo(read(body).getFirst().id());
        assertThat(read(body.replace("1772384401000", "1772384402000"))
                        .getFirst()
                        .id())
                .isNotEqualTo(read(body).getFirst().id());
    }

    @Test
    void every_row_of_a_multiple_message_is_an_event() throws Exception {
        assertThat(read(sample("contact-create-multiple.json")))
                .hasSize(2)
                .extracting(CanonicalEvent::type)
                .containsOnly("contact.created");
    }

    @ParameterizedTest
    @CsvSource({
        "example.crm4.dynamics.com, true",
        "EXAMPLE.crm4.dynamics.com, true",
        "other.crm4.dynamics.com, false",
        ", false"
    })
    void environment_must_be_the_configured_one(String said, boolean isGenuine) {
        var headers = Headers.of("X-Signalbox-Token", SECRET);
        if (said != null) {
            headers.add("X-MS-Dynamics-Organization", said);
        }
        var verdict = dynamics.verify(
                new InboundRequest("POST", "", headers, "{}".getBytes(UTF_8)),
                connection(Map.of("organization", Value.of("example.crm4.dynamics.com"))),
                NOW);

        if (isGenuine) {
            assertThat(verdict).isInstanceOf(Verdict.Genuine.class);
        } else {
            assertThat(verdict)
                    .isInstanceOfSatisfying(
                            Verdict.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.SENDER_NOT_ALLOWED));
        }
    }

    @Test
    void secret_in_another_place_than_the_configured_one_does_not_count() {
        var inQuery = new InboundRequest("POST", "code=" + SECRET + "&token=" + SECRET, new Headers(0), new byte[0]);

        assertThat(dynamics.verify(inQuery, connection(Map.of()), NOW)).isInstanceOf(Verdict.Refused.class);
    }

    private List<CanonicalEvent> read(String body) throws Unreadable {
        return dynamics.normalize(new Delivery(
                Dynamics.ID, new ConnectionId("acme"), NOW, "1-test-test", Map.of(), body.getBytes(UTF_8)));
    }

    private static String sample(String name) throws IOException {
        return Files.readString(EVENTS.resolve(name));
    }

    private static Connection connection(Map<String, Value> options) {
        return new Connection(
                new ConnectionId("acme"),
                Dynamics.ID,
                URI.create("https://hooks.example.com/hooks/v1/dynamics/acme"),
                List.of(new Connection.Secret("s0", SECRET, NOW.minus(Duration.ofDays(1)), Optional.empty())),
                options,
                NOW.minus(Duration.ofDays(1)));
    }
}
