/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static io.signalbox.core.Histories.START;
import static io.signalbox.core.Histories.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.Life;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Stamp;
import io.signalbox.model.Subject;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FoldTest {

    private static final RecordKey KEY = new RecordKey(ObjectType.CONTACT, new RecordId(1));
    private static final Subject WHO = new Subject.External(Histories.external(0));

    /** Folds each event once, as the pipeline does with the journal's help. */
    private static CrmRecord fold(List<CanonicalEvent> events) {
        var record = CrmRecord.empty(KEY);
        var journal = new HashSet<Stamp>();
        for (var event : events) {
            var stamp = Stamp.of(event);
            var known = Fold.knows(record, stamp);
            if (record.life().state() != Life.State.ERASED && known != Fold.Known.UNSURE) {
                assertThat(known == Fold.Known.YES).as("%s", stamp).isEqualTo(journal.contains(stamp));
            }
            if (journal.add(stamp)) {
                record = Fold.apply(record, event, rules(event));
            }
        }
        return record;
    }

    private static Set<String> rules(CanonicalEvent event) {
        return switch (event.type()) {
            case "web.page_view" -> Set.of("page", "any");
            case "email.replied" -> Set.of("reply", "any");
            default -> Set.of();
        };
    }

    private static CrmRecord random(Random random) {
        return fold(new Histories(random.nextLong(), 3, random.nextInt(4) == 0 ? 4 : 0).events());
    }

    @Test
    void any_order_and_any_duplicates_make_the_same_record() {
        for (var seed = 0; seed < 500; seed++) {
            var histories = new Histories(seed, 1, seed % 3 == 0 ? 3 : 0);
            var events = histories.events();
            var expected = fold(events);
            for (var i = 0; i < 4; i++) {
                assertThat(fold(histories.disturbed(events)))
                        .as("seed %d", seed)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void joining_two_records_is_folding_the_events_of_both() {
        for (var seed = 0; seed < 500; seed++) {
            var histories = new Histories(seed, 2, seed % 3 == 0 ? 3 : 0);
            var events = histories.events();
            var cut = histories.random().nextInt(events.size() + 1);
            var joined = Fold.join(fold(events.subList(0, cut)), fold(events.subList(cut, events.size())));
            assertThat(joined).as("seed %d", seed).isEqualTo(fold(events));
        }
    }

    @Test
    void join_is_commutative_and_associative() {
        var random = new Random(7);
        for (var i = 0; i < 300; i++) {
            var a = random(random);
            var b = random(random);
            var c = random(random);
            assertThat(Fold.join(a, b)).isEqualTo(Fold.join(b, a));
            assertThat(Fold.join(Fold.join(a, b), c)).isEqualTo(Fold.join(a, Fold.join(b, c)));
        }
    }

    @Test
    void an_empty_record_adds_nothing() {
        var random = new Random(8);
        for (var i = 0; i < 100; i++) {
            var record = random(random);
            assertThat(Fold.join(record, CrmRecord.empty(KEY))).isEqualTo(record);
        }
    }

    @Test
    void the_later_event_wins_each_property_by_itself() {
        var early = event("a", "contact.updated", WHO, START, Map.of("city", text("Graz"), "country", text("AT")));
        var late = event("b", "contact.updated", WHO, START.plusMillis(1), Map.of("city", Value.NULL));
        var record = fold(List.of(late, early));
        assertThat(record.value("city")).isEqualTo(Value.NULL);
        assertThat(record.properties()).containsKey("city");
        assertThat(record.value("country")).isEqualTo(text("AT"));
        assertThat(record.firstEventAt()).isEqualTo(START.toEpochMilli());
        assertThat(record.lastEventAt()).isEqualTo(START.toEpochMilli() + 1);
    }

    @Test
    void a_restored_record_lives_and_an_update_does_not_raise_the_dead() {
        var deleted = event("a", "contact.deleted", WHO, START, Map.of());
        var updated = event("b", "contact.updated", WHO, START.plusSeconds(1), Map.of("city", text("Graz")));
        var restored = event("c", "contact.restored", WHO, START.plusSeconds(2), Map.of());
        assertThat(fold(List.of(deleted, updated)).isAlive()).isFalse();
        assertThat(fold(List.of(deleted, updated, restored)).isAlive()).isTrue();
    }

    @Test
    void the_deletion_of_something_else_does_not_delete_the_record() {
        var task = event("a", "task.deleted", WHO, START, Map.of());
        assertThat(fold(List.of(task)).isAlive()).isTrue();
    }

    @Test
    void an_erased_person_stays_erased_and_leaves_ids_only() {
        var created = event("a", "contact.created", WHO, START, Map.of("email", text("a@example.com")));
        var erased = event("b", "consent.privacy_deleted", WHO, START.minusSeconds(9), Map.of());
        var later = event("c", "contact.restored", WHO, START.plusSeconds(9), Map.of("email", text("a@example.com")));
        var record = fold(List.of(created, erased, later));
        assertThat(record.life().state()).isEqualTo(Life.State.ERASED);
        assertThat(record.properties()).isEmpty();
        assertThat(record.engagement()).isEmpty();
        assertThat(record.recent()).isEmpty();
        assertThat(record.externalIds()).containsExactly(Histories.external(0));
        assertThat(record.createdAt()).isEqualTo(erased.time()).isEqualTo(record.updatedAt());
    }

    @Test
    void a_key_that_named_the_subject_becomes_its_property_unless_the_event_says_otherwise() {
        var key = UniqueKey.email(ObjectType.CONTACT, "Ada@Example.com").orElseThrow();
        var bare = event("a", "web.page_view", new Subject.Keyed(key), START, Map.of());
        assertThat(fold(List.of(bare)).value("email")).isEqualTo(text("ada@example.com"));
        var own = event("b", "contact.updated", new Subject.Keyed(key), START, Map.of("email", text("x@example.com")));
        assertThat(fold(List.of(own)).value("email")).isEqualTo(text("x@example.com"));
        var external = new UniqueKey(ObjectType.CONTACT, UniqueKey.EXTERNAL_ID, "crm:p0");
        var record = fold(List.of(event("c", "web.page_view", new Subject.Keyed(external), START, Map.of())));
        assertThat(record.properties()).isEmpty();
        assertThat(record.externalIds()).containsExactly(Histories.external(0));
    }

    @Test
    void a_record_keeps_the_newest_stamps_and_is_unsure_of_anything_older() {
        var record = CrmRecord.empty(KEY);
        for (var i = 0; i < 30; i++) {
            record = Fold.apply(record, event("e" + i, "web.page_view", WHO, START.plusSeconds(i), Map.of()), Set.of());
        }
        assertThat(record.recent()).hasSize(Fold.RECENT);
        assertThat(record.recentFloor()).isEqualTo(START.plusSeconds(5).toEpochMilli());
        assertThat(Fold.knows(record, new Stamp(START.plusSeconds(5).toEpochMilli(), 1)))
                .isEqualTo(Fold.Known.UNSURE);
        assertThat(Fold.knows(record, new Stamp(START.plusSeconds(5).toEpochMilli() + 1, 1)))
                .isEqualTo(Fold.Known.NO);
    }

    @Test
    void the_stamp_of_a_property_is_known_however_old() {
        var old = event("old", "contact.updated", WHO, START, Map.of("city", text("Graz")));
        var record = Fold.apply(CrmRecord.empty(KEY), old, Set.of());
        for (var i = 1; i <= 40; i++) {
            record = Fold.apply(record, event("e" + i, "web.page_view", WHO, START.plusSeconds(i), Map.of()), Set.of());
        }
        assertThat(record.recent()).doesNotContain(Stamp.of(old));
        assertThat(Fold.knows(record, Stamp.of(old))).isEqualTo(Fold.Known.YES);
    }

    private static Value text(String text) {
        return Value.of(text);
    }
}
