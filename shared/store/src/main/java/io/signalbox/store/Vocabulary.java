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

    private static final String[] WORDS = """
            email first_name last_name phone mobile_phone job_title company website address city state postal_code
            country industry employees annual_revenue lifecycle_stage lead_status owner_id lifecyclestage
            createdate lastmodifieddate hs_object_id source hs_analytics_source_data_1 hs_analytics_last_url
            hs_analytics_num_page_views hs_analytics_num_visits hs_analytics_last_visit_timestamp
            hs_email_last_open_date hs_email_last_click_date hs_email_last_reply_date email_opt_out
            recent_conversion_event_name recent_conversion_date num_conversion_events last_contacted_at
            notes_last_updated language hs_latest_source associatedcompanyid linkedin_url title name domain status
            profile web intent negative fit engagement lead-default@1 A1 A2 A3 B1 B2 B3 C1 C2 C3 cap:fit
            cap:engagement cap:total cap:profile cap:company cap:web cap:intent cap:negative fit-decision-maker
            fit-junior fit-business-email fit-customer fit-industry fit-size fit-country eng-page-view
            eng-pricing-page eng-form-sales eng-email-reply neg-unsubscribed contact deal ticket lead activity
            raw_event hubspot api standard hubspot-main contact.updated contact.propertyChange contact.created
            contact.creation external_id portalId subscriptionId appId changeSource changeFlag sourceId
            attemptNumber contact.deleted contact.deletion contact.restored contact.restore contact.merged
            contact.merge contact.privacyDeletion consent.privacy_deleted company.created company.creation
            company.updated company.propertyChange company.deleted company.deletion deal.created deal.creation
            deal.updated deal.propertyChange deal.deleted deal.deletion lead.created lead.updated lead.deleted
            ticket.created ticket.updated vendor.raw web.page_view form.submitted email.opened email.clicked
            email.replied email.bounced email.unsubscribed meeting.booked hs_analytics_source_data_2
            hs_analytics_last_timestamp hs_analytics_first_url hs_email_last_send_date hs_email_open hs_email_click
            hs_email_bounce first_conversion_event_name first_conversion_date num_unique_conversion_events
            num_notes num_contacted_notes hs_persona hs_timezone hs_object_source hs_object_source_id salutation
            description twitterhandle country_code region fax eventId objectId occurredAt propertyName
            propertyValue path form url bounce amount dealstage pipeline subject content hs_pipeline_stage currency
            id type value hs_lead_status stage close_date probability priority category closed_at lost_reason
            department time_zone birth_date became_customer_at starts_at ends_at due_at duration_seconds body
            outcome direction location
            """.strip().split("\\s+");

    /** Values end as they do in a pack, so that a match takes the end along. */
    private static final byte[] DICTIONARY = """
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
            NEW|OPEN|IN_PROGRESS|OPEN_DEAL|UNQUALIFIED|ATTEMPTED_TO_CONTACT|CONNECTED|BAD_TIMING|in_progress|unqualified|attempting|connected|nurturing|new|open|won|lost|appointmentscheduled|closedwon|closedlost
            marketing_qualified|sales_qualified|subscriber|marketingqualifiedlead|salesqualifiedlead|opportunity|evangelist|customer|lead|other
            hubspot-prod|hubspot-main|hubspot|@gmail.com|@outlook.com|@yahoo.com|+1 (|+44 20 |+49 30 |+49 |+1
            2025-|2026-|-01T|T00:00:00Z|.000Z|.example|.co.uk|.org|.net|.io|.de|http://|https://www.|https://|www.|.com/|.com
            Holds a title that decides on purchases.|Studies, trains or assists, and seldom buys.|Is a customer already.
            Cannot or does not want to be written to.|Looked at the website.|Looked at the prices.|Answered an e-mail.
            Asked for a demo, a trial or a call.|Writes from a company's own address.|Works in an industry we serve well.
            Works in a company of the size we sell to.|Is in a country we sell in.|Meets the rule |false|true
            """.replace('\n', '|').getBytes(StandardCharsets.US_ASCII);

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
