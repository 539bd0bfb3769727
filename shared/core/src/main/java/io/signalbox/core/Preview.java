/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CrmRecord;
import java.util.List;
import java.util.Optional;

/**
 * What events would do.
 *
 * @param outcomes of each event, in their order
 * @param changes of each record that would be written, by its key; the ids of new ones are drawn for the occasion
 */
public record Preview(List<Outcome> outcomes, List<Change> changes) {

    public Preview {
        outcomes = List.copyOf(outcomes);
        changes = List.copyOf(changes);
    }

    /**
     * A record as it is and as it would be, each with its score.
     *
     * @param before empty for a record that would be new
     */
    public record Change(Optional<CrmRecord> before, CrmRecord after) {
        public Change {
            requireNonNull(before, "before is null");
            requireNonNull(after, "after is null");
        }
    }
}
