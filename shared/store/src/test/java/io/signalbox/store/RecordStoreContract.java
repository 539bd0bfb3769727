/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.Life;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import io.signalbox.model.UniqueKey;
import io.signalbox.store.RecordStore.SaveResult;
import io.signalbox.store.RecordStore.SaveResult.KeyTaken;
import io.signalbox.store.RecordStore.SaveResult.Saved;
import io.signalbox.store.RecordStore.SaveResult.Stale;
import io.signalbox.store.RecordStore.Saving;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What every store of records does. */
abstract class RecordStoreContract {

    private static final UniqueKey ADA = emailKey("ada@example.org");
    private static final UniqueKey BOB = emailKey("bob@example.org");

    private final Random random = new Random(42);

    abstract RecordStore store();

    static UniqueKey emailKey(String address) {
        return UniqueKey.email(ObjectType.CONTACT, address).orElseThrow();
    }

    static UniqueKey externalKey(long id) {
        return UniqueKey.external(ObjectType.CONTACT, Samples.external(id));
    }

    /** Saves it as new; what is held then. */
    CrmRecord created(Draft draft) {
        assertThat(store().save(Optional.empty(), draft.record(), false)).isEqualTo(new Saved(1));
        return draft.record().withVersion(1);
    }

    SaveResult changed(CrmRecord before, Draft after) {
        return store().save(Optional.of(before), after.record(), false);
    }

    private Optional<RecordId> holder(UniqueKey key) {
        return Optional.ofNullable(store().find(List.of(key)).get(key));
    }

    @Test
    void a_record_comes_back_as_it_was_saved() {
        var record = Samples.fullContact(Samples.contact(5), random);
        store().save(Optional.empty(), record, false);

        assertThat(store().get(record.key())).contains(record.withVersion(1));
        assertThat(store().get(Samples.contact(6))).isEmpty();
    }

    @Test
    void many_records_are_read_at_once_whatever_is_missing_or_asked_twice() {
        var keys = new ArrayList<RecordKey>();
        for (var id = 1; id <= 130; id++) {
            keys.add(created(Draft.contact(id)).key());
        }
        keys.add(keys.getFirst());
        keys.add(Samples.contact(999));

        assertThat(store().get(keys)).hasSize(130);
        assertThat(store().get(List.of())).isEmpty();
    }

