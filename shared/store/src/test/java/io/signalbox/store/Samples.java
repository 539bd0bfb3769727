/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import io.signalbox.model.CanonicalEvent;
import io.signalbox.model.ConnectionId;
import io.signalbox.model.CrmRecord;
import io.signalbox.model.Engagement;
import io.signalbox.model.EventId;
import io.signalbox.model.ExternalId;
import io.signalbox.model.Life;
import io.signalbox.model.ObjectType;
import io.signalbox.model.Property;
import io.signalbox.model.RecordId;
import io.signalbox.model.RecordKey;
import io.signalbox.model.Score;
import io.signalbox.model.Segment;
import io.signalbox.model.SegmentId;
import io.signalbox.model.Stamp;
import io.signalbox.model.Subject;
import io.signalbox.model.Value;
import io.signalbox.model.VendorId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Records and events as they occur; the same for the same random numbers. */
final class Samples {

    /** Far ahead: DynamoDB Local goes by the machine's clock and removes what has expired by that. */
    static final Instant NOW = Instant.parse("2066-03-04T10:11:12.345Z");

    static final ConnectionId HUBSPOT = new ConnectionId("hubspot-main");

    private static final long DAY = 86_400_000;

    private Samples() {}

    static RecordKey contact(long id) {
        return new RecordKey(ObjectType.CONTACT, new RecordId(id));
    }

    static Stamp stamp(RandomGenerator random) {
        return new Stamp(NOW.toEpochMilli() - random.nextLong(200 * DAY), random.nextLong(1L << 48));
    }

    static ExternalId external(long id) {
        return new ExternalId(HUBSPOT, Long.toString(id));
    }

