/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.promises;

import io.signalbox.core.History;
import io.signalbox.core.Pipeline;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.Engagement;
import io.signalbox.model.ExternalId;
import io.signalbox.model.Life;
import io.signalbox.model.Property;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What events decide of a record: all but its id, its version and where its journal begins. Two records that saw the
 * same events look the same.
 *
 * @param score as of the moment of looking
 * @param history ids of the events in its journal, sorted; one that stands in it twice is there twice
 */
record View(
        Life life,
        long firstEventAt,
        long lastEventAt,
        SortedSet<ExternalId> externalIds,
        Map<String, Property> properties,
        Map<String, Engagement> engagement,
        Optional<Score> score,
        List<String> history) {

    private static final int PAGE = 100;

    static View of(CrmRecord record, Pipeline pipeline) {
        return new View(
                record.life(),
                record.firstEventAt(),
                record.lastEventAt(),
                record.externalIds(),
                record.properties(),
                record.engagement(),
                pipeline.priced(record).score(),
                history(record.key(), pipeline));
    }

    private static List<String> history(RecordKey record, Pipeline pipeline) {
        var ids = new ArrayList<String>();
        var cursor = Optional.<History.Cursor>empty();
        do {
            var page = pipeline.history(record, cursor, PAGE);
            page.entries().forEach(entry -> ids.add(entry.event().id().value()));
            cursor = page.next();
        } while (cursor.isPresent());
        ids.sort(null);
        return ids;
    }
}
