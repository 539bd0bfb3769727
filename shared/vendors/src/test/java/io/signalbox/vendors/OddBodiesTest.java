/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.Delivery;
import io.signalbox.model.ExternalId;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.vendors.Vendor.Unreadable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Genuine bodies that are almost what each vendor sends: kept whole, or read as far as they go. */
class OddBodiesTest {

    /** {@code ~} stands for the double quote. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zendesk | {}",
                "zendesk | {~type~:7}",
                "zendesk | {~type~:~zen:event-type~}",
                "zendesk | {~type~:~zen:event-type:~,~time~:~2026-03-01T10:00:00Z~,~detail~:{~id~:~1~}}",
                "zendesk | {~type~:~zen:event-type:ticket~,~time~:~2026-03-01T10:00:00Z~,~detail~:{~id~:~1~}}",
                "zendesk | {~type~:~zen:event-type:ticket.created~,~time~:~2026-02-30T10:00:00Z~,~detail~:{~id~:~1~}}",
                "zendesk | {~type~:~zen:event-type:ticket.created~,~time~:~2026-03-01T10:00:00Z~,~detail~:{}}",
                "zendesk | {~type~:~zen:event-type:ticket.created~,~time~:~2026-03-01T10:00:00Z~,~detail~:[]}",
                "zendesk | {~type~:~zen:event-type:ticket.vanished~,~time~:~2026-03-01T10:00:00Z~,~detail~:{~id~:~1~}}",
                "zendesk | {~type~:~zen:event-type:unicorn.created~,~time~:~2026-03-01T10:00:00Z~,~detail~:{~id~:~1~}}",
                "zendesk | {~type~:~zen:event-type:ticket.merged~,~time~:~2026-03-01T10:00:00Z~,~detail~:{~id~:~1~}}",
                "zendesk | {~type~:~zen:event-type:ticket.merged~,~time~:~2026-03-01T10:00:00Z~,~detail~:{~id~:~1~},"
                        + "~event~:{~target_ticket_id~:~1~}}",
                "zendesk | {~type~:~zen:event-type:user.merged~,~time~:~2026-03-01T10:00:00Z~,~detail~:{~id~:~1~}}",
                "zendesk | {~type~:~zen:event-type:user.active_changed~,~time~:~2026-03-01T10:00:00Z~,~detail~:{~id~:~1~},"
                        + "~event~:{~current~:~no~}}",
                "zendesk | {~type~:~zen:event-type:ticket.comment_added~,~time~:~2026-03-01T10:00:00Z~,~detail~:{~id~:~1~}}",
                "zendesk | {~ticket~:{~id~:~1~}}",
                "zendesk | {~ticket~:{~updated_at~:~2026-03-01T10:00Z~}}",
                "zendesk | {~type~:~ticket.vanished~,~ticket~:{~id~:~1~,~updated_at~:~2026-03-01T10:00Z~}}",
                "pipedrive | {}",
                "pipedrive | {~meta~:[]}",
                "pipedrive | {~meta~:{~action~:~create~,~entity~:~deal~,~entity_id~:~1~}}",
                "pipedrive | {~meta~:{~action~:~create~,~entity~:~deal~,~timestamp~:~2026-03-01T10:00:00Z~}}",
                "pipedrive | {~meta~:{~action~:~create~,~entity~:~deal~,~entity_id~:~1~,~timestamp~:-1}}",
                "pipedrive | {~meta~:{~action~:~create~,~entity~:~deal~,~entity_id~:~1~,~timestamp~:1e300}}",
                "pipedrive | {~meta~:{~action~:~vanish~,~entity~:~deal~,~entity_id~:~1~,~timestamp~:1772359200}}",
                "pipedrive | {~meta~:{~action~:~updated~,~object~:~deal~,~id~:1.5,~timestamp~:1772359200}}",
                "segment | {}",
                "segment | {~type~:~identify~,~timestamp~:~2026-03-01T10:00:00Z~}",
                "segment | {~type~:~identify~,~userId~:~1~}",
                "segment | {~type~:~identify~,~userId~:~1~,~timestamp~:~+999999999-12-31T23:59:59Z~}",
                "segment | {~type~:~alias~,~userId~:~1~,~previousId~:~1~,~timestamp~:~2026-03-01T10:00:00Z~}",
                "segment | {~type~:~alias~,~userId~:~1~,~timestamp~:~2026-03-01T10:00:00Z~}",
                "segment | {~type~:~group~,~userId~:~1~,~timestamp~:~2026-03-01T10:00:00Z~}",
                "segment | {~type~:~~,~userId~:~1~,~timestamp~:~2026-03-01T10:00:00Z~}",
                "mailchimp | type=subscribe",
                "mailchimp | type=subscribe&fired_at=2026-03-01 10:00:00",
                "mailchimp | type=subscribe&fired_at=2026-02-30 10:00:00&data[id]=1",
                "mailchimp | type=subscribe&fired_at=2026-03-01T10:00:00&data[id]=1",
                "mailchimp | type=subscribe&fired_at=yesterday&data[id]=1",
                "mailchimp | type=upemail&fired_at=2026-03-01 10:00:00&data[old_email]=a@b.example",
                "mailchimp | type=upemail&fired_at=2026-03-01 10:00:00&data[new_email]=a@b.example",
                "mailchimp | type=vanished&fired_at=2026-03-01 10:00:00&data[id]=1",
                "meta | {}",
                "meta | {~entry~:[]}",
                "meta | {~object~:~page~,~entry~:[7]}",
                "meta | {~object~:~user~,~entry~:[{~id~:1,~changes~:[{~field~:~leadgen~,~value~:{~leadgen_id~:1}}]}]}",
                "meta | {~object~:~page~,~entry~:[{~changes~:[{~field~:~leadgen~,~value~:{~leadgen_id~:1}}]}]}",
                "meta | {~object~:~page~,~entry~:[{~time~:1,~changes~:[{~field~:~leadgen~,~value~:{~leadgen_id~:1.5}}]}]}",
                "meta | {~object~:~page~,~entry~:[{~time~:1,~changes~:[null]}]}",
                "linkedin | {}",
                "linkedin | {~type~:~LEAD_ACTION~,~leadAction~:~CREATED~,~leadGenFormResponse~:~urn:li:x:1~}",
                "linkedin | {~type~:~LEAD_ACTION~,~leadAction~:~CREATED~,~occurredAt~:1}",
                "linkedin | {~type~:~LEAD_ACTION~,~leadAction~:~CREATED~,~leadGenFormResponse~:~urn:li:leadGenFormResponse:~,"
                        + "~occurredAt~:1}",
                "linkedin | {~type~:~OTHER~,~leadAction~:~CREATED~,~leadGenFormResponse~:~urn:li:x:1~,~occurredAt~:1}"
            })
    void body_beyond_understanding_is_kept_whole(String vendor, String body) throws Unreadable {
        assertThat(events(vendor, body.replace('~', '"'))).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("vendor.raw");
            assertThat(event.properties()).containsKeys("payload", "reason");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "meta | {~object~:~page~,~entry~:[{~time~:1,~changes~:[{~field~:~leadgen~,~value~:{~leadgen_id~:"
                        + "1780000000000000001}}]}]} | 1780000000000000001",
                "pipedrive | {~data~:{~id~:9007199254740993},~meta~:{~action~:~create~,~entity~:~deal~,~timestamp~:1}} |"
                        + " 9007199254740993",
                "zendesk | {~type~:~zen:event-type:user.created~,~time~:~2026-03-01T10:00:00Z~,~detail~:{~id~:"
                        + "9007199254740993}} | 9007199254740993",
                "segment | {~type~:~page~,~userId~:9007199254740993,~timestamp~:~2026-03-01T10:00:00Z~} | 9007199254740993"
            })
    void ids_keep_every_digit(String vendor, String body, String id) throws Unreadable {
        assertThat(events(vendor, body.replace('~', '"')).getFirst().subject())
                .isEqualTo(new Subject.External(new ExternalId(new ConnectionId("acme"), id)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-03-01T10:00:00Z | 2026-03-01T10:00:00Z",
                "2026-03-01T12:00:00.5+02:00 | 2026-03-01T10:00:00.500Z",
                "2026-03-01T10:00Z | 2026-03-01T10:00:00Z"
            })
    void times_are_understood_in_utc(String said, Instant time) throws Unreadable {
        var body = "{\"type\":\"page\",\"userId\":\"1\",\"timestamp\":\"" + said + "\"}";

        assertThat(events("segment", body).getFirst().time()).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"2026-03-01T10:00:00.123Z\"', 2026-03-01T10:00:00.123Z",
        "1772359200, 2026-03-01T10:00:00Z",
        "'\"1772359200\"', 2026-03-01T10:00:00Z",
        "1772359200123, 2026-03-01T10:00:00.123Z"
    })
    void pipedrive_times_are_read_however_they_are_written(String said, Instant time) throws Unreadable {
        var body =
                "{\"data\":{\"id\":1},\"meta\":{\"action\":\"create\",\"entity\":\"deal\",\"timestamp\":" + said + "}}";

        assertThat(events("pipedrive", body).getFirst().time()).isEqualTo(time);
    }

    @Test
    void meta_delivery_of_a_thousand_changes_is_kept_and_one_more_is_not() throws Unreadable {
        var change = "{\"field\":\"leadgen\",\"value\":{\"leadgen_id\":%d,\"created_time\":1}}";
        var changes = new StringBuilder();
        for (var i = 1; i <= 1_000; i++) {
            changes.append(i == 1 ? "" : ",").append(change.formatted(i));
        }
        var body = "{\"object\":\"page\",\"entry\":[{\"id\":1,\"time\":1,\"changes\":[%s]}]}";

        assertThat(events("meta", body.formatted(changes))).hasSize(2_000);
        changes.append(",").append(change.formatted(1_001));
        assertThatThrownBy(() -> events("meta", body.formatted(changes)))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("1000");
    }

    @Test
    void form_of_any_shape_is_read_or_refused() throws Unreadable {
        var deep = "type=profile&fired_at=2026-03-01 10:00:00&data[id]=1&data" + "[a]".repeat(50_000) + "=1";
        var clash = "type=profile&fired_at=2026-03-01 10:00:00&data[id]=1&data[merges]=1&data[merges][FNAME]=Ada"
                + "&data[merges][FNAME][x]=2&data[merges][]=3&data[merges=4&data]=5&=6&[]=7&data[merges][FNAME]=Bob";
        var many = "type=profile&fired_at=2026-03-01 10:00:00&data[id]=1" + "&data[merges][A]=1".repeat(10_000);

        assertThat(events("mailchimp", deep)).singleElement().returns("contact.updated", CanonicalEvent::type);
        assertThat(events("mailchimp", clash).getFirst().properties()).containsEntry("FNAME", Value.of("Ada"));
        assertThat(events("mailchimp", many).getFirst().properties()).containsEntry("A", Value.of("1"));
        assertThat(events("mailchimp", "type=x%&fired_at=%zz")).hasSize(1);
        assertThatThrownBy(() -> events("mailchimp", "type=" + "x".repeat(RawEvents.MAX_EVENT_BYTES)))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void shared_device_does_not_make_one_of_two_people() throws Unreadable {
        var both = "{\"type\":\"identify\",\"userId\":\"1\",\"anonymousId\":\"device\","
                + "\"timestamp\":\"2026-03-01T10:00:00Z\",\"traits\":{}}";

        assertThat(events("segment", both))
                .singleElement()
                .satisfies(event -> assertThat(event.merged()).isEmpty());
    }

    private static List<CanonicalEvent> events(String vendor, String body) throws Unreadable {
        var known = Vendors.find(vendor).orElseThrow();
        return known.normalize(new Delivery(
                known.id(), new ConnectionId("acme"), Connections.NOW, "1-test-test", Map.of(), body.getBytes(UTF_8)));
    }
}
