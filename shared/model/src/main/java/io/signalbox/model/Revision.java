/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.model;

import static java.util.Objects.requireNonNull;

/**
 * A record as it was at one version: what tells which of two things that follow from it is the newer.
 *
 * @param version as in {@link CrmRecord#version}
 */
public record Revision(RecordKey record, long version) {

    public Revision {
        requireNonNull(record, "record is null");
    }

    public static Revision of(CrmRecord record) {
        return new Revision(record.key(), record.version());
    }

    /** Whether it is a later one of the same record; of different records neither is. */
    public boolean isAfter(Revision other) {
        return record.equals(other.record) && version > other.version;
    }
}
