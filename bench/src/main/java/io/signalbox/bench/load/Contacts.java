/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.bench.load;

import io.signalbox.bench.load.HubSpot.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Contacts in a HubSpot account and what happens to them; the same sequence every time. */
public final class Contacts {

    /** HubSpot's names of properties that sales teams fill, and a value of usual length for each. */
    private static final List<List<String>> PROPERTIES = List.of(
            List.of("email", "maria.fernandez.%d@acme-industries.example"),
            List.of("firstname", "Maria"),
            List.of("lastname", "Fernandez"),
            List.of("jobtitle", "VP Operations"),
            List.of("company", "Acme Industries %d"),
            List.of("numberofemployees", "850"),
            List.of("industry", "Manufacturing"),
            List.of("country", "ES"),
            List.of("city", "Madrid"),
            List.of("state", "Madrid"),
            List.of("zip", "28004"),
            List.of("address", "Calle de Fuencarral 77"),
            List.of("phone", "+34 911 234 %03d"),
            List.of("mobilephone", "+34 600 234 %03d"),
            List.of("website", "https://www.acme-industries.example/"),
            List.of("annualrevenue", "12500000"),
            List.of("lifecyclestage", "marketingqualifiedlead"),
            List.of("hs_lead_status", "OPEN"),
            List.of("hubspot_owner_id", "51430432"),
            List.of("hs_analytics_source", "ORGANIC_SEARCH"),
            List.of("hs_analytics_last_url", "https://www.example.com/pricing"),
            List.of("hs_analytics_num_page_views", "17"),
            List.of("num_conversion_events", "2"),
            List.of("recent_conversion_event_name", "Demo request"),
            List.of("hs_email_last_open_date", "1767603600000"),
            List.of("hs_email_last_reply_date", "1767607200000"),
            List.of("hs_email_optout", "false"),
            List.of("hs_language", "es"),
            List.of("hs_timezone", "europe_slash_madrid"),
            List.of("salutation", "Sra."));

    /** How many fields {@link #round} sets in all. */
    public static final int FIELDS = PROPERTIES.size();

    private static final long FIRST_ID = 1_801;
    private static final int LARGEST_DELIVERY = 100;

    private final int count;
    private long eventId = 3_816_279_340L;
    private int turn;

    public Contacts(int count) {
        this.count = count;
    }

    /** Deliveries that set the same one field of every contact. */
    public List<List<Event>> round(Instant now, int field) {
        var deliveries = new ArrayList<List<Event>>();
        for (var i = 0; i < count; i += LARGEST_DELIVERY) {
            var delivery = new ArrayList<Event>();
            for (var j = i; j < Math.min(count, i + LARGEST_DELIVERY); j++) {
                delivery.add(event(now, j, field));
            }
            deliveries.add(delivery);
        }
        return deliveries;
    }

    /** A delivery of changes of fields that are set already, in turn over so many contacts, the next ones each time. */
    public List<Event> change(Instant now, int contacts, int events) {
        var delivery = new ArrayList<Event>();
        for (var i = 0; i < events; i++) {
            var contact = (turn * contacts + i % contacts) % count;
            // Neither the e-mail address, which is a key, nor one field twice in a delivery.
            var field = 1 + (turn + i) % (FIELDS - 1);
            delivery.add(event(now.minusMillis(events - i), contact, field));
        }
        turn++;
        return delivery;
    }

    private Event event(Instant now, int contact, int field) {
        var property = PROPERTIES.get(field);
        var value = property.getLast().formatted(contact);
        return new Event(eventId++, FIRST_ID + contact, now.toEpochMilli(), property.getFirst(), value);
    }
}
