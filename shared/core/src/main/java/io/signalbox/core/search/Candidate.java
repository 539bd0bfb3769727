/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core.search;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.RecordId;
import java.util.function.Predicate;

/**
 * A record to be looked at.
 *
 * @param place where the search stands once it was
 * @param stillMeant whether the record, as it was read, is what the candidate was about
 */
record Candidate(RecordId id, Place place, Predicate<CrmRecord> stillMeant) {}
