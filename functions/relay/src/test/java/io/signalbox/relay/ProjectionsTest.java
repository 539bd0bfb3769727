/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.CustomField;
import io.signalbox.model.EventId;
import io.signalbox.model.ExternalId;
import io.signalbox.model.FieldDef;
import io.signalbox.model.FieldType;
import io.signalbox.model.Life;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Property;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.SchemaSet;
import io.signalbox.model.Schemas;
import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import io.signalbox.model.Stamp;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.model.filter.Filterable;
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.DynamoRecordStore;
import io.signalbox.store.FeedStore;
import io.signalbox.store.FeedStore.Kind;
import io.signalbox.store.FeedToken;
import io.signalbox.store.IndexStore;
import io.signalbox.store.LinkStore;
import io.signalbox.store.Links;
import io.signalbox.store.MemoryFeedStore;
import io.signalbox.store.MemoryIndexStore;
import io.signalbox.store.MemoryLinkStore;
import io.signalbox.store.RecordStore;
import io.signalbox.testkit.LocalAws;
import io.signalbox.testkit.SettableClock;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records as the store writes them, and what the relay makes of their images. */
class ProjectionsTest {

    private static final ConnectionId CRM = new ConnectionId("crm");
    private static final RecordKey ADA = new RecordKey(ObjectType.CONTACT, new RecordId(5));
    private static final RecordKey ACME = new RecordKey(ObjectType.COMPANY, new RecordId(7));

    private final LocalAws aws = LocalAws.fresh();
    private final SettableClock clock = SettableClock.at("2036-03-01T00:00:00Z");
    private final RecordStore records =
            new DynamoRecordStore(aws.dynamo(), aws.table("RecordsTable"), clock, new ConsumedUnits());
    private final MemoryIndexStore index = new MemoryIndexStore();
    private final MemoryFeedStore feed = new MemoryFeedStore(clock);
    private final MemoryLinkStore links = new MemoryLinkStore();
    private final FeedToken start = feed.end();
    private final Map<RecordKey, Map<String, AttributeValue>> images = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private SchemaSet schemas = SchemaSet.STANDARD;
    private final FilterableFields filterable = new FilterableFields(() -> schemas);

    @AfterEach
    void stop() {
        aws.close();
    }

    private static CrmRecord record(RecordKey key, Map<String, String> texts, Life.State state, String... externalIds) {
        var stamp = new Stamp(1_000, 1);
        var properties = new TreeMap<String, Property>();
        texts.forEach((name, text) -> properties.put(name, new Property(Value.of(text), stamp)));
        var ids = new TreeSet<ExternalId>();
        for (var id : externalIds) {
            ids.add(new ExternalId(CRM, id));
        }
        return new CrmRecord(
                key,
                0,
                1_000,
                2_000,
                new Life(state, stamp),
                Optional.empty(),
                ids,
                properties,
                Map.of(),
                new TreeSet<>(),
                Long.MIN_VALUE,
                Optional.empty(),
                Optional.empty());
    }

    private static CrmRecord ada(String company, String city) {
        return record(ADA, Map.of("company", company, "city", city), Life.State.ALIVE);
    }

    private void save(CrmRecord record) {
        var key = record.key();
        var before = images.get(key);
        records.save(records.get(key), record, false);
        var pk = "R#" + key.object() + "#" + key.id();
        var item = aws.dynamo()
                .getItem(get ->
                        get.tableName(aws.table("RecordsTable")).key(Map.of("pk", dynamo(pk), "sk", dynamo("R"))))
                .item();
        var image = new HashMap<String, AttributeValue>();
        image.put("v", new AttributeValue().withN(item.get("v").n()));
        image.put(
                "b",
                new AttributeValue().withB(ByteBuffer.wrap(item.get("b").b().asByteArray())));
        images.put(key, image);
        changes.add(new Change("s" + changes.size(), pk, "R", Optional.ofNullable(before), Optional.of(image)));
    }

    private static software.amazon.awssdk.services.dynamodb.model.AttributeValue dynamo(String text) {
        return software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS(text);
    }

    private void relay() {
        var consumers = List.of(
                new Projections(index, feed, filterable, new EventCounts(records)),
                new LinkKeeper(new Links(records, links)));
        for (var change : changes) {
            consumers.forEach(consumer -> consumer.accept(change));
        }
        for (var consumer : consumers) {
            assertThat(consumer.finish()).isEmpty();
        }
    }

    private List<String> indexed() {
        return index.all().stream()
                .filter(entry -> !entry.field().equals("created_at"))
                .map(entry -> entry.field() + "=" + entry.value())
                .toList();
    }

    private static IndexStore recording(List<IndexStore.Entry> writes) {
        return new IndexStore() {
            @Override
            public void write(Collection<Entry> removed, Collection<Entry> added) {
                writes.addAll(removed);
                writes.addAll(added);
            }

            @Override
            public Iterator<Entry> scan(
                    ObjectType object,
                    String field,
                    Range range,
                    Optional<Position> after,
                    boolean descending,
                    int page) {
                throw new AssertionError("nobody asks");
            }
        };
    }

