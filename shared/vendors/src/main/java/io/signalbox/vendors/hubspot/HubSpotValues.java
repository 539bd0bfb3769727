/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.vendors.hubspot;

import io.signalbox.model.Value;
import io.signalbox.vendors.Ids;
import java.math.BigDecimal;
import java.util.Set;

/**
 * Gives property values their types: HubSpot sends every one as a string. Only properties that HubSpot itself defines
 * are typed, for a custom one that looks like a number may be a code with leading zeros. An empty string is how HubSpot
 * reports a cleared property. What does not read as its type stays text.
 */
final class HubSpotValues {

    private static final int LONGEST_NUMBER = 40;

    private static final Set<String> NUMBERS = Set.of(
            "amount",
            "amount_in_home_currency",
            "annualrevenue",
            "days_to_close",
            "hs_analytics_num_event_completions",
            "hs_analytics_num_page_views",
            "hs_analytics_num_visits",
            "hs_analytics_revenue",
            "hs_deal_stage_probability",
            "hs_email_bounce",
            "hs_email_click",
            "hs_email_delivered",
            "hs_email_open",
            "hs_email_replied",
            "hs_email_sends_since_last_engagement",
            "hs_forecast_amount",
            "hs_projected_amount",
            "hs_tcv",
            "hubspotscore",
            "num_associated_contacts",
            "num_associated_deals",
            "num_contacted_notes",
            "num_conversion_events",
            "num_notes",
            "num_unique_conversion_events",
            "numberofemployees",
            "recent_deal_amount",
            "total_revenue");

    private static final Set<String> TIMES = Set.of(
            "closedate",
            "createdate",
            "first_conversion_date",
            "first_deal_created_date",
            "hs_analytics_first_timestamp",
            "hs_analytics_first_visit_timestamp",
            "hs_analytics_last_timestamp",
            "hs_analytics_last_visit_timestamp",
            "hs_createdate",
            "hs_email_first_click_date",
            "hs_email_first_open_date",
            "hs_email_first_reply_date",
            "hs_email_first_send_date",
            "hs_email_last_click_date",
            "hs_email_last_open_date",
            "hs_email_last_reply_date",
            "hs_email_last_send_date",
            "hs_lastmodifieddate",
            "hs_timestamp",
            "hubspot_owner_assigneddate",
            "lastmodifieddate",
            "notes_last_contacted",
            "notes_last_updated",
            "notes_next_activity_date",
            "recent_conversion_date",
            "recent_deal_close_date");

    private static final Set<String> TRUTHS = Set.of(
            "hs_email_optout",
            "hs_is_closed",
            "hs_is_closed_won",
            "hs_is_contact",
            "hs_is_target_account",
            "hs_is_unworked");

    private HubSpotValues() {}

    static Value typed(String property, Value value) {
        if (!(value instanceof Value.Text(var text))) {
            return value;
        }
        if (text.isEmpty()) {
            return Value.NULL;
        }
        if (NUMBERS.contains(property)) {
            return number(text, value);
        }
        if (TIMES.contains(property) || isLifecycleDate(property)) {
            return Ids.millis(value).map(at -> Value.of(at.toString())).orElse(value);
        }
        if (TRUTHS.contains(property)) {
            return text.equals("true") ? Value.TRUE : text.equals("false") ? Value.FALSE : value;
        }
        return value;
    }

    private static boolean isLifecycleDate(String property) {
        return property.startsWith("hs_lifecyclestage_") && property.endsWith("_date");
    }

    private static Value number(String text, Value otherwise) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && (c != '-' || i > 0)) {
                return otherwise;
            }
        }
        try {
            return text.length() <= LONGEST_NUMBER ? Value.of(new BigDecimal(text)) : otherwise;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
