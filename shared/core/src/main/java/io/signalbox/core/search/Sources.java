/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core.search;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.RecordId;
import io.signalbox.model.filter.Filter;
import io.signalbox.model.filter.Filter.Clause;
import io.signalbox.store.IndexStore;
import io.signalbox.store.IndexStore.Entry;
import io.signalbox.store.IndexStore.Position;
import io.signalbox.store.IndexStore.Range;
import io.signalbox.store.RecordStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/** Where candidates come from. */
final class Sources {

    private Sources() {}

    /** An iterator that knows how to fetch the next, or that there is none. */
    abstract static class Fetched implements Iterator<Candidate> {
        private Optional<Candidate> ahead = Optional.empty();
        private boolean isDone;

        abstract Optional<Candidate> fetch();

        @Override
        public boolean hasNext() {
            if (ahead.isEmpty() && !isDone) {
                ahead = fetch();
                isDone = ahead.isEmpty();
            }
            return ahead.isPresent();
        }

        @Override
        public Candidate next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            var next = ahead.orElseThrow();
            ahead = Optional.empty();
            return next;
        }
    }

    /** The entries of the sort's index; one whose record has another value now is met again there. */
    static Iterator<Candidate> sorted(Iterator<Entry> scan, SearchQuery query, Plan plan) {
        return new Fetched() {
            @Override
            Optional<Candidate> fetch() {
                return scan.hasNext() ? Optional.of(candidate(scan.next())) : Optional.empty();
            }

            private Candidate candidate(Entry entry) {
                return new Candidate(
                        entry.id(),
                        Place.Indexed.of(entry.position()),
                        record -> plan.position(record).equals(Optional.of(entry.position())));
            }
        };
    }

    /**
     * The entries of one alternative's index after the other's. A record that meets an earlier alternative was met there;
     * one whose entry has another value now is met again at its new one.
     */
    static Iterator<Candidate> driven(
            Plan plan,
            List<List<Clause>> alternatives,
            Optional<Place.Indexed> place,
            SearchQuery query,
            BiPredicate<Filter, CrmRecord> isMet) {
        return new Driven(plan, alternatives, place, query, isMet);
    }

    private static final class Driven extends Fetched {
        private final Plan plan;
        private final List<List<Clause>> alternatives;
        private final SearchQuery query;
        private final BiPredicate<Filter, CrmRecord> isMet;
        private int alternative;
        private int clause;
        private Iterator<Entry> entries;

        Driven(
                Plan plan,
                List<List<Clause>> alternatives,
                Optional<Place.Indexed> place,
                SearchQuery query,
                BiPredicate<Filter, CrmRecord> isMet) {
            this.plan = plan;
            this.alternatives = alternatives;
            this.query = query;
            this.isMet = isMet;
            if (place.isEmpty()) {
                begin(0);
                return;
            }
            this.alternative = place.get().alternative();
            this.clause = place.get().clause();
            if (alternative >= alternatives.size()
                    || clause >= alternatives.get(alternative).size()
                    || !plan.isIndexed(alternatives.get(alternative).get(clause))) {
                throw new IllegalArgumentException("the place is of another search");
            }
            this.entries = plan.entries(
                    alternatives.get(alternative).get(clause),
                    Optional.of(place.get().position()),
                    query.limit());
        }

        private void begin(int next) {
            alternative = next;
            var clauses = alternatives.get(next);
            var driver = plan.driver(clauses).orElseThrow();
            clause = clauses.indexOf(driver);
            entries = plan.entries(driver, Optional.empty(), query.limit());
        }

        @Override
        Optional<Candidate> fetch() {
            while (!entries.hasNext()) {
                if (alternative + 1 == alternatives.size()) {
                    return Optional.empty();
                }
                begin(alternative + 1);
            }
            var entry = entries.next();
            var here = alternative;
            return Optional.of(new Candidate(
                    entry.id(),
                    new Place.Indexed(alternative, clause, entry.position()),
                    record -> isMeant(record, entry, here)));
        }

        /** For this alternative and for none before. */
        private boolean isMeant(CrmRecord record, Entry entry, int here) {
            return query.fields().key(record, entry.field()).equals(Optional.of(entry.value()))
                    && isMet(record, here)
                    && IntStream.range(0, here).noneMatch(earlier -> isMet(record, earlier));
        }

        private boolean isMet(CrmRecord record, int number) {
            return isMet.test(new Filter.All(List.copyOf(alternatives.get(number))), record);
        }
    }

    /** All records by id, the dead among them where they are wanted. */
    static Iterator<Candidate> byId(
            RecordStore records, IndexStore index, SearchQuery query, Optional<Place.Indexed> place) {
        var from = place.map(at -> at.position().id());
        var dead = query.includeDeleted()
                ? index.scan(
                        query.object(),
                        IndexStore.DEAD,
                        Range.ALL,
                        from.map(id -> new Position("", id)),
                        false,
                        query.limit())
                : List.<Entry>of().iterator();
        return new Fetched() {
            private final Deque<RecordId> alive = new ArrayDeque<>();
            private Optional<RecordId> after = from;
            private boolean isEnd;
            private RecordId nextDead = dead.hasNext() ? dead.next().id() : null;

            @Override
            Optional<Candidate> fetch() {
                if (alive.isEmpty() && !isEnd) {
                    // One more than a page: whether there is a next one is known without asking again.
                    alive.addAll(records.list(query.object(), after, query.limit() + 1));
                    isEnd = alive.size() <= query.limit();
                    after = alive.isEmpty() ? after : Optional.of(alive.getLast());
                }
                var next = alive.peekFirst();
                if (nextDead != null && (next == null || nextDead.compareTo(next) <= 0)) {
                    if (nextDead.equals(next)) {
                        alive.removeFirst();
                    }
                    next = nextDead;
                    nextDead = dead.hasNext() ? dead.next().id() : null;
                } else if (next != null) {
                    alive.removeFirst();
                }
                return Optional.ofNullable(next)
                        .map(id -> new Candidate(id, Place.Indexed.of(new Position("", id)), _ -> true));
            }
        };
    }
}
