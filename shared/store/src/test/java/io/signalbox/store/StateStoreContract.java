/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Value;
import io.signalbox.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link StateStore} does. */
abstract class StateStoreContract {

    static final Instant NOW = Instant.parse("2037-01-01T00:00:00Z");

    final SettableClock clock = new SettableClock(NOW);
    private final StateStore.Key key =
            new StateStore.Key("lease", UUID.randomUUID().toString());

    abstract StateStore store();

    private static Value value(String text) {
        return Value.of(Map.of("who", Value.of(text)));
    }

    @Test
    void what_is_put_is_there_with_its_version() {
        assertThat(store().get(key)).isEmpty();
        assertThat(store().put(key, 0, value("a"), Optional.empty())).isTrue();
        assertThat(store().get(key)).contains(new StateStore.State(1, value("a")));
        assertThat(store().put(key, 1, value("b"), Optional.empty())).isTrue();
        assertThat(store().get(key)).contains(new StateStore.State(2, value("b")));
    }

    @Test
    void who_has_read_another_version_changes_nothing() {
        store().put(key, 0, value("a"), Optional.empty());
        assertThat(store().put(key, 0, value("b"), Optional.empty())).isFalse();
        assertThat(store().put(key, 7, value("b"), Optional.empty())).isFalse();
        assertThat(store().get(key)).contains(new StateStore.State(1, value("a")));
    }

    @Test
    void what_is_over_is_not_there_and_can_be_made_anew() {
        var end = NOW.plusSeconds(30);
        store().put(key, 0, value("a"), Optional.of(end));
        clock.set(end.minusMillis(1));
        assertThat(store().get(key)).isPresent();
        assertThat(store().put(key, 0, value("b"), Optional.of(end))).isFalse();
        clock.set(end);
        assertThat(store().get(key)).isEmpty();
        assertThat(store().put(key, 0, value("b"), Optional.of(end.plus(Duration.ofHours(1)))))
                .isTrue();
        assertThat(store().get(key).map(StateStore.State::value)).contains(value("b"));
    }

    @Test
    void what_is_deleted_was_there_once() {
        store().put(key, 0, value("a"), Optional.empty());
        assertThat(store().delete(key)).isTrue();
        assertThat(store().delete(key)).isFalse();
        assertThat(store().get(key)).isEmpty();
    }

    @Test
    void what_is_over_was_not_there_to_delete() {
        store().put(key, 0, value("a"), Optional.of(NOW.plusSeconds(1)));
        clock.set(NOW.plusSeconds(1));
        assertThat(store().delete(key)).isFalse();
    }

    @Test
    void documents_of_one_id_and_two_kinds_are_two() {
        store().put(key, 0, value("a"), Optional.empty());
        assertThat(store().get(new StateStore.Key("other", key.id()))).isEmpty();
    }
}
