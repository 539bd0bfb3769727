/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static io.signalbox.core.Histories.START;
import static io.signalbox.core.Histories.event;
import static io.signalbox.core.Histories.external;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.EventId;
import io.signalbox.model.Life;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Subject;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PipelineTest {

    private final World world = new World(1);

    private static CanonicalEvent update(String id, int person, int second, String name, String value) {
        return event(
                id,
                "contact.updated",
                new Subject.External(external(person)),
                START.plusSeconds(second),
                Map.of(name, Value.of(value)));
    }

    private static CanonicalEvent merge(String id, int survivor, int... losers) {
        var merged = Arrays.stream(losers).mapToObj(Histories::external).toList();
        return event(
                id,
                "contact.merged",
                new Subject.External(external(survivor)),
                START.plusSeconds(100),
                Map.of(),
                merged);
    }

    private static CanonicalEvent erase(String id, int person) {
        return event(
                id, "consent.privacy_deleted", new Subject.External(external(person)), START.plusSeconds(50), Map.of());
    }

    @Test
    void events_of_one_batch_share_one_segment_and_one_write_per_record() {
        var outcomes = world.pipeline.apply(List.of(
                update("a", 1, 1, "city", "Graz"),
                update("b", 2, 1, "city", "Linz"),
                update("c", 1, 2, "city", "Wien")));
        assertThat(outcomes).allMatch(Outcome.Applied.class::isInstance);
        assertThat(world.records.writes()).isEqualTo(3);
        assertThat(world.records.journal()).hasSize(1);
        assertThat(world.person(1).version()).isEqualTo(1);
        assertThat(world.person(1).value("city")).isEqualTo(Value.of("Wien"));
        assertThat(world.person(1).score()).isPresent();
    }

    @Test
    void the_second_of_two_same_events_in_a_batch_is_a_duplicate() {
        var event = update("a", 1, 1, "city", "Graz");
        var outcomes = world.pipeline.apply(List.of(event, event));
        var key = world.person(1).key();
        assertThat(outcomes).containsExactly(new Outcome.Applied(key, 1), new Outcome.Duplicate(key));
    }

    @Test
    void a_duplicate_older_than_what_the_record_keeps_is_found_in_the_journal() {
        var old = event("old", "web.page_view", new Subject.External(external(1)), START, Map.of());
        world.apply(old);
        for (var i = 0; i < 40; i++) {
            world.apply(event("e" + i, "web.page_view", old.subject(), START.plusSeconds(i + 1), Map.of()));
        }
        var before = world.person(1);
        assertThat(world.apply(old)).isInstanceOf(Outcome.Duplicate.class);
        assertThat(world.person(1)).isEqualTo(before);
        var late = event("late", "web.page_view", old.subject(), START, Map.of());
        assertThat(world.apply(late)).isInstanceOf(Outcome.Applied.class);
    }

    private static CanonicalEvent undated(String id, java.time.Instant receipt) {
        var said = event(id, "web.page_view", new Subject.External(external(1)), receipt, Map.of());
        return new CanonicalEvent(
                said.id(),
                said.type(),
                said.rawType(),
                said.vendor(),
                said.connection(),
                said.object(),
                said.subject(),
                said.time(),
                said.properties(),
                said.merged(),
                Map.of(CanonicalEvent.UNDATED, Value.TRUE));
    }

    /** Its time is that of receipt, so that no two attempts have the same. */
    @Test
    void an_event_without_a_time_of_its_own_counts_once_a_day_however_often_it_is_sent() {
        var first = world.clock.instant();
        assertThat(world.pipeline.apply(List.of(undated("u", first), undated("u", first.plusSeconds(2)))))
                .extracting(Object::getClass)
                .containsExactly(Outcome.Applied.class, Outcome.Duplicate.class);
        assertThat(world.apply(undated("u", first.plus(Duration.ofHours(1))))).isInstanceOf(Outcome.Duplicate.class);
        for (var i = 0; i < 40; i++) {
            world.clock.advance(Duration.ofMinutes(10));
            world.apply(event(
                    "e" + i, "web.page_view", new Subject.External(external(1)), world.clock.instant(), Map.of()));
        }
        var before = world.person(1);
        assertThat(world.apply(undated("u", world.clock.instant()))).isInstanceOf(Outcome.Duplicate.class);
        assertThat(world.person(1)).isEqualTo(before);
        assertThat(world.apply(undated("u", first.plus(Duration.ofDays(3))))).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void the_journal_is_read_no_further_back_than_a_day_before_the_event() {
        for (var i = 0; i < 60; i++) {
            world.apply(event(
                    "e" + i, "web.page_view", new Subject.External(external(1)), world.clock.instant(), Map.of()));
            world.clock.advance(Duration.ofHours(6));
        }
        var time = world.clock.instant().minus(Duration.ofDays(9));
        world.apply(event("late", "web.page_view", new Subject.External(external(1)), time, Map.of()));
        assertThat(world.records.segmentReads()).isBetween(36, 42);
    }

    @Test
    void a_record_that_changed_in_between_is_read_again_and_nothing_is_lost() {
        world.apply(update("a", 1, 1, "city", "Graz"));
        world.records.beforeNextSave(() -> world.apply(update("b", 1, 2, "country", "AT")));
        assertThat(world.apply(update("c", 1, 3, "phone", "1"))).isEqualTo(new Outcome.Applied(key(1), 3));
        assertThat(world.person(1).properties()).containsOnlyKeys("city", "country", "phone");
        assertThat(ids(world.history(world.person(1)))).containsExactly(id("c"), id("b"), id("a"));
        var journaled = world.records.journal().stream()
                .flatMap(segment -> segment.events().stream())
                .toList();
        assertThat(journaled).as("the segment that lost the race is empty").hasSize(3);
    }

    @Test
    void two_who_create_the_same_record_at_once_make_one() {
        world.records.beforeNextSave(() -> world.apply(update("b", 1, 2, "country", "AT")));
        world.apply(update("a", 1, 1, "city", "Graz"));
        assertThat(world.person(1).properties()).containsOnlyKeys("city", "country");
        assertThat(world.records.list(ObjectType.CONTACT, Optional.empty(), 10)).hasSize(1);
    }

    @Test
    void a_record_that_never_holds_still_fails_alone() {
        var disturbing = new Runnable() {
            private int count;

            @Override
            public void run() {
                var event = update("x" + count++, 1, count, "city", "Graz");
                world.apply(event);
                world.records.beforeNextSave(this);
            }
        };
        world.apply(update("a", 1, 0, "city", "Linz"));
        world.records.beforeNextSave(disturbing);
        var outcomes = world.pipeline.apply(List.of(update("b", 1, 9, "phone", "1"), update("c", 2, 9, "phone", "2")));
        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Failed.class);
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void an_id_of_ours_that_is_nobodys_fails_for_good() {
        var event = event("a", "contact.updated", new Subject.Own(new RecordId(77)), START, Map.of());
        assertThat(world.apply(event)).isEqualTo(Failures.NOBODY);
    }

    @Test
    void a_person_named_by_address_is_the_one_whom_the_same_batch_introduces_with_it() {
        var address = UniqueKey.email(ObjectType.CONTACT, "ada@example.com").orElseThrow();
        world.pipeline.apply(List.of(
                event("a", "web.page_view", new Subject.Keyed(address), START, Map.of()),
                update("b", 1, 1, "email", "Ada@example.com")));
        assertThat(world.records.list(ObjectType.CONTACT, Optional.empty(), 10)).hasSize(1);
        world.apply(event("c", "web.page_view", new Subject.Keyed(address), START, Map.of()));
        assertThat(world.person(1).recent()).hasSize(3);
    }

    @Test
    void a_merge_moves_everything_to_the_survivor_and_leaves_a_pointer() {
        world.apply(update("a", 1, 1, "city", "Graz"));
        world.apply(update("b", 2, 2, "phone", "1"));
        var loser = world.person(2).key();
        assertThat(world.apply(merge("m", 1, 2, 3))).isInstanceOf(Outcome.Applied.class);
        var survivor = world.person(1);
        assertThat(world.person(2)).isEqualTo(world.person(3)).isEqualTo(survivor);
        assertThat(survivor.properties()).containsOnlyKeys("city", "phone");
        var remains = world.get(loser.id()).orElseThrow();
        assertThat(remains.mergedInto()).contains(survivor.key().id());
        assertThat(remains.properties()).isEmpty();
        assertThat(ids(world.history(survivor))).containsExactly(id("m"), id("b"), id("a"));
        assertThat(world.records.list(ObjectType.CONTACT, Optional.empty(), 10))
                .containsExactly(survivor.key().id());
    }

    @Test
    void late_events_and_duplicates_of_a_merged_record_reach_the_survivor() {
        var early = update("b", 2, 2, "phone", "1");
        world.apply(update("a", 1, 1, "city", "Graz"));
        world.apply(early);
        var loser = world.person(2).key();
        world.apply(merge("m", 1, 2));
        assertThat(world.apply(early)).isEqualTo(new Outcome.Duplicate(key(1)));
        world.apply(update("c", 2, 3, "phone", "2"));
        world.apply(event("d", "contact.updated", new Subject.Own(loser.id()), START, Map.of("x", Value.of("y"))));
        assertThat(world.person(1).value("phone")).isEqualTo(Value.of("2"));
        assertThat(world.person(1).value("x")).isEqualTo(Value.of("y"));
        assertThat(world.apply(merge("m", 1, 2))).isEqualTo(new Outcome.Duplicate(key(1)));
    }

    @Test
    void a_merge_whose_survivor_is_news_goes_on_in_the_merged_record() {
        world.apply(update("b", 2, 2, "phone", "1"));
        var record = world.person(2).key();
        world.apply(merge("m", 1, 2));
        assertThat(world.person(1).key()).isEqualTo(record);
    }

    @Test
    void an_erased_person_leaves_no_word_anywhere() {
        world.apply(update("a", 1, 1, "city", "Secret1"));
        world.pipeline.apply(List.of(update("b", 2, 2, "phone", "Secret2"), update("n", 4, 2, "phone", "kept")));
        world.apply(merge("m", 1, 2));
        world.records.beforeNextSave(() -> world.apply(update("r", 1, 3, "city", "Secret3")));
        var outcomes = world.pipeline.apply(List.of(update("c", 1, 4, "country", "Secret4"), erase("e", 2)));
        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Ignored.class);
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Applied.class);
        assertThat(world.apply(update("d", 2, 5, "country", "Secret5"))).isInstanceOf(Outcome.Ignored.class);

        var person = world.person(2);
        assertThat(person.life().state()).isEqualTo(Life.State.ERASED);
        assertThat(person.score()).isEmpty();
        assertThat(world.person(1)).isEqualTo(person);
        assertThat(world.records.journal().toString()).doesNotContain("Secret").contains("kept");
        assertThat(ids(world.history(person))).containsExactly(id("e"));
    }

    @Test
    void erasing_again_writes_nothing() {
        world.apply(update("a", 1, 1, "city", "Graz"));
        world.apply(erase("e", 1));
        var writes = world.records.writes();
        assertThat(world.apply(erase("e", 1))).isInstanceOf(Outcome.Duplicate.class);
        assertThat(world.records.writes()).isEqualTo(writes);
    }

    @Test
    void pages_of_a_history_join_to_the_whole_whatever_their_size() {
        for (var i = 0; i < 30; i += 3) {
            world.pipeline.apply(List.of(
                    update("a" + i, 1, i, "city", "c" + i),
                    update("b" + i, 1, i + 1, "city", "c" + i),
                    update("c" + i, 2, i, "city", "c" + i)));
        }
        world.apply(merge("m", 1, 2));
        var whole = world.history(world.person(1));
        assertThat(whole).hasSize(31);
        for (var limit = 1; limit < 33; limit++) {
            var joined = new ArrayList<CanonicalEvent>();
            var cursor = Optional.<History.Cursor>empty();
            do {
                var page = world.pipeline.history(key(1), cursor, limit);
                assertThat(page.entries()).hasSizeLessThanOrEqualTo(limit);
                page.entries().forEach(entry -> joined.add(entry.event()));
                cursor = page.next().flatMap(next -> History.Cursor.parse(next.toString()));
            } while (cursor.isPresent());
            assertThat(joined).isEqualTo(whole);
        }
    }

    @Test
    void what_is_no_cursor_is_refused() {
        for (var text : List.of(
                "",
                "1",
                "1;",
                "x;00000000000000000000,contact,1",
                "1;0,contact,1",
                "1;00000000000000000000,_contact,1",
                "1;00000000000000000000,contact,0",
                "1;00000000000000000000,contact,1;")) {
            assertThat(History.Cursor.parse(text)).as(text).isEmpty();
        }
        assertThat(History.Cursor.parse("1;00000000000000000000,contact,1")).isPresent();
    }

    @Test
    void nobodys_history_is_empty() {
        var nobody = new RecordKey(ObjectType.CONTACT, new RecordId(5));
        assertThat(world.pipeline.history(nobody, Optional.empty(), 10))
                .isEqualTo(new History(List.of(), Optional.empty()));
    }

    private RecordKey key(int person) {
        return world.person(person).key();
    }

    private static List<String> ids(List<CanonicalEvent> events) {
        return events.stream().map(event -> event.id().value()).toList();
    }

    private static String id(String id) {
        return EventId.of("test", id).value();
    }
}
