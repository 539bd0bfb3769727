/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.rules;

import io.signalbox.model.Engagement;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What meeting a rule is worth.
 *
 * @param points tenths for a record that meets it, or for each event that does
 * @param limit how many events count; only for engagement
 * @param text one sentence that says what the record or the event did
 */
record ScoreRule(String id, Group group, long points, Optional<Limit> limit, String text) {

    SortedMap<Integer, Integer> counted(Engagement engagement) {
        return limit.isEmpty() ? engagement.hours() : limit.get().counted(engagement);
    }
}