    /** 30 fields set by 30 events, 5 engagement rules, 24 recent stamps, 2 external ids, a score with 8 reasons. */
    static CrmRecord fullContact(RecordKey key, RandomGenerator random) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("first_name", Value.of("Marguerite"));
        fields.put("last_name", Value.of("Oyelaran"));
        fields.put("email", Value.of("marguerite.oyelaran" + key.id() + "@nordwind-logistik.example"));
        fields.put("phone", Value.of("+49 30 5557 0142"));
        fields.put("mobile_phone", Value.of("+49 171 5550199"));
        fields.put("job_title", Value.of("VP of Operations"));
        fields.put("company", Value.of("Nordwind Logistik GmbH"));
        fields.put("website", Value.of("https://www.nordwind-logistik.example"));
        fields.put("address", Value.of("Hafenstrasse 27"));
        fields.put("city", Value.of("Hamburg"));
        fields.put("state", Value.of("Hamburg"));
        fields.put("postal_code", Value.of("20457"));
        fields.put("country", Value.of("Germany"));
        fields.put("industry", Value.of("LOGISTICS_AND_SUPPLY_CHAIN"));
        fields.put("employees", Value.of(420));
        fields.put("annual_revenue", Value.of(new BigDecimal("18500000.50")));
        fields.put("lifecycle_stage", Value.of("sales_qualified"));
        fields.put("lead_status", Value.of("in_progress"));
        fields.put("owner_id", Value.of("482910377"));
        fields.put("source", Value.of("ORGANIC_SEARCH"));
        fields.put("hs_analytics_last_url", Value.of("https://www.signalbox.example/pricing?plan=team"));
        fields.put("hs_analytics_num_page_views", Value.of(37));
        fields.put("hs_analytics_num_visits", Value.of(9));
        fields.put("hs_email_last_open_date", Value.of("1772589041337"));
        fields.put("hs_email_last_click_date", Value.of("1772589055102"));
        fields.put("recent_conversion_event_name", Value.of("Demo request: Spring campaign"));
        fields.put("num_conversion_events", Value.of(3));
        fields.put("last_contacted_at", Value.of("1772502113000"));
        fields.put("language", Value.of("de"));
        fields.put("linkedin_url", Value.of("https://www.linkedin.com/in/m-oyelaran-5b1"));
        var properties = new TreeMap<String, Property>();
        var stamps = new TreeSet<Stamp>();
        fields.forEach((name, value) -> {
            var stamp = stamp(random);
            stamps.add(stamp);
            properties.put(name, new Property(value, stamp));
        });
        var recent = new TreeSet<>(stamps);
        var floor = Long.MIN_VALUE;
        while (recent.size() > 24) {
            floor = recent.pollFirst().millis();
        }
        var engagement = new TreeMap<String, Engagement>();
        for (var rule :
                List.of("eng-pricing-page", "eng-form-sales", "eng-email-reply", "eng-page-view", "eng-webinar")) {
            var counts = Engagement.EMPTY;
            for (var i = 0; i < 4; i++) {
                counts = counts.plus(
                        Engagement.hourOf(NOW.toEpochMilli() - random.nextLong(60 * DAY)), 1 + random.nextInt(2));
            }
            engagement.put(rule, counts);
        }
        return new CrmRecord(
                key,
                31,
                stamps.first().millis(),
                stamps.last().millis(),
                new Life(Life.State.ALIVE, stamps.first()),
                Optional.empty(),
                new TreeSet<>(List.of(
                        external(key.id().value() % 100_000_000 + 1),
                        new ExternalId(new ConnectionId("billing"), "cus_Nf9x" + key.id()))),
                properties,
                engagement,
                recent,
                floor,
                Optional.of(score()),
                Optional.of(SegmentId.create(NOW, random)));
    }

    /** By the starter rules. */
    private static Score score() {
        var reasons = List.of(
                reason("eng-form-sales", "intent", "21.7", 1, "Asked for a demo, a trial or a call."),
                reason("fit-decision-maker", "profile", "25.0", 0, "Holds a title that decides on purchases."),
                reason("eng-pricing-page", "intent", "13.2", 3, "Looked at the prices."),
                reason("fit-size", "company", "15.0", 0, "Works in a company of the size we sell to."),
                reason("fit-business-email", "profile", "10.0", 0, "Writes from a company's own address."),
                reason("eng-email-reply", "intent", "6.3", 2, "Answered an e-mail."),
                reason("fit-country", "company", "5.0", 0, "Is in a country we sell in."),
                reason("eng-page-view", "web", "2.9", 7, "Looked at the website."));
        return new Score(
                new BigDecimal("99.1"),
                new BigDecimal("55.0"),
                new BigDecimal("44.1"),
                "A1",
                reasons,
                Optional.of(NOW.plusSeconds(1_291_848).truncatedTo(ChronoUnit.MINUTES)),
                "lead-default@1",
                NOW);
    }

    private static Score.Reason reason(String rule, String group, String points, int count, String text) {
        var last = Optional.of(NOW.minusSeconds(3_600L * 20 * count).truncatedTo(ChronoUnit.HOURS));
        return new Score.Reason(rule, group, new BigDecimal(points), count, count == 0 ? Optional.empty() : last, text);
    }

    /** A change of one property as HubSpot reports it. */
    static CanonicalEvent propertyEvent(RandomGenerator random, int n) {
        var names = List.of("job_title", "lifecycle_stage", "hs_analytics_last_url", "employees", "phone");
        var values = List.of(
                Value.of("Head of Logistics " + n),
                Value.of("opportunity"),
                Value.of("https://www.signalbox.example/docs/page-" + n),
                Value.of(n * 17L),
                Value.of("+49 40 5550 " + (1000 + n)));
        var data = new LinkedHashMap<String, Value>();
        data.put("portalId", Value.of(62515));
        data.put("subscriptionId", Value.of(1284177));
        data.put("appId", Value.of(54321));
        data.put("changeSource", Value.of("CRM_UI"));
        data.put("sourceId", Value.of("userId:" + (9_000_000 + n % 3)));
        return new CanonicalEvent(
                EventId.of("hubspot", Long.toString(random.nextLong())),
                "contact.updated",
                "contact.propertyChange",
                new VendorId("hubspot"),
                HUBSPOT,
                ObjectType.CONTACT,
                new Subject.External(external(random.nextLong(1, 80_000_000_000L))),
                NOW.minusMillis(random.nextLong(3_000_000)),
                Map.of(names.get(n % 5), values.get(n % 5)),
                List.of(),
                data);
    }

    /** As many events, dealt to as many records in turn. */
    static Segment segment(RandomGenerator random, int events, int records) {
        var keys = new ArrayList<RecordKey>();
        var previous = new TreeMap<RecordKey, Optional<SegmentId>>();
        for (var i = 0; i < records; i++) {
            var key = new RecordKey(
                    ObjectType.CONTACT, RecordId.create(NOW.minusMillis(random.nextLong(300 * DAY)), random));
            keys.add(key);
            previous.put(key, Optional.of(SegmentId.create(NOW.minusMillis(random.nextLong(30 * DAY)), random)));
        }
        var entries = new ArrayList<Segment.Entry>();
        for (var i = 0; i < events; i++) {
            entries.add(new Segment.Entry(keys.get(i % records), propertyEvent(random, i)));
        }
        return new Segment(SegmentId.create(NOW, random), entries, previous);
    }
}
