/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.outbound.Attention;
import io.signalbox.outbound.Grant;
import io.signalbox.outbound.Grants;
import io.signalbox.outbound.Reaches;
import io.signalbox.parameters.ConnectionParameters;
import io.signalbox.queue.FetchJob;
import io.signalbox.testkit.fakes.FakeApi.Answer;
import io.signalbox.testkit.fakes.FakeApi.Call;
import io.signalbox.vendors.client.App;
import io.signalbox.vendors.client.App.Flow;
import io.signalbox.vendors.client.Tokens;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Zoho's notification channels, at a Zoho that answers as its documents say. */
class WatchesTest {

    private static final ConnectionId CRM = new ConnectionId("crm");
    private static final VendorId ZOHO = new VendorId("zoho");
    private static final String SECRET = "the-channels-very-own-secret-0123";
    private static final URI URL = URI.create("https://hub.example.com/hooks/v1/zoho/crm");

    private final Workbench bench = new Workbench();
    private final ConnectionParameters connections = new ConnectionParameters(bench.parameters, bench.clock);

    /** Until when Zoho will send; empty for no channel. */
    private Optional<Instant> open = Optional.empty();

    private boolean refusing;

    @BeforeEach
    void connect() throws Exception {
        var now = bench.clock.instant();
        var secret = new Connection.Secret("s", SECRET, now, Optional.empty());
        connections.create(new Connection(CRM, ZOHO, URL, List.of(secret), Map.of(), now));
        var app = new App(Flow.AUTHORIZATION_CODE, "id", "secret", List.of(), Map.of("region", "eu"));
        var tokens = new Tokens(
                "access",
                Optional.of("refresh"),
                now.plus(Duration.ofDays(300)),
                URI.create("https://www.zohoapis.eu"),
                List.of());
        new Grants(bench.parameters, bench.clock).save(CRM, new Grant(app, Optional.of(tokens), 1, Optional.empty()));
        bench.reaches.update(CRM, reach -> reach.withGrant(Workbench.granted(0)));
        bench.api.serve("www.zohoapis.eu", this::zoho);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private Answer zoho(Call call) {
        assertThat(call.path()).isEqualTo("/crm/v8/actions/watch");
        assertThat(call.header("authorization")).isEqualTo("Zoho-oauthtoken access");
        if (!(call.json().at("watch") instanceof Value.Arr(var items)) || items.size() != 1) {
            return answer(400, "error", "MANDATORY_NOT_FOUND", Map.of());
        }
        var watch = items.getFirst();
        assertThat(watch.at("notify_url").asText()).isEqualTo(URL.toString());
        assertThat(watch.at("token").asText()).isEqualTo(SECRET).hasSizeLessThanOrEqualTo(50);
        assertThat(watch.at("channel_id").asText()).matches("[1-9][0-9]{14}");
        var until = OffsetDateTime.parse(watch.at("channel_expiry").asText()).toInstant();
        var now = bench.clock.instant();
        if (refusing || until.isAfter(now.plus(Duration.ofDays(7)))) {
            return answer(400, "error", "INVALID_DATA", Map.of());
        }
        if (call.method().equals("PUT") && open.filter(now::isBefore).isEmpty()) {
            return answer(400, "error", "NOT_SUBSCRIBED", Map.of());
        }
        open = Optional.of(until);
        var event = Value.of(Map.of(
                "channel_expiry", watch.at("channel_expiry"),
                "resource_name", Value.of("Leads"),
                "channel_id", watch.at("channel_id")));
        return answer(200, "success", "SUCCESS", Map.of("events", Value.of(List.of(event))));
    }

    private static Answer answer(int status, String word, String code, Map<String, Value> details) {
        var watch = Value.of(Map.of(
                "code",
                Value.of(code),
                "details",
                Value.of(details),
                "message",
                Value.of(""),
                "status",
                Value.of(word)));
        return Answer.json(status, Value.of(Map.of("watch", Value.of(List.of(watch)))));
    }

    private void handle() {
        bench.handle(FetchJob.of(ZOHO, CRM, new FetchJob.Watch(), bench.clock.instant()));
    }

    private List<String> methods() {
        return bench.api.calls().stream().map(Call::method).toList();
    }

    @Test
    void a_channel_is_opened_for_nearly_a_week_and_then_renewed() {
        handle();
        assertThat(open).contains(bench.clock.instant().plus(Duration.ofDays(7)).minusSeconds(3_600));
        assertThat(bench.channels.get(CRM).until()).isEqualTo(open.orElseThrow());
        bench.clock.advance(Duration.ofDays(5));
        handle();
        assertThat(methods()).containsExactly("POST", "PUT");
        assertThat(bench.channels.get(CRM).until()).isEqualTo(open.orElseThrow());
        assertThat(bench.jobs.take()).isEmpty();
    }

    @Test
    void a_channel_that_somebody_took_away_is_opened_again() {
        handle();
        open = Optional.empty();
        handle();
        assertThat(methods()).containsExactly("POST", "PUT", "POST");
        assertThat(open).isPresent();
    }

    @Test
    void a_refusal_is_told_once_blocks_nothing_else_and_is_forgotten_when_it_works_again() {
        refusing = true;
        handle();
        var told = bench.reaches.get(CRM).attention().orElseThrow();
        assertThat(told.code()).isEqualTo(Attention.Code.CHANNEL_ENDING);
        assertThat(told.code().blocks()).isFalse();
        bench.clock.advance(Duration.ofHours(6));
        handle();
        assertThat(new Reaches(bench.states, bench.clock).get(CRM).attention()).contains(told);
        refusing = false;
        handle();
        assertThat(bench.reaches.get(CRM).attention()).isEmpty();
        assertThat(bench.printed.toString(StandardCharsets.UTF_8)).doesNotContain(SECRET);
    }

    @Test
    void a_zoho_in_trouble_is_asked_again_later() {
        bench.api.fail(Answer.of(503, ""));
        handle();
        assertThat(open).isEmpty();
        var waiting = bench.jobs.take();
        assertThat(waiting).hasSize(1);
        bench.clock.advance(Duration.ofSeconds(10));
        bench.handle(waiting.toArray(FetchJob[]::new));
        assertThat(open).isPresent();
    }

    @Test
    void a_connection_that_is_gone_is_left_alone() throws Exception {
        connections.delete(CRM);
        handle();
        assertThat(bench.api.calls()).isEmpty();
        assertThat(bench.jobs.take()).isEmpty();
    }
}
