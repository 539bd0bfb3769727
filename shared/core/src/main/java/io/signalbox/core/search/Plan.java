/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core.search;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.FieldType;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.model.filter.Filter.Clause;
import io.signalbox.model.filter.Filterable;
import io.signalbox.model.filter.IndexKey;
import io.signalbox.model.filter.Operator;
import io.signalbox.store.IndexStore;
import io.signalbox.store.IndexStore.Entry;
import io.signalbox.store.IndexStore.Position;
import io.signalbox.store.IndexStore.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What of a filter an index can answer, and which clause best. */
final class Plan {

    /** So many clauses are tried out, and so many entries of each are counted. */
    private static final int PROBED = 3;

    private static final int PROBE = 100;

    private final IndexStore index;
    private final SearchQuery query;

    Plan(IndexStore index, SearchQuery query) {
        this.index = index;
        this.query = query;
    }

    /**
     * The clause of an alternative whose index holds the fewest entries, as far as some hundred tell; empty when no index
     * can answer any. Costs the first entries of up to three indexes, unless there is one choice only.
     */
    Optional<Clause> driver(List<Clause> clauses) {
        var able = clauses.stream()
                .filter(this::isIndexed)
                .sorted(Comparator.comparingInt(Plan::rank))
                .limit(PROBED)
                .toList();
        if (able.size() < 2) {
            return able.stream().findFirst();
        }
        Clause best = null;
        var fewest = Integer.MAX_VALUE;
        for (var clause : able) {
            var count = count(clause, PROBE);
            if (count < fewest) {
                best = clause;
                fewest = count;
            }
        }
        return Optional.ofNullable(best);
    }

    private int count(Clause clause, int most) {
        var entries = entries(clause, Optional.empty(), most);
        var count = 0;
        while (count < most && entries.hasNext()) {
            entries.next();
            count++;
        }
        return count;
    }

    /** Whether an index can answer a clause of it. */
    boolean hasDriver(List<Clause> clauses) {
        return clauses.stream().anyMatch(this::isIndexed);
    }

    boolean isIndexed(Clause clause) {
        return clause.path().relation().isEmpty()
                && query.fields().indexed().containsKey(clause.path().field())
                && !ranges(clause).isEmpty();
    }

    private static int rank(Clause clause) {
        return switch (clause.operator()) {
            case EQ -> 0;
            case IN -> 1;
            case STARTS_WITH -> 2;
            case BETWEEN -> 3;
            case GT, GTE, LT, LTE -> 4;
            default -> 5;
        };
    }

    /** The stretches of an index, ascending, that hold all records that meet the clause; none where an index is no help. */
    static List<Range> ranges(Clause clause) {
        return switch (clause.operator()) {
            case EQ, IN ->
                new TreeSet<>(clause.values().stream()
                                .map(value -> key(clause, value))
                                .toList())
                        .stream().sorted(IndexKey::compare).map(Range::exactly).toList();
            case GT, GTE -> List.of(Range.from(key(clause, clause.values().getFirst())));
            case LT, LTE -> List.of(Range.upTo(key(clause, clause.values().getFirst())));
            case BETWEEN ->
                List.of(Range.between(
                        key(clause, clause.values().get(0)),
                        key(clause, clause.values().get(1))));
            case STARTS_WITH ->
                switch (clause.type()) {
                    case STRING, EMAIL, PHONE, URL ->
                        List.of(Range.startingWith(
                                IndexKey.prefix(clause.values().getFirst().asText())));
                    default -> List.of();
                };
            case EXISTS -> List.of(Range.ALL);
            case NEQ, NOT_IN, CONTAINS, NOT_CONTAINS, NOT_EXISTS -> List.of();
        };
    }

    private static String key(Clause clause, Value value) {
        return IndexKey.of(clause.type(), value).orElse("");
    }

    /** The entries of a clause's index that may meet it, ascending. */
    Iterator<Entry> entries(Clause clause, Optional<Position> after, int page) {
        var ranges = ranges(clause).iterator();
        var field = clause.path().field();
        return new Iterator<>() {
            private Iterator<Entry> at = List.<Entry>of().iterator();

            @Override
            public boolean hasNext() {
                while (!at.hasNext() && ranges.hasNext()) {
                    at = index.scan(query.object(), field, ranges.next(), after, false, page);
                }
                return at.hasNext();
            }

            @Override
            public Entry next() {
                return hasNext() ? at.next() : List.<Entry>of().iterator().next();
            }
        };
    }

    /** The records' own names that an alternative asks for, ids or unique keys; empty when it asks for none. */
    static Optional<Names> names(ObjectType object, List<Clause> clauses) {
        for (var clause : clauses) {
            var isEqual = clause.operator() == Operator.EQ || clause.operator() == Operator.IN;
            if (isEqual && clause.path().relation().isEmpty()) {
                var names = names(object, clause);
                if (names.isPresent()) {
                    return names;
                }
            }
        }
        return Optional.empty();
    }

    /** Ids and keys of records. */
    record Names(List<RecordId> ids, List<UniqueKey> keys) {}

    private static Optional<Names> names(ObjectType object, Clause clause) {
        var texts = clause.values().stream().map(Value::asText).toList();
        if (clause.path().field().equals(Filterable.ID)) {
            var ids = new ArrayList<RecordId>();
            texts.forEach(text -> RecordId.parse(text).ifPresent(ids::add));
            return Optional.of(new Names(ids, List.of()));
        }
        var isPerson = object.equals(ObjectType.CONTACT) || object.equals(ObjectType.LEAD);
        if (isPerson && clause.path().field().equals(UniqueKey.EMAIL) && clause.type() == FieldType.EMAIL) {
            var keys = new ArrayList<UniqueKey>();
            texts.forEach(text -> UniqueKey.email(object, text).ifPresent(keys::add));
            return Optional.of(new Names(List.of(), keys));
        }
        return Optional.empty();
    }

    /** A record's place in the order of the sort; empty when it has none. */
    Optional<Position> position(CrmRecord record) {
        var id = record.key().id();
        return query.sort()
                .map(sort -> IndexKey.of(sort.type(), Filterable.value(record, sort.field()))
                        .map(value -> new Position(value, id)))
                .orElseGet(() -> Optional.of(new Position("", id)));
    }
}
