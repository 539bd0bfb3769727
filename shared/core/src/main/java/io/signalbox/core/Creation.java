/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.RecordId;
import io.signalbox.model.UniqueKey;

/** What became of the wish to create a record. */
public sealed interface Creation {

    /** The record as it was saved, score and version in it. */
    record Created(CrmRecord record) implements Creation {}

    /** There is one already: {@code holder} has this key. */
    record Duplicate(UniqueKey key, RecordId holder) implements Creation {}
}
