/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.core.search.SearchPage.Consistency;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.FieldType;
import io.signalbox.model.Life;
import io.signalbox.model.Link;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Property;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Stamp;
import io.signalbox.model.Value;
import io.signalbox.model.filter.FieldPath;
import io.signalbox.model.filter.Filter;
import io.signalbox.model.filter.Filter.All;
import io.signalbox.model.filter.Filter.Any;
import io.signalbox.model.filter.Filter.Clause;
import io.signalbox.model.filter.Filterable;
import io.signalbox.model.filter.IndexKey;
import io.signalbox.model.filter.Operator;
import io.signalbox.model.filter.Sort;
import io.signalbox.store.FeedStore;
import io.signalbox.store.IndexStore;
import io.signalbox.store.LinkStore;
import io.signalbox.store.MemoryFeedStore;
import io.signalbox.store.MemoryIndexStore;
import io.signalbox.store.MemoryLinkStore;
import io.signalbox.store.MemoryRecordStore;
import io.signalbox.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Searches against going through all records. */
class SearchTest {

    private static final Filterable DEALS = Filterable.standard(ObjectType.DEAL);
    private static final Filterable CONTACTS = Filterable.standard(ObjectType.CONTACT);

    private final SettableClock clock = SettableClock.at("2026-03-01T00:00:00Z");
    private final MemoryRecordStore records = new MemoryRecordStore();
    private final MemoryIndexStore index = new MemoryIndexStore();
    private final MemoryLinkStore links = new MemoryLinkStore();
    private final MemoryFeedStore feed = new MemoryFeedStore(clock);
    private final Search search = new Search(records, index, links, feed, clock);
    private final Map<RecordKey, CrmRecord> all = new TreeMap<>();

    private static RecordKey deal(long id) {
        return new RecordKey(ObjectType.DEAL, new RecordId(id));
    }

    /** Saves it, and does what the relay does. */
    private void save(RecordKey key, Filterable fields, Map<String, Value> values, Life.State state) {
        clock.advance(Duration.ofSeconds(1));
        var stamp = new Stamp(clock.millis(), 1);
        var properties = new TreeMap<String, Property>();
        values.forEach((name, value) -> properties.put(name, new Property(value, stamp)));
        var before = records.get(key);
        records.save(
                before,
                new CrmRecord(
                        key,
                        0,
                        key.id().value() * 1_000,
                        clock.millis(),
                        new Life(state, stamp),
                        Optional.empty(),
                        new TreeSet<>(),
                        properties,
                        Map.of(),
                        new TreeSet<>(),
                        Long.MIN_VALUE,
                        Optional.empty(),
                        Optional.empty()),
                false);
        var after = records.get(key).orElseThrow();
        all.put(key, after);
        index.write(before.map(record -> entries(record, fields)).orElse(List.of()), entries(after, fields));
        feed.append(List.of(new FeedStore.Change(
                key, after.version(), FeedStore.Kind.UPDATED, after.updatedAt(), List.copyOf(values.keySet()))));
    }

    private static List<IndexStore.Entry> entries(CrmRecord record, Filterable fields) {
        var key = record.key();
        var entries = new ArrayList<IndexStore.Entry>();
        if (!record.isAlive()) {
            return List.of(new IndexStore.Entry(key.object(), IndexStore.DEAD, "", key.id()));
        }
        fields.indexed()
                .keySet()
                .forEach(field -> fields.key(record, field)
                        .ifPresent(value -> entries.add(new IndexStore.Entry(key.object(), field, value, key.id()))));
        return entries;
    }

    private void deals(int count, Random random) {
        for (var id = 1; id <= count; id++) {
            var values = new TreeMap<String, Value>();
            values.put(
                    "stage", Value.of(List.of("new", "won", "lost", "meeting").get(random.nextInt(4))));
            values.put("name", Value.of("Deal " + random.nextInt(count)));
            values.put("lost_reason", Value.of("r" + random.nextInt(3)));
            if (random.nextInt(5) > 0) {
                values.put("amount", Value.of(random.nextInt(40) * 1_000L));
            }
            save(deal(id), DEALS, values, random.nextInt(10) == 0 ? Life.State.DELETED : Life.State.ALIVE);
        }
    }

