/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.Connection;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import io.signalbox.outbound.Attention;
import io.signalbox.outbound.ChannelEnds;
import io.signalbox.outbound.Reach.Granted;
import io.signalbox.outbound.Reaches;
import io.signalbox.queue.EventQueue.QueueUnavailable;
import io.signalbox.queue.FetchJob;
import io.signalbox.queue.MemoryFetchQueue;
import io.signalbox.store.MemoryControlStore;
import io.signalbox.store.MemoryStateStore;
import io.signalbox.testkit.SettableClock;
import io.signalbox.vendors.client.App.Flow;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RenewalsTest {

    private static final ConnectionId CRM = new ConnectionId("crm");

    private final SettableClock clock = SettableClock.at("2036-03-01T00:00:00Z");
    private final MemoryControlStore control = new MemoryControlStore(clock);
    private final MemoryStateStore states = new MemoryStateStore(clock);
    private final Reaches reaches = new Reaches(states, clock);
    private final ChannelEnds ends = new ChannelEnds(states);
    private final MemoryFetchQueue queue = new MemoryFetchQueue();
    private final Renewals renewals = new Renewals(control, reaches, ends, queue, clock);

    private void connect(String id, String vendor, Map<String, Value> options, boolean granted) {
        var name = new ConnectionId(id);
        var url = URI.create("https://hub.example.com/hooks/v1/" + vendor + "/" + id);
        control.createConnection(new Connection(name, new VendorId(vendor), url, List.of(), options, clock.instant()));
        if (granted) {
            reaches.update(
                    name, reach -> reach.withGrant(new Granted(Flow.TOKEN, clock.instant(), List.of(), List.of(), 0)));
        }
    }

    /** The connections that were asked for after so long. */
    private List<String> after(Duration time) throws QueueUnavailable {
        clock.advance(time);
        renewals.run();
        return queue.take().stream()
                .filter(job -> job.task() instanceof FetchJob.Watch)
                .map(job -> job.connection().value())
                .toList();
    }

    @Test
    void a_channel_is_opened_at_once_and_renewed_two_days_before_it_ends() throws Exception {
        connect("crm", "zoho", Map.of(), true);
        assertThat(after(Duration.ZERO)).containsExactly("crm");
        assertThat(after(Duration.ofMinutes(11))).as("asked for already").isEmpty();
        ends.opened(CRM, clock.instant().plus(Duration.ofDays(7)));
        assertThat(after(Duration.ofDays(5).minusMinutes(1))).isEmpty();
        assertThat(after(Duration.ofMinutes(11))).containsExactly("crm");
        assertThat(reaches.get(CRM).attention()).isEmpty();
    }

    @Test
    void others_are_left_alone() throws Exception {
        connect("forms", "zoho", Map.of("proof", Value.of("header")), true);
        connect("no-access", "zoho", Map.of(), false);
        connect("other", "hubspot", Map.of(), true);
        assertThat(after(Duration.ZERO)).isEmpty();
    }

    @Test
    void more_connections_than_a_page_are_all_found() throws Exception {
        for (var i = 0; i < 250; i++) {
            connect("c" + i, "zoho", Map.of(), true);
        }
        assertThat(after(Duration.ZERO)).hasSize(250).doesNotHaveDuplicates();
    }

    @Test
    void what_could_not_be_asked_for_is_asked_for_the_next_minute() throws Exception {
        connect("crm", "zoho", Map.of(), true);
        queue.setAway(true);
        assertThatThrownBy(renewals::run).isInstanceOf(QueueUnavailable.class);
        queue.setAway(false);
        assertThat(after(Duration.ofMinutes(1))).containsExactly("crm");
    }

    @Test
    void a_channel_that_ends_all_the_same_is_told_once_and_asked_for_every_six_hours() throws Exception {
        connect("crm", "zoho", Map.of(), true);
        ends.opened(CRM, clock.instant().plus(Duration.ofHours(23)));
        assertThat(after(Duration.ZERO)).containsExactly("crm");
        var told = reaches.get(CRM).attention().orElseThrow();
        assertThat(told.code()).isEqualTo(Attention.Code.CHANNEL_ENDING);
        assertThat(after(Duration.ofHours(5))).isEmpty();
        assertThat(after(Duration.ofHours(2))).containsExactly("crm");
        assertThat(reaches.get(CRM).attention()).contains(told);
    }
}
