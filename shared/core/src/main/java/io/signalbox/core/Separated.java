/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.RecordId;

/** What became of a split. All but {@link Done} changed nothing. */
public sealed interface Separated {

    /** There are two records now, as they were saved. */
    record Done(CrmRecord remaining, CrmRecord parted) implements Separated {
        public Done {
            requireNonNull(remaining, "remaining is null");
            requireNonNull(parted, "parted is null");
        }
    }

    /** There is no such record. */
    record Missing() implements Separated {}

    /** The record was deleted, or erased. */
    record Gone() implements Separated {}

    /** The record has become part of another. */
    record Moved(RecordId survivor) implements Separated {
        public Moved {
            requireNonNull(survivor, "survivor is null");
        }
    }

    /** None of the ids is the record's, or nothing would be left of it. */
    record Nothing() implements Separated {}

    /** The journal does not hold all that made the record, so it cannot be told who said what. */
    record Incomplete() implements Separated {}

    /** It changed each time it was tried. */
    record Contended() implements Separated {}
}
