/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.core;

import static io.signalbox.core.Histories.START;
import static io.signalbox.core.Histories.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.store.ConsumedUnits;
import io.signalbox.store.DynamoRecordStore;
import io.signalbox.store.MemoryControlStore;
import io.signalbox.testkit.LocalAws;
import io.signalbox.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What events cost in write units, counted by DynamoDB itself; each is $0.625 per million events. */
class CostTest {

    private static final int PEOPLE = 10;
    private static final List<String> FIELDS = List.of(
            "email",
            "first_name",
            "last_name",
            "job_title",
            "company",
            "industry",
            "country",
            "city",
            "state",
            "postal_code",
            "phone",
            "mobile_phone",
            "website",
            "employees",
            "annual_revenue",
            "lifecycle_stage",
            "lead_status",
            "address",
            "department",
            "owner_id",
            "salutation",
            "fax",
            "linkedin_url",
            "twitterhandle",
            "birth_date",
            "gender",
            "language",
            "time_zone",
            "message",
            "last_contacted_at");

    private static LocalAws aws;
    private static SettableClock clock;
    private static ConsumedUnits units;
    private static MemoryControlStore control;
    private static Pipeline pipeline;
    private static int count;

    /** Ten contacts of 30 fields, each set by an event of its own. */
    @BeforeAll
    static void contacts() {
        aws = LocalAws.fresh();
        clock = new SettableClock(START.plus(Duration.ofDays(2)));
        units = new ConsumedUnits();
        control = new MemoryControlStore(clock);
        var records = new DynamoRecordStore(aws.dynamo(), aws.table("RecordsTable"), clock, units);
        pipeline = new Pipeline(records, control, clock, new SplittableRandom(1));
        for (var field : FIELDS) {
            var events = new ArrayList<CanonicalEvent>();
            for (var person = 0; person < PEOPLE; person++) {
                events.add(set(person, field, "Some " + field.replace('_', ' ') + " " + person));
            }
            assertThat(pipeline.apply(events)).allMatch(Outcome.Applied.class::isInstance);
        }
        units.take();
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    private static CanonicalEvent set(int person, String field, String value) {
        clock.advance(Duration.ofSeconds(7));
        return event(
                "e" + count++,
                "contact.updated",
                new Subject.External(Histories.external(1_000_000 + person)),
                clock.instant(),
                Map.of(field, Value.of(value)));
    }

    private static double written(List<CanonicalEvent> events) {
        units.take();
        assertThat(pipeline.apply(events)).allMatch(Outcome.Applied.class::isInstance);
        return units.take().written() / events.size();
    }

    @Test
    void a_lone_event_costs_its_record_and_its_segment() {
        assertThat(written(List.of(set(1, "city", "Graz")))).isLessThanOrEqualTo(2.2);
    }

    @Test
    void ten_events_of_ten_contacts_share_a_segment() {
        var events = new ArrayList<CanonicalEvent>();
        for (var person = 0; person < 10; person++) {
            events.add(set(person, "phone", "+43 316 12345" + person));
        }
        assertThat(written(events)).isLessThanOrEqualTo(1.4);
    }

    @Test
    void ten_events_of_one_contact_share_its_write_too() {
        var events = new ArrayList<CanonicalEvent>();
        for (var i = 0; i < 10; i++) {
            events.add(set(3, FIELDS.get(i + 5), "Another " + i));
        }
        assertThat(written(events)).isLessThanOrEqualTo(0.3);
    }

    @Test
    void an_engagement_costs_no_more_than_a_property() {
        var demo = event(
                "demo",
                "form.submitted",
                new Subject.External(Histories.external(1_000_004)),
                clock.instant(),
                Map.of("form", Value.of("demo")));
        assertThat(written(List.of(demo))).isLessThanOrEqualTo(2.2);
    }

    @Test
    void a_duplicate_writes_nothing() {
        var event = set(5, "city", "Linz");
        written(List.of(event));
        assertThat(pipeline.apply(List.of(event))).allMatch(Outcome.Duplicate.class::isInstance);
        assertThat(units.take().written()).isZero();
    }
}
