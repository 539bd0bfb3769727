/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.processor;

import static io.signalbox.processor.Bench.contact;
import static io.signalbox.processor.Bench.message;
import static io.signalbox.processor.Bench.received;
import static io.signalbox.processor.Bench.standard;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.Delivery;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordKey;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.processor.DeadLetters.Reason;
import io.signalbox.processor.Tally.Count;
import io.signalbox.queue.DeliveryCodec;
import io.signalbox.store.MemoryControlStore;
import io.signalbox.store.MemoryRecordStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeliveriesTest {

    private final Bench bench = new Bench();
    private final MemoryRecordStore records = new MemoryRecordStore();
    private final MemoryControlStore control = new MemoryControlStore(bench.clock);
    private final Deliveries deliveries = bench.deliveries(records, control);

    private Value value(String person, String property) {
        var key = UniqueKey.external(ObjectType.CONTACT, new ExternalId(Bench.CONNECTION, person));
        var id = records.find(List.of(key)).get(key);
        return id == null
                ? Value.NULL
                : records.get(new RecordKey(ObjectType.CONTACT, id))
                        .orElseThrow()
                        .value(property);
    }

    @Test
    void a_delivery_ends_in_its_record() {
        assertThat(bench.handle(deliveries, contact("m", "1", "city", "Graz"))).isEmpty();
        assertThat(value("1", "city")).isEqualTo(Value.of("Graz"));
        assertThat(bench.tally.counts()).containsOnly(Map.entry("events", 1L), Map.entry("applied", 1L));
    }

    @Test
    void a_connections_own_mappings_are_applied() {
        control.putSettings(
                Bench.CONNECTION,
                new ConnectionSettings(
                        Map.of(ObjectType.CONTACT, Map.of("city", Optional.of("town"), "shoe", Optional.empty())),
                        Optional.of("DE"),
                        Optional.empty(),
                        Map.of()));
        bench.handle(
                deliveries,
                contact("a", "1", "city", "Graz"),
                contact("b", "1", "shoe", "42"),
                contact("c", "1", "phone", "030 5557 0142"));
        assertThat(value("1", "town")).isEqualTo(Value.of("Graz"));
        assertThat(value("1", "city")).isEqualTo(Value.NULL);
        assertThat(value("1", "shoe")).isEqualTo(Value.NULL);
        assertThat(value("1", "phone")).isEqualTo(Value.of("+493055570142"));
    }

    @Test
    void a_delivery_that_came_twice_counts_as_a_duplicate() {
        bench.handle(deliveries, contact("m", "1", "city", "Graz"), contact("m", "1", "city", "Graz"));
        assertThat(bench.tally.get(Count.APPLIED)).isEqualTo(1);
        assertThat(bench.tally.get(Count.DUPLICATES)).isEqualTo(1);
    }

    @Test
    void what_cannot_be_read_goes_to_the_dead_letters_with_its_reason_and_stops_nobody() {
        var body = "{}".getBytes(StandardCharsets.UTF_8);
        var foreign = new Delivery(new VendorId("unheard-of"), Bench.CONNECTION, Bench.NOW, "c", Map.of(), body);
        var again = bench.handle(
                deliveries,
                message("a", "not a delivery"),
                standard("b", "{\"type\":\"contact.updated\","),
                message("c", DeliveryCodec.encode(foreign)),
                contact("d", "1", "city", "Graz"));
        assertThat(again).isEmpty();
        assertThat(bench.buried)
                .containsEntry("a", new Reason("the message is not a delivery", "the message has no header line"))
                .containsEntry("c", new Reason("the delivery is of a vendor that is not known", ""))
                .hasSize(3);
        assertThat(bench.buried.get("b").reason()).isEqualTo("the delivery is not what its vendor sends");
        assertThat(bench.buried.get("b").detail()).contains("ends too early");
        assertThat(value("1", "city")).isEqualTo(Value.of("Graz"));
    }

    @Test
    void what_the_dead_letters_do_not_take_comes_again() {
        bench.deadLettersAway = true;
        assertThat(bench.handle(deliveries, message("a", "not a delivery"), contact("b", "1", "city", "Graz")))
                .containsExactly("a");
    }

    @Test
    void an_event_that_no_mapping_knows_is_kept_and_counted() {
        bench.handle(deliveries, standard("m", "{\"type\":\"nonsense\",\"data\":{}}"));
        assertThat(bench.tally.get(Count.RAW)).isEqualTo(1);
        assertThat(bench.tally.get(Count.APPLIED)).isEqualTo(1);
    }

    @Test
    void while_the_storage_is_away_messages_come_again_until_their_last_time() {
        var away = bench.deliveries(new AwayRecordStore(), control);
        assertThat(bench.handle(
                        away, contact("a", "1", "city", "Graz"), received(contact("b", "2", "city", "Graz"), 4)))
                .containsExactly("a", "b");
        assertThat(bench.handle(away, received(contact("b", "2", "city", "Graz"), 5)))
                .isEmpty();
        assertThat(bench.buried)
                .containsOnlyKeys("b")
                .containsEntry("b", new Reason("the storage did not answer", "1 of 1 events failed"));
    }

    @Test
    void without_time_left_nothing_is_begun_and_all_comes_again() {
        var message = contact("a", "1", "city", "Graz");
        var done = new Done();
        deliveries.handle(List.of(message), () -> false, bench.tally, done);
        assertThat(Bench.again(done, message)).containsExactly("a");
        assertThat(value("1", "city")).isEqualTo(Value.NULL);
    }

    @Test
    void when_time_runs_out_what_was_done_stays_done() {
        var messages = new ArrayList<SQSMessage>();
        IntStream.range(0, 1_500).forEach(i -> messages.add(contact("m" + i, "p" + i, "city", "Graz")));
        var done = new Done();
        var calls = new int[1];
        deliveries.handle(messages, () -> calls[0]++ == 0, bench.tally, done);
        assertThat(Bench.again(done, messages.toArray(SQSMessage[]::new))).hasSize(500);
        assertThat(bench.tally.get(Count.APPLIED)).isEqualTo(1_000);
    }

    @Test
    void nothing_of_a_body_is_in_the_log() {
        bench.handle(
                deliveries,
                contact("a", "1", "email", "secret@example.com"),
                standard("b", "{\"email\":\"secret@example.com\""),
                message("c", "secret@example.com"));
        assertThat(bench.log()).contains("dead-letter").doesNotContain("secret");
    }
}
