/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.RecordId;
import io.signalbox.model.UniqueKey;

/** What became of an {@link Edit}. All but {@link Done} changed nothing. */
public sealed interface Edited {

    /**
     * The record is as the edit wants it: as it was saved, its score and version in it.
     *
     * @param created whether this edit made it
     */
    record Done(CrmRecord record, boolean created) implements Edited {
        public Done {
            requireNonNull(record, "record is null");
        }
    }

    /** There is no such record. */
    record Missing() implements Edited {}

    /** The record was deleted, or erased. */
    record Gone(CrmRecord record) implements Edited {
        public Gone {
            requireNonNull(record, "record is null");
        }
    }

    /** The record has become part of another. */
    record Moved(RecordId survivor) implements Edited {
        public Moved {
            requireNonNull(survivor, "survivor is null");
        }
    }

    /** The record does not have the version that the edit asks for, but this one. */
    record Changed(long version) implements Edited {}

    /** The key finds a record, which the edit may not change. */
    record Exists(RecordId id) implements Edited {
        public Exists {
            requireNonNull(id, "id is null");
        }
    }

    /** Another record, {@code holder}, has a unique key that the edit would give this one. */
    record Taken(UniqueKey key, RecordId holder) implements Edited {
        public Taken {
            requireNonNull(key, "key is null");
            requireNonNull(holder, "holder is null");
        }
    }

    /**
     * The record would not be as it has to be.
     *
     * @param field of the record that is at fault
     * @param code in capitals, what is wrong with it
     * @param message what it should be
     */
    record Refused(String field, String code, String message) implements Edited {
        public Refused {
            requireNonNull(field, "field is null");
            requireNonNull(code, "code is null");
            requireNonNull(message, "message is null");
        }
    }

    /** It would be done, but another edit of the same transaction is not. */
    record Aborted() implements Edited {}

    /** The record is edited twice in one transaction, which cannot be done. */
    record Twice() implements Edited {}

    /** The record would be larger than the storage takes. */
    record TooLarge() implements Edited {}

    /** Others changed the record again and again while this was tried; it may succeed later. */
    record Contended() implements Edited {}
}
