/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.CrmRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Duplicates, disorder, batching and failures leave no trace: seeded histories through the whole pipeline. */
class PipelineLawsTest {

    private static final int PEOPLE = 4;

    private static World world(long seed, List<CanonicalEvent> events, Random cuts) {
        var world = new World(seed);
        for (var batch : batches(events, cuts)) {
            assertThat(world.pipeline.apply(batch)).noneMatch(Outcome.Failed.class::isInstance);
        }
        return world;
    }

    private static List<List<CanonicalEvent>> batches(List<CanonicalEvent> events, Random cuts) {
        var batches = new ArrayList<List<CanonicalEvent>>();
        var from = 0;
        while (from < events.size()) {
            var to = Math.min(events.size(), from + 1 + cuts.nextInt(10));
            batches.add(events.subList(from, to));
            from = to;
        }
        return batches;
    }

    @Test
    void any_order_duplicates_and_batches_make_the_same_records_and_scores() {
        for (var seed = 0; seed < 200; seed++) {
            var histories = new Histories(seed, 1 + seed % PEOPLE, seed % 4 == 0 ? 2 : 0);
            var events = histories.events();
            var expected = world(seed, events, new Random(seed)).state(PEOPLE);
            for (var i = 0; i < 3; i++) {
                var disturbed = histories.disturbed(events);
                assertThat(world(seed, disturbed, histories.random()).state(PEOPLE))
                        .as("seed %d", seed)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void a_whole_history_again_writes_nothing() {
        for (var seed = 0; seed < 50; seed++) {
            var histories = new Histories(seed, PEOPLE, 2);
            var events = histories.events();
            var world = world(seed, events, histories.random());
            var writes = world.records.writes();
            assertThat(world.pipeline.apply(histories.disturbed(events))).noneMatch(Outcome.Applied.class::isInstance);
            assertThat(world.records.writes()).as("seed %d", seed).isEqualTo(writes);
        }
    }

    @Test
    void whatever_call_fails_an_event_that_is_sent_again_ends_in_its_record_once() {
        for (var seed = 0; seed < 200; seed++) {
            var histories = new Histories(seed, 1 + seed % PEOPLE, seed % 4 == 0 ? 2 : 0);
            var events = histories.events();
            var expected = world(seed, events, new Random(seed)).state(PEOPLE);

            var world = new World(seed);
            world.records.fail(15);
            var left = new ArrayList<>(histories.disturbed(events));
            for (var round = 0; !left.isEmpty() && round < 500; round++) {
                var batch = List.copyOf(left.subList(0, Math.min(left.size(), 10)));
                left.subList(0, batch.size()).clear();
                var outcomes = world.pipeline.apply(batch);
                for (var i = 0; i < batch.size(); i++) {
                    if (outcomes.get(i) instanceof Outcome.Failed failed) {
                        assertThat(failed.mayPass()).isTrue();
                        left.add(batch.get(i));
                    }
                }
                world.clock.advance(Duration.ofMillis(1));
            }
            assertThat(left).as("seed %d", seed).isEmpty();

            world.records.fail(0);
            assertThat(world.state(PEOPLE).keySet()).isEqualTo(expected.keySet());
            for (var found : world.state(PEOPLE).entrySet()) {
                assertThat(unscored(found.getValue()))
                        .as("seed %d", seed)
                        .isEqualTo(unscored(expected.get(found.getKey())));
            }
        }
    }

    /** Scores were computed at different moments here. */
    private static List<Object> unscored(CrmRecord record) {
        return List.of(
                record.life(),
                record.firstEventAt(),
                record.lastEventAt(),
                record.externalIds(),
                record.properties(),
                record.engagement(),
                record.recent(),
                record.recentFloor());
    }

    @Test
    void every_event_of_a_living_person_is_in_the_history_once() {
        for (var seed = 0; seed < 100; seed++) {
            var histories = new Histories(seed, PEOPLE, 0);
            var events = histories.events();
            var world = world(seed, histories.disturbed(events), histories.random());
            var ids = new ArrayList<String>();
            for (var record : world.state(PEOPLE).keySet()) {
                world.history(world.find(record.first()).orElseThrow())
                        .forEach(event -> ids.add(event.id().value()));
            }
            assertThat(ids)
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(
                            events.stream().map(event -> event.id().value()).toList());
        }
    }
}
