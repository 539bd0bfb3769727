/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.CrmRecord;
import io.signalbox.model.CustomField;
import io.signalbox.model.CustomField.Upkeep;
import io.signalbox.model.FieldDef;
import io.signalbox.model.FieldType;
import io.signalbox.model.Life;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Property;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Stamp;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.model.filter.Filterable;
import io.signalbox.store.Definitions;
import io.signalbox.store.IndexStore;
import io.signalbox.store.IndexStore.Entry;
import io.signalbox.store.JobStore.State;
import io.signalbox.store.MemoryDocumentStore;
import io.signalbox.store.MemoryIndexStore;
import io.signalbox.store.MemoryJobStore;
import io.signalbox.store.MemoryRecordStore;
import io.signalbox.store.SchemaCache;
import io.signalbox.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FieldJobsTest {

    private static final Instant NOW = Instant.parse("2036-03-01T12:00:00Z");
    private static final CustomField TIER = new CustomField(new FieldDef("tier", FieldType.STRING), "Tier");
    private static final String SHOWN = "custom.tier";

    private final SettableClock clock = new SettableClock(NOW);
    private final MemoryDocumentStore documents = new MemoryDocumentStore();
    private final Definitions definitions = new Definitions(documents);
    private final SchemaCache schemas = new SchemaCache(documents, clock);
    private final MemoryRecordStore records = new MemoryRecordStore(schemas);
    private final MemoryJobStore jobs = new MemoryJobStore(clock);
    private Runnable meanwhile = () -> {};
    private final MemoryIndexStore stored = new MemoryIndexStore();
    private final FieldJobs fieldJobs = new FieldJobs(definitions, records, new Overtaken(), jobs, clock);

    /** An index whose writers others overtake. */
    private final class Overtaken implements IndexStore {
        @Override
        public void write(Collection<Entry> removed, Collection<Entry> added) {
            var once = meanwhile;
            meanwhile = () -> {};
            once.run();
            stored.write(removed, added);
        }

        @Override
        public Iterator<Entry> scan(
                ObjectType object, String field, Range range, Optional<Position> after, boolean descending, int page) {
            return stored.scan(object, field, range, after, descending, page);
        }
    }

    private static CrmRecord contact(long id, String tier) {
        var stamp = new Stamp(NOW.toEpochMilli(), id);
        return new CrmRecord(
                new RecordKey(ObjectType.CONTACT, new RecordId(id)),
                0,
                stamp.millis(),
                stamp.millis(),
                Life.UNSAID,
                Optional.empty(),
                new TreeSet<>(),
                Map.of("tier", new Property(Value.of(tier), stamp)),
                Map.of(),
                new TreeSet<>(),
                Long.MIN_VALUE,
                Optional.empty(),
                Optional.empty());
    }

    private void save(CrmRecord record) {
        records.save(records.get(record.key()), record, true);
    }

    private void define(CustomField field) {
        var held = definitions.get(ObjectType.CONTACT).orElseThrow();
        assertThat(definitions.put(held.next(List.of(field.withJob("job-1"))))).isTrue();
        jobs.create(FieldJobs.build("job-1", "client-1", held.schema(), field, clock.instant()));
    }

    private CustomField held() {
        return definitions
                .get(ObjectType.CONTACT)
                .orElseThrow()
                .schema()
                .own("tier")
                .orElseThrow();
    }

    private List<String> indexed(String field) {
        var found = new ArrayList<String>();
        stored.scan(ObjectType.CONTACT, field, IndexStore.Range.ALL, Optional.empty(), false, 100)
                .forEachRemaining(entry -> found.add(entry.value() + " " + entry.id()));
        return found;
    }

    private void later() {
        clock.advance(SchemaCache.SEEN_BY_ALL);
    }

    @Test
    void records_that_were_there_before_are_in_the_index_of_a_field_that_became_filterable() {
        for (var id = 1; id <= 450; id++) {
            save(contact(id, "t" + id % 3));
        }
        define(TIER.withFilterable(Upkeep.BUILDING));

        assertThat(fieldJobs.runOpen(10, () -> true))
                .as("not before all have seen it")
                .isZero();
        later();
        assertThat(fieldJobs.runOpen(10, () -> true)).isEqualTo(1);
        assertThat(indexed(SHOWN)).hasSize(450).contains("t1 1", "t0 450");
        assertThat(held().filterable()).isEqualTo(Upkeep.READY);
        var job = jobs.get("job-1").orElseThrow();
        assertThat(job.state()).isEqualTo(State.SUCCEEDED);
        assertThat(job.outcome().at("records")).isEqualTo(Value.of(450));
        assertThat(Filterable.of(definitions
                                .get(ObjectType.CONTACT)
                                .orElseThrow()
                                .schema())
                        .type(SHOWN))
                .isPresent();
    }

    @Test
    void a_job_that_is_cut_off_goes_on_where_it_was() {
        for (var id = 1; id <= 450; id++) {
            save(contact(id, "t"));
        }
        define(TIER.withFilterable(Upkeep.BUILDING));
        later();
        var steps = new int[1];
        assertThat(fieldJobs.runOpen(10, () -> steps[0]++ < 2)).isZero();

        var job = jobs.get("job-1").orElseThrow();
        assertThat(job.state()).isEqualTo(State.RUNNING);
        assertThat(job.outcome().at("records")).isEqualTo(Value.of(200));
        assertThat(held().filterable()).isEqualTo(Upkeep.BUILDING);
        assertThat(fieldJobs.runOpen(10, () -> true)).isEqualTo(1);
        assertThat(indexed(SHOWN)).hasSize(450);
        assertThat(jobs.get("job-1").orElseThrow().outcome().at("records")).isEqualTo(Value.of(450));
    }

    @Test
    void a_record_that_changes_while_it_is_written_into_the_index_leaves_no_old_entry() {
        save(contact(1, "old"));
        define(TIER.withFilterable(Upkeep.BUILDING));
        later();
        meanwhile = () -> {
            save(contact(1, "new"));
            stored.write(List.of(), List.of(new Entry(ObjectType.CONTACT, SHOWN, "new", new RecordId(1))));
        };
        fieldJobs.runOpen(10, () -> true);

        assertThat(indexed(SHOWN)).containsExactly("new 1");
    }

    @Test
    void records_that_were_there_before_are_found_by_a_field_that_became_unique() {
        save(contact(1, "A-1"));
        save(contact(2, "A-2"));
        define(TIER.withUnique(Upkeep.BUILDING));
        later();
        assertThat(fieldJobs.runOpen(10, () -> true)).isEqualTo(1);

        assertThat(held().unique()).isEqualTo(Upkeep.READY);
        var key = new UniqueKey(ObjectType.CONTACT, "tier", "A-2");
        assertThat(records.find(List.of(key))).containsEntry(key, new RecordId(2));
        assertThat(indexed(SHOWN)).isEmpty();
    }

    @Test
    void two_records_of_one_value_fail_the_job_which_names_both() {
        save(contact(1, "A-1"));
        save(contact(2, "A-1"));
        define(TIER.withUnique(Upkeep.BUILDING));
        later();
        assertThat(fieldJobs.runOpen(10, () -> true)).isEqualTo(1);

        assertThat(held().unique()).isEqualTo(Upkeep.FAILED);
        var job = jobs.get("job-1").orElseThrow();
        assertThat(job.state()).isEqualTo(State.FAILED);
        assertThat(job.outcome().at("duplicates"))
                .isEqualTo(Value.of(List.of(Value.of(Map.of("id", Value.of("2"), "existing_id", Value.of("1"))))));
    }

    @Test
    void the_index_of_a_field_that_is_filterable_no_more_goes_and_others_stay() {
        save(contact(1, "t"));
        define(TIER.withFilterable(Upkeep.BUILDING));
        later();
        fieldJobs.runOpen(10, () -> true);
        stored.write(List.of(), List.of(new Entry(ObjectType.CONTACT, "country", "de", new RecordId(1))));
        var held = definitions.get(ObjectType.CONTACT).orElseThrow();
        definitions.put(held.next(List.of(TIER)));
        jobs.create(FieldJobs.drop("job-2", "client-1", held.schema(), TIER, clock.instant()));
        later();
        fieldJobs.runOpen(10, () -> true);

        assertThat(indexed(SHOWN)).isEmpty();
        assertThat(indexed("country")).containsExactly("de 1");
        assertThat(jobs.get("job-2").orElseThrow().state()).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void a_job_whose_field_has_gone_or_has_another_job_by_now_does_nothing() {
        save(contact(1, "t"));
        define(TIER.withFilterable(Upkeep.BUILDING));
        var held = definitions.get(ObjectType.CONTACT).orElseThrow();
        definitions.put(held.next(List.of()));
        clock.advance(Duration.ofMinutes(5));
        fieldJobs.runOpen(10, () -> true);

        assertThat(indexed(SHOWN)).isEmpty();
        assertThat(jobs.get("job-1").orElseThrow().outcome().at("superseded")).isEqualTo(Value.TRUE);
    }
}
