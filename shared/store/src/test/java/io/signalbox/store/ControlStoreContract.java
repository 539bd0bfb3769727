/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Rejection;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.store.ControlStore.ApiClient;
import io.signalbox.store.ControlStore.Due;
import io.signalbox.store.ControlStore.StoredRules;
import io.signalbox.testkit.SettableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What every store of control items does. */
abstract class ControlStoreContract {

    private static final ConnectionId SHOP = new ConnectionId("shop");

    final SettableClock clock = new SettableClock(Samples.NOW);

    abstract ControlStore store();

    private static Connection connection(String id, String secret) {
        return new Connection(
                new ConnectionId(id),
                new VendorId("hubspot"),
                URI.create("https://hub.example/hooks/v1/hubspot/" + id),
                List.of(
                        new Connection.Secret("s1", secret, Samples.NOW, Optional.empty()),
                        new Connection.Secret("s2", "short", Samples.NOW, Optional.of(Samples.NOW.plusSeconds(60)))),
                Map.of("portal", Value.of(62515), "strict", Value.TRUE),
                Samples.NOW);
    }

    private static Rejection rejection(int n, Instant at) {
        return new Rejection(
                SHOP,
                at,
                "SIGNATURE_MISMATCH",
                "Compare the secret.",
                401,
                "POST",
                "203.0.113." + n % 250,
                Map.of("user-agent", "test/" + n, "x-signature", "[64 characters]"),
                n,
                "c-" + n);
    }

    @Test
    void a_connection_is_kept_without_its_secrets() {
        assertThat(store().createConnection(connection("shop", "0123456789abcdef")))
                .isTrue();

        var held = store().connection(SHOP).orElseThrow();
        assertThat(held).isEqualTo(ControlStore.masked(connection("shop", "0123456789abcdef")));
        assertThat(held.secrets()).extracting(Connection.Secret::value).containsExactly("********cdef", "************");
        assertThat(held.secrets()).extracting(Connection.Secret::lastFour).containsExactly("cdef", "****");
        assertThat(store().connection(new ConnectionId("none"))).isEmpty();
    }

    @Test
    void a_connection_is_created_once_and_replaced_only_if_there() {
        assertThat(store().replaceConnection(connection("shop", "0123456789abcdef")))
                .isFalse();
        assertThat(store().createConnection(connection("shop", "0123456789abcdef")))
                .isTrue();
        assertThat(store().createConnection(connection("shop", "another secret...")))
                .isFalse();
        assertThat(store().replaceConnection(connection("shop", "a new secret 1234")))
                .isTrue();

        assertThat(store().connection(SHOP).orElseThrow().secrets().getFirst().lastFour())
                .isEqualTo("1234");
    }

    @Test
    void connections_are_listed_by_id_in_pages() {
        for (var id : List.of("c", "a", "d", "b", "0")) {
            store().createConnection(connection(id, "0123456789abcdef"));
        }

        assertThat(store().connections(Optional.empty(), 3))
                .extracting(c -> c.id().value())
                .containsExactly("0", "a", "b");
        assertThat(store().connections(Optional.of(new ConnectionId("b")), 3))
                .extracting(c -> c.id().value())
                .containsExactly("c", "d");
    }

    @Test
    void settings_come_back_as_they_were_put_and_go_with_the_connection() {
        assertThat(store().settings(SHOP)).isEqualTo(ConnectionSettings.NONE);
        store().createConnection(connection("shop", "0123456789abcdef"));
        var settings = new ConnectionSettings(
                Map.of(
                        ObjectType.CONTACT,
                        Map.of("First Name", Optional.of("first_name"), "secret__c", Optional.empty()),
                        ObjectType.DEAL,
                        Map.of()),
                Optional.of("DE"),
                Optional.of(false),
                Map.of(new ObjectType("invoice__c"), new ObjectType("invoice")));
        store().putSettings(SHOP, ConnectionSettings.NONE);
        store().putSettings(SHOP, settings);
        assertThat(store().settings(SHOP)).isEqualTo(settings);
        store().deleteConnection(SHOP);
        assertThat(store().settings(SHOP)).isEqualTo(ConnectionSettings.NONE);
    }

    @Test
    void a_deleted_connection_takes_its_rejections_along() {
        store().createConnection(connection("shop", "0123456789abcdef"));
        store().countRejected(SHOP, 1);
        store().addRejections(SHOP, List.of(rejection(1, Samples.NOW)));

        assertThat(store().deleteConnection(SHOP)).isTrue();
        assertThat(store().connection(SHOP)).isEmpty();
        assertThat(store().rejected(SHOP)).isZero();
        assertThat(store().rejections(SHOP, 10)).isEmpty();
        assertThat(store().deleteConnection(SHOP)).isFalse();
    }

    @Test
    void refused_requests_add_up() {
        assertThat(store().rejected(SHOP)).isZero();
        for (var i = 0; i < 20; i++) {
            store().countRejected(SHOP, 1);
        }
        store().countRejected(SHOP, 5);

        assertThat(store().rejected(SHOP)).isEqualTo(25);
    }

    @Test
    void the_newest_hundred_rejections_are_kept_newest_first() {
        var all = new ArrayList<Rejection>();
        for (var i = 0; i < 130; i++) {
            all.add(rejection(i, Samples.NOW.plusSeconds(i)));
        }
        for (var from = 0; from < 130; from += 10) {
            store().addRejections(SHOP, all.subList(from, from + 10));
        }

        assertThat(store().rejections(SHOP, 1_000))
                .isEqualTo(all.subList(30, 130).reversed());
        assertThat(store().rejections(SHOP, 2)).isEqualTo(all.subList(128, 130).reversed());
    }

