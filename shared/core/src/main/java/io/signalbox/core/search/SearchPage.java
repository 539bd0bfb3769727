/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core.search;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CrmRecord;
import java.util.List;
import java.util.Optional;

/**
 * Records found. A page may hold fewer than asked for, even none, and still have a next one: what one call reads is
 * bounded, whatever the filter.
 *
 * @param next where the next page begins, to be signed by whoever hands it out; empty at the end
 */
public record SearchPage(List<CrmRecord> records, Optional<String> next, Consistency consistency) {

    /** Whether a write that was acknowledged before the search is certainly in its answer. */
    public enum Consistency {
        STRONG,
        EVENTUAL
    }

    public SearchPage {
        records = List.copyOf(records);
        requireNonNull(next, "next is null");
        requireNonNull(consistency, "consistency is null");
    }
}
