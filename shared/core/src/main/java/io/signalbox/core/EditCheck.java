/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import io.signalbox.model.CrmRecord;
import java.util.Optional;

/**
 * Refuses edits for what they would make of a record, before anything is written. Events of vendors are never asked
 * about: what a vendor says is kept as it is. One instance lives for one round of edits and may remember what it read.
 */
@FunctionalInterface
public interface EditCheck {

    /** Refuses nothing. */
    EditCheck NONE = (_, _, _) -> Optional.empty();

    /**
     * What is wrong with the record as it would be.
     *
     * @param before empty for one that is made
     */
    Optional<Edited.Refused> refusal(Edit edit, Optional<CrmRecord> before, CrmRecord after);
}