    private List<CrmRecord> walk(SearchQuery query) {
        var found = new ArrayList<CrmRecord>();
        var page = search.find(query, Optional.empty());
        found.addAll(page.records());
        for (var pages = 0; page.next().isPresent(); pages++) {
            assertThat(pages).isLessThan(1_000);
            page = search.find(query, page.next());
            assertThat(page.records().size()).isLessThanOrEqualTo(query.limit());
            found.addAll(page.records());
        }
        return found;
    }

    private List<CrmRecord> alive(Filter filter) {
        return all.values().stream()
                .filter(record -> record.key().object().equals(ObjectType.DEAL)
                        && record.isAlive()
                        && filter.matches(record, _ -> List.of()))
                .toList();
    }

    private static List<RecordKey> keys(List<CrmRecord> found) {
        return found.stream().map(CrmRecord::key).toList();
    }

    private static Clause clause(String field, Operator operator, Value... values) {
        return new Clause(FieldPath.of(field), DEALS.type(field).orElseThrow(), operator, List.of(values));
    }

    private static Filter random(Random random, int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            var parts = new ArrayList<Filter>();
            for (var i = random.nextInt(2) + 1; i >= 0; i--) {
                parts.add(random(random, depth - 1));
            }
            return random.nextBoolean() ? new All(parts) : new Any(parts);
        }
        var amount = Value.of(random.nextInt(40) * 1_000L);
        var stage = Value.of(List.of("NEW", "won", "lost", "none").get(random.nextInt(4)));
        return switch (random.nextInt(9)) {
            case 0 -> clause("stage", Operator.EQ, stage);
            case 1 -> clause("stage", Operator.IN, stage, Value.of("meeting"));
            case 2 -> clause("stage", Operator.NEQ, stage);
            case 3 -> clause("amount", Operator.GTE, amount);
            case 4 -> clause("amount", Operator.LT, amount);
            case 5 -> clause("amount", Operator.BETWEEN, Value.of(3_000), amount);
            case 6 -> clause("name", Operator.STARTS_WITH, Value.of("deal " + random.nextInt(10)));
            case 7 -> clause("amount", Operator.NOT_EXISTS);
            default -> clause("name", Operator.CONTAINS, Value.of(random.nextInt(10) + "*"));
        };
    }

    @Test
    void a_search_finds_what_going_through_all_records_finds() {
        var random = new Random(11);
        deals(700, random);
        for (var round = 0; round < 150; round++) {
            var filter = random(random, 2);
            var query = SearchQuery.all(DEALS, 1 + random.nextInt(100)).matching(filter);

            assertThat(keys(walk(query)))
                    .as(filter.toString())
                    .containsExactlyInAnyOrderElementsOf(keys(alive(filter)));
        }
    }

    @Test
    void a_sorted_search_is_in_order_and_has_all_that_have_the_field() {
        var random = new Random(12);
        deals(700, random);
        for (var round = 0; round < 60; round++) {
            var filter = random(random, 1);
            var sort = random.nextBoolean()
                    ? new Sort("amount", FieldType.NUMBER, random.nextBoolean())
                    : new Sort("name", FieldType.STRING, random.nextBoolean());
            var order = Comparator.comparing(
                            (CrmRecord record) -> IndexKey.of(sort.type(), Filterable.value(record, sort.field()))
                                    .orElse(""))
                    .thenComparing(CrmRecord::key);
            var wanted = alive(filter).stream()
                    .filter(record -> !Filterable.value(record, sort.field()).isNull())
                    .sorted(sort.descending() ? order.reversed() : order)
                    .toList();

            assertThat(keys(walk(SearchQuery.all(DEALS, 1 + random.nextInt(100))
                            .matching(filter)
                            .sortedBy(sort))))
                    .as(filter + " by " + sort)
                    .isEqualTo(keys(wanted));
        }
    }

    @Test
    void without_a_filter_records_come_by_id_and_the_dead_where_they_are_wanted() {
        deals(250, new Random(13));

        assertThat(walk(SearchQuery.all(DEALS, 40))).isEqualTo(alive(Filter.none()));
        assertThat(walk(SearchQuery.all(DEALS, 40).withDeleted())).isEqualTo(List.copyOf(all.values()));
    }

    @Test
    void what_changed_last_comes_first_and_each_record_once() {
        deals(120, new Random(14));
        var newest = new ArrayList<RecordKey>();
        for (var id = 3; id <= 120; id += 4) {
            save(deal(id), DEALS, Map.of("stage", Value.of("won")), Life.State.ALIVE);
            newest.addFirst(deal(id));
        }
        save(new RecordKey(ObjectType.CONTACT, new RecordId(9)), CONTACTS, Map.of(), Life.State.ALIVE);
        var query = SearchQuery.all(DEALS, 13).sortedBy(new Sort("updated_at", FieldType.DATETIME, true));
        var found = walk(query);

        assertThat(found.stream().map(CrmRecord::key).toList().subList(0, newest.size()))
                .isEqualTo(newest);
        assertThat(found).containsExactlyInAnyOrderElementsOf(alive(Filter.none()));
        assertThat(found)
                .isSortedAccordingTo(Comparator.comparing(CrmRecord::updatedAt).reversed());
    }

    @Test
    void only_what_changed_since_is_listed_with_what_was_deleted() {
        deals(60, new Random(15));
        var since = clock.instant();
        save(deal(7), DEALS, Map.of(), Life.State.ALIVE);
        save(deal(8), DEALS, Map.of(), Life.State.DELETED);

        assertThat(walk(SearchQuery.all(DEALS, 10).updatedAfter(since)))
                .extracting(CrmRecord::key)
                .containsExactly(deal(7));
        assertThat(walk(SearchQuery.all(DEALS, 10).updatedAfter(since).withDeleted()))
                .extracting(CrmRecord::key)
                .containsExactly(deal(8), deal(7));
        clock.advance(Duration.ofDays(40));
        assertThat(walk(SearchQuery.all(DEALS, 10).updatedAfter(since)))
                .extracting(CrmRecord::key)
                .containsExactly(deal(7));
    }

    @Test
    void an_email_address_finds_what_was_written_a_moment_ago() {
        var ada = new RecordKey(ObjectType.CONTACT, new RecordId(5));
        save(ada, CONTACTS, Map.of("email", Value.of("ada@example.org")), Life.State.ALIVE);
        index.write(index.all(), List.of());
        var clause =
                new Clause(FieldPath.of("email"), FieldType.EMAIL, Operator.EQ, List.of(Value.of("Ada@Example.org")));
        var page = search.find(SearchQuery.all(CONTACTS, 10).matching(clause), Optional.empty());

        assertThat(page.records()).extracting(CrmRecord::key).containsExactly(ada);
        assertThat(page.consistency()).isEqualTo(Consistency.STRONG);
    }

    @Test
    void an_index_that_lags_shows_nothing_that_is_not_so() {
        save(deal(1), DEALS, Map.of("stage", Value.of("new")), Life.State.ALIVE);
        index.write(List.of(), List.of(new IndexStore.Entry(ObjectType.DEAL, "stage", "won", new RecordId(1))));
        var page = search.find(
                SearchQuery.all(DEALS, 10).matching(clause("stage", Operator.EQ, Value.of("won"))), Optional.empty());

        assertThat(page.records()).isEmpty();
        assertThat(page.consistency()).isEqualTo(Consistency.EVENTUAL);
    }

    @Test
    void a_clause_on_a_linked_record_is_met_through_the_link() {
        deals(30, new Random(16));
        var acme = new RecordKey(ObjectType.COMPANY, new RecordId(900));
        save(acme, Filterable.standard(ObjectType.COMPANY), Map.of("country", Value.of("DE")), Life.State.ALIVE);
        save(deal(3), DEALS, Map.of("stage", Value.of("won")), Life.State.ALIVE);
        links.put(new LinkStore.Statement(new Link(deal(3), acme, ""), true, new Stamp(1, 1)));
        var german = new Clause(
                new FieldPath(Optional.of(ObjectType.COMPANY), "country"),
                FieldType.STRING,
                Operator.EQ,
                List.of(Value.of("de")));

        assertThat(walk(SearchQuery.all(DEALS, 10)
                        .matching(new All(List.of(german, clause("stage", Operator.EQ, Value.of("won")))))))
                .extracting(CrmRecord::key)
                .containsExactly(deal(3));
        assertThat(walk(SearchQuery.all(DEALS, 10).matching(german)))
                .extracting(CrmRecord::key)
                .containsExactly(deal(3));
    }

    @Test
    void a_place_of_another_search_is_refused() {
        assertThatThrownBy(() -> search.find(SearchQuery.all(DEALS, 10), Optional.of("x1:2:")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> search.find(
                        SearchQuery.all(DEALS, 10), Optional.of("f" + feed.end().text())))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
