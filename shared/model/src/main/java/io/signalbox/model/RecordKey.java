/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/** A record's type and id: what names it for good. */
public record RecordKey(ObjectType object, RecordId id) implements Comparable<RecordKey> {

    private static final Comparator<RecordKey> ORDER =
            Comparator.comparing(RecordKey::object).thenComparing(RecordKey::id);

    public RecordKey {
        requireNonNull(object, "object is null");
        requireNonNull(id, "id is null");
    }

    @Override
    public int compareTo(RecordKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return object + "/" + id;
    }
}
