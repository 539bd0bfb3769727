/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.signalbox.model.ConnectionSettings;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.Delivery;
import io.signalbox.model.ExternalId;
import io.signalbox.model.ObjectType;
import io.signalbox.model.RecordKey;
import io.signalbox.model.UniqueKey;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.outbound.Pushed;
import io.signalbox.outbound.Reach.Granted;
import io.signalbox.outbound.Reaches;
import io.signalbox.queue.DeliveryCodec;
import io.signalbox.queue.FetchJob;
import io.signalbox.store.MemoryControlStore;
import io.signalbox.store.MemoryRecordStore;
import io.signalbox.vendors.Vendor;
import io.signalbox.vendors.Vendors;
import io.signalbox.vendors.client.App.Flow;
import io.signalbox.vendors.client.ReadBack;
import io.signalbox.vendors.client.Remote;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompletionsTest {

    private final Bench bench = new Bench();
    private final MemoryRecordStore records = new MemoryRecordStore();
    private final Deliveries deliveries = bench.deliveries(records, new MemoryControlStore(bench.clock));
    private final Reaches reaches = new Reaches(bench.states, bench.clock);

    private void grant() {
        var granted = new Granted(Flow.TOKEN, Bench.NOW, List.of(), List.of(), 0);
        reaches.update(
                Bench.CONNECTION, reach -> reach.withGrant(granted).pushing(Set.of("lead_grade", "hs_lead_status")));
    }

    private static SQSMessage hubspot(String id, String type, String object, String more) {
        var at = Bench.NOW.toEpochMilli();
        var body = "[{\"eventId\":" + id + ",\"portalId\":3,\"occurredAt\":" + at + ",\"subscriptionType\":\"" + type
                + "\",\"objectId\":" + object + more + "}]";
        return Bench.message(
                "m" + id,
                DeliveryCodec.encode(new Delivery(
                        new VendorId("hubspot"),
                        Bench.CONNECTION,
                        Bench.NOW,
                        "c",
                        Map.of(),
                        body.getBytes(StandardCharsets.UTF_8))));
    }

    private static SQSMessage created(String id, String object) {
        return hubspot(id, "contact.creation", object, "");
    }

    private CrmRecord contact(String external) {
        var key = UniqueKey.external(ObjectType.CONTACT, new ExternalId(Bench.CONNECTION, external));
        return records.get(new RecordKey(
                        ObjectType.CONTACT, records.find(List.of(key)).get(key)))
                .orElseThrow();
    }

    @Test
    void thin_events_mark_their_records_and_ask_for_them_together() {
        grant();
        assertThat(bench.handle(deliveries, created("1", "17"), created("2", "18"), created("3", "17")))
                .isEmpty();
        assertThat(contact("17").value(ReadBack.PENDING)).isEqualTo(Value.TRUE);
        var job = bench.fetches.take();
        assertThat(job).hasSize(1);
        assertThat(((FetchJob.Read) job.getFirst().task()).asOf()).containsOnlyKeys("17", "18");
    }

    @Test
    void without_access_nothing_is_marked_or_asked_for() {
        bench.handle(deliveries, created("1", "17"));
        assertThat(contact("17").properties()).doesNotContainKey(ReadBack.PENDING);
        assertThat(bench.fetches.take()).isEmpty();
    }

    @Test
    void an_event_that_comes_again_asks_again_for_nobody_knows_whether_the_first_asking_arrived() {
        grant();
        bench.fetches.setAway(true);
        assertThat(bench.handle(deliveries, created("1", "17"))).containsExactly("m1");
        bench.fetches.setAway(false);
        assertThat(bench.handle(deliveries, created("1", "17"))).isEmpty();
        assertThat(bench.fetches.take()).hasSize(1);
    }

    @Test
    void nobody_asks_for_an_erased_person() {
        grant();
        bench.handle(deliveries, hubspot("1", "contact.privacyDeletion", "17", ""));
        bench.handle(deliveries, created("2", "17"));
        assertThat(bench.fetches.take()).isEmpty();
    }

    @Test
    void the_report_of_our_own_change_is_a_state_and_no_event_that_fires() {
        grant();
        var own = ",\"propertyName\":\"lead_grade\",\"propertyValue\":\"A1\"";
        var written = Map.of("lead_grade", Value.of("A1"), "hs_lead_status", Value.of("IN_PROGRESS"));
        new Pushed(bench.states, bench.clock)
                .begin(Bench.CONNECTION, new Remote("contacts", "17"), written, Optional.empty());
        var completions = new Completions(reaches, new Pushed(bench.states, bench.clock), bench.fetches, bench.clock);
        assertThat(types(completions, hubspot("1", "contact.propertyChange", "17", own)))
                .containsExactly("contact.synced");
        assertThat(types(completions, hubspot("2", "contact.propertyChange", "17", own.replace("A1", "B2"))))
                .containsExactly("contact.updated");
        var status = ",\"propertyName\":\"hs_lead_status\",\"propertyValue\":\"IN_PROGRESS\"";
        assertThat(types(completions, hubspot("4", "contact.propertyChange", "17", status)))
                .as("a value that is stored under another name and word")
                .containsExactly("contact.synced");
        assertThat(types(completions, hubspot("3", "contact.propertyChange", "17", own.replace("lead_grade", "city"))))
                .containsExactly("contact.updated");
    }

    private static List<String> types(Completions completions, SQSMessage message) {
        try {
            var vendor = Vendors.find("hubspot").orElseThrow();
            var delivery = DeliveryCodec.decode(message.getBody());
            return completions
                    .mark(vendor, ConnectionSettings.NONE, vendor.events(delivery, ConnectionSettings.NONE))
                    .stream()
                    .map(event -> event.type())
                    .toList();
        } catch (DeliveryCodec.Undecodable | Vendor.Unreadable e) {
            throw new AssertionError(e);
        }
    }
}
