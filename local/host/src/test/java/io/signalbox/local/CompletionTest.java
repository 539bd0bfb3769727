/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.Value;
import io.signalbox.testkit.fakes.FakeApi.Answer;
import io.signalbox.vendors.client.ReadBack;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A thin event's whole way: receiver, processor, fetcher, a HubSpot of our own, and the processor again. */
class CompletionTest extends HubSpotSystem {

    private void created(String id) throws Exception {
        var now = clock.instant().toEpochMilli();
        post("[{\"eventId\":1,\"subscriptionId\":2,\"portalId\":3,\"appId\":4,\"occurredAt\":" + now
                + ",\"subscriptionType\":\"contact.creation\",\"attemptNumber\":0,\"objectId\":" + id
                + ",\"changeFlag\":\"CREATED\",\"changeSource\":\"CRM\"}]");
    }

    @Test
    void a_thin_event_is_completed_by_what_the_vendor_says() throws Exception {
        grant();
        hubspot.put("contacts", "17", clock.instant(), Map.of("email", "ada@example.com", "firstname", "Ada"));
        created("17");
        instance.drain();
        assertThat(ada().value("email")).isEqualTo(Value.of("ada@example.com"));
        assertThat(ada().value("first_name")).isEqualTo(Value.of("Ada"));
        assertThat(ada().value(ReadBack.PENDING)).isEqualTo(Value.NULL);
        assertThat(api.calls()).hasSize(1);
    }

    @Test
    void without_a_grant_nothing_is_asked_and_nothing_marked() throws Exception {
        created("17");
        instance.drain();
        assertThat(ada().value(ReadBack.PENDING)).isEqualTo(Value.NULL);
        assertThat(ada().properties()).doesNotContainKey(ReadBack.PENDING);
        assertThat(api.calls()).isEmpty();
        assertThat(instance.host().invocations()).containsEntry("FetcherFunction", 0L);
    }

    @Test
    void while_the_vendor_is_away_the_record_is_served_and_marked() throws Exception {
        grant();
        hubspot.put("contacts", "17", clock.instant(), Map.of("email", "ada@example.com"));
        api.fail(Answer.of(503, ""));
        created("17");
        instance.drain();
        assertThat(ada().value(ReadBack.PENDING)).isEqualTo(Value.TRUE);
        assertThat(reaches.get(CONNECTION).failingSince()).isPresent();

        clock.advance(Duration.ofSeconds(5));
        instance.drain();
        assertThat(ada().value(ReadBack.PENDING)).isEqualTo(Value.NULL);
        assertThat(ada().value("email")).isEqualTo(Value.of("ada@example.com"));
    }
}
