/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.core.Edit;
import io.signalbox.core.Edited;
import io.signalbox.core.Pipeline;
import io.signalbox.model.EventId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Value;
import io.signalbox.store.MemoryControlStore;
import io.signalbox.store.MemoryDocumentStore;
import io.signalbox.store.MemoryRecordStore;
import io.signalbox.testkit.SettableClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StageCheckTest {

    private final SettableClock clock = SettableClock.at("2036-03-01T12:00:00Z");
    private final MemoryRecordStore records = new MemoryRecordStore();
    private final Pipelines pipelines = new Pipelines(new MemoryDocumentStore());
    private final AtomicInteger rounds = new AtomicInteger();
    private final Pipeline pipeline = new Pipeline(records, new MemoryControlStore(clock), clock, new Random(1))
            .checking(() -> {
                rounds.incrementAndGet();
                return new StageCheck(pipelines);
            });

    private Edit deal(String stage) {
        return new Edit(
                new Edit.Target.New(ObjectType.DEAL),
                Edit.Verb.SET,
                EventId.of("test", stage, Integer.toString(records.hashCode())),
                clock.instant(),
                "createDeal",
                Map.of("stage", Value.of(stage)),
                Map.of(),
                Set.of(),
                new Random(stage.hashCode()));
    }

    @Test
    void an_edit_that_is_refused_writes_nothing_and_does_not_hinder_the_others() {
        var outcomes = pipeline.edit(List.of(deal("nowhere"), deal("won")));

        assertThat(outcomes.getFirst()).isInstanceOfSatisfying(Edited.Refused.class, refused -> {
            assertThat(refused.field()).isEqualTo("stage");
            assertThat(refused.message()).contains("won");
        });
        assertThat(outcomes.get(1)).isInstanceOf(Edited.Done.class);
        assertThat(records.list(ObjectType.DEAL, Optional.empty(), 10)).hasSize(1);
        assertThat(rounds)
                .as("one check, which reads the pipelines once, for all of a round")
                .hasValue(1);
    }

    @Test
    void of_edits_that_go_together_none_is_made() {
        var outcomes = pipeline.editTogether(List.of(deal("nowhere"), deal("won")));

        assertThat(outcomes.getFirst()).isInstanceOf(Edited.Refused.class);
        assertThat(outcomes.get(1)).isInstanceOf(Edited.Aborted.class);
        assertThat(records.list(ObjectType.DEAL, Optional.empty(), 10)).isEmpty();
    }
}