    @Test
    void of_a_flood_of_rejections_the_last_hundred_stay() {
        var flood = new ArrayList<Rejection>();
        for (var i = 0; i < 250; i++) {
            flood.add(rejection(i, Samples.NOW.plusSeconds(i)));
        }
        store().addRejections(SHOP, flood);
        store().addRejections(SHOP, List.of());

        assertThat(store().rejections(SHOP, 1_000))
                .isEqualTo(flood.subList(150, 250).reversed());
    }

    @Test
    void rejections_are_shown_for_a_week() {
        store().addRejections(SHOP, List.of(rejection(1, Samples.NOW)));
        clock.advance(Duration.ofDays(7).minusSeconds(1));
        assertThat(store().rejections(SHOP, 10)).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        assertThat(store().rejections(SHOP, 10)).isEmpty();
    }

    @Test
    void rules_are_replaced_on_the_version_they_were_read_at() {
        assertThat(store().rules()).isEmpty();
        assertThat(store().replaceRules(0, Value.of("one"))).isTrue();
        assertThat(store().replaceRules(0, Value.of("two"))).isFalse();
        assertThat(store().replaceRules(1, Value.of("two"))).isTrue();
        assertThat(store().replaceRules(1, Value.of("two")))
                .as("the same again")
                .isTrue();

        assertThat(store().rules()).contains(new StoredRules(2, Value.of("two")));
    }

    @Test
    void large_rules_are_kept_whole() {
        var large = rules(1);
        assertThat(store().replaceRules(0, large)).isTrue();
        assertThat(store().rules()).contains(new StoredRules(1, large));

        assertThat(store().replaceRules(0, rules(2))).isFalse();
        assertThat(store().rules()).contains(new StoredRules(1, large));

        assertThat(store().replaceRules(1, rules(3))).isTrue();
        assertThat(store().rules()).contains(new StoredRules(2, rules(3)));
    }

    /** Some 600 KB after Deflate. */
    private static Value rules(int seed) {
        var random = new Random(seed);
        var members = new LinkedHashMap<String, Value>();
        for (var i = 0; i < 400; i++) {
            var text = new StringBuilder();
            random.ints(2_000, ' ', 127).forEach(c -> text.append((char) c));
            members.put("rule-" + i, Value.of(text.toString()));
        }
        return Value.of(members);
    }

    @Test
    void of_many_who_replace_the_rules_one_does() throws Exception {
        var calls = new ArrayList<Callable<Boolean>>();
        for (var i = 0; i < 8; i++) {
            var rules = Value.of("rules " + i);
            calls.add(() -> store().replaceRules(0, rules));
        }
        var replaced = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var future : threads.invokeAll(calls)) {
                replaced += future.get() ? 1 : 0;
            }
        }

        assertThat(replaced).isEqualTo(1);
        assertThat(store().rules().orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void a_client_is_created_and_replaced() {
        var client = new ApiClient("c1", "Dashboard", "ab12", List.of("contacts:read"), Samples.NOW);
        assertThat(store().client("c1")).isEmpty();
        store().putClient(client);
        assertThat(store().client("c1")).contains(client);

        var renamed = new ApiClient("c1", "Board", "cd34", List.of(), Samples.NOW);
        store().putClient(renamed);
        assertThat(store().client("c1")).contains(renamed);
    }

    @Test
    void hints_come_due_in_order_and_stay_until_they_are_removed() {
        var hints = new ArrayList<Due>();
        for (var i = 0; i < 30; i++) {
            hints.add(new Due(Samples.NOW.plus(Duration.ofMinutes(7L * i)), Samples.contact(100 - i)));
        }
        store().noteDue(hints.reversed());
        store().noteDue(hints.getFirst().at(), hints.getFirst().record());

        assertThat(store().due(Samples.NOW.minusMillis(1), 100)).isEmpty();
        assertThat(store().due(Samples.NOW, 100)).isEqualTo(hints.subList(0, 1));
        clock.advance(Duration.ofHours(2));
        assertThat(store().due(clock.instant(), 100)).isEqualTo(hints.subList(0, 18));
        assertThat(store().due(clock.instant(), 5)).isEqualTo(hints.subList(0, 5));

        store().removeDue(hints.subList(0, 17));
        assertThat(store().due(clock.instant(), 100)).isEqualTo(hints.subList(17, 18));
        store().removeDue(hints.subList(0, 18));
        assertThat(store().due(clock.instant(), 100)).isEmpty();
        store().removeDue(List.of());
    }

    @Test
    void no_hint_is_lost_while_nobody_asks() {
        assertThat(store().due(Samples.NOW, 10)).isEmpty();
        var hints = List.of(
                new Due(Samples.NOW.plus(Duration.ofHours(3)), Samples.contact(1)),
                new Due(Samples.NOW.plus(Duration.ofHours(90)), Samples.contact(2)));
        store().noteDue(hints);
        clock.advance(Duration.ofHours(100));

        assertThat(store().due(clock.instant(), 10)).first().isEqualTo(hints.getFirst());
        store().removeDue(hints.subList(0, 1));
        var found = new ArrayList<Due>();
        for (var call = 0; call < 4 && found.isEmpty(); call++) {
            found.addAll(store().due(clock.instant(), 10));
        }
        assertThat(found).isEqualTo(hints.subList(1, 2));
    }

    @Test
    void a_hint_for_a_time_past_is_due_at_once() {
        clock.advance(Duration.ofDays(2));
        store().due(clock.instant(), 10);
        store().noteDue(Samples.NOW, Samples.contact(1));

        var due = store().due(clock.instant(), 10);
        assertThat(due).extracting(Due::record).containsExactly(Samples.contact(1));
        store().removeDue(due);
        assertThat(store().due(clock.instant(), 10)).isEmpty();
    }
}
