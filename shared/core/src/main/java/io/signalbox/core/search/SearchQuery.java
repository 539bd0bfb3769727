/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core.search;

import static java.util.Objects.requireNonNull;

import io.signalbox.model.ObjectType;
import io.signalbox.model.filter.Filter;
import io.signalbox.model.filter.Filterable;
import io.signalbox.model.filter.Sort;
import java.time.Instant;
import java.util.Optional;

/**
 * What to look for.
 *
 * @param fields what is filterable of the object
 * @param sort by id, the order of creation, when there is none and no filter; in no order to rely on with a filter
 * @param includeDeleted whether deleted and erased records are wanted too, with what is left of them
 * @param updatedAfter only records with a newer event than that
 * @param limit 1 to 100
 */
public record SearchQuery(
        ObjectType object,
        Filterable fields,
        Filter filter,
        Optional<Sort> sort,
        boolean includeDeleted,
        Optional<Instant> updatedAfter,
        int limit) {

    public SearchQuery {
        requireNonNull(object, "object is null");
        requireNonNull(fields, "fields is null");
        requireNonNull(filter, "filter is null");
        requireNonNull(sort, "sort is null");
        requireNonNull(updatedAfter, "updatedAfter is null");
        if (limit < 1 || limit > 100) {
            throw new IllegalArgumentException("limit is not 1 to 100: " + limit);
        }
    }

    /** All records of a type, by id. */
    public static SearchQuery all(Filterable fields, int limit) {
        return new SearchQuery(
                fields.object(), fields, Filter.none(), Optional.empty(), false, Optional.empty(), limit);
    }

    public SearchQuery matching(Filter newFilter) {
        return new SearchQuery(object, fields, newFilter, sort, includeDeleted, updatedAfter, limit);
    }

    public SearchQuery sortedBy(Sort newSort) {
        return new SearchQuery(object, fields, filter, Optional.of(newSort), includeDeleted, updatedAfter, limit);
    }

    public SearchQuery withDeleted() {
        return new SearchQuery(object, fields, filter, sort, true, updatedAfter, limit);
    }

    public SearchQuery updatedAfter(Instant time) {
        return new SearchQuery(object, fields, filter, sort, includeDeleted, Optional.of(time), limit);
    }
}
