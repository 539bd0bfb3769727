/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.UniqueKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Records of several vendors that share an address are one, whatever order, duplicates, batches and failures there are. */
class IdentityLawsTest {

    private static final int PEOPLE = 3;

    private static World world(long seed, List<CanonicalEvent> events, Random cuts) {
        var world = new World(seed);
        var from = 0;
        while (from < events.size()) {
            var to = Math.min(events.size(), from + 1 + cuts.nextInt(10));
            assertThat(world.pipeline.apply(events.subList(from, to))).noneMatch(Outcome.Failed.class::isInstance);
            from = to;
        }
        return world;
    }

    /** Everybody's records, by the ids that find them. */
    private static Map<TreeSet<ExternalId>, CrmRecord> state(World world, List<CanonicalEvent> events) {
        var state = new HashMap<TreeSet<ExternalId>, CrmRecord>();
        for (var group : Crowds.together(events)) {
            var found = new TreeSet<String>();
            for (var id : group) {
                var key = UniqueKey.external(ObjectType.CONTACT, id);
                Optional.ofNullable(world.records.find(List.of(key)).get(key))
                        .flatMap(world::get)
                        .ifPresent(record -> {
                            found.add(record.key().toString());
                            state.put(new TreeSet<>(record.externalIds()), World.blank(record));
                        });
            }
            assertThat(found).as("records of %s", group).hasSize(1);
        }
        return state;
    }

    @Test
    void who_shares_an_address_is_one_record_and_who_does_not_is_none() {
        for (var seed = 0; seed < 200; seed++) {
            var crowd = new Crowds(seed, PEOPLE, seed % 4 == 0 ? 3 : 0);
            var events = crowd.events();
            var state = state(world(seed, events, crowd.random()), events);
            assertThat(state.keySet()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(Crowds.together(events));
        }
    }

    @Test
    void any_order_duplicates_and_batches_make_the_same_records_and_scores() {
        for (var seed = 0; seed < 300; seed++) {
            var crowd = new Crowds(seed, 1 + seed % PEOPLE, seed % 4 == 0 ? 3 : 0);
            var events = crowd.events();
            var expected = state(world(seed, events, new Random(seed)), events);
            for (var i = 0; i < 3; i++) {
                var disturbed = crowd.disturbed(events);
                assertThat(state(world(seed, disturbed, crowd.random()), events))
                        .as("seed %d", seed)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void a_whole_history_again_writes_nothing() {
        for (var seed = 0; seed < 50; seed++) {
            var crowd = new Crowds(seed, PEOPLE, 3);
            var events = crowd.events();
            var world = world(seed, events, crowd.random());
            var writes = world.records.writes();
            assertThat(world.pipeline.apply(crowd.disturbed(events))).noneMatch(Outcome.Applied.class::isInstance);
            assertThat(world.records.writes()).as("seed %d", seed).isEqualTo(writes);
        }
    }

    @Test
    void whatever_call_fails_an_event_that_is_sent_again_ends_in_its_record_once() {
        for (var seed = 0; seed < 100; seed++) {
            var crowd = new Crowds(seed, PEOPLE, seed % 4 == 0 ? 3 : 0);
            var events = crowd.events();
            var expected = state(world(seed, events, new Random(seed)), events);

            var world = new World(seed);
            world.records.fail(15);
            var left = new ArrayList<>(crowd.disturbed(events));
            for (var round = 0; !left.isEmpty() && round < 500; round++) {
                var batch = List.copyOf(left.subList(0, Math.min(left.size(), 10)));
                left.subList(0, batch.size()).clear();
                var outcomes = world.pipeline.apply(batch);
                for (var i = 0; i < batch.size(); i++) {
                    if (outcomes.get(i) instanceof Outcome.Failed) {
                        left.add(batch.get(i));
                    }
                }
                world.clock.advance(Duration.ofMillis(1));
            }
            assertThat(left).as("seed %d", seed).isEmpty();
            world.records.fail(0);
            var state = state(world, events);
            assertThat(state.keySet()).isEqualTo(expected.keySet());
            for (var found : state.entrySet()) {
                var other = expected.get(found.getKey());
                assertThat(found.getValue().properties()).as("seed %d", seed).isEqualTo(other.properties());
                assertThat(found.getValue().engagement()).as("seed %d", seed).isEqualTo(other.engagement());
                assertThat(found.getValue().life()).isEqualTo(other.life());
            }
        }
    }

    @Test
    void every_event_is_in_the_history_of_its_record_once_and_in_no_other() {
        for (var seed = 0; seed < 100; seed++) {
            var crowd = new Crowds(seed, PEOPLE, 0);
            var events = crowd.events();
            var world = world(seed, crowd.disturbed(events), crowd.random());
            var ids = new ArrayList<String>();
            for (var ofOne : state(world, events).keySet()) {
                var key = UniqueKey.external(ObjectType.CONTACT, ofOne.first());
                world.history(world.get(world.records.find(List.of(key)).get(key))
                                .orElseThrow())
                        .forEach(event -> ids.add(event.id().value()));
            }
            assertThat(ids)
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(
                            events.stream().map(event -> event.id().value()).toList());
        }
    }
}
