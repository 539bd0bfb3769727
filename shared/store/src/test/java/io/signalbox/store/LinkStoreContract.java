/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.Link;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Stamp;
import io.signalbox.model.UniqueKey;
import io.signalbox.store.LinkStore.Linked;
import io.signalbox.store.LinkStore.Parked;
import io.signalbox.store.LinkStore.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every store of links does. */
abstract class LinkStoreContract {

    static final RecordKey ADA = Samples.contact(100);
    static final RecordKey BOB = Samples.contact(200);
    static final RecordKey ACME = company(7);
    static final RecordKey BOLT = company(8);

    abstract LinkStore store();

    static RecordKey company(long id) {
        return new RecordKey(ObjectType.COMPANY, new RecordId(id));
    }

    static Stamp at(long millis) {
        return new Stamp(millis, 5);
    }

    static Statement said(RecordKey from, RecordKey to, String label, boolean present, long millis) {
        return new Statement(new Link(from, to, label), present, at(millis));
    }

    private boolean link(RecordKey from, RecordKey to, String label, long millis) {
        return store().put(said(from, to, label, true, millis));
    }

    List<RecordKey> others(RecordKey record) {
        return store().list(record, Optional.empty(), Optional.empty(), 1_000).stream()
                .map(Linked::other)
                .toList();
    }

    @Test
    void a_link_is_seen_from_either_side() {
        assertThat(link(ADA, ACME, "employer", 1)).isTrue();

        var fromAda = store().list(ADA, Optional.empty(), Optional.empty(), 10);
        var fromAcme = store().list(ACME, Optional.empty(), Optional.empty(), 10);
        assertThat(fromAda).extracting(Linked::other).containsExactly(ACME);
        assertThat(fromAcme).extracting(Linked::other).containsExactly(ADA);
        assertThat(fromAda).extracting(Linked::link).isEqualTo(List.of(new Link(ACME, ADA, "employer")));
        assertThat(fromAcme.getFirst().since()).isEqualTo(at(1));
        assertThat(store().get(new Link(ADA, ACME, "employer"))).contains(said(ADA, ACME, "employer", true, 1));
        assertThat(store().get(new Link(ADA, ACME, ""))).isEmpty();
    }

    @Test
    void the_later_stamp_wins_in_whatever_order() {
        var statements = new ArrayList<Statement>();
        var random = new Random(3);
        for (var i = 0; i < 12; i++) {
            statements.add(new Statement(
                    new Link(ADA, ACME, ""), random.nextBoolean(), new Stamp(random.nextInt(4), random.nextInt(3))));
        }
        var last = Collections.max(statements, (a, b) -> a.stamp().compareTo(b.stamp()));
        statements.removeIf(said -> said.stamp().equals(last.stamp()) && said.present() != last.present());
        for (var round = 0; round < 5; round++) {
            store().erase(ADA);
            Collections.shuffle(statements, random);
            statements.forEach(store()::put);
            statements.subList(0, 3).forEach(store()::put);

            assertThat(store().get(last.link()).orElseThrow().stamp()).isEqualTo(last.stamp());
            assertThat(others(ADA)).isEqualTo(last.present() ? List.of(ACME) : List.of());
            assertThat(others(ACME)).isEqualTo(last.present() ? List.of(ADA) : List.of());
        }
    }

    @Test
    void a_statement_counts_once() {
        assertThat(link(ADA, ACME, "", 5)).isTrue();
        assertThat(link(ADA, ACME, "", 5)).isFalse();
        assertThat(store().put(said(ADA, ACME, "", false, 4))).isFalse();
        assertThat(others(ADA)).containsExactly(ACME);
    }

    @Test
    void labels_are_links_of_their_own() {
        link(ADA, ACME, "", 1);
        link(ADA, ACME, "employer", 1);
        link(ADA, ACME, "customer", 1);
        store().put(said(ADA, ACME, "employer", false, 2));

        assertThat(store().list(ADA, Optional.empty(), Optional.empty(), 10))
                .extracting(linked -> linked.link().label())
                .containsExactly("", "customer");
    }

