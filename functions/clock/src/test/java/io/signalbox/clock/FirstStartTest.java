/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.Scope;
import io.signalbox.model.Value;
import io.signalbox.parameters.MemoryParameters;
import io.signalbox.parameters.Parameters;
import io.signalbox.parameters.Parameters.ParametersUnavailable;
import io.signalbox.runtime.Json;
import io.signalbox.runtime.Jws;
import io.signalbox.store.MemoryControlStore;
import io.signalbox.testkit.SettableClock;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FirstStartTest {

    private final SettableClock clock = SettableClock.at("2026-03-01T00:00:00Z");
    private final MemoryParameters parameters = new MemoryParameters();
    private final MemoryControlStore control = new MemoryControlStore(clock);
    private final FirstStart firstStart = new FirstStart(parameters, control, clock);

    private Value parameter(String name) throws Exception {
        return Json.parse(parameters.get(name).orElseThrow());
    }

    @Test
    void a_token_signed_with_the_key_is_verified_with_the_published_one() throws Exception {
        firstStart.run();
        var key = parameter(FirstStart.SIGNING_KEY);
        var published =
                ((Value.Arr) parameter(FirstStart.KEY_SET).at("keys")).items().getFirst();
        assertThat(published.at("kid")).isEqualTo(key.at("kid")).isNotEqualTo(Value.NULL);
        assertThat(published.at("d")).isEqualTo(Value.NULL);
        var header = new Value.Obj(Map.of("alg", Value.of("ES256"), "kid", key.at("kid")));
        var token = Jws.parse(Jws.sign(header, new Value.Obj(Map.of()), Jws.privateKey(key)));
        assertThat(token.isSignedBy(Jws.publicKey(published))).isTrue();
    }

    @Test
    void the_first_client_may_do_everything_and_only_its_secrets_hash_is_in_the_table() throws Exception {
        firstStart.run();
        var secret = parameter(FirstStart.ADMIN).at("client_secret").asText();
        assertThat(secret).hasSize(43);
        var client = control.client("admin").orElseThrow();
        var hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        assertThat(client.secretHash()).isEqualTo(HexFormat.of().formatHex(hash));
        assertThat(client.scopes()).hasSize(Scope.values().length).contains("rules.write");
    }

    @Test
    void a_second_run_changes_nothing() throws Exception {
        firstStart.run();
        var key = parameter(FirstStart.SIGNING_KEY);
        var admin = parameter(FirstStart.ADMIN);
        var client = control.client("admin");
        new FirstStart(parameters, control, clock).run();
        assertThat(parameter(FirstStart.SIGNING_KEY)).isEqualTo(key);
        assertThat(parameter(FirstStart.ADMIN)).isEqualTo(admin);
        assertThat(control.client("admin")).isEqualTo(client);
    }

    @Test
    void whatever_step_fails_the_next_run_ends_it_with_what_the_first_had_made() throws Exception {
        for (var step = 0; step < 8; step++) {
            var stored = new MemoryParameters();
            var table = new MemoryControlStore(clock);
            var failing = new FailingAt(stored, step);
            var cut = new FirstStart(failing, table, clock);
            try {
                cut.run();
            } catch (ParametersUnavailable e) {
                assertThat(e).hasMessage("cut");
            }
            var early = stored.get(FirstStart.SIGNING_KEY);
            new FirstStart(stored, table, clock).run();
            if (early.isPresent()) {
                assertThat(stored.get(FirstStart.SIGNING_KEY)).isEqualTo(early);
            }
            var key = Json.parse(stored.get(FirstStart.SIGNING_KEY).orElseThrow());
            assertThat(stored.get(FirstStart.KEY_SET).orElseThrow())
                    .contains(key.at("kid").asText());
            assertThat(table.client("admin")).isPresent();
        }
    }

    @Test
    void the_client_of_a_run_that_lost_the_race_has_the_winners_secret() throws Exception {
        parameters.create(FirstStart.ADMIN, "{\"client_id\":\"admin\",\"client_secret\":\"theirs\",\"scopes\":[]}");
        firstStart.run();
        var hash = MessageDigest.getInstance("SHA-256").digest("theirs".getBytes(StandardCharsets.UTF_8));
        assertThat(control.client("admin").orElseThrow().secretHash())
                .isEqualTo(HexFormat.of().formatHex(hash));
    }

    @Test
    void a_parameter_that_somebody_spoiled_is_named_and_not_quoted() throws Exception {
        parameters.create(FirstStart.SIGNING_KEY, "secret words");
        assertThatThrownBy(firstStart::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("oauth/signing-key")
                .hasMessageNotContaining("secret words");
    }

    @Test
    void small_coordinates_keep_their_length() {
        assertThat(SigningKey.coordinate(BigInteger.ONE))
                .hasSize(43)
                .startsWith("AAAA")
                .endsWith("AE");
        assertThat(SigningKey.coordinate(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE)))
                .hasSize(43)
                .startsWith("____");
    }

    /** Parameters whose call number {@code step} fails, counted from 0. */
    private static final class FailingAt implements Parameters {
        private final Parameters inner;
        private int left;

        FailingAt(Parameters inner, int step) {
            this.inner = inner;
            this.left = step;
        }

        private void step() throws ParametersUnavailable {
            if (left-- == 0) {
                throw new ParametersUnavailable("cut", null);
            }
        }

        @Override
        public Optional<String> get(String name) throws ParametersUnavailable {
            step();
            return inner.get(name);
        }

        @Override
        public void put(String name, String value) throws ParametersUnavailable {
            step();
            inner.put(name, value);
        }

        @Override
        public boolean create(String name, String value) throws ParametersUnavailable {
            step();
            return inner.create(name, value);
        }

        @Override
        public void delete(String name) throws ParametersUnavailable {
            step();
            inner.delete(name);
        }
    }
}
