/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core.catalog;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The stages that deals or tickets go through, in their order.
 *
 * @param id as records have it in {@code pipeline}; 1 to 64 characters
 * @param label as people read it
 * @param stages at least one, each id once
 */
public record Pipeline(String id, String label, List<Stage> stages) {

    private static final int MOST_STAGES = 100;

    public Pipeline {
        checkId(id);
        requireNonNull(label, "label is null");
        stages = List.copyOf(stages);
        if (stages.isEmpty() || stages.size() > MOST_STAGES) {
            throw new IllegalArgumentException("a pipeline has 1 to " + MOST_STAGES + " stages");
        }
        var ids = new HashSet<String>();
        for (var stage : stages) {
            if (!ids.add(stage.id())) {
                throw new IllegalArgumentException("two stages have the id " + stage.id());
            }
        }
    }

    /**
     * A stage.
     *
     * @param id as records have it in {@code stage}
     * @param probability that a deal in it is won, 0 to 1; of a ticket, 1 when it is done
     * @param isClosed whether nothing is to be done any more
     */
    public record Stage(String id, String label, BigDecimal probability, boolean isClosed) {
        public Stage {
            checkId(id);
            requireNonNull(label, "label is null");
            if (probability.signum() < 0 || probability.compareTo(BigDecimal.ONE) > 0) {
                throw new IllegalArgumentException("probability is not 0 to 1: " + probability);
            }
        }
    }

    public Optional<Stage> stage(String stageId) {
        return stages.stream().filter(stage -> stage.id().equals(stageId)).findFirst();
    }

    private static void checkId(String id) {
        if (id.isBlank() || id.length() > 64) {
            throw new IllegalArgumentException("id has not 1 to 64 characters");
        }
    }
}
