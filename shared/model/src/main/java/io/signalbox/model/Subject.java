/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static java.util.Objects.requireNonNull;

/** Which record an event is about, as far as its sender could say. */
public sealed interface Subject {

    /** The record that has this id in the sender's system; made when there is none yet. */
    record External(ExternalId id) implements Subject {
        public External {
            requireNonNull(id, "id is null");
        }
    }

    /** The record with this unique key; made, with the key as its property, when there is none yet. */
    record Keyed(UniqueKey key) implements Subject {
        public Keyed {
            requireNonNull(key, "key is null");
        }
    }

    /** The record with this id of ours: how the REST API names it. */
    record Own(RecordId id) implements Subject {
        public Own {
            requireNonNull(id, "id is null");
        }
    }
}
