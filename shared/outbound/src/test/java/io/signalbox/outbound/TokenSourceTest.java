/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.ConnectionId;
import io.signalbox.parameters.MemoryParameters;
import io.signalbox.parameters.Parameters;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.store.MemoryStateStore;
import io.signalbox.testkit.SettableClock;
import io.signalbox.testkit.fakes.FakeApi;
import io.signalbox.testkit.fakes.FakeApi.Answer;
import io.signalbox.testkit.fakes.FakeHubSpot;
import io.signalbox.testkit.fakes.FakeTokens;
import io.signalbox.vendors.client.App;
import io.signalbox.vendors.client.App.Flow;
import io.signalbox.vendors.client.Client;
import io.signalbox.vendors.client.Tokens;
import io.signalbox.vendors.hubspot.HubSpotClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tokens of a vendor that gives a new refresh token each time and takes no old one. */
@Timeout(60)
class TokenSourceTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final ConnectionId CRM = new ConnectionId("crm");
    private static final Client CLIENT = new HubSpotClient();

    private final SettableClock clock = new SettableClock(NOW);
    private final FakeApi api = new FakeApi();
    private final FakeHubSpot hubspot = new FakeHubSpot(api, true);
    private final MemoryStateStore states = new MemoryStateStore(clock);
    private final MemoryParameters parameters = new MemoryParameters();

    @BeforeEach
    void grant() throws Exception {
        var refresh = hubspot.tokens.grant();
        var app = new App(Flow.AUTHORIZATION_CODE, FakeTokens.CLIENT, FakeTokens.SECRET, List.of(), Map.of());
        var tokens = new Tokens(
                hubspot.tokens.access(),
                Optional.of(refresh),
                NOW.plus(Duration.ofMinutes(30)),
                URI.create("https://api.hubapi.com"),
                List.of());
        new Grants(parameters, clock).save(CRM, new Grant(app, Optional.of(tokens), 1, Optional.empty()));
    }

    @AfterEach
    void close() {
        api.close();
    }

    private TokenSource source(Parameters from) {
        var http = new JdkVendorHttp(Optional.of(api.url()), Duration.ofSeconds(5));
        return new TokenSource(new Grants(from, clock), states, http, clock);
    }

    private static String token(Access access) {
        return access instanceof Access.Ready(var account) ? account.token() : access.toString();
    }

    @Test
    void a_token_that_counts_costs_no_call() throws Exception {
        assertThat(token(source(parameters).access(CRM, CLIENT))).isEqualTo(hubspot.tokens.access());
        assertThat(api.calls()).isEmpty();
    }

    @Test
    void of_many_that_come_at_once_one_renews_and_no_grant_is_lost() throws Exception {
        clock.set(NOW.plus(Duration.ofMinutes(31)));
        var ready = new CountDownLatch(8);
        var found = new ArrayList<String>();
        try (var pool = Executors.newFixedThreadPool(8)) {
            var futures = new ArrayList<Future<String>>();
            for (var i = 0; i < 8; i++) {
                Callable<String> asking = () -> {
                    var source = source(parameters);
                    ready.countDown();
                    ready.await();
                    var access = source.access(CRM, CLIENT);
                    while (access instanceof Access.Later) {
                        access = source.renewed(CRM, CLIENT, "none");
                    }
                    return token(access);
                };
                futures.add(pool.submit(asking));
            }
            for (var future : futures) {
                found.add(future.get());
            }
        }
        assertThat(found).containsOnly(hubspot.tokens.access());
        assertThat(api.calls()).hasSize(1);
    }

    @Test
    void while_another_renews_a_token_that_still_counts_goes_on_being_used() throws Exception {
        clock.set(NOW.plus(Duration.ofMinutes(27)));
        var lease = new Leases(states, clock).take(CRM).orElseThrow();
        assertThat(token(source(parameters).access(CRM, CLIENT))).isEqualTo(hubspot.tokens.access());
        assertThat(api.calls()).isEmpty();
        new Leases(states, clock).release(lease, 1);
        source(parameters).access(CRM, CLIENT);
        assertThat(api.calls()).hasSize(1);
    }

    @Test
    void a_lease_whose_holder_died_ends_by_itself() throws Exception {
        clock.set(NOW.plus(Duration.ofMinutes(31)));
        assertThat(new Leases(states, clock).take(CRM)).isPresent();
        assertThat(source(parameters).access(CRM, CLIENT)).isInstanceOf(Access.Later.class);
        clock.advance(Leases.LENGTH);
        assertThat(token(source(parameters).access(CRM, CLIENT))).isEqualTo(hubspot.tokens.access());
    }

    @Test
    void a_refresh_token_that_was_used_is_not_used_again_however_late_the_parameter_store_is() throws Exception {
        clock.set(NOW.plus(Duration.ofMinutes(31)));
        var old = parameters.get(Grants.name(CRM)).orElseThrow();
        source(parameters).access(CRM, CLIENT);
        clock.set(NOW.plus(Duration.ofMinutes(62)));
        var late = new MemoryParameters();
        late.put(Grants.name(CRM), old);
        assertThat(source(late).access(CRM, CLIENT)).isInstanceOf(Access.Later.class);
        assertThat(api.calls()).hasSize(1);
        assertThat(token(source(parameters).access(CRM, CLIENT))).isEqualTo(hubspot.tokens.access());
    }

    /** Reads as the one behind it, but takes nothing while it is shut. */
    private static final class ShutParameters implements Parameters {
        private final Parameters behind;
        private boolean isShut = true;

        ShutParameters(Parameters behind) {
            this.behind = behind;
        }

        @Override
        public Optional<String> get(String name) throws ParametersUnavailable {
            return behind.get(name);
        }

        @Override
        public void put(String name, String value) throws ParametersUnavailable {
            if (isShut) {
                throw new ParametersUnavailable("shut", null);
            }
            behind.put(name, value);
        }

        @Override
        public boolean create(String name, String value) throws ParametersUnavailable {
            return behind.create(name, value);
        }

        @Override
        public void delete(String name) throws ParametersUnavailable {
            behind.delete(name);
        }
    }

    @Test
    void what_could_not_be_stored_is_stored_before_anything_else() throws Exception {
        clock.set(NOW.plus(Duration.ofMinutes(31)));
        var shut = new ShutParameters(parameters);
        var source = source(shut);
        assertThatThrownBy(() -> source.access(CRM, CLIENT)).isInstanceOf(ParametersUnavailable.class);
        shut.isShut = false;
        assertThat(token(source.access(CRM, CLIENT))).isEqualTo(hubspot.tokens.access());
        assertThat(api.calls()).hasSize(1);
        clock.set(NOW.plus(Duration.ofMinutes(62)));
        assertThat(token(source(parameters).access(CRM, CLIENT))).isEqualTo(hubspot.tokens.access());
    }

    @Test
    void a_token_endpoint_in_trouble_is_no_reason_to_bother_the_owner() throws Exception {
        clock.set(NOW.plus(Duration.ofMinutes(31)));
        api.fail(Answer.of(502, "<html>"), Answer.of(429, "{\"error\":\"slow_down\"}"), Answer.of(200, "{\"acc"));
        for (var i = 0; i < 3; i++) {
            assertThat(source(parameters).access(CRM, CLIENT)).isInstanceOf(Access.Later.class);
        }
        assertThat(token(source(parameters).access(CRM, CLIENT))).isEqualTo(hubspot.tokens.access());
    }

    @Test
    void what_the_owner_alone_can_mend_is_told_apart() throws Exception {
        clock.set(NOW.plus(Duration.ofMinutes(31)));
        api.fail(Answer.of(401, "{\"error\":\"invalid_client\"}"));
        assertThat(source(parameters).access(CRM, CLIENT))
                .isInstanceOfSatisfying(
                        Access.Broken.class,
                        broken -> assertThat(broken.attention().code()).isEqualTo(Attention.Code.APP_REFUSED));
        hubspot.tokens.revoke();
        assertThat(source(parameters).access(CRM, CLIENT))
                .isInstanceOfSatisfying(
                        Access.Broken.class,
                        broken -> assertThat(broken.attention().code()).isEqualTo(Attention.Code.GRANT_REVOKED));
    }

    @Test
    void a_connection_without_a_grant_has_no_access() throws Exception {
        assertThat(source(parameters).access(new ConnectionId("other"), CLIENT)).isEqualTo(new Access.None());
    }
}