    @Test
    void a_label_between_records_of_a_type_has_a_direction_and_no_label_has_none() {
        link(ADA, BOB, "reports_to", 1);
        link(BOB, ADA, "reports_to", 1);
        link(BOB, ADA, "", 1);
        link(ADA, BOB, "", 1);
        store().put(said(BOB, ADA, "reports_to", false, 2));

        assertThat(store().list(BOB, Optional.empty(), Optional.empty(), 10))
                .extracting(Linked::link)
                .containsExactlyInAnyOrder(new Link(ADA, BOB, "reports_to"), new Link(ADA, BOB, ""));
        assertThatThrownBy(() -> new Link(ADA, ADA, "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void links_are_listed_by_type_and_id_in_pages() {
        for (var id = 1; id <= 25; id++) {
            link(ACME, Samples.contact(1_000 - id), "", 1);
            link(ACME, new RecordKey(ObjectType.DEAL, new RecordId(id)), "", 1);
            if (id % 2 == 0) {
                store().put(said(ACME, Samples.contact(1_000 - id), "", false, 2));
            }
        }
        link(ACME, new RecordKey(new ObjectType("contact_x"), new RecordId(1)), "", 1);

        var seen = new ArrayList<RecordKey>();
        var after = Optional.<String>empty();
        for (var page = store().list(ACME, Optional.of(ObjectType.CONTACT), after, 5);
                !page.isEmpty();
                page = store().list(ACME, Optional.of(ObjectType.CONTACT), after, 5)) {
            assertThat(page.size()).isLessThanOrEqualTo(5);
            page.forEach(linked -> seen.add(linked.other()));
            after = Optional.of(page.getLast().position());
        }
        assertThat(seen).hasSize(13).isSorted().allMatch(key -> key.object().equals(ObjectType.CONTACT));
        assertThat(others(ACME)).hasSize(13 + 25 + 1);
    }

    @Test
    void the_survivor_of_a_merge_takes_what_was_said_last() {
        link(BOB, ACME, "", 5);
        link(ADA, ACME, "", 1);
        store().put(said(ADA, ACME, "", false, 9));
        link(BOB, BOLT, "", 2);
        store().put(said(ADA, BOLT, "", false, 1));
        link(BOB, ADA, "reports_to", 3);
        link(BOB, company(9), "employer", 4);

        for (var round = 0; round < 2; round++) {
            store().move(BOB, ADA);
            assertThat(others(BOB)).isEmpty();
            assertThat(others(ADA)).containsExactly(BOLT, company(9));
            assertThat(others(ACME)).isEmpty();
            assertThat(others(BOLT)).containsExactly(ADA);
            assertThat(store().get(new Link(ADA, ACME, "")).orElseThrow().stamp())
                    .isEqualTo(at(9));
        }
    }

    @Test
    void an_erased_record_has_no_links_on_either_side() {
        for (var id = 1; id <= 30; id++) {
            link(ADA, company(id), "", 1);
        }
        store().put(said(ADA, company(3), "", false, 2));
        link(BOB, ACME, "", 1);
        store().erase(ADA);

        assertThat(others(ADA)).isEmpty();
        assertThat(others(ACME)).containsExactly(BOB);
        assertThat(store().get(new Link(ADA, company(3), ""))).isEmpty();
    }

    @Test
    void a_link_waits_for_its_record() {
        var key = UniqueKey.external(ObjectType.COMPANY, Samples.external(77));
        var early = new Parked(ADA, key, "", true, at(1));
        var late = new Parked(ADA, key, "", false, at(2));
        var other = new Parked(BOB, key, "employer", true, at(1));
        store().park(late);
        store().park(early);
        store().park(other);

        assertThat(store().parked(key)).containsExactly(late, other);
        assertThat(store().parked(UniqueKey.external(ObjectType.COMPANY, Samples.external(7))))
                .isEmpty();
        store().unpark(early);
        assertThat(store().parked(key)).containsExactly(late, other);
        store().unpark(late);
        assertThat(store().parked(key)).containsExactly(other);
    }
}
