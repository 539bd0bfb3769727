/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core.search;

import static java.util.Objects.requireNonNull;

import io.signalbox.core.search.SearchPage.Consistency;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.Life;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.filter.Filter;
import io.signalbox.model.filter.Filter.Clause;
import io.signalbox.model.filter.Filterable;
import io.signalbox.model.filter.Sort;
import io.signalbox.store.FeedStore;
import io.signalbox.store.IndexStore;
import io.signalbox.store.IndexStore.Position;
import io.signalbox.store.LinkStore;
import io.signalbox.store.RecordStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Lists and searches records, a page at a time. Every record in the answer was read consistently and meets the filter as
 * it was read; one just written may be missing for a moment, but where the filter names ids or e-mail addresses.
 *
 * <p>How: such names are looked up as keys. Otherwise the index of the most selective clause gives candidates, or the
 * index of the sort where candidates are many, or the list by id where no clause has an index; the other clauses are
 * checked on the records. What was updated lately comes from the change feed.
 *
 * <p>Cost of a page: at most {@value #BUDGET} records read, a read unit a record of a kilobyte or so, and four to
 * sixteen more for the index; never more for there being more records. A clause on linked records costs a query and a
 * read for each candidate, of which a page then has {@value #BUDGET_OF_RELATIONS} at most.
 */
public final class Search {

    static final int BUDGET = 500;
    static final int BUDGET_OF_RELATIONS = 100;

    /** So many candidates are rather sorted here than taken from the index of the sort. */
    static final int FEW = 300;

    private static final int ALTERNATIVES = 20;
    private static final int LINKED = 50;

    /** By how much an event may be older than its handling, for the feed to be asked in its place. */
    private static final Duration LATE = Duration.ofMinutes(10);

    private final RecordStore records;
    private final IndexStore index;
    private final LinkStore links;
    private final FeedStore feed;
    private final InstantSource clock;

    public Search(RecordStore records, IndexStore index, LinkStore links, FeedStore feed, InstantSource clock) {
        this.records = requireNonNull(records, "records is null");
        this.index = requireNonNull(index, "index is null");
        this.links = requireNonNull(links, "links is null");
        this.feed = requireNonNull(feed, "feed is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * A page of what is looked for.
     *
     * @param from the {@link SearchPage#next} of the page before, of the same query
     * @throws IllegalArgumentException when {@code from} is not a place in this search
     * @throws io.signalbox.model.filter.InvalidFilter when the filter's groups multiply out to too many alternatives
     * @throws io.signalbox.store.Unavailable when the storage did not answer
     */
    public SearchPage find(SearchQuery query, Optional<String> from) {
        var place = from.map(Place::parse);
        var alternatives = query.filter().alternatives(ALTERNATIVES);
        var names = alternatives.stream()
                .map(clauses -> Plan.names(query.object(), clauses))
                .toList();
        if (names.stream().allMatch(Optional::isPresent)) {
            return named(query, names.stream().flatMap(Optional::stream).toList(), indexed(place));
        }
        if (isForTheFeed(query)) {
            return new Pages(this, query).read(new FeedWalk(feed, query, fed(place), LATE), Consistency.EVENTUAL);
        }
        var plan = new Plan(index, query);
        var isDriven = !query.includeDeleted() && alternatives.stream().allMatch(plan::hasDriver);
        var sort = query.sort().filter(by -> !by.field().equals(Filterable.ID));
        if (sort.isPresent()) {
            return (isDriven ? few(plan, alternatives) : Optional.<TreeSet<RecordId>>empty())
                    .map(ids -> sorted(query, ids, indexed(place), Consistency.EVENTUAL))
                    .orElseGet(() -> bySort(query, alternatives, sort.get(), indexed(place)));
        }
        return new Pages(this, query)
                .read(
                        isDriven
                                ? Sources.driven(plan, alternatives, indexed(place), query, this::isMet)
                                : Sources.byId(records, index, query, indexed(place)),
                        Consistency.EVENTUAL);
    }

    private static Optional<Place.Indexed> indexed(Optional<Place> place) {
        return place.map(at -> {
            if (at instanceof Place.Indexed indexed) {
                return indexed;
            }
            throw new IllegalArgumentException("the place is of another search");
        });
    }

    private static Optional<Place.Fed> fed(Optional<Place> place) {
        return place.map(at -> {
            if (at instanceof Place.Fed fed) {
                return fed;
            }
            throw new IllegalArgumentException("the place is of another search");
        });
    }

    private boolean isForTheFeed(SearchQuery query) {
        if (query.sort().isPresent()) {
            return query.sort().get().field().equals(Filterable.UPDATED_AT);
        }
        var oldest = clock.instant().minus(FeedStore.KEPT).plus(LATE);
        return query.filter().equals(Filter.none())
                && query.updatedAfter().filter(oldest::isBefore).isPresent();
    }

    private SearchPage named(SearchQuery query, List<Plan.Names> names, Optional<Place.Indexed> place) {
        var ids = new TreeSet<RecordId>();
        names.forEach(each -> {
            ids.addAll(each.ids());
            if (!each.keys().isEmpty()) {
                ids.addAll(records.find(each.keys()).values());
            }
        });
        return sorted(query, ids, place, Consistency.STRONG);
    }

    /** All candidates, where they are few. */
    private static Optional<TreeSet<RecordId>> few(Plan plan, List<List<Clause>> alternatives) {
        var ids = new TreeSet<RecordId>();
        for (var clauses : alternatives) {
            var entries = plan.entries(plan.driver(clauses).orElseThrow(), Optional.empty(), FEW);
            while (entries.hasNext()) {
                ids.add(entries.next().id());
                if (ids.size() > FEW) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(ids);
    }

    private record Placed(CrmRecord record, Position position) {}

    private SearchPage sorted(
            SearchQuery query, TreeSet<RecordId> ids, Optional<Place.Indexed> place, Consistency consistency) {
        var plan = new Plan(index, query);
        var keys = ids.stream().map(id -> new RecordKey(query.object(), id)).toList();
        var order = Comparator.comparing(Placed::position);
        var descending = query.sort().map(Sort::descending).orElse(false);
        var found = new ArrayList<Placed>();
        for (var record : records.get(keys).values()) {
            if (isWanted(query, record)) {
                plan.position(record).ifPresent(position -> found.add(new Placed(record, position)));
            }
        }
        found.removeIf(at -> place.map(last -> at.position().compareTo(last.position()))
                .filter(compared -> descending ? compared >= 0 : compared <= 0)
                .isPresent());
        found.sort(descending ? order.reversed() : order);
        var page = found.subList(0, Math.min(query.limit(), found.size()));
        var next = page.size() < found.size()
                ? Optional.of(Place.Indexed.of(page.getLast().position()).text())
                : Optional.<String>empty();
        return new SearchPage(page.stream().map(Placed::record).toList(), next, consistency);
    }

    private SearchPage bySort(
            SearchQuery query, List<List<Clause>> alternatives, Sort sort, Optional<Place.Indexed> place) {
        var range = alternatives.size() == 1
                ? alternatives.getFirst().stream()
                        .filter(clause -> clause.path().toString().equals(sort.field()))
                        .map(Plan::ranges)
                        .filter(ranges -> ranges.size() == 1)
                        .map(List::getFirst)
                        .findFirst()
                : Optional.<IndexStore.Range>empty();
        var scan = index.scan(
                query.object(),
                sort.field(),
                range.orElse(IndexStore.Range.ALL),
                place.map(Place.Indexed::position),
                sort.descending(),
                query.limit());
        return new Pages(this, query).read(Sources.sorted(scan, query, new Plan(index, query)), Consistency.EVENTUAL);
    }

    RecordStore records() {
        return records;
    }

    /** Whether a record, as it was read, belongs into the answer. */
    boolean isWanted(SearchQuery query, CrmRecord record) {
        var isThere = record.mergedInto().isEmpty()
                && (query.includeDeleted() || record.life().state() == Life.State.ALIVE);
        return isThere
                && query.updatedAfter().map(record.updatedAt()::isAfter).orElse(true)
                && isMet(query.filter(), record);
    }

    private boolean isMet(Filter filter, CrmRecord record) {
        return filter.matches(record, object -> linked(record, object));
    }

    private List<CrmRecord> linked(CrmRecord record, ObjectType object) {
        var keys = new TreeSet<RecordKey>();
        links.list(record.key(), Optional.of(object), Optional.empty(), LINKED)
                .forEach(linked -> keys.add(linked.other()));
        return records.get(keys).values().stream().filter(CrmRecord::isAlive).toList();
    }
}