    private List<FeedStore.Change> told() {
        return ((FeedStore.Reading.Changes) feed.read(start, 100))
                .entries().stream().map(FeedStore.Entry::change).toList();
    }

    @Test
    void a_record_is_indexed_by_what_is_filterable_as_it_is_after_the_batch() {
        save(ada("Acme", "Graz"));
        save(ada("Bolt", "Graz"));
        relay();
        relay();

        assertThat(indexed()).containsExactly("company=bolt");
        assertThat(told())
                .containsExactly(new FeedStore.Change(
                        ADA, 2, Kind.CREATED, Instant.ofEpochMilli(2_000), List.of("city", "company")));
    }

    @Test
    void a_change_of_what_is_not_filterable_writes_no_entry() {
        save(ada("Acme", "Graz"));
        relay();
        changes.clear();
        save(ada("Acme", "Linz"));
        var writes = new ArrayList<IndexStore.Entry>();
        var projections = new Projections(recording(writes), feed, Filterable::standard, new EventCounts(records));
        changes.forEach(projections::accept);
        projections.finish();

        assertThat(writes).isEmpty();
        assertThat(told().getLast().fields()).containsExactly("city");
    }

    @Test
    void a_deleted_record_stands_among_the_dead_until_it_is_restored() {
        save(ada("Acme", "Graz"));
        save(record(ADA, Map.of("company", "Acme"), Life.State.DELETED));
        relay();
        assertThat(indexed()).containsExactly(":dead=");
        changes.clear();
        save(ada("Acme", "Graz"));
        relay();

        assertThat(indexed()).containsExactly("company=acme");
        assertThat(told()).extracting(FeedStore.Change::kind).containsExactly(Kind.DELETED, Kind.RESTORED);
    }

    @Test
    void an_expired_tombstone_leaves_nothing_and_tells_nothing() {
        save(record(ADA, Map.of(), Life.State.DELETED));
        relay();
        var image = changes.getFirst().after();
        changes.clear();
        changes.add(new Change("s9", "R#contact#5", "R", image, Optional.empty()));
        relay();

        assertThat(index.all()).isEmpty();
        assertThat(told()).hasSize(1);
    }

    @Test
    void what_a_vendor_says_of_an_association_is_a_link_once_both_are_there() {
        save(ada("Acme", "Graz"));
        var event = new CanonicalEvent(
                EventId.of("e1"),
                "association.added",
                "contact.associationChange",
                new VendorId("hubspot"),
                CRM,
                ObjectType.CONTACT,
                new Subject.Own(ADA.id()),
                clock.instant(),
                Map.of(),
                List.of(),
                Map.of("association", Value.of("CONTACT_TO_COMPANY"), "to_id", Value.of("77")));
        var segment = new Segment(
                SegmentId.create(clock.instant(), new Random(1)),
                List.of(new Segment.Entry(ADA, event)),
                Map.of(ADA, Optional.empty()));
        records.append(segment);
        var item = aws.dynamo().scan(scan -> scan.tableName(aws.table("RecordsTable"))).items().stream()
                .filter(held -> held.get("sk").s().equals(segment.id().value()))
                .findFirst()
                .orElseThrow();
        changes.add(new Change(
                "s1",
                item.get("pk").s(),
                item.get("sk").s(),
                Optional.empty(),
                Optional.of(Map.of(
                        "b",
                        new AttributeValue()
                                .withB(ByteBuffer.wrap(item.get("b").b().asByteArray()))))));
        relay();
        assertThat(links.list(ADA, Optional.empty(), Optional.empty(), 10)).isEmpty();

        changes.clear();
        save(record(ACME, Map.of("name", "Acme"), Life.State.ALIVE, "77"));
        relay();
        assertThat(links.list(ADA, Optional.empty(), Optional.empty(), 10))
                .extracting(LinkStore.Linked::other)
                .containsExactly(ACME);

        changes.clear();
        save(record(ADA, Map.of(), Life.State.ERASED));
        relay();
        assertThat(links.list(ACME, Optional.empty(), Optional.empty(), 10)).isEmpty();
    }

    @Test
    void a_field_that_users_make_filterable_is_in_the_index_from_then_on() {
        save(ada("Acme", "Graz"));
        relay();
        var city = new CustomField(new FieldDef("city", FieldType.STRING), "City");
        var contact = Schemas.of(ObjectType.CONTACT).orElseThrow();
        schemas = new SchemaSet(List.of(contact.withOwn(List.of(city.withFilterable(CustomField.Upkeep.BUILDING)))));
        save(ada("Acme", "Wien"));
        relay();

        assertThat(index.scan(ObjectType.CONTACT, "city", IndexStore.Range.ALL, Optional.empty(), false, 9)
                        .next()
                        .value())
                .isEqualTo("wien");
    }
}
