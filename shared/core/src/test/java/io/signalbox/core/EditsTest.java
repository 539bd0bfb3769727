/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static io.signalbox.core.Histories.event;
import static io.signalbox.core.Histories.external;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.core.Edit.Target;
import io.signalbox.core.Edit.Verb;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.EventId;
import io.signalbox.model.ExternalId;
import io.signalbox.model.Life;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Subject;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.store.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class EditsTest {

    private static final UniqueKey ADA =
            UniqueKey.email(ObjectType.CONTACT, "ada@example.com").orElseThrow();

    private final World world = new World(1);

    private Edit edit(String id, Target target, Verb verb, Map<String, Value> properties, Set<Long> version) {
        return new Edit(
                target,
                verb,
                EventId.of(id),
                world.clock.instant(),
                "test",
                properties,
                Map.of(),
                version,
                new SplittableRandom(id.hashCode()));
    }

    private Edit create(String id, String email) {
        return edit(
                id,
                new Target.New(ObjectType.CONTACT),
                Verb.SET,
                Map.of("email", Value.of(email), "job_title", Value.of("Head of Sales")),
                Set.of());
    }

    private Edit set(String id, CrmRecord record, String name, Value value) {
        return edit(id, new Target.Id(record.key()), Verb.SET, Map.of(name, value), Set.of());
    }

    private Edit of(String id, CrmRecord record, Verb verb) {
        return edit(id, new Target.Id(record.key()), verb, Map.of(), Set.of());
    }

    private Edit upsert(String id, UniqueKey key, boolean mayCreate, boolean mayUpdate) {
        return edit(
                id, new Target.Key(key, mayCreate, mayUpdate), Verb.SET, Map.of("city", Value.of("Graz")), Set.of());
    }

    private static Edit at(long version, Edit edit) {
        return new Edit(
                edit.target(),
                edit.verb(),
                edit.id(),
                edit.at(),
                edit.rawType(),
                edit.properties(),
                edit.data(),
                Set.of(version),
                edit.ids());
    }

    private static CrmRecord record(Edited edited) {
        assertThat(edited).isInstanceOf(Edited.Done.class);
        return ((Edited.Done) edited).record();
    }

    private CrmRecord created(String email) {
        return record(world.pipeline.edit(create("create " + email, email)));
    }

    private int journaled() {
        return world.records.journal().stream().mapToInt(s -> s.events().size()).sum();
    }

    @Test
    void a_created_record_is_answered_as_it_was_saved() {
        var done = world.pipeline.edit(create("a", "ada@example.com"));
        var record = record(done);
        assertThat(((Edited.Done) done).created()).isTrue();
        assertThat(record.score()).isPresent();
        assertThat(record.version()).isEqualTo(1);
        assertThat(world.get(record.key().id())).contains(record);
        assertThat(world.history(record)).hasSize(1);
        assertThat(world.records.find(List.of(ADA)))
                .containsEntry(ADA, record.key().id());
    }

    @Test
    void creating_what_there_is_names_it_and_writes_nothing() {
        var first = created("ada@example.com");
        var writes = world.records.writes();
        assertThat(world.pipeline.edit(create("b", "ADA@example.com")))
                .isEqualTo(new Edited.Taken(ADA, first.key().id()));
        assertThat(world.records.writes()).isEqualTo(writes);
    }

    @Test
    void of_two_who_create_at_once_one_is_told_of_the_other() {
        world.records.beforeNextSave(() -> created("ada@example.com"));
        assertThat(world.pipeline.edit(create("b", "ada@example.com"))).isInstanceOf(Edited.Taken.class);
        assertThat(journaled()).isEqualTo(1);
    }

    @Test
    void a_creation_whose_answer_was_lost_is_found_again_and_made_once() {
        for (var email : List.of("ada@example.com", "")) {
            var properties = email.isEmpty() ? Map.of("city", Value.of("Graz")) : Map.of("email", Value.of(email));
            var at = world.clock.instant();
            var edits = new ArrayList<Edit>();
            for (var i = 0; i < 2; i++) {
                edits.add(new Edit(
                        new Target.New(ObjectType.CONTACT),
                        Verb.SET,
                        EventId.of("key " + email),
                        at,
                        "test",
                        properties,
                        Map.of(),
                        Set.of(),
                        new SplittableRandom(9)));
            }
            var first = record(world.pipeline.edit(edits.getFirst()));
            world.clock.advance(Duration.ofMinutes(5));
            record(world.pipeline.edit(set("x" + email, first, "country", Value.of("AT"))));
            var again = world.pipeline.edit(edits.getLast());
            assertThat(record(again).key()).isEqualTo(first.key());
            assertThat(record(again).version()).isEqualTo(2);
            assertThat(((Edited.Done) again).created()).isTrue();
            world.clock.advance(Duration.ofMinutes(5));
        }
        assertThat(world.records.list(ObjectType.CONTACT, Optional.empty(), 10)).hasSize(2);
    }

    @Test
    void an_id_that_another_record_has_by_chance_is_drawn_anew() {
        var at = world.clock.instant();
        var ids = new ArrayList<RecordId>();
        for (var name : List.of("a", "b")) {
            var edit = new Edit(
                    new Target.New(ObjectType.CONTACT),
                    Verb.SET,
                    EventId.of(name),
                    at,
                    "test",
                    Map.of("city", Value.of(name)),
                    Map.of(),
                    Set.of(),
                    new SplittableRandom(9));
            ids.add(record(world.pipeline.edit(edit)).key().id());
        }
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(world.get(ids.getFirst()).orElseThrow().value("city")).isEqualTo(Value.of("a"));
    }

    @Test
    void an_edit_sets_clears_and_keeps_and_moves_the_version_on() {
        var before = created("ada@example.com");
        var after = record(world.pipeline.edit(edit(
                "b",
                new Target.Id(before.key()),
                Verb.SET,
                Map.of("job_title", Value.NULL, "city", Value.of("Graz")),
                Set.of(1L))));
        assertThat(after.version()).isEqualTo(2);
        assertThat(after.value("job_title").isNull()).isTrue();
        assertThat(after.value("city")).isEqualTo(Value.of("Graz"));
        assertThat(after.value("email")).isEqualTo(Value.of("ada@example.com"));
        assertThat(world.get(before.key().id())).contains(after);
    }

    @Test
    void an_edit_of_another_version_writes_nothing_and_says_which_there_is() {
        var before = created("ada@example.com");
        record(world.pipeline.edit(set("b", before, "city", Value.of("Graz"))));
        var writes = world.records.writes();
        assertThat(world.pipeline.edit(at(1, set("c", before, "city", Value.of("Linz")))))
                .isEqualTo(new Edited.Changed(2));
        assertThat(world.records.writes()).isEqualTo(writes);
    }

    @Test
    void an_edit_of_a_version_loses_to_whoever_saves_between_its_read_and_its_save() {
        var before = created("ada@example.com");
        world.records.beforeNextSave(() -> record(world.pipeline.edit(set("b", before, "city", Value.of("Graz")))));
        assertThat(world.pipeline.edit(at(1, set("c", before, "city", Value.of("Linz")))))
                .isEqualTo(new Edited.Changed(2));
        assertThat(world.get(before.key().id()).orElseThrow().value("city")).isEqualTo(Value.of("Graz"));
    }

    @Test
    void of_many_edits_of_one_version_one_is_made() throws Exception {
        var before = created("ada@example.com");
        var calls = new ArrayList<Callable<Edited>>();
        for (var i = 0; i < 16; i++) {
            var edit = at(1, set("race " + i, before, "city", Value.of("city " + i)));
            calls.add(() -> world.pipeline.edit(edit));
        }
        var outcomes = new ArrayList<Edited>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var future : threads.invokeAll(calls)) {
                outcomes.add(future.get());
            }
        }
        assertThat(outcomes).filteredOn(Edited.Done.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(new Edited.Changed(2)::equals).hasSize(15);
        assertThat(world.get(before.key().id()).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void without_a_version_an_edit_that_lost_a_race_is_made_on_what_there_is_now() {
        var before = created("ada@example.com");
        world.records.beforeNextSave(() -> record(world.pipeline.edit(set("b", before, "country", Value.of("AT")))));
        var after = record(world.pipeline.edit(set("c", before, "city", Value.of("Linz"))));
        assertThat(after.version()).isEqualTo(3);
        assertThat(after.value("country")).isEqualTo(Value.of("AT"));
    }

    @Test
    void an_edit_wins_over_what_it_replaces_though_that_is_from_the_future() {
        var ahead = world.clock.instant().plus(Duration.ofHours(3));
        world.apply(event(
                "v", "contact.updated", new Subject.External(external(1)), ahead, Map.of("city", Value.of("Wien"))));
        var after = record(world.pipeline.edit(set("a", world.person(1), "city", Value.of("Graz"))));
        assertThat(after.value("city")).isEqualTo(Value.of("Graz"));
        assertThat(after.properties().get("city").stamp().millis()).isEqualTo(ahead.toEpochMilli() + 1);
        var other = record(world.pipeline.edit(set("b", after, "phone", Value.of("1"))));
        assertThat(other.properties().get("phone").stamp().time()).isEqualTo(world.clock.instant());
    }

    @Test
    void the_same_edit_again_changes_nothing_even_on_its_old_version() {
        var before = created("ada@example.com");
        var edit = at(1, set("b", before, "city", Value.of("Graz")));
        var first = record(world.pipeline.edit(edit));
        var writes = world.records.writes();
        assertThat(record(world.pipeline.edit(edit))).isEqualTo(first);
        for (var i = 0; i < 40; i++) {
            world.clock.advance(Duration.ofMinutes(1));
            record(world.pipeline.edit(set("later " + i, before, "city", Value.of("city " + i))));
        }
        assertThat(record(world.pipeline.edit(edit)).value("city")).isEqualTo(Value.of("city 39"));
        assertThat(world.records.writes()).isEqualTo(writes + 80);
    }

    @Test
    void a_unique_key_of_another_record_is_refused() {
        var ada = created("ada@example.com");
        var bob = created("bob@example.com");
        assertThat(world.pipeline.edit(set("c", bob, "email", Value.of("Ada@Example.com"))))
                .isEqualTo(new Edited.Taken(ADA, ada.key().id()));
        world.records.beforeNextSave(
                () -> record(world.pipeline.edit(set("d", ada, "email", Value.of("x@example.com")))));
        var eve = UniqueKey.email(ObjectType.CONTACT, "x@example.com").orElseThrow();
        assertThat(world.pipeline.edit(set("e", bob, "email", Value.of("x@example.com"))))
                .isEqualTo(new Edited.Taken(eve, ada.key().id()));
    }

    @Test
    void deleting_restoring_and_deleting_again_is_done_once_each() {
        var record = created("ada@example.com");
        var dead = record(world.pipeline.edit(of("d", record, Verb.DELETE)));
        assertThat(dead.life().state()).isEqualTo(Life.State.DELETED);
        assertThat(world.records.find(List.of(ADA))).isEmpty();
        assertThat(record(world.pipeline.edit(of("d2", record, Verb.DELETE)))).isEqualTo(dead);
        assertThat(world.pipeline.edit(set("s", record, "city", Value.of("Graz"))))
                .isEqualTo(new Edited.Gone(dead));
        var back = record(world.pipeline.edit(of("r", record, Verb.RESTORE)));
        assertThat(back.isAlive()).isTrue();
        assertThat(back.value("email")).isEqualTo(Value.of("ada@example.com"));
        assertThat(record(world.pipeline.edit(of("r2", record, Verb.RESTORE)))).isEqualTo(back);
        assertThat(world.records.find(List.of(ADA)))
                .containsEntry(ADA, record.key().id());
    }

    @Test
    void a_record_whose_address_was_taken_meanwhile_is_not_restored() {
        var record = created("ada@example.com");
        record(world.pipeline.edit(of("d", record, Verb.DELETE)));
        var heir = record(world.pipeline.edit(create("heir", "ada@example.com")));
        assertThat(world.pipeline.edit(of("r", record, Verb.RESTORE)))
                .isEqualTo(new Edited.Taken(ADA, heir.key().id()));
    }

    @Test
    void an_erased_person_leaves_no_word_anywhere_and_is_not_restored() {
        var record = created("ada@example.com");
        var erased = record(world.pipeline.edit(of("e", record, Verb.ERASE)));
        assertThat(erased.properties()).isEmpty();
        assertThat(world.pipeline.edit(of("r", record, Verb.RESTORE))).isEqualTo(new Edited.Gone(erased));
        assertThat(world.records.journal().toString()).doesNotContain("ada@example.com");
    }

    @Test
    void an_upsert_makes_the_record_or_changes_it_as_it_may() {
        var made = world.pipeline.edit(upsert("a", ADA, true, true));
        assertThat(((Edited.Done) made).created()).isTrue();
        assertThat(record(made).value("email")).isEqualTo(Value.of("ada@example.com"));
        var changed = world.pipeline.edit(upsert("b", ADA, true, true));
        assertThat(((Edited.Done) changed).created()).isFalse();
        assertThat(record(changed).key()).isEqualTo(record(made).key());
        assertThat(world.pipeline.edit(upsert("c", ADA, true, false)))
                .isEqualTo(new Edited.Exists(record(made).key().id()));

        var external = UniqueKey.external(ObjectType.CONTACT, new ExternalId(Histories.CRM, "77"));
        assertThat(world.pipeline.edit(upsert("d", external, false, true))).isEqualTo(new Edited.Missing());
        var named = record(world.pipeline.edit(upsert("e", external, true, true)));
        assertThat(named.externalIds()).containsExactly(new ExternalId(Histories.CRM, "77"));
    }

    @Test
    void two_upserts_of_one_key_in_one_call_make_one_record() {
        var outcomes = world.pipeline.edit(List.of(upsert("a", ADA, true, true), upsert("b", ADA, true, true)));
        assertThat(outcomes).hasSize(2).allMatch(Edited.Done.class::isInstance);
        assertThat(record(outcomes.getFirst()).key())
                .isEqualTo(record(outcomes.getLast()).key());
        assertThat(outcomes).extracting(done -> ((Edited.Done) done).created()).containsExactly(true, false);
    }

    @Test
    void edits_of_one_call_share_a_segment_and_each_has_its_own_outcome() {
        var ada = created("ada@example.com");
        var nobody = new RecordKey(ObjectType.CONTACT, new RecordId(1));
        var outcomes = world.pipeline.edit(List.of(
                create("b", "bob@example.com"),
                create("c", "ada@example.com"),
                edit("d", new Target.Id(nobody), Verb.SET, Map.of("city", Value.of("x")), Set.of()),
                set("e", ada, "city", Value.of("Graz")),
                create("f", "bob@example.com")));
        assertThat(outcomes.get(0)).isInstanceOf(Edited.Done.class);
        assertThat(outcomes.get(1)).isInstanceOf(Edited.Taken.class);
        assertThat(outcomes.get(2)).isEqualTo(new Edited.Missing());
        assertThat(record(outcomes.get(3)).value("city")).isEqualTo(Value.of("Graz"));
        assertThat(outcomes.get(4))
                .isEqualTo(new Edited.Taken(
                        UniqueKey.email(ObjectType.CONTACT, "bob@example.com").orElseThrow(),
                        record(outcomes.getFirst()).key().id()));
        assertThat(world.records.journal()).hasSize(2);
        assertThat(journaled()).isEqualTo(3);
    }

    @Test
    void edits_together_are_made_all_or_none() {
        var ada = created("ada@example.com");
        var writes = world.records.writes();
        var refused =
                world.pipeline.editTogether(List.of(create("b", "bob@example.com"), create("c", "ada@example.com")));
        assertThat(refused)
                .containsExactly(
                        new Edited.Aborted(), new Edited.Taken(ADA, ada.key().id()));
        assertThat(world.records.writes()).isEqualTo(writes);

        var twins =
                world.pipeline.editTogether(List.of(create("d", "eve@example.com"), create("e", "eve@example.com")));
        assertThat(twins).noneMatch(Edited.Done.class::isInstance);
        var twice = world.pipeline.editTogether(
                List.of(set("f", ada, "city", Value.of("1")), set("g", ada, "city", Value.of("2"))));
        assertThat(twice).containsOnly(new Edited.Twice());
        assertThat(journaled()).isEqualTo(1);

        var done = world.pipeline.editTogether(
                List.of(create("h", "eve@example.com"), at(1, set("i", ada, "city", Value.of("Graz")))));
        assertThat(done).allMatch(Edited.Done.class::isInstance);
        assertThat(record(done.getLast()).version()).isEqualTo(2);
        assertThat(world.history(record(done.getFirst()))).hasSize(1);
    }

    @Test
    void edits_together_that_lost_a_race_are_tried_again() {
        var ada = created("ada@example.com");
        world.records.beforeNextSave(() -> record(world.pipeline.edit(set("x", ada, "country", Value.of("AT")))));
        var done = world.pipeline.editTogether(
                List.of(create("b", "bob@example.com"), set("c", ada, "city", Value.of("Graz"))));
        assertThat(record(done.getLast()).version()).isEqualTo(3);
        assertThat(journaled()).isEqualTo(4);
    }

    @Test
    void whatever_call_fails_an_edit_that_is_sent_again_is_made_once() {
        for (var seed = 0; seed < 200; seed++) {
            var faulty = new World(seed);
            var at = faulty.clock.instant();
            Edited outcome = null;
            faulty.records.fail(20);
            for (var attempt = 0; attempt < 100 && outcome == null; attempt++) {
                var edit = new Edit(
                        new Target.New(ObjectType.CONTACT),
                        Verb.SET,
                        EventId.of("once"),
                        at,
                        "test",
                        Map.of("email", Value.of("ada@example.com")),
                        Map.of(),
                        Set.of(),
                        new SplittableRandom(seed));
                try {
                    outcome = faulty.pipeline.edit(edit);
                } catch (Unavailable _) {
                    faulty.clock.advance(Duration.ofSeconds(1));
                }
            }
            faulty.records.fail(0);
            assertThat(record(outcome).version()).isEqualTo(1);
            assertThat(faulty.records.list(ObjectType.CONTACT, Optional.empty(), 10))
                    .containsExactly(record(outcome).key().id());
        }
    }

    @Test
    void a_storage_that_is_away_is_said_and_leaves_no_event_of_what_was_not_saved() {
        world.records.failSaves(true);
        var both = List.of(create("a", "ada@example.com"), create("b", "bob@example.com"));
        assertThatThrownBy(() -> world.pipeline.edit(both)).isInstanceOf(Unavailable.class);
        assertThat(journaled()).as("the first may have been saved").isEqualTo(1);
    }
}
