/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.CrmRecord;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is shown before is what comes true after. */
class PreviewTest {

    private static final int PEOPLE = 4;

    @Test
    void a_preview_stores_nothing_and_says_what_applying_then_does() {
        for (var seed = 0; seed < 100; seed++) {
            var histories = new Histories(seed, 1 + seed % PEOPLE, seed % 4 == 0 ? 2 : 0);
            var events = histories.events();
            var world = new World(seed);
            var known = new Random(seed).nextInt(events.size());
            world.pipeline.apply(events.subList(0, known));
            var writes = world.records.writes();
            var held = world.state(PEOPLE);

            var rest = events.subList(known, events.size());
            var preview = world.pipeline.preview(rest);
            assertThat(world.records.writes()).as("seed %d", seed).isEqualTo(writes);
            assertThat(world.state(PEOPLE)).isEqualTo(held);

            var outcomes = world.pipeline.apply(rest);
            assertThat(kinds(preview.outcomes())).as("seed %d", seed).isEqualTo(kinds(outcomes));
            assertThat(preview.changes().stream()
                            .map(Preview.Change::after)
                            .filter(after -> after.mergedInto().isEmpty())
                            .map(World::blank)
                            .toList())
                    .as("seed %d", seed)
                    .allMatch(world.state(PEOPLE).values()::contains);
            for (var change : preview.changes()) {
                change.before().ifPresent(before -> assertThat(held.values()).contains(World.blank(before)));
            }
        }
    }

    private static List<Object> kinds(List<Outcome> outcomes) {
        return outcomes.stream().<Object>map(Outcome::getClass).toList();
    }

    @Test
    void no_events_change_nothing() {
        assertThat(new World(1).pipeline.preview(List.<CanonicalEvent>of()))
                .isEqualTo(new Preview(List.of(), List.of()));
    }

    @Test
    void a_new_record_has_no_before_and_a_score() {
        var event = new Histories(7, 1, 0).events().getFirst();
        var change = new World(1).pipeline.preview(List.of(event)).changes().getFirst();
        assertThat(change.before()).isEmpty();
        assertThat(change.after()).extracting(CrmRecord::score).isNotNull();
    }
}
