/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.ConnectionId;
import io.signalbox.model.ConnectionSettings;
import io.signalbox.store.MemoryControlStore;
import io.signalbox.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsCacheTest {

    private static final ConnectionId SHOP = new ConnectionId("shop");
    private static final ConnectionSettings GERMAN =
            new ConnectionSettings(Map.of(), Optional.of("DE"), Optional.empty(), Map.of());

    @Test
    void a_change_is_seen_after_a_minute_and_not_before() {
        var clock = new SettableClock(Instant.parse("2026-03-01T00:00:00Z"));
        var control = new MemoryControlStore(clock);
        var cache = new SettingsCache(control, clock);
        assertThat(cache.of(SHOP)).isEqualTo(ConnectionSettings.NONE);

        control.putSettings(SHOP, GERMAN);
        clock.advance(Duration.ofSeconds(59));
        assertThat(cache.of(SHOP)).isEqualTo(ConnectionSettings.NONE);
        clock.advance(Duration.ofSeconds(1));
        assertThat(cache.of(SHOP)).isEqualTo(GERMAN);
    }

    @Test
    void many_connections_do_not_fill_the_memory_and_all_are_answered() {
        var clock = new SettableClock(Instant.parse("2026-03-01T00:00:00Z"));
        var control = new MemoryControlStore(clock);
        control.putSettings(SHOP, GERMAN);
        var cache = new SettingsCache(control, clock);
        for (var i = 0; i < 3_000; i++) {
            assertThat(cache.of(new ConnectionId("c-" + i))).isEqualTo(ConnectionSettings.NONE);
        }
        assertThat(cache.of(SHOP)).isEqualTo(GERMAN);
    }
}
