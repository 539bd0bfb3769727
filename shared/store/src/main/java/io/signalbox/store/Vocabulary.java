/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.store;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What CRM records are likely to say. Words that stand alone, such as names of properties and of rules, are numbers in
 * a pack: 1 byte for the first 100, else 2. The dictionary holds values for Deflate to point at; it finds the nearer,
 * at the end, more cheaply.
 *
 * <p>Both are part of the format: a change to either takes a new {@link PackWriter#VERSION}, which must go on reading
 * the old.
 */
final class Vocabulary {

    private static final String[] WORDS =
            """
            firstname lastname email phone mobilephone jobtitle company website country city state zip address
            industry numberofemployees annualrevenue lifecyclestage hs_lead_status hubspot_owner_id createdate
            lastmodifieddate hs_object_id hs_object_source hs_object_source_id hs_analytics_source
            hs_analytics_source_data_1 hs_analytics_source_data_2 hs_analytics_last_url
            hs_analytics_num_page_views hs_analytics_num_visits hs_analytics_last_visit_timestamp
            hs_analytics_last_timestamp hs_email_last_open_date hs_email_last_click_date
            hs_email_last_reply_date hs_email_last_send_date hs_email_open hs_email_click hs_email_optout
            hs_email_bounce recent_conversion_event_name recent_conversion_date num_conversion_events
            first_conversion_event_name first_conversion_date num_unique_conversion_events hs_latest_source
            notes_last_contacted notes_last_updated num_notes num_contacted_notes hs_persona hs_language
            hs_timezone associatedcompanyid salutation contact lead deal activity ticket raw_event title
            employees name domain description linkedin_url twitterhandle owner_id source status first_name
            last_name job_title country_code region postal_code hubspot api standard stripe slack github
            contact.created contact.updated contact.deleted contact.restored contact.merged contact.creation
            contact.propertyChange contact.deletion contact.merge contact.privacyDeletion contact.restore
            company.created company.updated company.deleted company.creation company.propertyChange
            company.deletion deal.created deal.updated deal.deleted deal.creation deal.propertyChange
            deal.deletion lead.created lead.updated lead.deleted ticket.created ticket.updated
            consent.privacy_deleted vendor.raw web.page_view form.submitted email.opened email.clicked
            email.replied email.bounced email.unsubscribed meeting.booked fit engagement lead-default@1 A1 A2 A3
            A4 B1 B2 B3 B4 C1 C2 C3 C4 D1 D2 D3 D4 cap:fit cap:engagement cap:total external_id portalId
            subscriptionId appId changeSource changeFlag attemptNumber eventId objectId occurredAt sourceId
            propertyName propertyValue path form url amount dealname dealstage pipeline closedate dealtype
            subject content hs_pipeline hs_pipeline_stage hs_ticket_priority currency id type value
            """
                    .strip()
                    .split("\\s+");

    /** Values end as they do in a pack, so that a match takes the end along. */
    private static final byte[] DICTIONARY =
            """
            the number of employees is between|seniority in the title: |works at a company of|a business address|a free mail address
            opened an email|clicked a link in an email|replied to an email|unsubscribed from emails|an email bounced|booked a meeting
            visited the pricing page|requested a demo|submitted a form|viewed a page|looked at pricing|in a target country
            in a target industry|decides or has influence, by title|is of the size we sell to|within the last days|times, last on
            https://app.hubspot.com/contacts/|https://www.linkedin.com/company/|https://www.linkedin.com/in/|/contact-us|/pricing|/demo
            /blog/|/docs/|/product|/signup|utm_source=google&utm_medium=cpc&utm_campaign=|Request a demo|Contact us: |Newsletter|Webinar
            Street|Road|Avenue|Suite |Berlin|Munich|London|Paris|Amsterdam|New York|San Francisco|Boston|Chicago|Austin|Toronto|Sydney
            Germany|United Kingdom|France|Netherlands|Spain|Italy|Sweden|Switzerland|Austria|Canada|Australia|India|Brazil|United States
            California|Texas|Europe/Berlin|America/New_York|America/Los_Angeles|en-us|en-gb|de-de|EUR|USD|GBP
            MANUFACTURING|FINANCIAL_SERVICES|MARKETING_AND_ADVERTISING|HOSPITAL_HEALTH_CARE|RETAIL|TELECOMMUNICATIONS|EDUCATION_MANAGEMENT
            LOGISTICS_AND_SUPPLY_CHAIN|MANAGEMENT_CONSULTING|INFORMATION_TECHNOLOGY_AND_SERVICES|INTERNET|COMPUTER_SOFTWARE
            Account Executive|Software Engineer|Product Manager|Marketing Manager|Sales Manager|Operations|Engineering|Customer Success
            Chief Executive Officer|Chief Technology Officer|Chief Marketing Officer|CEO|CTO|CFO|COO|CMO|Founder|Co-Founder|Owner
            Managing Director|Head of Marketing|Head of Sales|Head of |Vice President of Sales|VP |VP of |Senior |Director of |Manager
            Technologies|Solutions|Software|Systems|Services|Consulting|Group|Holding|International|Labs|GmbH|Ltd|Inc.|LLC|AG
            FORM|IMPORT|API|CRM|CRM_UI|INTEGRATION|AUTOMATION_PLATFORM|CONTACTS|CALCULATED|ANALYTICS|BATCH_UPDATE|MOBILE_IOS|EMAIL
            ORGANIC_SEARCH|PAID_SEARCH|EMAIL_MARKETING|SOCIAL_MEDIA|PAID_SOCIAL|REFERRALS|OTHER_CAMPAIGNS|DIRECT_TRAFFIC|OFFLINE
            NEW|OPEN|IN_PROGRESS|OPEN_DEAL|UNQUALIFIED|ATTEMPTED_TO_CONTACT|CONNECTED|BAD_TIMING|appointmentscheduled|closedwon|closedlost
            subscriber|marketingqualifiedlead|salesqualifiedlead|opportunity|evangelist|customer|lead|other
            hubspot-prod|hubspot-main|hubspot|@gmail.com|@outlook.com|@yahoo.com|+1 (|+44 20 |+49 30 |+49 |+1
            2025-|2026-|-01T|T00:00:00Z|.000Z|.example|.co.uk|.org|.net|.io|.de|http://|https://www.|https://|www.|.com/|.com
            false|true
            """
                    .replace('\n', '|')
                    .getBytes(StandardCharsets.US_ASCII);

    private static final Map<String, Integer> CODES = new HashMap<>();

    static {
        for (var word : WORDS) {
            CODES.put(word, CODES.size() + 1);
        }
        for (var i = 0; i < DICTIONARY.length; i++) {
            DICTIONARY[i] = DICTIONARY[i] == '|' ? (byte) PackWriter.TEXT_END : DICTIONARY[i];
        }
    }

    static final int SIZE = WORDS.length;

    private Vocabulary() {}

    /** The word's number, from 1; 0 when it is not among them. */
    static int code(String word) {
        return CODES.getOrDefault(word, 0);
    }

    static String word(int code) {
        return WORDS[code - 1];
    }

    static byte[] dictionary() {
        return DICTIONARY;
    }
}