    @Test
    void versions_count_saves() {
        var first = created(Draft.contact(1));

        assertThat(changed(first, Draft.contact(1).email("x@example.org"))).isEqualTo(new Saved(2));
        assertThat(store().get(first.key()).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void a_save_on_an_old_version_is_stale_and_changes_nothing() {
        var first = created(Draft.contact(1));
        changed(first, Draft.contact(1).text("city", "Ulm"));

        assertThat(changed(first, Draft.contact(1).text("city", "Bonn"))).isEqualTo(new Stale());
        assertThat(changed(first, Draft.contact(1).email("bob@example.org"))).isEqualTo(new Stale());
        assertThat(store().get(first.key()).orElseThrow().value("city").asText())
                .isEqualTo("Ulm");
        assertThat(holder(BOB)).isEmpty();
    }

    @Test
    void what_is_created_twice_is_stale_the_second_time() {
        created(Draft.contact(1));

        assertThat(store().save(
                                Optional.empty(),
                                Draft.contact(1).text("city", "Ulm").record(),
                                false))
                .isEqualTo(new Stale());
        assertThat(store().save(
                                Optional.empty(),
                                Draft.contact(1).email("ada@example.org").record(),
                                false))
                .isEqualTo(new Stale());
    }

    @Test
    void what_does_not_exist_cannot_be_changed() {
        assertThat(changed(Draft.contact(1).record().withVersion(3), Draft.contact(1)))
                .isEqualTo(new Stale());
    }

    @Test
    void the_same_save_again_is_saved_with_and_without_keys() {
        var plain = created(Draft.contact(1));
        assertThat(store().save(Optional.empty(), Draft.contact(1).record(), false))
                .isEqualTo(new Saved(1));
        assertThat(changed(plain, Draft.contact(1).text("city", "Ulm"))).isEqualTo(new Saved(2));
        assertThat(changed(plain, Draft.contact(1).text("city", "Ulm"))).isEqualTo(new Saved(2));

        var keyed = created(Draft.contact(2).external(2).email("ada@example.org"));
        assertThat(store().save(
                                Optional.empty(),
                                Draft.contact(2)
                                        .external(2)
                                        .email("ada@example.org")
                                        .record(),
                                true))
                .isEqualTo(new Saved(1));
        assertThat(changed(keyed, Draft.contact(2).external(2))).isEqualTo(new Saved(2));
        assertThat(changed(keyed, Draft.contact(2).external(2))).isEqualTo(new Saved(2));
    }

    @Test
    void a_record_is_found_by_its_keys() {
        created(Draft.contact(7).external(70).external(71).email("Ada@Example.org"));

        var keys = List.of(ADA, externalKey(70), externalKey(71), BOB, externalKey(72));
        assertThat(store().find(keys))
                .isEqualTo(Map.of(
                        ADA, new RecordId(7), externalKey(70), new RecordId(7), externalKey(71), new RecordId(7)));
        assertThat(store().find(List.of())).isEmpty();
    }

    @Test
    void many_keys_are_looked_up_at_once() {
        var keys = new ArrayList<UniqueKey>();
        for (var id = 1; id <= 120; id++) {
            created(Draft.contact(id).external(id));
            keys.add(externalKey(id));
        }

        assertThat(store().find(keys)).hasSize(120);
    }

    @Test
    void a_key_moves_with_the_property() {
        var first = created(Draft.contact(1).email("ada@example.org"));
        changed(first, Draft.contact(1).email("bob@example.org"));

        assertThat(holder(ADA)).isEmpty();
        assertThat(holder(BOB)).contains(new RecordId(1));
        assertThat(store().save(
                                Optional.empty(),
                                Draft.contact(2).email("ada@example.org").record(),
                                true))
                .isEqualTo(new Saved(1));
    }

    @Test
    void an_external_id_has_one_holder() {
        created(Draft.contact(1).external(50));

        assertThat(store().save(Optional.empty(), Draft.contact(2).external(50).record(), false))
                .isEqualTo(new KeyTaken(externalKey(50), new RecordId(1)));
        assertThat(store().get(Samples.contact(2))).isEmpty();
    }

    @Test
    void the_same_external_id_of_another_type_is_another_key() {
        created(Draft.contact(1).external(50));

        assertThat(store().save(
                                Optional.empty(),
                                Draft.of(ObjectType.DEAL, 2).external(50).record(),
                                false))
                .isEqualTo(new Saved(1));
    }

    @Test
    void an_address_has_one_holder_if_that_is_asked() {
        created(Draft.contact(1).email("ada@example.org"));

        assertThat(store().save(
                                Optional.empty(),
                                Draft.contact(2).email("ADA@example.org").record(),
                                true))
                .isEqualTo(new KeyTaken(ADA, new RecordId(1)));
        assertThat(store().get(Samples.contact(2))).isEmpty();
    }

    @Test
    void an_address_may_have_several_holders_and_finds_the_first() {
        var nine = created(Draft.contact(9).email("ada@example.org"));
        var two = created(Draft.contact(2).email("ada@example.org"));
        created(Draft.contact(5).email("ada@example.org"));
        assertThat(holder(ADA)).contains(new RecordId(2));

        changed(two, Draft.contact(2));
        assertThat(holder(ADA)).contains(new RecordId(5));
        changed(store().get(Samples.contact(5)).orElseThrow(), Draft.contact(5));
        assertThat(holder(ADA)).contains(new RecordId(9));
        changed(nine, Draft.contact(9));
        assertThat(holder(ADA)).isEmpty();
    }

    @Test
    void a_shared_address_kept_is_no_obstacle_to_an_exclusive_save() {
        created(Draft.contact(1).email("ada@example.org"));
        var two = created(Draft.contact(2).email("ada@example.org"));

        var after =
                Draft.contact(2).email("ada@example.org").text("city", "Ulm").record();
        assertThat(store().save(Optional.of(two), after, true)).isEqualTo(new Saved(2));
    }

    @Test
    void a_deleted_record_keeps_its_external_ids_and_frees_its_address() {
        var alive = created(Draft.contact(1).external(50).email("ada@example.org"));
        var dead = Draft.contact(1).external(50).email("ada@example.org").life(Life.State.DELETED);
        assertThat(changed(alive, dead)).isEqualTo(new Saved(2));

        assertThat(holder(externalKey(50))).contains(new RecordId(1));
        assertThat(holder(ADA)).isEmpty();
        assertThat(store().get(alive.key()).orElseThrow().isAlive()).isFalse();

        assertThat(changed(
                        store().get(alive.key()).orElseThrow(),
                        Draft.contact(1).external(50).email("ada@example.org")))
                .isEqualTo(new Saved(3));
        assertThat(holder(externalKey(50))).contains(new RecordId(1));
        assertThat(holder(ADA)).contains(new RecordId(1));
    }

    @Test
    void a_merge_moves_the_losers_keys_to_the_survivor() {
        var survivor = created(Draft.contact(1).external(10).email("ada@example.org"));
        var loser = created(Draft.contact(2).external(20).email("bob@example.org"));
        var joined = Draft.contact(1).external(10).external(20).email("bob@example.org");
        var gone = Draft.contact(2).external(20).email("bob@example.org").mergedInto(1);

        assertThat(store().merge(survivor, joined.record(), loser, gone.record()))
                .isEqualTo(new Saved(2));

        for (var key : List.of(externalKey(10), externalKey(20), BOB)) {
            assertThat(holder(key)).as("%s", key).contains(new RecordId(1));
        }
        assertThat(holder(ADA)).isEmpty();
        assertThat(store().get(Samples.contact(2))).contains(gone.record().withVersion(2));
        assertThat(store().merge(survivor, joined.record(), loser, gone.record()))
                .as("the same merge again")
                .isEqualTo(new Saved(2));
    }

    @Test
    void a_merge_moves_an_address_that_a_third_record_holds_too() {
        var survivor = created(Draft.contact(3));
        var loser = created(Draft.contact(2).email("ada@example.org"));
        created(Draft.contact(9).email("ada@example.org"));

        var result = store().merge(
                        survivor,
                        Draft.contact(3).email("ada@example.org").record(),
                        loser,
                        Draft.contact(2).email("ada@example.org").mergedInto(3).record());

        assertThat(result).isEqualTo(new Saved(2));
        assertThat(holder(ADA)).contains(new RecordId(3));
        changed(store().get(Samples.contact(3)).orElseThrow(), Draft.contact(3));
        assertThat(holder(ADA)).contains(new RecordId(9));
    }

    @Test
    void a_merge_of_two_with_the_same_address_leaves_it_to_the_survivor() {
        var survivor = created(Draft.contact(3).email("ada@example.org"));
        var loser = created(Draft.contact(2).email("ada@example.org"));

        var result = store().merge(
                        survivor,
                        Draft.contact(3).email("ada@example.org").record(),
                        loser,
                        Draft.contact(2).email("ada@example.org").mergedInto(3).record());

        assertThat(result).isEqualTo(new Saved(2));
        assertThat(holder(ADA)).contains(new RecordId(3));
    }

    @Test
    void a_merge_on_an_old_version_of_either_is_stale() {
        var survivor = created(Draft.contact(1).external(10));
        var loser = created(Draft.contact(2).external(20));
        changed(loser, Draft.contact(2).external(20).text("city", "Ulm"));
        var joined = Draft.contact(1).external(10).external(20).record();
        var gone = Draft.contact(2).external(20).mergedInto(1).record();

        assertThat(store().merge(survivor, joined, loser, gone)).isEqualTo(new Stale());
        assertThat(store().get(Samples.contact(1))).contains(survivor);
        assertThat(holder(externalKey(20))).contains(new RecordId(2));
    }

    @Test
    void a_merge_cannot_take_a_third_records_key() {
        var survivor = created(Draft.contact(1));
        var loser = created(Draft.contact(2).external(20));
        created(Draft.contact(3).external(30));

        var joined = Draft.contact(1).external(20).external(30).record();
        var gone = Draft.contact(2).external(20).mergedInto(1).record();
        assertThat(store().merge(survivor, joined, loser, gone))
                .isEqualTo(new KeyTaken(externalKey(30), new RecordId(3)));
    }

    private SaveResult savedTogether(Saving... savings) {
        return store().saveAll(List.of(savings));
    }

    private static Saving change(CrmRecord before, Draft after) {
        return new Saving(Optional.of(before), after.record());
    }

    @Test
    void records_saved_together_are_all_saved_with_their_keys() {
        var first = created(Draft.contact(1).email("ada@example.org"));
        var savings = new Saving[] {
            change(first, Draft.contact(1).email("bob@example.org")),
            new Saving(
                    Optional.empty(), Draft.contact(2).email("ada@example.org").record())
        };

        assertThat(savedTogether(savings)).isEqualTo(new Saved(2));
        assertThat(holder(ADA)).as("a key may move from one to the other").contains(new RecordId(2));
        assertThat(holder(BOB)).contains(new RecordId(1));
        assertThat(savedTogether(savings)).as("once more").isEqualTo(new Saved(2));
        assertThat(store().get(Samples.contact(2)).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void of_records_saved_together_none_is_when_one_cannot_be() {
        var first = created(Draft.contact(1));
        var third = created(Draft.contact(3).email("ada@example.org"));
        var fresh = new Saving(Optional.empty(), Draft.contact(2).record());

        assertThat(savedTogether(fresh, change(first, Draft.contact(1).email("ada@example.org"))))
                .isEqualTo(new KeyTaken(ADA, new RecordId(3)));
        assertThat(savedTogether(fresh, change(third.withVersion(7), Draft.contact(3))))
                .isEqualTo(new Stale());
        assertThat(savedTogether(
                        fresh,
                        change(first, Draft.contact(1).email("bob@example.org")),
                        new Saving(
                                Optional.empty(),
                                Draft.contact(4).email("bob@example.org").record())))
                .as("two of them want one address")
                .isInstanceOf(KeyTaken.class);
        assertThat(store().get(Samples.contact(1))).contains(first);
        assertThat(store().get(Samples.contact(2))).isEmpty();
        assertThat(holder(BOB)).isEmpty();
    }

    @Test
    void fifty_records_with_a_key_each_are_saved_together() {
        var savings = new ArrayList<Saving>();
        for (var id = 1; id <= 50; id++) {
            savings.add(new Saving(
                    Optional.empty(),
                    Draft.contact(id).email(id + "@example.org").record()));
        }
        assertThat(store().saveAll(savings)).isEqualTo(new Saved(1));
        assertThat(holder(emailKey("50@example.org"))).contains(new RecordId(50));
    }

    @Test
    void of_many_who_claim_a_key_one_gets_it() throws Exception {
        var claims = new ArrayList<Callable<SaveResult>>();
        for (var id = 1; id <= 12; id++) {
            var draft = Draft.contact(id).external(50).email("ada@example.org");
            claims.add(() -> store().save(Optional.empty(), draft.record(), true));
        }
        var results = together(claims);

        assertThat(results).filteredOn(Saved.class::isInstance).hasSize(1);
        var winner = holder(externalKey(50)).orElseThrow();
        assertThat(holder(ADA)).contains(winner);
        assertThat(results)
                .filteredOn(KeyTaken.class::isInstance)
                .hasSize(11)
                .allSatisfy(result -> assertThat(((KeyTaken) result).holder()).isEqualTo(winner));
    }

    @Test
    void of_many_who_change_a_record_one_does() throws Exception {
        var before = created(Draft.contact(1));
        var changes = new ArrayList<Callable<SaveResult>>();
        for (var i = 0; i < 12; i++) {
            var draft = i % 2 == 0
                    ? Draft.contact(1).text("city", "city " + i)
                    : Draft.contact(1).email(i + "@example.org");
            changes.add(() -> changed(before, draft));
        }

        assertThat(together(changes)).filteredOn(Saved.class::isInstance).hasSize(1);
        assertThat(store().get(before.key()).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void shared_claims_from_many_threads_come_to_what_the_records_say() throws Exception {
        var claims = new ArrayList<Callable<SaveResult>>();
        for (var id = 1; id <= 10; id++) {
            var draft = Draft.contact(id).email("ada@example.org");
            var last = id % 2 == 0 ? Draft.contact(id) : Draft.contact(id).email("bob@example.org");
            claims.add(() -> changed(created(draft), last));
        }

        assertThat(together(claims)).allMatch(new Saved(2)::equals);
        assertThat(holder(ADA)).isEmpty();
        assertThat(holder(BOB)).contains(new RecordId(1));
        assertThat(store().save(
                                Optional.empty(),
                                Draft.contact(77).email("ada@example.org").record(),
                                true))
                .isEqualTo(new Saved(1));
    }

    private static List<SaveResult> together(List<Callable<SaveResult>> calls) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<SaveResult>();
            for (var future : threads.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        }
    }

    @Test
    void alive_records_of_a_type_are_listed_by_id() {
        var expected = new ArrayList<RecordId>();
        for (var i = 0; i < 60; i++) {
            var id = 1_000_000_000L + random.nextInt(1_000_000) * 100L + i;
            created(Draft.contact(id));
            expected.add(new RecordId(id));
        }
        created(Draft.of(ObjectType.DEAL, 5));
        created(Draft.contact(6).life(Life.State.DELETED));
        created(Draft.contact(7).life(Life.State.ERASED));
        created(Draft.contact(8).mergedInto(6));
        expected.sort(null);

        assertThat(store().list(ObjectType.CONTACT, Optional.empty(), 1_000)).isEqualTo(expected);
        assertThat(store().list(ObjectType.DEAL, Optional.empty(), 10)).containsExactly(new RecordId(5));
        assertThat(store().list(ObjectType.TICKET, Optional.empty(), 10)).isEmpty();
    }

    @Test
    void a_list_goes_on_after_any_id_in_pages_of_any_size() {
        var all = new ArrayList<RecordId>();
        for (var i = 0; i < 50; i++) {
            // One shard has most of them: the page that each shard is asked for must not be the end of it.
            all.add(created(Draft.contact(i % 5 == 0 ? 1_000 + i : 16L * (i + 1)))
                    .key()
                    .id());
        }
        all.sort(null);
        for (var size : List.of(7, 50)) {
            var paged = new ArrayList<RecordId>();
            var page = store().list(ObjectType.CONTACT, Optional.empty(), size);
            while (!page.isEmpty()) {
                paged.addAll(page);
                page = store().list(ObjectType.CONTACT, Optional.of(paged.getLast()), size);
            }
            assertThat(paged).isEqualTo(all);
        }
    }

    @Test
    void a_deleted_record_leaves_the_list_and_a_restored_one_returns() {
        var alive = created(Draft.contact(1));
        changed(alive, Draft.contact(1).life(Life.State.DELETED));
        assertThat(store().list(ObjectType.CONTACT, Optional.empty(), 10)).isEmpty();

        changed(store().get(alive.key()).orElseThrow(), Draft.contact(1));
        assertThat(store().list(ObjectType.CONTACT, Optional.empty(), 10)).containsExactly(new RecordId(1));
    }

    @Test
    void a_record_that_no_item_holds_is_refused_and_the_key_stays_free() {
        var large = Draft.contact(1).external(5).text("notes", noise(600_000));

        assertThatThrownBy(() -> store().save(Optional.empty(), large.record(), false))
                .isInstanceOf(TooLarge.class);
        assertThat(holder(externalKey(5))).isEmpty();
    }

    @Test
    void a_record_of_300_kilobytes_is_held() {
        var large = Draft.contact(1).text("notes", noise(400_000));
        var record = created(large);

        assertThat(store().get(record.key())).contains(record);
    }

    @Test
    void a_segment_comes_back_as_it_was_and_only_once() {
        var segment = Samples.segment(random, 10, 3);
        assertThat(store().segment(segment.id())).isEmpty();
        store().append(segment);
        store().append(segment);

        assertThat(store().segment(segment.id())).contains(segment);
    }

    @Test
    void a_segment_of_a_thousand_large_events_comes_back() {
        var segment = large();
        store().append(segment);
        store().append(segment);

        assertThat(store().segment(segment.id())).contains(segment);
    }

    @Test
    void a_scrubbed_record_has_no_events_but_the_way_back() {
        var segment = Samples.segment(random, 9, 3);
        store().append(segment);
        var gone = segment.events().getFirst().record();
        store().scrub(segment.id(), Set.of(gone, Samples.contact(1)));
        store().append(segment);

        var left = store().segment(segment.id()).orElseThrow();
        assertThat(left.events()).hasSize(6).noneMatch(entry -> entry.record().equals(gone));
        assertThat(left.previous()).isEqualTo(segment.previous());
        store().scrub(segment.id(), Set.of(gone));
        assertThat(store().segment(segment.id())).contains(left);
    }

    @Test
    void a_large_segment_can_be_scrubbed_until_nothing_is_left() {
        var segment = large();
        store().append(segment);
        var records = List.copyOf(segment.previous().keySet());
        store().scrub(segment.id(), Set.of(records.get(0)));
        assertThat(store().segment(segment.id()).orElseThrow().events()).hasSize(500);

        store().scrub(segment.id(), Set.copyOf(records));
        store().append(segment);
        assertThat(store().segment(segment.id()).orElseThrow().events()).isEmpty();
    }

    @Test
    void a_retracted_record_leaves_no_trace() {
        var segment = Samples.segment(random, 6, 2);
        store().append(segment);
        var gone = segment.events().getFirst().record();
        store().retract(segment.id(), Set.of(gone));

        var left = store().segment(segment.id()).orElseThrow();
        assertThat(left.events()).hasSize(3);
        assertThat(left.previous()).hasSize(1).doesNotContainKey(gone);
    }

    @Test
    void what_is_taken_out_of_no_segment_is_no_error() {
        var id = SegmentId.create(Samples.NOW, random);
        store().scrub(id, Set.of(Samples.contact(1)));
        store().retract(id, Set.of(Samples.contact(1)));

        assertThat(store().segment(id)).isEmpty();
    }

    @Test
    void scrubs_of_one_segment_by_many_threads_all_take_effect() throws Exception {
        var segment = Samples.segment(random, 16, 8);
        store().append(segment);
        var scrubs = new ArrayList<Callable<SaveResult>>();
        for (var record : segment.previous().keySet()) {
            scrubs.add(() -> {
                store().scrub(segment.id(), Set.of(record));
                return new Saved(0);
            });
        }
        together(scrubs);

        assertThat(store().segment(segment.id()).orElseThrow().events()).isEmpty();
    }

    /** About 1.5 MB when deflated. */
    private Segment large() {
        var small = Samples.segment(random, 1_000, 2);
        var entries = new ArrayList<Segment.Entry>();
        for (var entry : small.events()) {
            entries.add(new Segment.Entry(entry.record(), Draft.withNote(entry.event(), noise(2_000))));
        }
        return new Segment(small.id(), entries, small.previous());
    }

    private String noise(int length) {
        var text = new StringBuilder(length);
        random.ints(length, ' ', 127).forEach(c -> text.append((char) c));
        return text.toString();
    }

    @Test
    void segments_are_found_by_the_time_they_were_written() {
        var start = Instant.parse("2026-03-04T23:30:00Z");
        var ids = new ArrayList<SegmentId>();
        for (var minute = 0; minute < 60; minute += 10) {
            var id = SegmentId.create(start.plusSeconds(60L * minute), random);
            store().append(new Segment(id, List.of(), Map.of(Samples.contact(1), Optional.empty())));
            ids.add(id);
        }

        var found = new ArrayList<SegmentId>();
        store().forEachSegment(start.plusSeconds(600), start.plusSeconds(3000), segment -> found.add(segment.id()));
        assertThat(found).containsExactlyInAnyOrderElementsOf(ids.subList(1, 5));
    }

    @Test
    void a_large_segment_is_found_whole() {
        var segment = large();
        store().append(segment);

        var found = new ArrayList<Segment>();
        var time = segment.id().time();
        store().forEachSegment(time, time.plusMillis(1), found::add);
        assertThat(found).containsExactly(segment);
    }
}
