/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core.search;

import io.signalbox.core.search.SearchPage.Consistency;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.RecordKey;
import io.signalbox.model.filter.Filter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Reads candidates in batches until a page is full, the candidates are at an end, or enough has been read. */
final class Pages {

    private final Search search;
    private final SearchQuery query;
    private final int budget;

    Pages(Search search, SearchQuery query) {
        this.search = search;
        this.query = query;
        this.budget = hasRelation(query.filter()) ? Search.BUDGET_OF_RELATIONS : Search.BUDGET;
    }

    private static boolean hasRelation(Filter filter) {
        return switch (filter) {
            case Filter.All(var filters) -> filters.stream().anyMatch(Pages::hasRelation);
            case Filter.Any(var filters) -> filters.stream().anyMatch(Pages::hasRelation);
            case Filter.Clause clause -> clause.path().relation().isPresent();
        };
    }

    SearchPage read(Iterator<Candidate> candidates, Consistency consistency) {
        var found = new ArrayList<CrmRecord>();
        Optional<Place> place = Optional.empty();
        for (var left = budget; left > 0 && candidates.hasNext(); ) {
            var batch = new ArrayList<Candidate>();
            while (batch.size() < Math.min(left, query.limit()) && candidates.hasNext()) {
                batch.add(candidates.next());
            }
            left -= batch.size();
            var read = search.records().get(keys(batch));
            for (var candidate : batch) {
                place = Optional.of(candidate.place());
                var record = read.get(key(candidate));
                if (record != null && candidate.stillMeant().test(record) && search.isWanted(query, record)) {
                    found.add(record);
                    if (found.size() == query.limit()) {
                        var isLast = candidate.equals(batch.getLast()) && !candidates.hasNext();
                        return page(found, isLast ? Optional.empty() : place, consistency);
                    }
                }
            }
        }
        return page(found, candidates.hasNext() ? place : Optional.empty(), consistency);
    }

    private static SearchPage page(List<CrmRecord> found, Optional<Place> place, Consistency consistency) {
        return new SearchPage(found, place.map(Place::text), consistency);
    }

    private List<RecordKey> keys(List<Candidate> batch) {
        return batch.stream().map(this::key).toList();
    }

    private RecordKey key(Candidate candidate) {
        return new RecordKey(query.object(), candidate.id());
    }
}
