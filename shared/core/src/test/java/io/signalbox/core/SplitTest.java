/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static io.signalbox.core.Histories.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.EventId;
import io.signalbox.model.ExternalId;
import io.signalbox.model.Identity;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SplitTest {

    private static final ExternalId CRM = new ExternalId(new ConnectionId("crm"), "1");
    private static final ExternalId SHOP = new ExternalId(new ConnectionId("shop"), "1");

    private final World world = new World(1);

    private static CanonicalEvent update(String id, ExternalId who, int second, String name, String value) {
        return Identity.claiming(new CanonicalEvent(
                EventId.of("split", id),
                "contact.updated",
                "contact.updated",
                new VendorId("standard"),
                who.connection(),
                ObjectType.CONTACT,
                new Subject.External(who),
                START.plusSeconds(second),
                Map.of(name, Value.of(value)),
                List.of(),
                Map.of()));
    }

    private void joined() {
        world.apply(update("a", CRM, 1, "email", "ada@example.com"));
        world.apply(update("b", CRM, 2, "job_title", "CTO"));
        world.apply(update("c", SHOP, 3, "city", "Graz"));
        world.apply(update("d", SHOP, 4, "email", "Ada@example.com"));
        assertThat(record(CRM).key()).isEqualTo(record(SHOP).key());
    }

    private CrmRecord record(ExternalId id) {
        return world.find(id).orElseThrow();
    }

    private Separated split(ExternalId from, ExternalId... ids) {
        return world.pipeline.split(record(from).key(), Set.of(ids), Set.of());
    }

    @Test
    void each_of_the_two_has_what_its_own_events_said_and_no_more() {
        joined();
        var before = record(CRM).key();
        var done = (Separated.Done) split(CRM, SHOP);

        assertThat(record(CRM)).isEqualTo(done.remaining());
        assertThat(record(SHOP)).isEqualTo(done.parted());
        assertThat(done.remaining().key()).isEqualTo(before);
        assertThat(done.remaining().properties()).containsOnlyKeys("email", "job_title");
        assertThat(done.remaining().externalIds()).contains(CRM).doesNotContain(SHOP);
        assertThat(done.parted().properties()).containsOnlyKeys("email", "city");
        assertThat(done.parted().score()).isPresent();
        assertThat(types(done.remaining())).containsExactly("contact.split", "contact.updated", "contact.updated");
        assertThat(types(done.parted())).containsExactly("contact.split", "contact.updated", "contact.updated");
        assertThat(world.records.journal().stream()
                        .mapToInt(segment -> segment.events().size())
                        .sum())
                .isEqualTo(6);
    }

    private List<String> types(CrmRecord record) {
        return world.history(record).stream().map(CanonicalEvent::type).toList();
    }

    @Test
    void what_was_split_off_stays_apart_whatever_address_it_says() {
        joined();
        split(CRM, SHOP);
        world.apply(update("e", SHOP, 5, "email", "ada@example.com"));
        world.apply(update("f", CRM, 6, "email", "ada@home.example"));
        world.apply(update("g", SHOP, 7, "email", "ada@home.example"));
        assertThat(world.apply(update("d", SHOP, 4, "email", "Ada@example.com")))
                .isInstanceOf(Outcome.Duplicate.class);
        assertThat(record(SHOP).key()).isNotEqualTo(record(CRM).key());

        var desk = new ExternalId(new ConnectionId("desk"), "1");
        world.apply(update("h", desk, 8, "email", "ada@home.example"));
        assertThat(record(desk).key()).isEqualTo(record(CRM).key());
    }

    @Test
    void a_vendors_merge_that_is_sent_again_does_not_take_the_split_back_but_a_new_one_does() {
        world.apply(update("a", CRM, 1, "job_title", "CTO"));
        world.apply(update("b", SHOP, 2, "city", "Graz"));
        var merge = Identity.withMerged(update("m", CRM, 3, "state", "x"), List.of(SHOP));
        world.apply(merge);
        split(CRM, CRM);
        assertThat(world.apply(merge)).isInstanceOf(Outcome.Duplicate.class);
        assertThat(record(SHOP).key()).isNotEqualTo(record(CRM).key());
        world.apply(Identity.withMerged(update("l", CRM, 4, "state", "z"), List.of(SHOP)));
        split(CRM, SHOP);
        assertThat(world.apply(merge)).isInstanceOf(Outcome.Duplicate.class);
        assertThat(record(SHOP).key()).isNotEqualTo(record(CRM).key());

        world.apply(Identity.withMerged(update("n", CRM, 4, "state", "y"), List.of(SHOP)));
        assertThat(record(SHOP).key()).isEqualTo(record(CRM).key());
        assertThat(record(SHOP).value("city")).isEqualTo(Value.of("Graz"));
    }

    @Test
    void a_connection_is_split_off_whole() {
        joined();
        var done = world.pipeline.split(record(CRM).key(), Set.of(), Set.of(SHOP.connection()));
        assertThat(done).isInstanceOf(Separated.Done.class);
        assertThat(record(SHOP).value("city")).isEqualTo(Value.of("Graz"));
    }

    @Test
    void what_cannot_be_split_is_said_and_nothing_is_written() {
        joined();
        var writes = world.records.writes();
        var stranger = new ExternalId(new ConnectionId("crm"), "9");
        assertThat(split(CRM, stranger)).isInstanceOf(Separated.Nothing.class);
        assertThat(split(CRM, CRM, SHOP)).isInstanceOf(Separated.Nothing.class);
        var nobody = new RecordKey(ObjectType.CONTACT, new RecordId(5));
        assertThat(world.pipeline.split(nobody, Set.of(SHOP), Set.of())).isInstanceOf(Separated.Missing.class);
        assertThat(world.records.writes()).isEqualTo(writes);
    }

    @Test
    void whoever_writes_meanwhile_is_in_the_records_too() {
        joined();
        world.records.beforeNextSave(() -> world.apply(update("e", SHOP, 5, "phone", "+4930123456")));
        split(CRM, SHOP);
        assertThat(record(SHOP).value("phone")).isEqualTo(Value.of("+4930123456"));
        assertThat(record(CRM).properties()).doesNotContainKey("phone");
    }

    /**
     * Half of the events, a split, the other half and the first half again: whatever their order, it ends the same. No
     * vendor merges after the split: what it merges with a record apart no address joins any more, but has perhaps before.
     */
    @Test
    void the_order_of_events_before_and_after_a_split_leaves_no_trace() {
        var splits = 0;
        for (var seed = 0; seed < 200; seed++) {
            var crowd = new Crowds(seed, 2, 0);
            var all = crowd.events();
            var half = all.subList(0, all.size() / 2);
            var events = new ArrayList<>(half);
            all.subList(half.size(), all.size()).stream()
                    .filter(event -> event.merged().stream().allMatch(Identity::isClaim))
                    .forEach(events::add);
            var expected = afterSplit(seed, half, events, new Random(seed));
            for (var i = 0; i < 2; i++) {
                var first = crowd.disturbed(half);
                var rest = crowd.disturbed(events);
                assertThat(afterSplit(seed, first, rest, crowd.random()))
                        .as("seed %d", seed)
                        .isEqualTo(expected);
            }
            splits += expected.isEmpty() ? 0 : 1;
        }
        assertThat(splits).isGreaterThan(30);
    }

    /** The properties and ids of all records in the end; nothing where there was nothing to split. */
    private static Set<List<Object>> afterSplit(
            long seed, List<CanonicalEvent> first, List<CanonicalEvent> rest, Random cuts) {
        var world = new World(seed);
        apply(world, first, cuts);
        for (var id : new Crowds(seed, 2, 0).everybody()) {
            var record = world.find(id);
            if (record.isPresent()
                    && world.pipeline.split(record.get().key(), Set.of(id), Set.of()) instanceof Separated.Done) {
                apply(world, rest, cuts);
                var state = new HashSet<List<Object>>();
                for (var each : new Crowds(seed, 2, 0).everybody()) {
                    world.find(each)
                            .ifPresent(found -> state.add(List.of(
                                    each, without(found.externalIds()), found.properties(), found.engagement())));
                }
                return state;
            }
        }
        return Set.of();
    }

    /** The mark holds the record's id, which is drawn. */
    private static List<ExternalId> without(Set<ExternalId> ids) {
        return ids.stream()
                .filter(id -> !id.connection().equals(Identity.APART))
                .toList();
    }

    private static void apply(World world, List<CanonicalEvent> events, Random cuts) {
        var left = new ArrayList<>(events);
        while (!left.isEmpty()) {
            var batch = List.copyOf(left.subList(0, Math.min(left.size(), 1 + cuts.nextInt(8))));
            left.subList(0, batch.size()).clear();
            assertThat(world.pipeline.apply(batch)).noneMatch(Outcome.Failed.class::isInstance);
        }
    }
}
