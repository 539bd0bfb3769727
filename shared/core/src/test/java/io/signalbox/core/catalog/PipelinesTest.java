/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.core.catalog.Pipeline.Stage;
import io.signalbox.model.ObjectType;
import io.signalbox.store.MemoryDocumentStore;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelinesTest {

    private final Pipelines pipelines = new Pipelines(new MemoryDocumentStore());

    @Test
    void everyone_begins_with_one_pipeline_of_canonical_stages() {
        var held = pipelines.get(ObjectType.DEAL);

        assertThat(held.version()).isZero();
        assertThat(held.find("default").orElseThrow().stages())
                .extracting(Stage::id)
                .startsWith("new", "qualified")
                .endsWith("won", "lost");
        assertThat(pipelines.get(ObjectType.TICKET).pipelines()).hasSize(1);
        assertThatThrownBy(() -> pipelines.get(ObjectType.CONTACT)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pipelines_are_changed_on_the_version_they_were_read_at() {
        var held = pipelines.get(ObjectType.DEAL);
        var more = new ArrayList<>(held.pipelines());
        more.add(new Pipeline("renewal", "Renewal", List.of(new Stage("due", "Due", new BigDecimal("0.75"), false))));

        assertThat(pipelines.replace(ObjectType.DEAL, 0, more)).isTrue();
        assertThat(pipelines.replace(ObjectType.DEAL, 0, held.pipelines())).isFalse();
        assertThat(pipelines.get(ObjectType.DEAL)).isEqualTo(new Pipelines.Held(1, more));
        assertThat(pipelines.get(ObjectType.TICKET).version()).isZero();
    }

    @Test
    void what_is_no_pipeline_is_refused() {
        var stage = new Stage("a", "A", BigDecimal.ONE, false);
        assertThatThrownBy(() -> new Pipeline("p", "P", List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pipeline("p", "P", List.of(stage, stage)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Stage("a", "A", BigDecimal.TWO, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pipelines.replace(ObjectType.DEAL, 0, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
