/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import io.signalbox.model.RecordKey;

/** What became of an event. All but {@link Failed} are done for good: sending the event again changes nothing. */
public sealed interface Outcome {

    /** It is part of the record, which now has this version. */
    record Applied(RecordKey record, long version) implements Outcome {}

    /** It was part of the record already. */
    record Duplicate(RecordKey record) implements Outcome {}

    /** Its person was erased; it left nothing, not even in the journal. */
    record Ignored(RecordKey record) implements Outcome {}

    /**
     * It is not part of a record, or not known to be.
     *
     * @param reason a short sentence, fit for a log
     * @param mayPass whether the same event may succeed later
     */
    record Failed(String reason, boolean mayPass) implements Outcome {}
}
