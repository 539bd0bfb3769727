/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static io.signalbox.core.Histories.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Score;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.store.ControlStore.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DueScoresTest {

    private static final Instant FOREVER = Instant.parse("2030-01-01T00:00:00Z");

    private final World world = new World(1);
    private final DueScores dueScores = new DueScores(world.records, world.control, world.clock);

    private int count;

    /** A demo asked for is worth a lot, for a while. */
    @BeforeEach
    void a_person_asks_for_a_demo() {
        world.apply(demo());
        assertThat(score().nextChangeAt()).isPresent();
    }

    private CanonicalEvent demo() {
        return event(
                "demo" + count++,
                "form.submitted",
                new Subject.External(Histories.external(1)),
                world.clock.instant(),
                Map.of("form", Value.of("demo")));
    }

    private Score score() {
        return world.person(1).score().orElseThrow();
    }

    private List<Due> hints() {
        return world.control.due(FOREVER, 100);
    }

    private void advanceTo(Instant time) {
        world.clock.advance(Duration.between(world.clock.instant(), time));
    }

    @Test
    void a_label_that_fell_by_itself_is_saved_with_a_new_version() {
        var before = world.person(1);
        assertThat(hints()).hasSize(1);
        advanceTo(hints().getFirst().at());
        assertThat(dueScores.run(10)).isEqualTo(new DueScores.Result(1, 1, 0));
        assertThat(world.person(1).version()).isEqualTo(before.version() + 1);
        assertThat(score().label()).isNotEqualTo(before.score().orElseThrow().label());
    }

    @Test
    void hints_go_on_until_the_label_can_fall_no_further() {
        var runs = 0;
        while (!hints().isEmpty()) {
            advanceTo(hints().getFirst().at());
            dueScores.run(10);
            runs++;
            assertThat(runs).isLessThan(20);
        }
        assertThat(runs).isPositive();
        assertThat(score().nextChangeAt()).isEmpty();
        assertThat(score().label()).endsWith("3");
    }

    @Test
    void a_hint_is_not_due_before_its_time_and_follows_the_change_within_a_quarter_of_an_hour() {
        var change = score().nextChangeAt().orElseThrow();
        var hint = hints().getFirst().at();
        assertThat(hint).isAfter(change).isBeforeOrEqualTo(change.plus(Duration.ofMinutes(15)));
        assertThat(dueScores.run(10)).isEqualTo(new DueScores.Result(0, 0, 0));
    }

    @Test
    void a_hint_that_comes_too_early_is_replaced_and_changes_nothing() {
        var before = world.person(1);
        world.control.noteDue(world.clock.instant(), before.key());
        assertThat(dueScores.run(10)).isEqualTo(new DueScores.Result(1, 0, 0));
        assertThat(world.person(1)).isEqualTo(before);
        assertThat(hints()).hasSize(1);
    }

    @Test
    void an_event_that_moves_the_change_away_writes_no_second_hint() {
        world.clock.advance(Duration.ofHours(5));
        world.apply(demo());
        assertThat(hints()).hasSize(1);
    }

    @Test
    void a_record_that_cannot_be_saved_keeps_its_hint() {
        var due = hints().getFirst();
        advanceTo(due.at());
        world.records.failSaves(true);
        assertThat(dueScores.run(10).failed()).isEqualTo(1);
        assertThat(hints()).contains(due);
        world.records.failSaves(false);
        assertThat(dueScores.run(10).changed()).isEqualTo(1);
    }

    @Test
    void a_record_that_is_gone_takes_its_hint_with_it() {
        world.apply(event(
                "erase",
                "consent.privacy_deleted",
                new Subject.External(Histories.external(1)),
                world.clock.instant(),
                Map.of()));
        advanceTo(hints().getFirst().at());
        assertThat(dueScores.run(10)).isEqualTo(new DueScores.Result(1, 0, 0));
        assertThat(hints()).isEmpty();
    }
}
